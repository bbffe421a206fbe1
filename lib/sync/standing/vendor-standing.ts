import { contentHash } from '../../model/content-hash';
import type { DesiredVendor } from '../../model/desired';
import type { ActualVendor } from '../../procore/resources/vendors';
import { readOriginData } from '../origin-data';
import type { VendorLookup } from '../vendors/adoptable-vendor';
import { driftOf, planVendors, type VendorPlan } from '../vendors/plan-vendors';
import type { SentEvidence } from './as-sent';
import { gpSince, NOTHING_SHOWN, type RecordStanding } from './record-standing';

const HOW: Record<VendorPlan['action'], RecordStanding<DesiredVendor>['how']> = {
	create: 'missing',
	adopt: 'notLinked',
	update: 'differs',
	reactivate: 'inactive',
	unchanged: 'agrees',
	sameAs: 'agrees',
	skip: 'notSent',
	conflict: 'conflict',
	failed: 'conflict',
};

/** How GP's vendors stand in Procore: what a sync that puts GP's values back would do, and why. */
export function vendorsStand(
	desired: readonly DesiredVendor[],
	actual: VendorLookup,
): Array<RecordStanding<DesiredVendor>> {
	const plans = planVendors(desired, actual, { drift: 'overwrite', inactivePolicy: 'skip' });
	return plans.map(({ desired: one, action, actual: own, reason }) => {
		const isOwn = own !== undefined && own.originId !== null;
		const changes = own ? driftOf(own, one) : [];
		// A hash of before for the very values that stand there: the next run writes the hash only.
		const how =
			action === 'reactivate' && !isOwn
				? 'notLinked'
				: action === 'update' && changes.length === 0
					? 'agrees'
					: HOW[action];
		return {
			desired: one,
			how,
			evidence: isOwn ? evidenceOf(one, own) : NOTHING_SHOWN,
			changes,
			procoreId: own?.id ?? '',
			...(reason ? { reason } : {}),
		};
	});
}

function evidenceOf(desired: DesiredVendor, own: ActualVendor): SentEvidence {
	const stored = readOriginData(own.originData);
	const gp = gpSince(stored, {
		hash: contentHash(desired.vendor),
		content: desired.source.content,
	});
	if (!stored) return { gp, procore: 'unknown' };
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
