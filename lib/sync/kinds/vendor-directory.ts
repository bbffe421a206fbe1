import { withoutMarkup } from '../../model/foreign-text';
import type { DesiredDirectCost, DesiredVendor } from '../../model/desired';
import type { AlsoWritten } from '../../model/outcome';
import { MARKS_LEFT_OUT } from '../../model/same-firm';
import { ProcoreError } from '../../procore/errors/procore-errors';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type ActualVendor,
	addVendorToProject,
	eachInactiveVendorPage,
	eachVendorPage,
	listVendors,
	readVendor,
	type VendorFilter,
} from '../../procore/resources/vendors';
import type { ProcoreId } from '../../procore/wire';
import { hasSpellings, Known } from '../engine/known';
import { readOriginData } from '../origin-data';
import { alongTheWay } from '../outcomes';
import type { RunCache, SyncOptions } from '../sync-run';

/** Up to this many records are looked up one by one instead of reading the whole list they stand in. */
export const FEW = 5;

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
 * A vendor name as compared for adoption: case, accents, blanks, punctuation, invisible signs and the legal
 * form at the end do not count. "Acme Concrete, Inc." and "ACME CONCRETE" are equal; words never vanish
 * from the middle, and a name that is nothing but legal forms stays as it is. Vowels that a script writes as
 * marks are letters of the name, but for those that Hebrew and Arabic may leave out.
 */
export function comparableVendorName(name: string): string {
	const words = withoutMarkup(name)
		.normalize('NFKD')
		.replace(MARKS_LEFT_OUT, '')
		.toLowerCase()
		.replace(/&/g, ' and ')
		.replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
		.replace(/['’`]/g, '')
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim()
		.split(' ');
	while (words.length > 1 && LEGAL_FORMS.has(words[words.length - 1])) words.pop();
	// "Smith & Co." is left as "smith and" otherwise.
	if (words.length > 1 && words[words.length - 1] === 'and') words.pop();
	return words.join(' ');
}

/** The company's vendors, active and inactive; those of before this run and those it made. */
export class VendorDirectory extends Known<ActualVendor, 'code' | 'name' | 'taxId'> {
	private inactive?: Promise<void>;
	/** Origin ids of vendors that did not exist before this run. */
	readonly madeThisRun = new Set<string>();
	/** Vendors a dry run would make (no Procore id yet) or adopt, by origin id. */
	readonly wouldBeLinked = new Map<string, ProcoreId | undefined>();

	constructor() {
		super(({ originCode, name, taxIdMatch }) => ({
			code: originCode?.trim().toLowerCase(),
			name: comparableVendorName(name),
			taxId: taxIdMatch,
		}));
	}

	static of(cache: RunCache, now: number): VendorDirectory {
		return cache.get('vendors', now, () => new VendorDirectory());
	}

	withCode(code: string): ActualVendor[] {
		return this.withKey('code', code.trim().toLowerCase());
	}

	withName(name: string): ActualVendor[] {
		return this.withKey('name', comparableVendorName(name));
	}

	withTaxId(match: string): ActualVendor[] {
		return this.withKey('taxId', match);
	}

	protected async readRows(client: ProcoreClient, take: (rows: unknown[]) => void): Promise<void> {
		await eachVendorPage(client, take);
		await this.readInactive(client);
	}

	readInactive(client: ProcoreClient): Promise<void> {
		this.inactive ??= eachInactiveVendorPage(client, (rows) => {
			for (const row of rows) {
				const vendor = readVendor(row, false, client.taxIdKey);
				if (vendor) this.put(vendor);
			}
		}).catch((error) => {
			this.inactive = undefined;
			throw error;
		});
		return this.inactive;
	}

	protected lookUp(client: ProcoreClient, originId: string): Promise<unknown[]> {
		return listVendors(client, { originId });
	}

	/** Reads whatever these may be: many by reading all, a few by origin id, link, code and name. */
	async readCandidates(client: ProcoreClient, desired: readonly DesiredVendor[]): Promise<void> {
		if (this.isWhole || desired.length > FEW) return this.readAll(client);
		for (const one of desired) {
			const { originId, procoreId, taxIdMatch, vendor } = one;
			if (await this.lookUpOriginId(client, one)) continue;
			// The list may leave out inactive vendors, and creating one anew would double it.
			await this.readInactive(client);
			if (this.withOriginId(originId)) continue;
			if (procoreId) {
				await this.search(client, { ids: [procoreId] });
				continue;
			}
			const code = vendor.origin_code.trim();
			if (code) await this.search(client, { search: code });
			// Found by its code, it may turn out to be the one, sent under another spelling.
			if (this.withOriginId(originId)) continue;
			const byCode = this.withCode(code);
			const decided = byCode.length === 1 && !readOriginData(byCode[0].originData);
			// Procore cannot be asked for a vendor by what stands for its tax id: all have to be looked at.
			if (!decided && taxIdMatch && client.taxIdKey) return this.readAll(client);
			if (!decided && vendor.name.trim())
				await this.search(client, { search: searchWord(vendor.name) });
		}
	}

	private async search(client: ProcoreClient, filter: VendorFilter): Promise<void> {
		this.take(client, await listVendors(client, filter));
	}

	protected readRow({ taxIdKey }: ProcoreClient, row: unknown): ActualVendor | undefined {
		return readVendor(row, undefined, taxIdKey);
	}
}

/** The first telling word of a name: how the rest is spelled and spaced there is not known. */
function searchWord(name: string): string {
	const words = name
		.trim()
		.split(/\s+/)
		.map((word) => word.replace(/^\P{L}+|[^\p{L}\p{N}]+$/gu, ''));
	return words.find((word) => word.length > 3) ?? name.trim();
}

/** Stands for the id of a vendor that a dry run would make. */
export const PLANNED = 'planned';

type NamesVendor = Pick<
	DesiredDirectCost,
	'voided' | 'vendorId' | 'vendorOriginId' | 'formerVendorOriginIds'
>;

/** The Procore vendors of the documents of one sync; what was looked for once is not looked for again. */
export class VendorIds {
	private readonly sought = new Set<string>();

	constructor(
		private readonly client: ProcoreClient,
		private readonly directory: VendorDirectory,
		private readonly options: Pick<SyncOptions, 'dryRun'>,
	) {}

	/**
	 * Finds the vendors these name: a few one by one, many by reading the directory, and the inactive
	 * ones before any is declared missing.
	 */
	async resolve(documents: readonly NamesVendor[]): Promise<void> {
		const { client, directory, sought } = this;
		const needed = new Map<string, readonly string[]>();
		for (const { voided, vendorId, vendorOriginId, formerVendorOriginIds = [] } of documents)
			if (!voided && !vendorId && vendorOriginId && !sought.has(vendorOriginId))
				needed.set(vendorOriginId, formerVendorOriginIds);
		for (const originId of needed.keys()) sought.add(originId);
		const missing = () => [...needed.keys()].filter((originId) => !this.idOf(originId));
		if (missing().length > FEW) await directory.readAll(client);
		for (const originId of missing().slice(0, FEW))
			await directory.lookUpOriginId(client, { originId, formerOriginIds: needed.get(originId) });
		if (missing().length > 0) await directory.readInactive(client);
		// An older version may have sent it under a spelling that nothing in GP shows any more.
		if (missing().some(hasSpellings)) await directory.readAll(client);
	}

	/** Of one that was resolved, or that names it by Procore's id. */
	of({ vendorId, vendorOriginId }: NamesVendor): ProcoreId | undefined {
		return vendorId ?? (vendorOriginId ? this.idOf(vendorOriginId) : undefined);
	}

	private idOf(originId: string): ProcoreId | undefined {
		const { wouldBeLinked } = this.directory;
		const id = this.directory.withOriginId(originId)?.id;
		if (id || !this.options.dryRun || !wouldBeLinked.has(originId)) return id;
		return wouldBeLinked.get(originId) ?? `${PLANNED} ${originId}`;
	}
}

/**
 * Puts a vendor into the directory of a project, once. Whether it now is there, so that another try of
 * what wants it makes sense; `note` hears of it when it was put there.
 */
export async function putIntoDirectory(
	client: ProcoreClient,
	{ projectId, vendorsAdded }: { projectId: ProcoreId; vendorsAdded: Set<ProcoreId> },
	id: ProcoreId,
	note: (written: AlsoWritten) => void,
): Promise<boolean> {
	if (vendorsAdded.has(id)) return true;
	try {
		await addVendorToProject(client, projectId, id);
	} catch (error) {
		// Not being allowed to is no reason to stop: the record keeps the fault it has.
		if (error instanceof ProcoreError && error.scope !== 'transport') return false;
		throw error;
	}
	vendorsAdded.add(id);
	const changes = [{ field: 'project directory', before: null, after: projectId }];
	const procore = { type: 'vendor', id, projectId } as const;
	const why = `Vendor ${id} was put into the directory of project ${projectId}, which Procore asked for.`;
	note(alongTheWay({ outcome: 'updated', procore, changes }, why));
	return true;
}
