import { contentHash } from '../../model/json-text';
import type { DesiredCostCode } from '../../model/desired';
import { costCodeOriginId } from '../../model/keys';
import { fieldChanges } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type ActualCostCode,
	createCostCode,
	listCostCodes,
	readCostCode,
	syncCostCodeRows,
} from '../../procore/resources/cost-codes';
import {
	listStandardCostCodes,
	syncStandardCostCodeRows,
} from '../../procore/resources/standard-cost-codes';
import type { RowResult, SyncRow } from '../../procore/resources/sync-rows';
import { listSegments, setSegmentItemStatus } from '../../procore/resources/wbs-codes';
import { type ProcoreId, toWireId } from '../../procore/wire';
import { Known } from '../engine/known';
import { markOf, type MarkOptions, writeOriginData } from '../origin-data';
import { alongTheWay, type Reason, type RowFault } from '../outcomes';
import type { Place, RunCache } from '../sync-run';

/** The cost codes of one place, by the keys matching uses. */
export interface CostCodeLookup {
	withId(id: string): ActualCostCode | undefined;
	withOriginId(originId: string): ActualCostCode | undefined;
	under(parentId: string | null, code: string): ActualCostCode | undefined;
}

/** The cost codes of one project, or of one of the company's standard lists. */
export class ProjectCodes extends Known<ActualCostCode, 'under' | 'full' | 'own'> {
	/** Full codes a dry run would make. */
	readonly wouldBeMade = new Set<string>();

	private constructor(
		/** Empty for a standard list. */
		readonly projectId: ProcoreId,
		private readonly listId: ProcoreId,
	) {
		super(({ parentId, code, fullCode }) => ({
			under: underKey(parentId, code),
			full: comparableNumber(fullCode),
			own: comparableNumber(code),
		}));
	}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectCodes {
		return cache.get(`cost-codes ${projectId}`, now, () => new ProjectCodes(projectId, ''));
	}

	static at(cache: RunCache, { projectId, listId = '' }: Place, now: number): ProjectCodes {
		if (projectId) return ProjectCodes.of(cache, projectId, now);
		return cache.get(`standard cost-codes ${listId}`, now, () => new ProjectCodes('', listId));
	}

	protected async readRows(client: ProcoreClient, take: (rows: unknown[]) => void): Promise<void> {
		const { projectId, listId } = this;
		take(
			projectId
				? await listCostCodes(client, projectId)
				: await listStandardCostCodes(client, listId),
		);
	}

	protected readRow(_client: ProcoreClient, row: unknown): ActualCostCode | undefined {
		return readCostCode(row);
	}

	/** Writes rows; what stands then is known, also what an answer leaves out. */
	async write(client: ProcoreClient, rows: SyncRow[]): Promise<RowResult[]> {
		const { projectId, listId } = this;
		const results = await (projectId
			? syncCostCodeRows(client, projectId, rows)
			: syncStandardCostCodeRows(client, listId, rows));
		for (const { row, entity } of results) {
			const written = entity && readCostCode(entity);
			if (!written) continue;
			const sent = row.parent_id === undefined ? null : String(row.parent_id);
			this.putUnder(written.parentId ?? sent, {
				...written,
				originId: String(row.origin_id),
				originData: String(row.origin_data),
			});
		}
		return results;
	}

	/** An answer may leave out the parent, and then shows its own number as the full one. */
	private putUnder(parentId: ProcoreId | null, code: ActualCostCode): void {
		const parent = parentId === null ? undefined : this.withId(parentId);
		const isWhole = code.fullCode !== code.code || !parent;
		const fullCode = isWhole ? code.fullCode : `${parent.fullCode}-${code.code}`;
		this.put({ ...code, parentId, fullCode });
	}

	/**
	 * Makes the code that goes by this full one, its divisions first. Without origin id on purpose: the
	 * account that owns the code is not known here, and the cost code sync adopts it later by its number.
	 *
	 * @throws ProcoreError as Procore refuses it
	 */
	async make(
		client: ProcoreClient,
		fullCode: string,
		name: string,
		note: (code: ActualCostCode) => void,
	): Promise<void> {
		let parentId: ProcoreId | null = null;
		const segments = fullCode.split('-');
		for (const [index, code] of segments.entries()) {
			const standing: ActualCostCode | undefined = this.under(parentId, code);
			if (standing) {
				parentId = standing.id;
				continue;
			}
			const answer: unknown = await createCostCode(client, this.projectId, {
				code,
				name: index === segments.length - 1 ? name : fullCode,
				...(parentId ? { parent_id: toWireId(parentId) } : {}),
			});
			const row = readCostCode(answer);
			if (!row) return;
			const parent: ActualCostCode | undefined = parentId ? this.withId(parentId) : undefined;
			const made: ActualCostCode = {
				...row,
				parentId,
				fullCode: parent ? `${parent.fullCode}-${code}` : code,
			};
			this.put(made);
			note(made);
			parentId = made.id;
		}
	}

	/**
	 * Cost codes cannot be deleted; a code GP made inactive leaves the pick lists of the project through
	 * its WBS segment item. Whether it could be done.
	 */
	async setStatuses(
		client: ProcoreClient,
		codes: ReadonlyArray<{ id: ProcoreId; active: boolean }>,
	): Promise<boolean> {
		if (codes.length === 0) return false;
		const segments = await listSegments(client, this.projectId);
		const segment = segments.find(({ type }) => type === 'cost_code');
		if (!segment) return false;
		for (const status of ['inactive', 'active'] as const) {
			const ids = codes
				.filter(({ active }) => active === (status === 'active'))
				.map(({ id }) => id);
			if (ids.length > 0)
				await setSegmentItemStatus(client, this.projectId, segment.id, ids, status);
		}
		return true;
	}

	/** The code with this number directly under `parentId` (null: at the top). */
	under(parentId: ProcoreId | null, code: string): ActualCostCode | undefined {
		return this.withKey('under', underKey(parentId, code))[0];
	}

	/**
	 * The code a line names: by full code as Procore shows it ("03-300"); else the one that this GP company
	 * sent under that number, which somebody renumbered in Procore; else the only code of the project with
	 * that own number ("300").
	 */
	resolve(costCode: string, company: string): ActualCostCode | undefined {
		const [byFullCode] = this.withKey('full', comparableNumber(costCode));
		if (byFullCode) return byFullCode;
		const sent = this.withOriginId(costCodeOriginId(company, costCode, this.projectId));
		if (sent) return sent;
		const byOwnCode = this.withKey('own', comparableNumber(costCode));
		return byOwnCode.length === 1 ? byOwnCode[0] : undefined;
	}
}

/** Numbers are one where they differ in case and outer blanks only. */
export function comparableNumber(code: string): string {
	return code.trim().toLowerCase();
}

function underKey(parentId: ProcoreId | null, code: string): string {
	return `${parentId ?? ''} ${comparableNumber(code)}`;
}

/** A division as it is made before what goes under it. */
export function divisionRow(
	{ code, name, originId }: NonNullable<DesiredCostCode['parent']>,
	options: MarkOptions,
): SyncRow {
	const kept = { src: 'gp', h: contentHash({ code, name }) } as const;
	const originData = writeOriginData({ ...kept, ...markOf(options, 'created', undefined) });
	return { origin_id: originId, code, name, origin_data: originData };
}

/** What is told of it once it is made. */
export function divisionMade(
	{ id, code, name }: ActualCostCode,
	originId: string,
	projectId: string,
) {
	const procore = { type: 'costCode', id, ...(projectId ? { projectId } : {}) } as const;
	const changes = fieldChanges({}, { code, name });
	const why = `Division ${code} was made, because a cost code goes under it.`;
	return alongTheWay({ outcome: 'created', originId, procore, changes }, why);
}

export const PARENT_MISSING: RowFault = {
	outcome: 'failed',
	reason: {
		code: 'parent-missing',
		message: 'The division above this cost code could not be made.',
		remedy: 'See the reason given for the division; then run it again.',
	},
};

export const NAMELESS: Reason = {
	code: 'name-missing',
	message: 'The cost code has no number or no name, and Procore needs both.',
	remedy:
		'Give the account a description in GP, or fill cost_code and cost_code_name in the accounts crosswalk table.',
};

export const INACTIVE: Reason = {
	code: 'inactive-not-sent',
	message: 'The account is inactive in GP and its cost code was never in Procore.',
	remedy: 'Nothing to do.',
};
