import { contentHash } from '../../model/json-text';
import type { DesiredVendor } from '../../model/desired';
import { causeKey } from '../../model/keys';
import { fieldChanges, type FieldChange, type Outcome } from '../../model/outcome';
import type { ProcoreError } from '../../procore/errors/procore-errors';
import type { ProcoreClient } from '../../procore/procore-client';
import type { RowResult, SyncRow } from '../../procore/resources/sync-rows';
import {
	type ActualVendor,
	reactivateVendor,
	readVendor,
	syncVendorRows,
} from '../../procore/resources/vendors';
import type { Kind, Plan, Rules, Written } from '../engine/kind';
import { type PlanOptions, setBack } from '../engine/plan';
import { syncRecords } from '../engine/run';
import { unrecordedMarks } from '../origin-data';
import { faultOf, faultOfRecord, type Reason } from '../outcomes';
import { runCacheFor, type SyncOptions } from '../sync-run';
import {
	changesWithout,
	recogniseWritten,
	sendWithoutRefused,
	sentWithout,
} from './refused-fields';
import { type Claims, claimsOf, findAdoptable, gpFirm, type VendorLookup } from './vendor-adoption';
import { VendorDirectory } from './vendor-directory';

export type VendorPlan = Plan<DesiredVendor, ActualVendor, undefined>;

/** What decides over a company's vendors. */
export function vendorRules(
	actual: VendorLookup,
	options: Pick<SyncOptions, 'inactivePolicy'> & PlanOptions,
): Rules<DesiredVendor, ActualVendor> {
	const taken = new Map<string, string>();
	let claims: Claims;
	return {
		find: ({ originId }) => actual.withOriginId(originId),
		hash: ({ vendor }) => contentHash(vendor),

		begin(desired) {
			// Owners by origin id come first, so that adoption cannot take their record.
			for (const one of desired) {
				const own = actual.withOriginId(one.originId);
				if (own) taken.set(own.id, gpFirm(one));
			}
			claims = claimsOf(desired, actual, taken);
			return desired;
		},

		rule(desired, own) {
			const { procoreId, vendor } = desired;
			if (vendor.name.trim() === '') return { outcome: 'failed', reason: NAMELESS };
			if (!own || !procoreId || own.id === procoreId) return undefined;
			const wanted = actual.withId(procoreId)?.name ?? procoreId;
			const reason = linkedElsewhere(desired, own, wanted);
			return { outcome: 'conflict', actual: own, reason };
		},

		compare(desired, own, stored, hash) {
			if (!own.isActive && desired.vendor.is_active) {
				const { last } = unrecordedMarks(own.originData, options);
				const completes = stored?.h === hash && last?.outcome === 'reactivated';
				return { outcome: 'reactivated', actual: own, completes };
			}
			if (stored?.h !== hash) return { outcome: 'updated', actual: own };
			const drift = driftOf(own, desired).filter(({ field }) => !stored.x?.includes(field));
			const seen = () => contentHash(drift.map(({ field, before }) => [field, before]));
			return setBack(own, stored, drift, seen, options);
		},

		adopt(desired) {
			const match = findAdoptable(desired, actual, claims);
			if (match && 'reason' in match) return { outcome: 'conflict', reason: match.reason };
			if (match) {
				const reactivates = !match.isActive && desired.vendor.is_active === true;
				return { outcome: reactivates ? 'reactivated' : 'adopted', actual: match };
			}
			return desired.vendor.is_active === false && options.inactivePolicy === 'skip'
				? { outcome: 'skipped', reason: INACTIVE }
				: undefined;
		},

		row: ({ vendor, source: { content } }, { actual: target }) => ({
			fields: { ...vendor },
			changes: fieldChanges(target?.fields ?? {}, vendor),
			keeps: content ? { g: content } : {},
		}),

		planned({ actual: vendor, desired }) {
			if (vendor) taken.set(vendor.id, gpFirm(desired));
		},
	};
}

/** Fields somebody changed in Procore since; phone numbers by digits, since they are formatted there, addresses of mail in any case. */
export function driftOf(own: ActualVendor, desired: DesiredVendor): FieldChange[] {
	return fieldChanges(own.fields, desired.vendor).filter(
		({ field, before, after }) =>
			field in own.fields &&
			!(/phone|fax/.test(field) && digits(before) === digits(after)) &&
			!(field === 'email_address' && lower(before) === lower(after)),
	);
}

function lower(value: unknown): string {
	return String(value ?? '').toLowerCase();
}

function digits(value: unknown): string {
	return String(value ?? '').replace(/\D/g, '');
}

/** Brings the company's vendors to the desired state. One outcome per desired record, in order. */
export async function syncVendors(
	client: ProcoreClient,
	desired: DesiredVendor[],
	options: SyncOptions,
): Promise<Outcome[]> {
	const cache = runCacheFor(client, options.cacheKey);
	const directory = VendorDirectory.of(cache, client.effects.now());
	const kind: Kind<DesiredVendor, ActualVendor> = {
		...vendorRules(directory, options),
		read: (records) => directory.readCandidates(client, records),
		write: (plans) => write(client, directory, plans),
		rehearse(plans) {
			for (const { desired: one, actual } of plans)
				directory.wouldBeLinked.set(one.originId, actual?.id);
		},
	};
	return await syncRecords(client, { label: 'vendors', at: () => kind }, desired, options, cache);
}

async function write(
	client: ProcoreClient,
	directory: VendorDirectory,
	plans: VendorPlan[],
): Promise<Map<VendorPlan, Written>> {
	let done = 0;
	const results = await syncVendorRows(client, plans.map(rowOf), (count) =>
		client.progress('vendors', (done += count), plans.length),
	);
	const byPlan = new Map(plans.map((plan, index) => [plan, results[index]]));
	const reactivated = await reactivateWhereSyncDidNot(client, byPlan);
	const { results: sent, leftOut } = await sendWithoutRefused(client, byPlan);
	await recogniseWritten(client, sent);
	return new Map(
		plans.map((plan) => {
			const result = sent.get(plan) as RowResult;
			const without = leftOut.get(plan) ?? [];
			const fault = faultOf(result);
			const written = fault ? undefined : result.entity && readVendor(result.entity);
			if (written) {
				const { originId, vendor } = plan.desired;
				// Some answers leave out what was just sent; what was sent is then what stands.
				directory.put({
					...written,
					originId,
					originData: result.row.origin_data as string,
					originCode: vendor.origin_code,
					fields: {
						...vendor,
						...Object.fromEntries(without.map(({ field, after }) => [field, after])),
						...written.fields,
					},
				});
				if (plan.outcome === 'created') directory.madeThisRun.add(originId);
			}
			const unmarked = reactivated.has(plan) ? { unmarked: REACTIVATED } : {};
			return [
				plan,
				{
					...{ fault, procoreId: written?.id, ...unmarked },
					...(without.length > 0
						? {
								reason: sentWithout(plan.desired, without),
								changed: changesWithout(plan.changes, without),
							}
						: {}),
				},
			];
		}),
	);
}

function rowOf({ row }: VendorPlan): SyncRow {
	return row as SyncRow;
}

/** Whether the sync action reaches inactive vendors is not documented; the inactive list's own route does. */
async function reactivateWhereSyncDidNot(
	client: ProcoreClient,
	results: Map<VendorPlan, RowResult>,
): Promise<ReadonlySet<VendorPlan>> {
	const reactivated = new Set<VendorPlan>();
	const stillInactive = [...results].flatMap(([plan, { entity, errors }]) =>
		plan.outcome === 'reactivated' &&
		(entity?.is_active === false || /not found/i.test(JSON.stringify(errors ?? '')))
			? [plan]
			: [],
	);
	for (const plan of stillInactive) {
		try {
			await reactivateVendor(client, plan.actual?.id ?? '');
			reactivated.add(plan);
		} catch (error) {
			faultOfRecord(error);
			results.set(plan, { row: rowOf(plan), fault: error as ProcoreError });
		}
	}
	const active = [...reactivated];
	const again = await syncVendorRows(client, active.map(rowOf));
	active.forEach((plan, index) => results.set(plan, again[index]));
	return reactivated;
}

/** By a route of its own, before the row was sent. */
const REACTIVATED = {
	outcome: 'reactivated' as const,
	changes: [{ field: 'is_active', before: false, after: true }],
};

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
