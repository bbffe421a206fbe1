import { contentHash } from '../../model/json-text';
import type { DesiredCostCode } from '../../model/desired';
import { canonicalOriginId, sameGpKey } from '../../model/keys';
import { type AlsoWritten, fieldChanges, type Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { type ActualCostCode, readCostCode } from '../../procore/resources/cost-codes';
import type { SyncRow } from '../../procore/resources/sync-rows';
import { toWireId } from '../../procore/wire';
import type { Kind, Plan, Rules, Written } from '../engine/kind';
import { type PlanOptions, setBack } from '../engine/plan';
import { syncRecords } from '../engine/run';
import { readOriginData } from '../origin-data';
import { faultOf, type Reason, type RowFault } from '../outcomes';
import { type Place, runCacheFor, type SyncOptions } from '../sync-run';
import {
	comparableNumber,
	type CostCodeLookup,
	divisionMade,
	divisionRow,
	INACTIVE,
	NAMELESS,
	PARENT_MISSING,
	ProjectCodes,
} from './cost-code-lists';

/** Its detail is the division above that has to be made first, as a row. */
type CostCodePlan = Plan<DesiredCostCode, ActualCostCode, SyncRow>;

/**
 * What decides over the cost codes of one place. Several GP accounts may lead to one code, hence one
 * origin id: the account Procore already names as owner decides, the others must not rename it.
 */
export function costCodeRules(
	actual: CostCodeLookup,
	options: PlanOptions,
): Rules<DesiredCostCode, ActualCostCode, SyncRow> {
	/** Number under its division → origin id of the record of this batch that has it. */
	const taken = new Map<string, string>();
	const parentOf = ({ parent }: DesiredCostCode) =>
		parent && (actual.withOriginId(parent.originId) ?? actual.under(null, parent.code));
	return {
		find: ({ originId }) => actual.withOriginId(originId),
		hash: hashOfCode,

		outranks(one, other) {
			const owner = readOriginData(actual.withOriginId(one.originId)?.originData)?.a;
			if (sameGpKey(one.source.key, owner)) return true;
			return !sameGpKey(other.source.key, owner) && one.source.key < other.source.key;
		},

		rule({ code, name, source }, own) {
			if (code.trim() === '' || name.trim() === '') return { outcome: 'failed', reason: NAMELESS };
			const owner = readOriginData(own?.originData)?.a;
			return owner === undefined || sameGpKey(owner, source.key)
				? undefined
				: { outcome: 'unchanged', actual: own };
		},

		/** The write of another account that has the same code is that account's event. */
		isMarked: ({ source }, own) => readOriginData(own.originData)?.a === source.key,

		compare({ code, name }, own, stored, hash) {
			if (stored?.h !== hash) return { outcome: 'updated', actual: own };
			const renumbered = comparableNumber(own.code) !== comparableNumber(code);
			const drift = [
				...(renumbered ? fieldChanges({ code: own.code }, { code }) : []),
				...fieldChanges({ name: own.name }, { name }),
			];
			const seen = () => contentHash(renumbered ? [own.code, own.name] : own.name);
			return setBack(own, stored, drift, seen, options);
		},

		adopt(desired) {
			const { originId, code, parent: division, active } = desired;
			const place = `${division?.code ?? ''} ${comparableNumber(code)}`;
			const other = taken.get(place);
			const parent = parentOf(desired);
			const standing = division && !parent ? undefined : actual.under(parent?.id ?? null, code);
			if (standing?.originId && isOfSister(standing.originId, originId))
				return { outcome: 'unchanged', actual: standing };
			if (other || standing?.originId) {
				const reason = foreign(desired, standing, other);
				return { outcome: 'conflict', actual: standing, reason };
			}
			if (!standing && !active) return { outcome: 'skipped', reason: INACTIVE };
			taken.set(place, originId);
			return standing ? { outcome: 'adopted', actual: standing } : undefined;
		},

		row(desired, { actual: own, outcome }) {
			const { code, name, active, source, parent: division } = desired;
			const parent = parentOf(desired);
			const keepsName = outcome === 'adopted' && options.drift === 'keep';
			return {
				fields: {
					code,
					...(keepsName ? {} : { name }),
					...(parent ? { parent_id: toWireId(parent.id) } : {}),
				},
				changes: fieldChanges(own ? { code: own.code, name: own.name } : {}, { code, name }),
				keeps: { a: source.key, ...(active ? {} : { i: 1 as const }) },
				...(division && !parent ? { detail: divisionRow(division, options) } : {}),
			};
		},
	};
}

/**
 * The same code of another company of the same source ("GP:TWO:CC:5110:P:9001" for
 * "GP:THREE:CC:5110:P:9001"): both book on it, and the one that came first names it.
 */
function isOfSister(standing: string, desired: string): boolean {
	const withoutCompany = (originId: string) =>
		canonicalOriginId(originId).split(':').toSpliced(1, 1).join(':');
	return withoutCompany(standing) === withoutCompany(desired);
}

type Hashed = Pick<DesiredCostCode, 'code' | 'name' | 'active'> & { parent?: { code: string } };

export function hashOfCode({ code, name, parent, active }: Hashed): string {
	return contentHash({ code, name, parent: parent?.code, active });
}

/**
 * Brings cost codes to the desired state wherever they belong: in their project, or in the company's
 * standard list they name. One list call per place, one sync call for divisions that are missing, one
 * for the codes. One outcome per desired record, in order.
 */
export async function syncCostCodes(
	client: ProcoreClient,
	desired: readonly DesiredCostCode[],
	options: SyncOptions,
): Promise<Outcome[]> {
	const cache = runCacheFor(client, options.cacheKey);
	const records = desired.map((one) => (one.standardListId ? { ...one, projectId: '' } : one));
	const of = {
		label: 'cost codes',
		listOf: ({ standardListId }: DesiredCostCode) => standardListId,
		at: (place: Place): Kind<DesiredCostCode, ActualCostCode, SyncRow> => {
			const codes = ProjectCodes.at(cache, place, client.effects.now());
			const divisions: Divisions = new Map();
			return {
				...costCodeRules(codes, options),
				read: () => codes.readAll(client),
				write: (plans) => write(client, codes, plans, divisions, options),
				/** Of several codes under it the first one tells of the division. */
				also({ parent }) {
					const made = divisions.get(parent?.originId ?? '');
					divisions.delete(parent?.originId ?? '');
					return made ? [made] : [];
				},
				rehearse(plans) {
					for (const {
						desired: { code, parent },
					} of plans)
						codes.wouldBeMade.add(parent ? `${parent.code}-${code}` : code);
				},
			};
		},
	};
	return await syncRecords(client, of, records, options, cache);
}

/** Of codes that stand: those GP made inactive, and those it made active again. */
function statusesOf(plans: readonly CostCodePlan[]): Array<{ id: string; active: boolean }> {
	return plans.flatMap(({ actual, desired: { active } }) => {
		const wasInactive = readOriginData(actual?.originData)?.i === 1;
		return !actual || (active && !wasInactive) ? [] : [{ id: actual.id, active }];
	});
}

/** Divisions first, and with them every code whose own division stands or that has none. */
async function write(
	client: ProcoreClient,
	codes: ProjectCodes,
	plans: readonly CostCodePlan[],
	made: Divisions,
	options: SyncOptions,
): Promise<Map<CostCodePlan, Written>> {
	const written = new Map<CostCodePlan, Written>();
	// First of all, since the hash of a code says that it has been done.
	const { projectId } = codes;
	const changing = options.inactiveCostCodes === 'deactivate' && projectId ? statusesOf(plans) : [];
	const isSet = await codes.setStatuses(client, changing);
	const statusSet = new Set(isSet ? changing.map(({ id }) => id) : []);
	const divisions = new Map<unknown, SyncRow>();
	for (const { detail } of plans) if (detail) divisions.set(detail.origin_id, detail);
	// A division that is itself desired is made as that record, not as a bare one.
	for (const { outcome, desired } of plans)
		if (outcome === 'created') divisions.delete(desired.originId);
	const faults = new Map<unknown, RowFault | undefined>();
	const parentOf = ({ detail }: CostCodePlan) => codes.withOriginId(String(detail?.origin_id));
	await send(
		plans.filter(({ detail }) => !detail),
		[...divisions.values()],
	);
	const below = plans.filter(({ detail }) => detail);
	for (const plan of below)
		written.set(plan, { fault: faults.get(plan.detail?.origin_id) ?? PARENT_MISSING });
	await send(below.filter(parentOf), []);
	for (const [{ actual, desired }, entry] of written) {
		if (!statusSet.has(actual?.id ?? '')) continue;
		const change = { field: 'active', before: !desired.active, after: desired.active };
		entry.unmarked = { outcome: 'updated', changes: [change] };
	}
	return written;

	async function send(batch: CostCodePlan[], extra: SyncRow[]): Promise<void> {
		const rows = batch.map((plan) => {
			const parent = parentOf(plan);
			return { ...plan.row, ...(parent ? { parent_id: toWireId(parent.id) } : {}) };
		});
		if (rows.length + extra.length === 0) return;
		const answers = await codes.write(client, [...extra, ...rows]);
		extra.forEach(({ origin_id }, index) => {
			faults.set(origin_id, faultOf(answers[index]));
			const division = answers[index].entity && readCostCode(answers[index].entity);
			if (division)
				made.set(String(origin_id), divisionMade(division, String(origin_id), projectId));
		});
		batch.forEach((plan, index) => {
			const answer = answers[extra.length + index];
			const procoreId = answer.entity && readCostCode(answer.entity)?.id;
			written.set(plan, { fault: faultOf(answer), procoreId });
		});
	}
}

/** Divisions made, by origin id, until a code under them tells of it. */
type Divisions = Map<string, AlsoWritten>;

function foreign(
	desired: DesiredCostCode,
	standing: ActualCostCode | undefined,
	other: string | undefined,
): Reason {
	const number = desired.parent ? `${desired.parent.code}-${desired.code}` : desired.code;
	const where = desired.projectId ? `in project ${desired.projectId}` : 'in the standard list';
	return {
		code: 'foreign-origin-id',
		message: `Cost code ${number} ${where} already belongs to origin id ${standing?.originId ?? other}.`,
		remedy:
			'Map the account to another cost code in the accounts crosswalk table, or have the other integration release this one.',
	};
}
