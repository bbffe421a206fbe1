import type { DesiredVendor } from '../../desired';
import type { ActualVendor } from '../../resources/vendors';
import { readOriginData } from '../origin-data';
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
	/** Procore vendors that are decided already. */
	taken: ReadonlySet<string>;
	/** Procore vendors the only one with somebody's origin code, by Procore id: the origin id of that somebody. */
	byCode: ReadonlyMap<string, string>;
	/** How many records without a Procore vendor of their own have this tax id. */
	byTaxId: ReadonlyMap<string, number>;
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
		if (!linked) return { reason: linkMissing(desired.procoreId) };
		return linked.originId || claims.taken.has(linked.id) ? { reason: foreign(linked) } : linked;
	}
	return (
		onlyOne(preferActive(actual.withCode(desired.vendor.origin_code)), isFree) ??
		sameTaxId(desired, actual, claims, isFree) ??
		namesake(desired, actual, isFree)
	);
}

function onlyOne(hits: ActualVendor[], isFree: (vendor: ActualVendor) => boolean): Adoption {
	const free = hits.filter(isFree);
	if (free.length === 1 && hits.length === 1) return free[0];
	const others = hits.find(isForeign);
	return others && free.length === 0 ? { reason: foreign(others) } : undefined;
}

function sameTaxId(
	{ taxIdMatch }: DesiredVendor,
	actual: VendorLookup,
	claims: Claims,
	isFree: (vendor: ActualVendor) => boolean,
): Adoption {
	const hits = taxIdMatch ? preferActive(actual.withTaxId(taxIdMatch)) : [];
	if (!taxIdMatch || !hits.some(isFree)) return onlyOne(hits, isFree);
	const claimants = claims.byTaxId.get(taxIdMatch) ?? 1;
	if (hits.length === 1 && claimants === 1) return hits[0];
	return { reason: taxIdAmbiguous(hits, claimants) };
}

/** A namesake that carries another vendor's code is that other vendor; with another tax id it may be. */
function namesake(
	{ vendor, taxIdMatch }: DesiredVendor,
	actual: VendorLookup,
	isFree: (vendor: ActualVendor) => boolean,
): Adoption {
	const hits = actual
		.withName(vendor.name)
		.filter(
			({ isActive, originCode, originId }) =>
				isActive && (originId !== null || !originCode?.trim()),
		);
	const found = onlyOne(hits, isFree);
	if (!found || 'reason' in found || !taxIdMatch || !found.taxIdMatch) return found;
	return found.taxIdMatch === taxIdMatch ? found : { reason: taxIdDiffers(found) };
}

function isForeign({ originId, originData }: ActualVendor): boolean {
	return Boolean(originId) && !readOriginData(originData);
}

function preferActive(vendors: ActualVendor[]): ActualVendor[] {
	const active = vendors.filter(({ isActive }) => isActive);
	return active.length > 0 ? active : vendors;
}

/** What the records of a batch claim, before any of them is decided. */
export function claimsOf(
	desired: readonly DesiredVendor[],
	actual: VendorLookup,
	taken: ReadonlySet<string>,
): Claims {
	const byCode = new Map<string, string>();
	const byTaxId = new Map<string, number>();
	const seen = new Set<string>();
	for (const { originId, procoreId, taxIdMatch, vendor } of desired) {
		if (seen.has(originId) || procoreId || actual.withOriginId(originId)) continue;
		seen.add(originId);
		const hits = preferActive(actual.withCode(vendor.origin_code));
		if (hits.length === 1 && !hits[0].originId) {
			// It takes that one, and nothing by its tax id.
			if (!byCode.has(hits[0].id)) byCode.set(hits[0].id, originId);
		} else if (taxIdMatch) {
			byTaxId.set(taxIdMatch, (byTaxId.get(taxIdMatch) ?? 0) + 1);
		}
	}
	return { taken, byCode, byTaxId };
}

function linkMissing(id: string): Reason {
	return {
		code: 'vendor-link-missing',
		message: `The vendors crosswalk links this vendor to Procore vendor ${id}, which does not exist or is not visible.`,
		remedy: 'Correct or empty procore_vendor_id in the vendors crosswalk table.',
	};
}

function foreign(vendor: ActualVendor): Reason {
	return {
		code: 'foreign-origin-id',
		message: `Procore vendor ${vendor.id} "${vendor.name}" is owned by another integration or GP vendor (origin id ${vendor.originId}).`,
		remedy:
			'Two integrations must not own one vendor. Have the other one release it, or name another Procore vendor in the vendors crosswalk table.',
	};
}

function taxIdAmbiguous(hits: ActualVendor[], claimants: number): Reason {
	const named = hits.map(({ id, name }) => `${id} "${name}"`).join(', ');
	return {
		code: 'tax-id-ambiguous',
		message:
			claimants > 1
				? `${claimants} GP vendors have the tax id of Procore vendor ${named}; which of them it is cannot be told.`
				: `Several Procore vendors have the tax id of this GP vendor: ${named}.`,
		remedy:
			'Name the right one as procore_vendor_id in the vendors crosswalk table, or merge the companies where they are one.',
	};
}

function taxIdDiffers({ id, name }: ActualVendor): Reason {
	return {
		code: 'tax-id-differs',
		message: `Procore vendor ${id} "${name}" has the name of this GP vendor but another tax id.`,
		remedy: `One firm: correct the tax id where it is wrong, or set procore_vendor_id to ${id} in the vendors crosswalk table. Two firms: enter an origin code at the vendor in Procore, which marks it as another. When many vendors say this, the Tax ID Matching Keys of the two credentials differ.`,
	};
}
