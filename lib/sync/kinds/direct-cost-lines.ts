import type { DesiredDirectCost } from '../../model/desired';
import { canonicalOriginId, causeKey } from '../../model/keys';
import { compare, type Decimal, isZero } from '../../model/money';
import { type AlsoWritten, fieldChanges } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ActualCostCode } from '../../procore/resources/cost-codes';
import type { ActualLine } from '../../procore/resources/direct-cost-lines';
import type { SyncRow } from '../../procore/resources/sync-rows';
import { type ProcoreId, toWireAmount, toWireId } from '../../procore/wire';
import type { ProjectCodes } from './cost-code-lists';
import type { CostTypes } from './cost-type';
import { OriginIndex } from '../engine/known';
import { alongTheWay, faultOfRecord, type Reason } from '../outcomes';
import type { SyncOptions } from '../sync-run';
import { PLANNED } from './vendor-directory';

/** A desired line with the ids Procore wants. */
export interface ResolvedLine {
	originId: string;
	costCodeId: ProcoreId;
	costTypeId: ProcoreId;
	amount: Decimal;
	description?: string;
	taxCodeId?: string;
}

export interface LinePlan {
	/** Rows for the sync action, without direct_cost_id where the header is still to be made. */
	rows: SyncRow[];
	/** Lines that stand but are not wanted. */
	remove: ActualLine[];
	/** Lines of another integration under this direct cost: never touched. */
	foreign: ActualLine[];
	/** Wanted lines that do not stand yet. */
	missing: number;
}

/**
 * Decides, without any I/O, what has to happen to the lines of one direct cost. `standing` is
 * undefined when they were not read: then every line is sent by its origin id and none is removed.
 */
export function planLines(
	headerOriginId: string,
	directCostId: ProcoreId | undefined,
	wanted: readonly ResolvedLine[],
	standing: readonly ActualLine[] | undefined,
): LinePlan {
	const named = (standing ?? []).filter(({ originId }) => Boolean(originId));
	const byOriginId = new OriginIndex<ActualLine>();
	for (const line of named) byOriginId.set(line.originId as string, line);
	// Lines entered by hand are taken over where they say the same, the amount first.
	const unowned = new Set((standing ?? []).filter(({ originId }) => originId === null));
	const kept = new Map<ResolvedLine, ActualLine>();
	for (const line of wanted) {
		const own = byOriginId.get(line.originId);
		if (own) kept.set(line, own);
	}
	for (const sameAmount of [true, false]) {
		for (const line of wanted) {
			if (kept.has(line)) continue;
			const match = [...unowned].find(
				(one) =>
					one.costCodeId === line.costCodeId &&
					one.costTypeId === line.costTypeId &&
					(!sameAmount || (one.amount !== null && compare(one.amount, line.amount) === 0)),
			);
			if (match) {
				kept.set(line, match);
				unowned.delete(match);
			}
		}
	}
	const keptLines = new Set(kept.values());
	const others = named.filter((line) => !keptLines.has(line));
	// Lines of this record are named after it; anything else belongs to somebody else.
	const name = canonicalOriginId(headerOriginId);
	const isOurs = ({ originId }: ActualLine) =>
		canonicalOriginId(originId as string).startsWith(name);
	return {
		rows: wanted.map((line) => rowOf(line, kept.get(line), directCostId)),
		remove: [...others.filter(isOurs), ...unowned].filter(
			({ amount }) => amount === null || !isZero(amount),
		),
		foreign: others.filter((line) => !isOurs(line)),
		missing: wanted.length - kept.size,
	};
}

function rowOf(
	line: ResolvedLine,
	standing: ActualLine | undefined,
	directCostId: ProcoreId | undefined,
): SyncRow {
	return {
		...(standing ? { id: toWireId(standing.id) } : {}),
		origin_id: line.originId,
		...(directCostId ? { direct_cost_id: toWireId(directCostId) } : {}),
		cost_code_id: toWireId(line.costCodeId),
		line_item_type_id: toWireId(line.costTypeId),
		extended_type: 'manual',
		amount: toWireAmount(line.amount),
		...(line.description === undefined ? {} : { description: line.description }),
		...(line.taxCodeId === undefined ? {} : { tax_code_id: toWireId(line.taxCodeId) }),
	};
}

/** Puts ids to the codes the lines name, or tells which code the project lacks. */
export async function resolveLines(
	client: ProcoreClient,
	codes: ProjectCodes,
	types: CostTypes,
	desired: readonly DesiredDirectCost[],
	options: SyncOptions,
	alongWith: (one: DesiredDirectCost, write: AlsoWritten) => void,
): Promise<Map<DesiredDirectCost, ResolvedLine[] | Reason>> {
	const wanted = desired.filter(({ voided }) => !voided);
	const lines = wanted.flatMap((one) => one.lines);
	// The same code of two GP companies has two origin ids, so each document is asked.
	const lacksCode = () => [
		...new Set(
			wanted.flatMap(({ source, lines: own }) =>
				own.map(({ costCode }) => costCode).filter((code) => !codeId(code, source.company)),
			),
		),
	];
	const lacksType = () => lines.some(({ costType }) => !types.withCode(costType));

	const typesWereKnown = types.isWhole;
	await types.readAll(client);
	if (lacksType() && typesWereKnown) await types.readAll(client, true);
	const codesWereKnown = codes.isWhole;
	await codes.readAll(client);
	if (lacksCode().length > 0 && codesWereKnown) await codes.readAll(client, true);
	const refused = new Map<string, Reason>();
	const told = desired.flatMap((one) => one.codesOfLines ?? []);
	// One of them that has the code made is enough.
	told.sort((left, right) => Number(left.make) - Number(right.make));
	const ofLines = new Map(told.map((code) => [code.costCode, code]));
	for (const code of lacksCode()) {
		const ofLine = ofLines.get(code);
		if (!options.createMissingCostCodes && !ofLine?.make) {
			if (ofLine) refused.set(code, accountInactive(ofLine, codes.projectId));
			continue;
		}
		if (options.dryRun) {
			codes.wouldBeMade.add(code);
			continue;
		}
		try {
			await codes.make(client, code, ofLine?.name ?? code, (made) => {
				const asked = wanted.find((one) => one.lines.some(({ costCode }) => costCode === code));
				alongWith(asked as DesiredDirectCost, codeMade(made, code, codes.projectId));
			});
		} catch (error) {
			refused.set(code, faultOfRecord(error).reason);
		}
	}
	return new Map(desired.map((one) => [one, one.voided ? [] : resolve(one)]));

	function codeId(costCode: string, company: string): string | undefined {
		return (
			codes.resolve(costCode, company)?.id ??
			(options.dryRun && codes.wouldBeMade.has(costCode) ? PLANNED : undefined)
		);
	}

	function resolve(one: DesiredDirectCost): ResolvedLine[] | Reason {
		const resolved: ResolvedLine[] = [];
		for (const line of one.lines) {
			const costCodeId = codeId(line.costCode, one.source.company);
			if (!costCodeId)
				return refused.get(line.costCode) ?? codeMissing(line.costCode, codes.projectId, one);
			const type = types.withCode(line.costType);
			if (!type) return typeMissing(line.costType, types.codes);
			const { originId, amount, description, taxCodeId } = line;
			resolved.push({ originId, amount, description, taxCodeId, costCodeId, costTypeId: type.id });
		}
		return resolved;
	}
}

function codeMade({ id, fullCode, name }: ActualCostCode, asked: string, projectId: string) {
	const procore = { type: 'costCode', id, projectId } as const;
	const changes = fieldChanges({}, { code: fullCode, name });
	const why = `Cost code ${asked} was made in project ${projectId}, because a line needs it.`;
	return alongTheWay({ outcome: 'created', procore, changes }, why);
}

/** Never made there, deleted there, or made inactive or renumbered by hand without a link to GP. */
function codeMissing(
	costCode: string,
	projectId: string,
	{ codeAccounts = [] }: Pick<DesiredDirectCost, 'codeAccounts'>,
): Reason {
	const account = codeAccounts.find((one) => one.costCode === costCode)?.account;
	const reason = {
		code: 'cost-code-missing',
		causeKey: causeKey('C', `${projectId}/${costCode}`),
		message: `Project ${projectId} has no cost code ${costCode}.`,
	};
	if (account === undefined)
		return {
			...reason,
			remedy: `Make cost code ${costCode} in project ${projectId} in Procore (no account brings it there by itself), or map the account to an existing cost code in the accounts crosswalk table, or switch on "Create Missing Cost Codes" in the options of the Procore node. The next run tries again.`,
		};
	return {
		...reason,
		lacks: { entity: 'account', key: account },
		remedy: `Nothing to do: the next run reads account ${account} from GP, makes cost code ${costCode} in project ${projectId} and sends this. Where it still waits then, the story of account ${account} says why; make the code in Procore, or map the account to an existing one in the accounts crosswalk table.`,
	};
}

function accountInactive(
	{ costCode, account }: { costCode: string; account: string },
	projectId: string,
): Reason {
	return {
		code: 'account-inactive',
		causeKey: causeKey('A', account),
		message: `Project ${projectId} has no cost code ${costCode}, because account ${account} is inactive in GP and inactive accounts bring no cost code.`,
		remedy: `Have the mapping make the cost codes of inactive accounts (policy "Cost Codes of Inactive Accounts"), or make ${costCode} in Procore, or map account ${account} to an existing cost code in the accounts crosswalk table.`,
	};
}

function typeMissing(costType: string, known: string[]): Reason {
	return {
		code: 'cost-type-missing',
		causeKey: causeKey('T', costType),
		message: `Procore has no cost type with code "${costType}" (it has: ${known.join(', ') || 'none'}).`,
		remedy:
			'Correct cost_type in the accounts crosswalk table or "Cost Types" of the Mapping node, or add it in Procore under Company Admin > Work Breakdown Structure.',
	};
}

export function foreignLines(lines: ActualLine[]): Reason {
	return {
		code: 'foreign-origin-id',
		message: `The direct cost has lines of another integration (${lines
			.map(({ originId }) => originId)
			.slice(0, 3)
			.join(', ')}).`,
		remedy:
			'Two integrations must not write one direct cost. Delete those lines in Procore, or switch the other one off.',
	};
}
