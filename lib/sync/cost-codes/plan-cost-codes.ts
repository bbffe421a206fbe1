import { contentHash } from '../../model/content-hash';
import { canonicalOriginId, sameGpKey } from '../../model/keys';
import { type FieldChange, fieldChanges } from '../../model/outcome';
import type { DesiredCostCode } from '../../model/desired';
import { toWireId } from '../../procore/wire';
import type { ActualCostCode } from '../../procore/resources/cost-codes';
import {
	isNewerInProcore,
	markOf,
	type MarkOptions,
	readOriginData,
	writeOriginData,
} from '../origin-data';
import type { Reason } from '../outcomes';
import type { SyncOptions } from '../sync-run';
import type { SyncRow } from '../../procore/resources/sync-rows';

/** The cost codes of one project, by the keys matching uses. */
export interface CostCodeLookup {
	withId(id: string): ActualCostCode | undefined;
	withOriginId(originId: string): ActualCostCode | undefined;
	under(parentId: string | null, code: string): ActualCostCode | undefined;
}

export interface CostCodePlan {
	desired: DesiredCostCode;
	action: 'create' | 'update' | 'adopt' | 'unchanged' | 'skip' | 'conflict' | 'failed' | 'sameAs';
	actual?: ActualCostCode;
	/** What to send, without parent_id where the parent is itself still to be made. */
	row?: SyncRow;
	/** Origin id of the row that makes the parent in the first of two calls. */
	parentRow?: string;
	changes?: FieldChange[];
	reason?: Reason;
	/** For `sameAs`: the record with the same origin id that decides. */
	decidedBy?: DesiredCostCode;
}

export interface CostCodePlans {
	/** Divisions that have to be made before anything can go under them. */
	parents: SyncRow[];
	/** One per desired record, in order. */
	plans: CostCodePlan[];
}

type CodePolicies = Pick<SyncOptions, 'drift'> & MarkOptions;

/** Decides, without any I/O, what has to happen to the cost codes of one project. */
export function planCostCodes(
	desired: readonly DesiredCostCode[],
	actual: CostCodeLookup,
	options: CodePolicies,
): CostCodePlans {
	const deciders = decidersOf(desired, actual);
	const parents = new Map<string, SyncRow>();
	const taken = new Map<string, string>();
	const plans = desired.map((one): CostCodePlan => {
		const decidedBy = deciders.get(one.originId) as DesiredCostCode;
		if (decidedBy !== one) return { desired: one, action: 'sameAs', decidedBy };
		if (one.code.trim() === '' || one.name.trim() === '')
			return { desired: one, action: 'failed', reason: NAMELESS };
		return planOne(one, actual, options, parents, taken);
	});
	// A division that is itself desired is made as that record, not as a bare parent.
	for (const { row, action } of plans)
		if (action === 'create' && row?.origin_id) parents.delete(row.origin_id);
	return { parents: [...parents.values()], plans };
}

/**
 * Several GP accounts may lead to one code, hence one origin id: the account Procore already names
 * as owner decides if it is present, else the first by account. The others must not rename it.
 */
function decidersOf(
	desired: readonly DesiredCostCode[],
	actual: CostCodeLookup,
): Map<string, DesiredCostCode> {
	const deciders = new Map<string, DesiredCostCode>();
	for (const one of desired) {
		const progress = deciders.get(one.originId);
		const owner = readOriginData(actual.withOriginId(one.originId)?.originData)?.a;
		if (
			!progress ||
			sameGpKey(one.source.key, owner) ||
			(!sameGpKey(progress.source.key, owner) && one.source.key < progress.source.key)
		) {
			deciders.set(one.originId, one);
		}
	}
	return deciders;
}

function planOne(
	desired: DesiredCostCode,
	actual: CostCodeLookup,
	options: CodePolicies,
	parents: Map<string, SyncRow>,
	taken: Map<string, string>,
): CostCodePlan {
	const own = actual.withOriginId(desired.originId);
	const stored = readOriginData(own?.originData);
	if (own && stored?.a !== undefined && !sameGpKey(stored.a, desired.source.key)) {
		return { desired, action: 'unchanged', actual: own };
	}
	if (own && isNewerInProcore(stored, desired.source.modified))
		return { desired, action: 'unchanged', actual: own };

	const parent = desired.parent && findParent(desired.parent, actual);
	const hash = hashOfCode(desired);
	if (own && stored?.h === hash) {
		const drift = fieldChanges({ name: own.name }, { name: desired.name });
		const seen = contentHash(own.name);
		if (options.drift === 'keep' || drift.length === 0 || stored.d === seen) {
			return { desired, action: 'unchanged', actual: own };
		}
		return {
			...write(desired, 'update', own, parent, parents, options),
			row: rowOf(desired, own, parent, hash, options, seen),
		};
	}
	if (own)
		return {
			...write(desired, 'update', own, parent, parents, options),
			row: rowOf(desired, own, parent, hash, options),
		};

	const place = `${desired.parent?.code ?? ''} ${desired.code.trim().toLowerCase()}`;
	const other = taken.get(place);
	const standing =
		desired.parent && !parent ? undefined : actual.under(parent?.id ?? null, desired.code);
	if (standing?.originId && isOfSister(standing.originId, desired.originId)) {
		return { desired, action: 'unchanged', actual: standing };
	}
	if (other || standing?.originId) {
		return {
			desired,
			action: 'conflict',
			actual: standing,
			reason: foreign(desired, standing, other),
		};
	}
	if (!standing && !desired.active) return { desired, action: 'skip', reason: INACTIVE };
	taken.set(place, desired.originId);
	const plan = write(desired, standing ? 'adopt' : 'create', standing, parent, parents, options);
	return { ...plan, row: rowOf(desired, standing, parent, hash, options) };
}

/**
 * The same code of another company of the same source ("GP:TWO:CC:5110:P:9001" for
 * "GP:THREE:CC:5110:P:9001"): both book on it, and the one that came first names it.
 */
function isOfSister(standing: string, desired: string): boolean {
	const withoutCompany = (originId: string) =>
		canonicalOriginId(originId).split(':').toSpliced(1, 1).join(':');
	return standing !== desired && withoutCompany(standing) === withoutCompany(desired);
}

function findParent(
	parent: NonNullable<DesiredCostCode['parent']>,
	actual: CostCodeLookup,
): ActualCostCode | undefined {
	return actual.withOriginId(parent.originId) ?? actual.under(null, parent.code);
}

function write(
	desired: DesiredCostCode,
	action: 'create' | 'update' | 'adopt',
	actual: ActualCostCode | undefined,
	parent: ActualCostCode | undefined,
	parents: Map<string, SyncRow>,
	options: CodePolicies,
): CostCodePlan {
	if (desired.parent && !parent) {
		const { code, name, originId } = desired.parent;
		parents.set(originId, {
			origin_id: originId,
			code,
			name,
			origin_data: writeOriginData({
				src: 'gp',
				h: contentHash({ code, name }),
				...markOf(options, 'created', undefined),
			}),
		});
	}
	return {
		desired,
		action,
		actual,
		...(desired.parent && !parent ? { parentRow: desired.parent.originId } : {}),
		changes: fieldChanges(actual ? { code: actual.code, name: actual.name } : {}, {
			code: desired.code,
			name: desired.name,
		}),
	};
}

function rowOf(
	desired: DesiredCostCode,
	actual: ActualCostCode | undefined,
	parent: ActualCostCode | undefined,
	hash: string,
	options: CodePolicies,
	driftSeen?: string,
): SyncRow {
	const keepsName = actual !== undefined && actual.originId === null && options.drift === 'keep';
	return {
		...(actual ? { id: toWireId(actual.id) } : {}),
		origin_id: desired.originId,
		code: desired.code,
		...(keepsName ? {} : { name: desired.name }),
		...(parent ? { parent_id: toWireId(parent.id) } : {}),
		origin_data: writeOriginData({
			src: 'gp',
			h: hash,
			a: desired.source.key,
			...(desired.source.modified ? { m: desired.source.modified } : {}),
			...(driftSeen ? { d: driftSeen } : {}),
			...(desired.active ? {} : { i: 1 as const }),
			...markOf(
				options,
				actual ? (actual.originId ? 'updated' : 'adopted') : 'created',
				actual?.originData,
			),
		}),
	};
}

export function hashOfCode({
	code,
	name,
	parent,
	active,
}: Pick<DesiredCostCode, 'code' | 'name' | 'active'> & { parent?: { code: string } }): string {
	return contentHash({ code, name, parent: parent?.code, active });
}

const NAMELESS: Reason = {
	code: 'name-missing',
	message: 'The cost code has no number or no name, and Procore needs both.',
	remedy:
		'Give the account a description in GP, or fill cost_code and cost_code_name in the accounts crosswalk table.',
};

const INACTIVE: Reason = {
	code: 'inactive-not-sent',
	message: 'The account is inactive in GP and its cost code was never in Procore.',
	remedy: 'Nothing to do.',
};

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
