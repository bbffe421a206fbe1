import { contentHash } from '../../model/content-hash';
import {
	type FieldChange,
	fieldChanges,
	type Outcome,
	type OutcomeKind,
} from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type ActualCostType,
	listCostTypes,
	readCostType,
	syncCostTypeRows,
} from '../../procore/resources/cost-codes';
import type { SyncRow } from '../../procore/resources/sync-rows';
import { toWireId } from '../../procore/wire';
import {
	markOf,
	type MarkOptions,
	readOriginData,
	unrecordedMarks,
	withFound,
	writeOriginData,
} from '../origin-data';
import { faultOf, outcomeOf, type OutcomeSubject, type Reason } from '../outcomes';
import type { SyncOptions } from '../sync-run';

/** How a cost type (line item type) of the company should stand in Procore. */
export interface DesiredCostType extends OutcomeSubject {
	kind: 'costType';
	/** "M"; case-sensitive in Procore's imports. */
	code: string;
	name: string;
	baseType?:
		| 'labor'
		| 'equipment'
		| 'materials'
		| 'commitment'
		| 'owner_cost'
		| 'professional_services'
		| 'other';
}

export interface CostTypePlan {
	desired: DesiredCostType;
	outcome: Extract<OutcomeKind, 'created' | 'updated' | 'adopted' | 'unchanged' | 'conflict'>;
	actual?: ActualCostType;
	row?: SyncRow;
	changes?: FieldChange[];
	reason?: Reason;
	/** The same record again: the first one has the outcome. */
	repeats?: boolean;
}

/** Decides, without any I/O, what has to happen to each cost type: by origin id, else by code. */
function planCostTypes(
	desired: readonly DesiredCostType[],
	actual: readonly ActualCostType[],
	options: MarkOptions = {},
): CostTypePlan[] {
	const claimed = new Map<string, DesiredCostType>();
	return desired.map((one): CostTypePlan => {
		const hash = contentHash({ code: one.code, name: one.name, baseType: one.baseType });
		const own = actual.find(({ originId }) => originId === one.originId);
		const sameCode = actual.find(
			({ code }) => code.toLowerCase() === one.code.trim().toLowerCase(),
		);
		const target = own ?? sameCode;
		const rival = claimed.get(one.code.trim().toLowerCase());
		if (rival) {
			return rival.originId === one.originId
				? { desired: one, outcome: 'unchanged', actual: target, repeats: true }
				: { desired: one, outcome: 'conflict', actual: target, reason: taken(one, rival.originId) };
		}
		claimed.set(one.code.trim().toLowerCase(), one);
		if (!own && sameCode?.originId) {
			return {
				desired: one,
				outcome: 'conflict',
				actual: sameCode,
				reason: taken(one, sameCode.originId),
			};
		}
		if (own && readOriginData(own.originData)?.h === hash && own.name === one.name) {
			return { desired: one, outcome: 'unchanged', actual: own };
		}
		const outcome = own ? 'updated' : target ? 'adopted' : 'created';
		return {
			desired: one,
			outcome,
			actual: target,
			changes: fieldChanges(target ? { code: target.code, name: target.name } : {}, {
				code: one.code,
				name: one.name,
			}),
			row: {
				...(target ? { id: toWireId(target.id) } : {}),
				origin_id: one.originId,
				csv_import_code: one.code,
				name: one.name,
				...(one.baseType ? { base_type: one.baseType } : {}),
				origin_data: writeOriginData({
					src: 'gp',
					h: hash,
					...markOf(options, outcome, target?.originData),
				}),
			},
		};
	});
}

/** Brings the company's cost types to the desired state: one list, one sync call. */
export async function syncCostTypes(
	client: ProcoreClient,
	desired: DesiredCostType[],
	options: SyncOptions,
): Promise<Outcome[]> {
	if (desired.length === 0) return [];
	const actual = (await listCostTypes(client)).flatMap((row) => readCostType(row) ?? []);
	const plans = planCostTypes(desired, actual, options);
	const writing = options.dryRun ? [] : plans.filter(({ row }) => row);
	const answers =
		writing.length > 0
			? await syncCostTypeRows(
					client,
					writing.map(({ row }) => row as SyncRow),
				)
			: [];
	return plans.map((plan) => {
		const { actual: standing, desired: one, repeats } = plan;
		const own = !repeats && standing?.originId === one.originId ? standing : undefined;
		return withFound(conclude(plan), unrecordedMarks(own?.originData, options));
	});

	function conclude(plan: CostTypePlan): Outcome {
		const answer = answers[writing.indexOf(plan)];
		const fault = answer && faultOf(answer);
		const procoreId = (answer?.entity && readCostType(answer.entity)?.id) ?? plan.actual?.id;
		if (fault)
			return outcomeOf(plan.desired, fault.outcome, options.dryRun, {
				procoreId,
				reason: fault.reason,
			});
		return outcomeOf(plan.desired, plan.outcome, options.dryRun, {
			procoreId,
			changes: plan.changes,
			reason: plan.reason,
		});
	}
}

function taken(desired: DesiredCostType, originId: string): Reason {
	return {
		code: 'foreign-origin-id',
		message: `Cost type ${desired.code} already belongs to origin id ${originId}.`,
		remedy:
			'Give the record that is synced another code, or have the other integration release this cost type in Procore.',
	};
}
