import type { DesiredDirectCost } from '../../model/desired';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ProcoreId } from '../../procore/procore-id';
import { hasSpellings } from '../origin-index';
import type { VendorDirectory } from './vendor-directory';

const FEW = 5;

/** Stands for the id of a vendor that a dry run would make. */
export const PLANNED = 'planned';

/**
 * The Procore vendor of each direct cost that names one. Origin ids not known yet are looked up, a
 * few one by one, many by reading the directory, and the inactive ones before any is declared missing.
 */
export async function resolveVendorIds(
	client: ProcoreClient,
	directory: VendorDirectory,
	desired: readonly DesiredDirectCost[],
	dryRun: boolean,
): Promise<Map<DesiredDirectCost, ProcoreId>> {
	const needed = new Map<string, readonly string[]>();
	for (const { voided, vendorId, vendorOriginId, formerVendorOriginIds = [] } of desired) {
		if (!voided && !vendorId && vendorOriginId) needed.set(vendorOriginId, formerVendorOriginIds);
	}
	const missing = () => [...needed.keys()].filter((originId) => idOf(originId) === undefined);
	const unknown = missing();
	if (unknown.length > FEW) await directory.readAll(client);
	for (const originId of missing().slice(0, FEW))
		await directory.lookUpOriginId(client, originId, needed.get(originId));
	if (missing().length > 0) await directory.readInactive(client);
	// An older version may have sent it under a spelling that nothing in GP shows any more.
	if (missing().some(hasSpellings)) await directory.readAll(client);

	const ids = new Map<DesiredDirectCost, ProcoreId>();
	for (const one of desired) {
		const id = one.vendorId ?? (one.vendorOriginId ? idOf(one.vendorOriginId) : undefined);
		if (id) ids.set(one, id);
	}
	return ids;

	function idOf(originId: string): ProcoreId | undefined {
		const id = directory.withOriginId(originId)?.id;
		if (id || !dryRun || !directory.wouldBeLinked.has(originId)) return id;
		return directory.wouldBeLinked.get(originId) ?? `${PLANNED} ${originId}`;
	}
}
