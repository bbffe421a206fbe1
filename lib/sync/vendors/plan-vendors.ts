import { causeKey } from '../../model/keys';
import { contentHash } from '../../model/content-hash';
import { type FieldChange, fieldChanges } from '../../model/outcome';
import type { DesiredVendor } from '../../model/desired';
import { toWireId } from '../../procore/wire';
import type { ActualVendor } from '../../procore/resources/vendors';
import {
	isNewerInProcore,
	markOf,
	type MarkOptions,
	readOriginData,
	unrecordedMarks,
	writeOriginData,
} from '../origin-data';
import type { Reason } from '../outcomes';
import type { SyncOptions } from '../sync-run';
import type { SyncRow } from '../../procore/resources/sync-rows';
import {
	claimsOf,
	findAdoptable,
	gpFirm,
	type Claims,
	type VendorLookup,
} from './adoptable-vendor';

export interface VendorPlan {
	desired: DesiredVendor;
	action:
		| 'create'
		| 'update'
		| 'adopt'
		| 'reactivate'
		| 'unchanged'
		| 'skip'
		| 'conflict'
		| 'failed'
		| 'sameAs';
	actual?: ActualVendor;
	/** What to send; only for the four writing actions. */
	row?: SyncRow;
	changes?: FieldChange[];
	reason?: Reason;
	/** Only finishes what a batch that was cut off began. */
	completes?: boolean;
	/** For `sameAs`: the earlier desired record with the same origin id. */
	decidedBy?: DesiredVendor;
}

type VendorPolicies = Pick<SyncOptions, 'drift' | 'inactivePolicy'> & MarkOptions;

/** Decides, without any I/O, what has to happen to each desired vendor. */
export function planVendors(
	desired: readonly DesiredVendor[],
	actual: VendorLookup,
	options: VendorPolicies,
): VendorPlan[] {
	const first = new Map<string, DesiredVendor>();
	const taken = new Map<string, string>();
	// Owners by origin id come first, so that adoption cannot take their record.
	for (const one of desired) {
		const own = actual.withOriginId(one.originId);
		if (own) taken.set(own.id, gpFirm(one));
	}
	const claims = claimsOf(desired, actual, taken);
	return desired.map((one) => {
		const decidedBy = first.get(one.originId);
		if (decidedBy) return { desired: one, action: 'sameAs', decidedBy };
		first.set(one.originId, one);
		const plan = planVendor(one, actual, options, claims);
		if (plan.actual) taken.set(plan.actual.id, gpFirm(one));
		return plan;
	});
}

function planVendor(
	desired: DesiredVendor,
	actual: VendorLookup,
	options: VendorPolicies,
	claims: Claims,
): VendorPlan {
	if (desired.vendor.name.trim() === '') {
		return { desired, action: 'failed', reason: NAMELESS };
	}
	const own = actual.withOriginId(desired.originId);
	if (own && desired.procoreId && own.id !== desired.procoreId) {
		return {
			desired,
			action: 'conflict',
			actual: own,
			reason: linkedElsewhere(
				desired,
				own,
				actual.withId(desired.procoreId)?.name ?? desired.procoreId,
			),
		};
	}
	if (own) return planOwn(desired, own, options);

	const match = findAdoptable(desired, actual, claims);
	if (match && 'reason' in match) return { desired, action: 'conflict', reason: match.reason };
	if (match) {
		const reactivates = !match.isActive && desired.vendor.is_active === true;
		return write(desired, options, reactivates ? 'reactivate' : 'adopt', match);
	}
	if (desired.vendor.is_active === false && options.inactivePolicy === 'skip') {
		return { desired, action: 'skip', reason: INACTIVE };
	}
	return write(desired, options, 'create');
}

function planOwn(desired: DesiredVendor, own: ActualVendor, options: VendorPolicies): VendorPlan {
	const stored = readOriginData(own.originData);
	if (isNewerInProcore(stored, desired.source.modified))
		return { desired, action: 'unchanged', actual: own };
	if (!own.isActive && desired.vendor.is_active) {
		const begun =
			stored?.h === contentHash(desired.vendor) &&
			unrecordedMarks(own.originData, options).last?.outcome === 'reactivated';
		return write(desired, options, 'reactivate', own, { completes: begun });
	}
	if (stored?.h !== contentHash(desired.vendor)) return write(desired, options, 'update', own);
	const drift = driftOf(own, desired);
	if (options.drift === 'keep' || drift.length === 0)
		return { desired, action: 'unchanged', actual: own };
	// What was overwritten once and stands again is how Procore itself writes the value.
	const seen = contentHash(drift.map(({ field, before }) => [field, before]));
	if (stored.d === seen) return { desired, action: 'unchanged', actual: own };
	return write(desired, options, 'update', own, { driftSeen: seen });
}

/** Fields somebody changed in Procore since; phone numbers by digits, since they are formatted there. */
export function driftOf(own: ActualVendor, desired: DesiredVendor): FieldChange[] {
	return fieldChanges(own.fields, desired.vendor).filter(
		({ field, before, after }) =>
			field in own.fields && !(/phone|fax/.test(field) && digits(before) === digits(after)),
	);
}

function digits(value: unknown): string {
	return String(value ?? '').replace(/\D/g, '');
}

const OUTCOME = {
	create: 'created',
	update: 'updated',
	adopt: 'adopted',
	reactivate: 'reactivated',
} as const;

function write(
	desired: DesiredVendor,
	options: MarkOptions,
	action: 'create' | 'update' | 'adopt' | 'reactivate',
	actual?: ActualVendor,
	{ driftSeen, completes }: { driftSeen?: string; completes?: boolean } = {},
): VendorPlan {
	return {
		desired,
		action,
		actual,
		...(completes ? { completes } : {}),
		changes: fieldChanges(actual?.fields ?? {}, desired.vendor),
		row: {
			...(actual ? { id: toWireId(actual.id) } : {}),
			...desired.vendor,
			origin_id: desired.originId,
			origin_data: writeOriginData({
				src: 'gp',
				h: contentHash(desired.vendor),
				...(desired.source.modified ? { m: desired.source.modified } : {}),
				...(desired.source.content ? { g: desired.source.content } : {}),
				...(driftSeen ? { d: driftSeen } : {}),
				...markOf(options, OUTCOME[action], actual?.originData, completes),
			}),
		},
	};
}

const NAMELESS: Reason = {
	code: 'name-missing',
	message: 'The vendor has no name, and Procore needs one.',
	remedy: 'Enter the vendor name on the Vendor Maintenance card in GP.',
};

const INACTIVE: Reason = {
	code: 'inactive-not-sent',
	message: 'The vendor is inactive in GP and was never in Procore.',
	remedy:
		'Nothing to do. To send inactive vendors as well, change "Inactive in GP" in the options of the Sync step.',
};

function linkedElsewhere(desired: DesiredVendor, own: ActualVendor, wanted: string): Reason {
	return {
		code: 'linked-elsewhere',
		causeKey: causeKey('V', desired.vendor.origin_code),
		message: `GP vendor ${gpFirm(desired)} already is Procore vendor "${own.name}", but the vendors crosswalk names "${wanted}".`,
		remedy: `Merge the two companies in Procore's Directory, or set procore_vendor_id to ${own.id} in the vendors crosswalk table.`,
	};
}
