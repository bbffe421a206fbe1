import pLimit from 'p-limit';
import {
	type AffectedKey,
	canonicalKey,
	canonicalOriginId,
	placeOf,
	readDirectCostOriginId,
	recordIdentity,
	standardListOf,
	writeAffectedKeys,
} from '../model/keys';
import type { Outcome, ProcoreType } from '../model/outcome';
import type { DesiredDirectCost, Entity } from '../model/desired';
import type { ProcoreClient } from '../procore/procore-client';
import { type ProcoreId, readId } from '../procore/wire';
import { ProcoreError } from '../procore/errors/procore-errors';
import { listCostCodes, readCostCode } from '../procore/resources/cost-codes';
import { eachDirectCostPage, readDirectCost } from '../procore/resources/direct-costs';
import { listProjects, readProject } from '../procore/resources/projects';
import { listRequisitions } from '../procore/resources/commitments';
import {
	listStandardCostCodeLists,
	listStandardCostCodes,
} from '../procore/resources/standard-cost-codes';
import { eachInactiveVendorPage, eachVendorPage, readVendor } from '../procore/resources/vendors';
import { everyUnrecordedMark, type MarkOptions, readOriginData } from './origin-data';
import { billedBy, readRequisition } from './kinds/requisition-state';
import { isProjectBlock } from './outcomes';
import type { SyncOptions } from './sync-run';

/** What batches that were cut off before recording it wrote to Procore. */
export interface UnrecordedWrites {
	/** Batches whose every write is among `writes`; empty when a place could not be read. */
	batches: string[];
	/** One for each mark found, with what stands there now; of one record the earlier write first. */
	writes: Outcome[];
}

/** What a batch writes: payables stand as direct costs or requisitions. */
export type WrittenKind = Extract<ProcoreType, 'vendor' | 'costCode' | 'directCost'>;

export type SearchOptions = MarkOptions & Pick<SyncOptions, 'unrecordedPlaces'>;

const ENTITY: Record<WrittenKind, Entity> = {
	vendor: 'vendor',
	costCode: 'account',
	directCost: 'payable',
};

/** A record of Procore that may carry a mark. */
interface Marked {
	type: ProcoreType;
	id: string;
	originId: string | null;
	originData: unknown;
	/** What people call it. */
	name: string;
	projectId?: string;
	amount?: Outcome['amount'];
}

/**
 * Looks through Procore for the marks of batches that were cut off. Reading GP again does not find all
 * they wrote: a record may have left GP since, or its list may be cut. Nothing is searched without such
 * batches. Has to come before anything is written to the same records.
 *
 * @throws ConnectorError when Procore as a whole cannot be worked with; a project that may not be read
 *   leaves `batches` empty, one that is gone (404) holds nothing
 */
export async function findUnrecordedWrites(
	client: ProcoreClient,
	kind: WrittenKind,
	options: SearchOptions,
): Promise<UnrecordedWrites> {
	const sought = options.dryRun ? [] : (options.unrecordedBatches ?? []);
	const found: UnrecordedWrites = { batches: [...sought], writes: [] };
	if (sought.length === 0) return found;
	const take = (record: Marked) => found.writes.push(...writesOf(record, ENTITY[kind], options));
	if (kind === 'vendor') {
		await eachVendor(client, take);
		return found;
	}
	const places = options.unrecordedPlaces?.length
		? options.unrecordedPlaces
		: await everyPlace(client, kind);
	const limit = pLimit(client.projectConcurrency);
	await Promise.all(
		places.map((place) =>
			limit(async () => {
				try {
					await (kind === 'costCode' ? eachCode : eachDocument)(client, place, take);
				} catch (error) {
					if (!isProjectBlock(error)) throw error;
					if (error.details.httpStatus !== 404) found.batches = [];
				}
			}),
		),
	);
	return found;
}

/**
 * Documents of this batch that stand, by a write found, in a project they were not mapped to: nobody knew of it
 * then. As they are to be taken out there, each with the one it goes with. One that does not go anywhere, or
 * waits, may yet belong there.
 */
export function leftBehind(
	desired: ReadonlyArray<Pick<DesiredDirectCost, 'originId' | 'source'> & { withdrawn?: true }>,
	{ writes }: Pick<UnrecordedWrites, 'writes'>,
): Array<{ goesWith: number; gone: DesiredDirectCost }> {
	const seen = new Set(desired.map(({ originId }) => canonicalOriginId(originId)));
	const byKey = new Map<string, number>();
	for (const [index, { source, withdrawn }] of desired.entries())
		if (!withdrawn) byKey.set(recordIdentity(source), index);
	return writes.flatMap(({ outcome, originId = '', procore, source: { entity, key } }) => {
		const id = canonicalOriginId(originId);
		const company = desired[0]?.source.company ?? '';
		const goesWith = byKey.get(recordIdentity({ company, entity, key }));
		const projectId = procore?.projectId;
		if (goesWith === undefined || outcome === 'voided' || !projectId || seen.has(id)) return [];
		seen.add(id);
		const rule = 'withdrawn: no line names this project now';
		const source = { ...desired[goesWith].source, amount: '0.00', rule };
		const gone: DesiredDirectCost = {
			...{ kind: 'directCost', originId, source, projectId, voided: true, withdrawn: true },
			...{ header: { direct_cost_type: 'invoice', status: 'draft' }, lines: [], total: '0.00' },
		};
		return [{ goesWith, gone }];
	});
}

async function everyPlace(client: ProcoreClient, kind: WrittenKind): Promise<string[]> {
	const projects = await listProjects(client, { status: 'All' });
	const ids = projects.flatMap((row) => readProject(row)?.id ?? []);
	if (kind !== 'costCode') return ids;
	const lists = await standardLists(client);
	return [...ids, ...lists.flatMap((standardListId) => placeOf({ standardListId }) ?? [])];
}

/** Where the lists are not ours to see, or there are none, no batch wrote into one. */
async function standardLists(client: ProcoreClient): Promise<ProcoreId[]> {
	try {
		const rows = await listStandardCostCodeLists(client);
		return rows.flatMap((row) => readId((row as { id?: unknown } | null)?.id) ?? []);
	} catch (error) {
		const isRefused =
			error instanceof ProcoreError && [403, 404].includes(error.details.httpStatus ?? 0);
		if (!isRefused) throw error;
		return [];
	}
}

async function eachVendor(client: ProcoreClient, take: (record: Marked) => void): Promise<void> {
	const seen = new Set<ProcoreId>();
	const page = (rows: unknown[]) => {
		for (const row of rows) {
			const vendor = readVendor(row);
			if (!vendor || seen.has(vendor.id)) continue;
			seen.add(vendor.id);
			take({ type: 'vendor', ...vendor });
		}
	};
	await eachVendorPage(client, page);
	await eachInactiveVendorPage(client, page);
}

async function eachCode(
	client: ProcoreClient,
	place: string,
	take: (record: Marked) => void,
): Promise<void> {
	const list = standardListOf(place);
	const rows =
		list === null ? await listCostCodes(client, place) : await listStandardCostCodes(client, list);
	for (const row of rows) {
		const code = readCostCode(row);
		if (!code) continue;
		const name = `${code.fullCode} ${code.name}`;
		take({ type: 'costCode', ...code, name, ...(list === null ? { projectId: place } : {}) });
	}
}

async function eachDocument(
	client: ProcoreClient,
	projectId: ProcoreId,
	take: (record: Marked) => void,
): Promise<void> {
	await eachDirectCostPage(client, projectId, (rows) => {
		for (const row of rows) {
			const cost = readDirectCost(row);
			if (!cost) continue;
			const amount = cost.status === 'draft' ? '0.00' : cost.total;
			take({
				...{ type: 'directCost', id: cost.id, projectId, originId: cost.originId },
				...{ originData: cost.originData, name: cost.invoiceNumber ?? '' },
				...(amount === null ? {} : { amount }),
			});
		}
	});
	for (const row of await requisitionsOf(client, projectId)) {
		const invoice = readRequisition(row);
		if (!invoice) continue;
		const { id, originId, originData, invoiceNumber, status } = invoice;
		const amount = status === 'draft' ? '0.00' : billedBy(invoice);
		const name = invoiceNumber ?? '';
		take({
			...{ type: 'requisition', id, projectId, originId, originData, name },
			...(amount === null ? {} : { amount }),
		});
	}
}

/** Where subcontractor invoices are not in use, or not ours to see, no batch wrote any. */
async function requisitionsOf(client: ProcoreClient, projectId: ProcoreId): Promise<unknown[]> {
	try {
		return await listRequisitions(client, projectId, {}, undefined, 'items');
	} catch (error) {
		if (isProjectBlock(error)) return [];
		throw error;
	}
}

function writesOf(record: Marked, entity: Entity, options: MarkOptions): Outcome[] {
	const { type, id, originId, originData, projectId, amount } = record;
	if (!originId) return [];
	// In the order they were written, as their events are read later.
	const marks = everyUnrecordedMark(originData, options).reverse();
	return marks.map(({ batchId, outcome }): Outcome => {
		const source = sourceOf(record, entity, originId);
		return {
			...{ kind: 'outcome', outcome, source, originId },
			procore: { type, id, ...(projectId ? { projectId } : {}) },
			...(amount === undefined ? {} : { amount: outcome === 'voided' ? '0.00' : amount }),
			dryRun: false,
			recovered: { batchId },
		};
	});
}

/** Whose record it is, as far as the record in Procore says; how it read in GP then, nobody knows. */
function sourceOf(
	{ originData, name }: Marked,
	entity: Entity,
	originId: string,
): Outcome['source'] {
	const stored = readOriginData(originData);
	const [, company = '', , ...rest] = canonicalOriginId(originId).split(':');
	const document = entity === 'payable' ? readDirectCostOriginId(originId) : null;
	const ownName = canonicalKey(rest.join(':'));
	const key = document?.key ?? (entity === 'account' ? stored?.a : undefined) ?? ownName;
	const voucher = document ? document.key.slice(document.key.indexOf(';') + 1) : '';
	const touches: AffectedKey[] =
		entity === 'vendor'
			? [{ kind: 'V', value: key }]
			: entity === 'account'
				? [{ kind: 'A', value: key }]
				: [
						{ kind: 'VOUCHER', value: voucher },
						{ kind: 'DOC', value: name },
					];
	const label = document
		? `Voucher ${voucher}${name ? `, document ${name}` : ''}`
		: [key, name].filter(Boolean).join(' ');
	return {
		...{ company, entity, key, label, hash: '' },
		...(stored?.m ? { modified: stored.m } : {}),
		touches: writeAffectedKeys(touches),
	};
}
