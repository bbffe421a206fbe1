import { canonicalKey } from '../../model/keys';
import type { GpPayable, GpRecord } from '../../model/gp-records';
import type { KeyedRecords } from './read-by-keys';

/** How long a class is believed: the batches of one run, not the next day's. */
const BELIEVED_MS = 15 * 60_000;

/** Owner (site and company) → vendor id → class. */
const known = new Map<string, { until: number; classes: Map<string, string | null> }>();

/**
 * Puts its vendor's class to each payable, which does not carry it. One read per vendor and quarter
 * of an hour, whatever the number of documents. A vendor that is gone has no class; one that could
 * not be read leaves the class open, so that nobody takes it for none.
 */
export async function withVendorClasses(
	records: readonly GpRecord[],
	parts: {
		owner: string;
		now: number;
		read(vendorIds: string[]): Promise<KeyedRecords>;
	},
): Promise<GpRecord[]> {
	const classes = classesOf(parts.owner, parts.now);
	const wanted = records.filter(isPayable).filter(({ extra }) => !extra?.gone);
	const ids = new Map(wanted.map(({ vendorId }) => [canonicalKey(vendorId), vendorId.trim()]));
	const missing = [...ids].flatMap(([key, id]) => (key === '' || classes.has(key) ? [] : [id]));
	if (missing.length > 0) {
		const { records: vendors, gone } = await parts.read(missing);
		for (const vendor of vendors) {
			if (vendor.kind === 'vendor') classes.set(canonicalKey(vendor.vendorId), vendor.classId);
		}
		for (const id of gone) classes.set(canonicalKey(id), null);
	}
	return records.map((record) => {
		if (!isPayable(record)) return record;
		const vendorClassId = classes.get(canonicalKey(record.vendorId));
		return vendorClassId === undefined ? record : { ...record, vendorClassId };
	});
}

function classesOf(owner: string, now: number): Map<string, string | null> {
	for (const [name, { until }] of known) if (until <= now) known.delete(name);
	let entry = known.get(owner);
	if (!entry) known.set(owner, (entry = { until: now + BELIEVED_MS, classes: new Map() }));
	return entry.classes;
}

function isPayable(record: GpRecord): record is GpPayable {
	return record.kind === 'payable';
}
