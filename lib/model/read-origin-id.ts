import { canonicalKey } from './gp-key';

/** Whose record an origin id names: the other way round of origin-ids.ts. */
export interface OriginOfCost {
	/** Canonical, as the key. */
	company: string;
	/** Key of the payables document in GP. */
	key: string;
	projectId: string;
}

/** Null for what this package did not write, and for an id that was too long to stay whole. */
export function readDirectCostOriginId(originId: string | null): OriginOfCost | null {
	const found = /^GP:([^:]+):PM:(\d+):([^~]+?):P:([^:~]+)/.exec(canonicalKey(originId));
	if (!found) return null;
	const [, company, type, voucher, projectId] = found;
	return { company, key: `${type};${voucher}`, projectId };
}

/** The same of a vendor: company and vendor id. */
export function readVendorOriginId(
	originId: string | null,
): { company: string; key: string } | null {
	const found = /^GP:([^:]+):V:([^~]+)$/.exec(canonicalKey(originId));
	return found && { company: found[1], key: found[2] };
}
