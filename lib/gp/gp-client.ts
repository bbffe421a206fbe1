import { type ChangeBatch, type Completeness, together } from '../model/gp-changes';
import type { Effects } from '../model/connection-check';
import type { Entity } from '../model/desired';
import { createAddresses, noAddresses } from './addressing/resource-address';
import { type GpError, GpSettingInvalid } from './errors/gp-error';
import { discover, type Discovery } from './discovery/discover';
import { discoverDoor, surveyDoor } from './discovery/survey-door';
import { survey } from './discovery/survey';
import type { Survey } from './discovery/survey.types';
import { type GpHttp, type GpSite, resolveProfile } from './site';
import { type Door, type DoorCapabilities, type Purchasing, withPaidDates } from './doors/door';
import type { RowSource } from './doors/rows/row-sets';
import { openDoor, soapAddress } from './doors/open-door';
import { askAnyPath, type GpRawAnswer, type ProbeResult } from './probe';
import type { EntityReader } from './reading/entity-reader';
import {
	askByKey,
	type KeyedRecords,
	type KeyList,
	type ListedRecords,
	listKeys,
	type ListOptions,
	listRecords,
	readByKeys,
	type Whereabouts,
} from './reading/read-records';
import { readChanges, type ReadChangesOptions } from './reading/read-changes';
import { createNormaliser } from './normalise/normaliser';
import { withAccountFacts, withReceiptLines, withVendorClasses } from './reading/add-facts';
import { secondLook, type SecondLook } from './reading/second-look';
import type { ReaderServices } from './reading/fetch-rows';
import { type ListedRow, type Listing, Pages, type PageSource } from './reading/pages';
import type { GpRecord } from '../model/gp-records';
import { serverState } from './transport/server-state';
import type { Throttle } from './transport/sender';
import { askedAgain, checkedThrottle, createSender, DEFAULT_THROTTLE } from './transport/sender';

export interface GpClientOptions {
	site: GpSite;
	http: GpHttp;
	effects: Effects;
	/**
	 * How the server is spared: concurrency 1 to 5 (default 1), gap 200 ms, timeout 120 s, 4 retries. Rows of
	 * another workflow, where no gap is given: as long as the last answer took, at most 200 ms.
	 */
	throttle?: Partial<Throttle>;
	signal?: AbortSignal;
	/** For the door "rows of another workflow": calls that workflow. */
	rows?: RowSource;
	/** Called after each page and each batch of details. */
	onProgress?(progress: { entity: string; read: number; requests: number }): void;
	/** Told of each record that `list` leaves out because it cannot be understood, like a log. */
	onBadRecord?(fault: GpError): void;
	/** Hand on the record as it came, too, secrets removed. */
	includeRaw?: boolean;
}

/** Reads one GP company. It has no means of writing. */
export interface GpClient {
	/** Which way this client reads, and what that way cannot tell. */
	readonly door: { name: Door['name']; capabilities: DoorCapabilities; knows: Door['knows'] };
	/** Orders, receipts and purchase invoices; null where the door has none. */
	readonly purchasing: Purchasing | null;
	/** For a credential's Test button: resolves, or throws the error that says which part is wrong. */
	probe(): Promise<ProbeResult>;
	/** One record, payables with their distributions. */
	get(entity: Entity, key: string): Promise<GpRecord>;
	/** Records in the server's order, each once; malformed ones are left out. */
	list(entity: Entity, options?: ListOptions): Promise<GpRecord[]>;
	/** The same, with what was left out and whether these are all. */
	listWithFaults(entity: Entity, options?: ListOptions): Promise<ListedRecords>;
	/** The next batch of what changed since a watermark. */
	readChanges(entity: Entity, options: ReadChangesOptions): Promise<ChangeBatch>;
	/** Keys of all records, in whatever state: where all were shown to come, what is not among them was deleted. */
	listKeys(entity: Entity): Promise<KeyList>;
	/** Records by their keys; a fault of one does not stop the others. */
	readByKeys(entity: Entity, keys: readonly string[]): Promise<KeyedRecords>;
	/** The records, payables with the class of their vendor: one more read per vendor. */
	withVendorClasses(records: readonly GpRecord[]): Promise<GpRecord[]>;
	/** The records, payables with the purchase receipt lines they pay; as they are where the door has no receipts. */
	withReceiptLines(records: readonly GpRecord[]): Promise<GpRecord[]>;
	/** The records, payables with the day they were paid in full; as they are where the door does not tell. */
	withPaidDates(records: readonly GpRecord[]): Promise<GpRecord[]>;
	/** Keys of all records by another way of reading: what the first has missed. */
	secondLook(entity: Entity): Promise<SecondLook>;
	/** Whether GP has the records, asked by their keys; `known` is one it lists. */
	askByKey(
		entity: Entity,
		keys: readonly string[],
		known?: string,
	): Promise<Map<string, Whereabouts>>;
	/** The records, payables with what the chart of accounts says of their tax and inactive accounts. */
	withAccountFacts(records: readonly GpRecord[]): Promise<GpRecord[]>;
	/** Any path of the service, relative to the company unless it starts with "/". Reads only. */
	request(
		path: string,
		query?: Record<string, string>,
		options?: { method?: string },
	): Promise<GpRawAnswer>;
	/** What the service's own description offers, and which profile fits. */
	discover(): Promise<Discovery>;
	/** One small read per entity: how this service behaves, as a profile override to paste. */
	survey(): Promise<Survey>;
	readonly counters: { requests: number };
}

/** A client for one company; cheap to make, one per node execution. */
export function createGpClient(options: GpClientOptions): GpClient {
	const { site, http, effects, signal } = options;
	const profile = resolveProfile(site);
	const addresses = profile.name === 'rows' ? noAddresses(site) : createAddresses(site, profile);
	const throttle = checkedThrottle({ ...DEFAULT_THROTTLE, ...options.throttle });
	const counters = { requests: 0 };
	const progress = { entity: '', read: 0 };
	const accept = profile.format.kind === 'json' ? 'application/json' : 'application/xml, text/xml';

	const services: ReaderServices = {
		send: createSender({
			origin: addresses.origin,
			http,
			effects,
			throttle,
			headers: { accept },
			...(signal ? { signal } : {}),
			onRequest: () => {
				counters.requests += 1;
				if (progress.entity) options.onProgress?.({ ...progress, requests: counters.requests });
			},
		}),
		addresses,
		profile,
		concurrency: throttle.concurrency,
		effects,
		...(signal ? { signal } : {}),
		acceptedStep: new Map(),
		distrustedFilters: new Set(),
		refusedConditions: new Set(),
		doubts: new Map(),
		learned: { countsAll: false },
		wholeSizes: new Map(),
		lookups: new Map(),
	};

	const { limiter } = serverState(addresses.origin);
	// A page of rows by key is little work for a database; a call of GP's services starts a runtime of its own.
	const shorter = options.throttle?.gapMs === undefined;
	const rows = options.rows && {
		source: options.rows,
		now: effects.now,
		inTurn: async <Result>(task: () => Promise<Result>): Promise<Result> => {
			counters.requests += 1;
			const inOwn = () => limiter.run(task, { ...throttle, shorter }, effects, signal);
			return await askedAgain(inOwn, throttle, effects, signal);
		},
	};
	const door: Door = openDoor(services, site, options.includeRaw, rows);
	const readerOf = (entity: Entity): EntityReader => {
		if (!profile.entities[entity]) {
			throw new GpSettingInvalid(
				'entity',
				`"${String(entity)}" is none of vendor, account, payable`,
				'Choose one of them.',
			);
		}
		return door.stream(entity);
	};
	/** Rows count as read as they come in, so that long listings show life. */
	const counting = (entity: Entity): EntityReader => {
		const reader = readerOf(entity);
		progress.entity = entity;
		progress.read = 0;
		return {
			...reader,
			list: (filter, listOptions) => new Pages(counted(reader.list(filter, listOptions))),
		};
	};
	async function* counted(listing: Listing): PageSource<ListedRow, Completeness> {
		for await (const page of listing) {
			progress.read += page.length;
			yield page;
		}
		return listing.end!;
	}
	const finished = (entity: Entity, read: number) =>
		options.onProgress?.({ entity, read, requests: counters.requests });
	const wanted = (record: GpRecord) =>
		record.kind !== 'payable' || profile.transactionStates.includes(record.state);

	const keysOf = async (entity: Entity): Promise<KeyList> => {
		const list = await listKeys(counting(entity));
		finished(entity, list.keys.length);
		return list;
	};

	const listAll = async (entity: Entity, listOptions: ListOptions = {}): Promise<ListedRecords> => {
		const found = await listRecords(counting(entity), profile, listOptions, wanted);
		for (const fault of found.faults) options.onBadRecord?.(fault);
		finished(entity, found.records.length);
		// Lines from tables of their own are read behind the list.
		const all = found.completeness && together(found.completeness, doubtsOf(services));
		return { ...found, completeness: all ?? null };
	};

	const keyed = async (entity: Entity, keys: readonly string[]) =>
		await readByKeys(
			{
				entity,
				reader: readerOf(entity),
				listKeys: async () => await keysOf(entity),
			},
			keys,
		);

	return {
		counters,
		door: { name: door.name, capabilities: door.capabilities, knows: door.knows },
		purchasing: door.purchasing,
		probe: async () => await door.probe(),
		get: async (entity, key) => await readerOf(entity).get(key),

		list: async (entity, listOptions) => (await listAll(entity, listOptions)).records,
		listWithFaults: listAll,

		async readChanges(entity, changeOptions) {
			const reader = counting(entity);
			const batch = await readChanges(
				{
					entity,
					company: site.companyId,
					owner: `${addresses.context()} ${site.companyId} ${entity}`,
					profile,
					reader,
					effects,
					requests: () => counters.requests,
					distrustFilter: () =>
						reader.paths().forEach((path) => services.distrustedFilters.add(path)),
					wanted,
					doubts: () => doubtsOf(services),
				},
				changeOptions,
			);
			finished(entity, batch.checkpoint.counts.read);
			return batch;
		},

		listKeys: keysOf,
		readByKeys: keyed,
		withVendorClasses: async (records) =>
			await withVendorClasses(records, {
				owner: `${addresses.origin} ${addresses.context()} ${site.companyId}`,
				now: effects.now(),
				read: async (vendorIds) => await keyed('vendor', vendorIds),
			}),

		secondLook: async (entity) =>
			door.secondLook
				? await door.secondLook(entity)
				: await secondLook(services, entity, createNormaliser(entity, profile, site)),
		askByKey: async (entity, keys, known) =>
			await askByKey(readerOf(entity), throttle.concurrency, keys, known),
		withReceiptLines: async (records) => await withReceiptLines(records, door.purchasing),
		withPaidDates: async (records) => await withPaidDates(records, door.applied),
		withAccountFacts: async (records) =>
			await withAccountFacts(records, {
				owner: `${addresses.origin} ${addresses.context()} ${site.companyId}`,
				now: effects.now(),
				read: async (accounts) =>
					profile.entities.account.lists.length > 0
						? await keyed('account', accounts)
						: { records: [], faults: [], gone: [] },
				list: async () => (await listRecords(readerOf('account'), profile, {}, wanted)).records,
			}),

		request: async (path, query = {}, { method = 'GET' } = {}) =>
			await askAnyPath(services, { path, query, method }),

		discover: async () =>
			door.name === 'soap'
				? await discoverDoor(door, profile, soapAddress(site.serviceAddress))
				: door.name === 'rows'
					? {
							...(await discoverDoor(door, profile, addresses.context())),
							profile: 'rows' as const,
						}
					: await discover(services, site),
		survey: async () =>
			door.name === 'soap' || door.name === 'rows'
				? await surveyDoor(door, profile)
				: await survey(services, site),
	};
}

function doubtsOf({ doubts }: ReaderServices): Completeness | undefined {
	const all = [...doubts].map(([path, why]) => `${path}: ${why}`);
	return all.length > 0 ? { proven: false, why: all.join('; ') } : undefined;
}
