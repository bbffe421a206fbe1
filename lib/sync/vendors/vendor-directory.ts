import type { DesiredDirectCost } from '../../model/desired';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type ActualVendor,
	eachInactiveVendorPage,
	eachVendorPage,
	listVendors,
	readVendor,
} from '../../procore/resources/vendors';
import type { ProcoreId } from '../../procore/wire';
import { hasSpellings, OriginIndex } from '../origin-data';
import type { RunCache } from '../sync-run';

/** Legal forms that people write or leave out at will; only ever dropped from the end of a name. */
const LEGAL_FORMS = new Set([
	'inc',
	'incorporated',
	'llc',
	'ltd',
	'limited',
	'corp',
	'corporation',
	'co',
	'company',
	'lp',
	'llp',
	'pllc',
	'pc',
	'plc',
	'gmbh',
	'sa',
]);

/**
 * A vendor name as compared for adoption: case, accents, blanks, punctuation and the legal form at
 * the end do not count. "Acme Concrete, Inc." and "ACME CONCRETE" are equal; words never vanish
 * from the middle, and a name that is nothing but legal forms stays as it is.
 */
export function comparableVendorName(name: string): string {
	const words = name
		.normalize('NFKD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase()
		.replace(/&/g, ' and ')
		.replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
		.replace(/['’`]/g, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.split(' ');
	while (words.length > 1 && LEGAL_FORMS.has(words[words.length - 1])) words.pop();
	// "Smith & Co." is left as "smith and" otherwise.
	if (words.length > 1 && words[words.length - 1] === 'and') words.pop();
	return words.join(' ');
}

/** What is known of the company's vendors: whole after `readAll`, else what was looked up so far. */
export class VendorDirectory {
	private readonly byId = new Map<ProcoreId, ActualVendor>();
	private readonly idsByOriginId = new OriginIndex<ProcoreId>();
	private readonly idsByCode = new Map<string, Set<ProcoreId>>();
	private readonly idsByName = new Map<string, Set<ProcoreId>>();
	private readonly idsByTaxId = new Map<string, Set<ProcoreId>>();
	private whole?: Promise<void>;
	private inactive?: Promise<void>;
	/** Origin ids of vendors that did not exist before this run. */
	readonly madeThisRun = new Set<string>();
	/** Vendors a dry run would make (no Procore id yet) or adopt, by origin id. */
	readonly wouldBeLinked = new Map<string, ProcoreId | undefined>();

	static of(cache: RunCache, now: number): VendorDirectory {
		return cache.get('vendors', now, () => new VendorDirectory());
	}

	put(vendor: ActualVendor): void {
		const known = this.byId.get(vendor.id);
		if (known) this.remove(known);
		this.byId.set(vendor.id, vendor);
		if (vendor.originId) this.idsByOriginId.set(vendor.originId, vendor.id);
		if (vendor.originCode) addTo(this.idsByCode, vendor.originCode.trim().toLowerCase(), vendor.id);
		addTo(this.idsByName, comparableVendorName(vendor.name), vendor.id);
		if (vendor.taxIdMatch) addTo(this.idsByTaxId, vendor.taxIdMatch, vendor.id);
	}

	private remove(vendor: ActualVendor): void {
		if (vendor.originId) this.idsByOriginId.delete(vendor.originId);
		if (vendor.originCode)
			this.idsByCode.get(vendor.originCode.trim().toLowerCase())?.delete(vendor.id);
		this.idsByName.get(comparableVendorName(vendor.name))?.delete(vendor.id);
		if (vendor.taxIdMatch) this.idsByTaxId.get(vendor.taxIdMatch)?.delete(vendor.id);
	}

	get isWhole(): boolean {
		return this.whole !== undefined;
	}

	withId(id: ProcoreId): ActualVendor | undefined {
		return this.byId.get(id);
	}

	withOriginId(originId: string): ActualVendor | undefined {
		return this.byId.get(this.idsByOriginId.get(originId) ?? '');
	}

	withCode(code: string): ActualVendor[] {
		return this.all(this.idsByCode.get(code.trim().toLowerCase()));
	}

	withName(name: string): ActualVendor[] {
		return this.all(this.idsByName.get(comparableVendorName(name)));
	}

	withTaxId(match: string): ActualVendor[] {
		return this.all(this.idsByTaxId.get(match));
	}

	private all(ids: Iterable<ProcoreId> | undefined): ActualVendor[] {
		return [...(ids ?? [])].flatMap((id) => this.byId.get(id) ?? []);
	}

	/** Reads every vendor, active and inactive, once; later calls wait for the same reading. */
	readAll(client: ProcoreClient): Promise<void> {
		this.whole ??= (async () => {
			await eachVendorPage(client, (rows) => this.take(client, rows));
			await this.readInactive(client);
		})().catch((error) => {
			this.whole = undefined;
			throw error;
		});
		return this.whole;
	}

	readInactive(client: ProcoreClient): Promise<void> {
		this.inactive ??= (async () => {
			await eachInactiveVendorPage(client, (rows) => this.take(client, rows, false));
		})().catch((error) => {
			this.inactive = undefined;
			throw error;
		});
		return this.inactive;
	}

	/** Procore compares origin ids letter by letter: one spelling after the other, until one is found. */
	async lookUpOriginId(
		client: ProcoreClient,
		originId: string,
		formerOriginIds: readonly string[] = [],
	): Promise<void> {
		for (const spelling of [originId, ...formerOriginIds]) {
			this.take(client, await listVendors(client, { originId: spelling }));
			if (this.withOriginId(originId)) return;
		}
	}

	async lookUpId(client: ProcoreClient, id: ProcoreId): Promise<void> {
		this.take(client, await listVendors(client, { ids: [id] }));
	}

	async search(client: ProcoreClient, text: string): Promise<void> {
		this.take(client, await listVendors(client, { search: text }));
	}

	private take(client: ProcoreClient, rows: unknown[], active?: boolean): void {
		for (const row of rows) {
			const vendor = readVendor(row, active, client.taxIdKey);
			if (vendor) this.put(vendor);
		}
	}
}

function addTo(index: Map<string, Set<ProcoreId>>, key: string, id: ProcoreId): void {
	const ids = index.get(key);
	if (ids) ids.add(id);
	else index.set(key, new Set([id]));
}

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
