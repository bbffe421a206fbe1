import { addTo, canonicalKey, causeKey } from '../../model/keys';
import type { DesiredVendor } from '../../model/desired';
import type { ActualVendor } from '../../procore/resources/vendors';
import { isOurs, readOriginData } from '../origin-data';
import type { Reason } from '../outcomes';

/** The vendors of Procore, by the keys matching uses. */
export interface VendorLookup {
	withId(id: string): ActualVendor | undefined;
	withOriginId(originId: string): ActualVendor | undefined;
	withCode(code: string): ActualVendor[];
	withTaxId(match: string): ActualVendor[];
	withName(name: string): ActualVendor[];
}

/** What the other records of the batch lay claim to. */
export interface Claims {
	/** Procore vendors that are decided already, by id: the GP vendor each of them is. */
	taken: ReadonlyMap<string, string>;
	/** Procore vendors the only one with somebody's origin code, by Procore id: the origin id of that somebody. */
	byCode: ReadonlyMap<string, string>;
	/** GP vendors without a Procore vendor of their own that have this tax id. */
	byTaxId: ReadonlyMap<string, readonly string[]>;
	/** GP vendors without a Procore vendor of their own that were linked to one by hand, by its id. */
	byLink: ReadonlyMap<string, ReadonlyArray<DesiredVendor>>;
}

export type Adoption = ActualVendor | { reason: Reason } | undefined;

/**
 * An existing vendor to take over: the crosswalk's Procore id, else the one with the GP vendor id as
 * origin code, else with the same tax id, else with the same name when exactly one active vendor has
 * it. Never one with an origin id: one of this package's belongs to another GP vendor and is passed
 * by, any other integration's is a conflict. A tax id that several have decides nothing.
 */
export function findAdoptable(
	desired: DesiredVendor,
	actual: VendorLookup,
	claims: Claims,
): Adoption {
	const isFree = ({ id, originId }: ActualVendor) =>
		!originId &&
		!claims.taken.has(id) &&
		(claims.byCode.get(id) ?? desired.originId) === desired.originId;
	if (desired.procoreId) {
		const linked = actual.withId(desired.procoreId);
		if (!linked) return { reason: linkMissing(desired, desired.procoreId) };
		const others = otherLinks(desired, desired.procoreId, claims);
		if (others.length > 0 && !linked.originId)
			return { reason: linkedTwice(desired, linked, others) };
		const taker = claims.taken.get(linked.id);
		return linked.originId || taker !== undefined
			? { reason: foreign(desired, linked, taker) }
			: linked;
	}
	return (
		onlyOne(desired, preferActive(actual.withCode(desired.vendor.origin_code)), isFree) ??
		sameTaxId(desired, actual, claims, isFree) ??
		namesake(desired, actual, isFree)
	);
}

/** Firms that rows of the crosswalk link to the same Procore vendor: by name where they are in the batch. */
function otherLinks(desired: DesiredVendor, procoreId: string, claims: Claims): string[] {
	const inBatch = (claims.byLink.get(procoreId) ?? []).filter(
		({ originId }) => originId !== desired.originId,
	);
	const named = new Set(inBatch.map(({ vendor }) => canonicalKey(vendor.origin_code)));
	const further = (desired.linkSharedWith ?? []).filter((id) => !named.has(canonicalKey(id)));
	return [...inBatch.map(gpFirm), ...further];
}

function onlyOne(
	desired: DesiredVendor,
	hits: ActualVendor[],
	isFree: (vendor: ActualVendor) => boolean,
): Adoption {
	const free = hits.filter(isFree);
	if (free.length === 1 && hits.length === 1) return free[0];
	const others = hits.find(isForeign);
	return others && free.length === 0 ? { reason: foreign(desired, others) } : undefined;
}

function sameTaxId(
	desired: DesiredVendor,
	actual: VendorLookup,
	claims: Claims,
	isFree: (vendor: ActualVendor) => boolean,
): Adoption {
	const { taxIdMatch } = desired;
	const hits = taxIdMatch ? preferActive(actual.withTaxId(taxIdMatch)) : [];
	if (!taxIdMatch || !hits.some(isFree)) return onlyOne(desired, hits, isFree);
	const claimants = claims.byTaxId.get(taxIdMatch) ?? [gpFirm(desired)];
	if (hits.length === 1 && claimants.length === 1) return hits[0];
	return { reason: taxIdAmbiguous(hits, claimants) };
}

/** A namesake that carries another vendor's code is that other vendor; with another tax id it may be. */
function namesake(
	desired: DesiredVendor,
	actual: VendorLookup,
	isFree: (vendor: ActualVendor) => boolean,
): Adoption {
	const { vendor, taxIdMatch } = desired;
	const hits = actual
		.withName(vendor.name)
		.filter(
			({ isActive, originCode, originId }) =>
				isActive && (originId !== null || !originCode?.trim()),
		);
	const found = onlyOne(desired, hits, isFree);
	if (!found || 'reason' in found || !taxIdMatch || !found.taxIdMatch) return found;
	return found.taxIdMatch === taxIdMatch ? found : { reason: taxIdDiffers(desired, found) };
}

function isForeign({ originId, originData }: ActualVendor): boolean {
	return originId !== null && !(isOurs(originId) && readOriginData(originData));
}

function preferActive(vendors: ActualVendor[]): ActualVendor[] {
	const active = vendors.filter(({ isActive }) => isActive);
	return active.length > 0 ? active : vendors;
}

/** What the records of a batch claim, before any of them is decided. */
export function claimsOf(
	desired: readonly DesiredVendor[],
	actual: VendorLookup,
	taken: ReadonlyMap<string, string>,
): Claims {
	const byCode = new Map<string, string>();
	const byTaxId = new Map<string, string[]>();
	const byLink = new Map<string, DesiredVendor[]>();
	const seen = new Set<string>();
	for (const one of desired) {
		const { originId, procoreId, taxIdMatch, vendor } = one;
		if (seen.has(originId) || actual.withOriginId(originId)) continue;
		seen.add(originId);
		if (procoreId) {
			addTo(byLink, procoreId, one);
			continue;
		}
		const hits = preferActive(actual.withCode(vendor.origin_code));
		if (hits.length === 1 && !hits[0].originId) {
			// It takes that one, and nothing by its tax id.
			if (!byCode.has(hits[0].id)) byCode.set(hits[0].id, originId);
		} else if (taxIdMatch) {
			addTo(byTaxId, taxIdMatch, gpFirm(one));
		}
	}
	return { taken, byCode, byTaxId, byLink };
}

/** How a GP vendor is named in a conflict: by its name, its id only beside it. */
export function gpFirm({ vendor }: DesiredVendor): string {
	return `"${vendor.name}" (${vendor.origin_code})`;
}

function linkMissing(desired: DesiredVendor, id: string): Reason {
	return {
		code: 'vendor-link-missing',
		causeKey: causeKey('V', desired.vendor.origin_code),
		message: `The vendors crosswalk links GP vendor ${gpFirm(desired)} to Procore vendor ${id}, which does not exist or is not visible.`,
		remedy: 'Correct or empty procore_vendor_id in the vendors crosswalk table.',
	};
}

function linkedTwice(desired: DesiredVendor, { id, name }: ActualVendor, others: string[]): Reason {
	return {
		code: 'vendor-linked-twice',
		causeKey: causeKey('V', desired.vendor.origin_code),
		message: `The vendors crosswalk links GP vendor ${gpFirm(desired)} and GP vendor ${others.join(' and ')} to one Procore vendor, "${name}".`,
		remedy: `Two GP vendors must not be one Procore vendor. Leave procore_vendor_id ${id} in the row of the one that it is, and empty it in the other row to have that vendor made.`,
	};
}

/** `taker` is the GP vendor of this batch that has it. */
function foreign(desired: DesiredVendor, { name, originId }: ActualVendor, taker?: string): Reason {
	const ofGp = /^GP:([^:]+):V:(.+)$/i.exec(originId ?? '');
	const owner =
		taker !== undefined
			? `which is GP vendor ${taker} already`
			: ofGp
				? `which is another GP vendor already (${ofGp[2]} of company ${ofGp[1]})`
				: `which another integration owns (origin id ${originId})`;
	return {
		code: 'foreign-origin-id',
		causeKey: causeKey('V', desired.vendor.origin_code),
		message: `GP vendor ${gpFirm(desired)} would be Procore vendor "${name}", ${owner}.`,
		remedy:
			taker !== undefined || ofGp
				? 'Two GP vendors must not be one Procore vendor. Name another one in the vendors crosswalk table, or empty procore_vendor_id there to have it made.'
				: 'Two integrations must not own one vendor. Have the other one release it, or name another Procore vendor in the vendors crosswalk table.',
	};
}

function taxIdAmbiguous(hits: ActualVendor[], claimants: readonly string[]): Reason {
	const named = hits.map(({ name }) => `"${name}"`).join(', ');
	const ids = hits.map(({ id, name }) => `${id} is "${name}"`).join(', ');
	return {
		code: 'tax-id-ambiguous',
		message:
			claimants.length > 1
				? `${claimants.length} GP vendors, ${claimants.join(' and ')}, have the tax id of Procore vendor ${named}; which of them it is cannot be told.`
				: `Several Procore vendors have the tax id of GP vendor ${claimants[0]}: ${named}.`,
		remedy: `Name the right one as procore_vendor_id in the vendors crosswalk table (${ids}), or merge the companies where they are one.`,
	};
}

function taxIdDiffers(desired: DesiredVendor, { id, name }: ActualVendor): Reason {
	return {
		code: 'tax-id-differs',
		causeKey: causeKey('V', desired.vendor.origin_code),
		message: `Procore vendor "${name}" has the name of GP vendor ${gpFirm(desired)} but another tax id.`,
		remedy: `One firm: correct the tax id where it is wrong, or set procore_vendor_id to ${id} in the vendors crosswalk table. Two firms: enter an origin code at the vendor in Procore, which marks it as another. When many vendors say this, the Tax ID Matching Keys of the two credentials differ.`,
	};
}
