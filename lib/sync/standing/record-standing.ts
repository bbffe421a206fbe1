import { contentHash } from '../../model/json-text';
import type { DesiredCostCode, DesiredVendor } from '../../model/desired';
import type { FieldChange } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ActualCostCode } from '../../procore/resources/cost-codes';
import type { ActualVendor } from '../../procore/resources/vendors';
import type { ProcoreId } from '../../procore/wire';
import { costCodeRules, hashOfCode } from '../kinds/cost-code';
import { type CostCodeLookup, ProjectCodes } from '../kinds/cost-code-lists';
import { readOriginData } from '../origin-data';
import { isProjectBlock, type Reason, reasonOfError } from '../outcomes';
import { runCacheFor } from '../sync-run';
import type { VendorLookup } from '../kinds/vendor-adoption';
import type { Plan, Rules, Standing, Wanted } from '../engine/kind';
import { decidersOf, planRecords } from '../engine/plan';
import { driftOf, vendorRules } from '../kinds/vendor';
import { gpSince, NOTHING_SHOWN, type SentEvidence } from './as-sent';

/** How a vendor or cost code stands in Procore, against what GP wants of it. */
export interface RecordStanding<Desired> {
	desired: Desired;
	how:
		| 'agrees'
		/** Not there, and not to be made (inactive in GP, never sent). */
		| 'notSent'
		| 'missing'
		/** There under its number or name, not linked with GP. */
		| 'notLinked'
		/** There, inactive, and wanted active. */
		| 'inactive'
		| 'differs'
		/** Another owner, or none that can be told. */
		| 'conflict';
	/** Of `inactive` and `differs`: what can be shown since it was sent. */
	evidence: SentEvidence;
	/** Before: Procore; after: what GP wants. */
	changes: FieldChange[];
	procoreId: string;
	reason?: Reason;
}

const HOW: Record<Plan<Wanted, Standing, never>['outcome'], RecordStanding<Wanted>['how']> = {
	created: 'missing',
	adopted: 'notLinked',
	updated: 'differs',
	reactivated: 'inactive',
	voided: 'notSent',
	unchanged: 'agrees',
	skipped: 'notSent',
	parked: 'differs',
	conflict: 'conflict',
	failed: 'conflict',
};

/** What a sync would do with each that decides; of the others nothing is to be told. */
function plansOf<Desired extends Wanted, Actual extends Standing, Detail>(
	rules: Rules<Desired, Actual, Detail>,
	desired: readonly Desired[],
): Array<Omit<Plan<Desired, Actual, Detail>, 'fields'>> {
	const deciding = [...decidersOf(rules, desired).values()];
	const plans = planRecords(rules, deciding, { asGpHasThem: true });
	const byRecord = new Map(plans.map((plan) => [plan.desired, plan]));
	return desired.map((one) => byRecord.get(one) ?? { desired: one, outcome: 'unchanged' });
}

/** The same, read from Procore; or why it does not let this project be read. */
export async function readCostCodesStanding(
	client: ProcoreClient,
	projectId: ProcoreId,
	desired: readonly DesiredCostCode[],
	/** Gets each code of the project, wanted or not. */
	onCode: (code: ActualCostCode) => void = () => {},
): Promise<Array<RecordStanding<DesiredCostCode>> | Reason> {
	const codes = ProjectCodes.of(runCacheFor(client), projectId, client.effects.now());
	try {
		await codes.readAll(client);
	} catch (error) {
		if (isProjectBlock(error)) return reasonOfError(error);
		throw error;
	}
	for (const code of codes.all()) onCode(code);
	return costCodesStand(desired, codes);
}

/** How the cost codes of one project stand in Procore: what a sync would do, and why. */
function costCodesStand(
	desired: readonly DesiredCostCode[],
	actual: CostCodeLookup,
): Array<RecordStanding<DesiredCostCode>> {
	const rules = costCodeRules(actual, {});
	return plansOf(rules, desired).map(({ desired: one, outcome, actual: own, ...plan }) => ({
		desired: one,
		how: HOW[outcome],
		evidence: own && own.originId !== null ? evidenceOf(one, own, actual) : NOTHING_SHOWN,
		changes: plan.changes ?? [],
		procoreId: own?.id ?? '',
		...(plan.reason ? { reason: plan.reason } : {}),
	}));
}

function evidenceOf(
	desired: DesiredCostCode,
	own: ActualCostCode,
	actual: CostCodeLookup,
): SentEvidence {
	const stored = readOriginData(own.originData);
	if (!stored) return NOTHING_SHOWN;
	// Of an account no content is kept.
	const gp = gpSince({ hash: hashOfCode(desired), source: {} }, stored);
	const parent = own.parentId === null ? undefined : actual.withId(own.parentId);
	// Procore does not show whether the code is active: it is what it was sent as.
	const shown = { code: own.code, name: own.name, active: stored.i !== 1 };
	if (hashOfCode({ ...shown, ...(parent ? { parent } : {}) }) === stored.h)
		return { gp, procore: 'asSent' };
	return { gp, procore: gp === 'asSent' ? 'edited' : 'unknown' };
}

/** How GP's vendors stand in Procore: what a sync that puts GP's values back would do, and why. */
export function vendorsStand(
	desired: readonly DesiredVendor[],
	actual: VendorLookup,
): Array<RecordStanding<DesiredVendor>> {
	const rules = vendorRules(actual, { inactivePolicy: 'skip' });
	return plansOf(rules, desired).map(({ desired: one, outcome, actual: own, reason }) => {
		const isOwn = own !== undefined && own.originId !== null;
		const changes = own ? driftOf(own, one) : [];
		// A hash of before for the very values that stand there: the next run writes the hash only.
		const how =
			outcome === 'reactivated' && !isOwn
				? 'notLinked'
				: outcome === 'updated' && changes.length === 0
					? 'agrees'
					: HOW[outcome];
		return {
			desired: one,
			how,
			evidence: isOwn ? evidenceOfVendor(one, own) : NOTHING_SHOWN,
			changes,
			procoreId: own?.id ?? '',
			...(reason ? { reason } : {}),
		};
	});
}

function evidenceOfVendor(desired: DesiredVendor, own: ActualVendor): SentEvidence {
	const stored = readOriginData(own.originData);
	if (!stored) return NOTHING_SHOWN;
	const { content } = desired.source;
	const gp = gpSince({ hash: contentHash(desired.vendor), source: { content } }, stored);
	// Put together as it would be sent; what only looks different (a phone number) as GP writes it.
	const differing = new Set(driftOf(own, desired).map(({ field }) => field));
	const shown = Object.fromEntries(
		Object.entries(desired.vendor).map(([field, value]) => [
			field,
			!(field in own.fields)
				? undefined
				: differing.has(field)
					? own.fields[field as keyof ActualVendor['fields']]
					: value,
		]),
	);
	if (contentHash(shown) === stored.h) return { gp, procore: 'asSent' };
	return { gp, procore: gp === 'asSent' ? 'edited' : 'unknown' };
}

/**
 * Whether nothing happened to a vendor since it was sent, shown without reading GP's detail: GP's
 * stamp, an instant, is the one sent, and what Procore shows has the hash of what was sent.
 */
export function isVendorAsSent(own: ActualVendor, modified: string | null): boolean {
	const stored = readOriginData(own.originData);
	if (!stored?.m || stored.m !== modified || modified.length <= 10) return false;
	const shown = Object.fromEntries(
		Object.entries(own.fields).filter(([, value]) => value !== null && value !== ''),
	);
	return contentHash(shown) === stored.h;
}
