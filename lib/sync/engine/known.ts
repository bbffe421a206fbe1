import type { SentAs } from '../../model/desired';
import { TextIndex } from '../../model/json-text';
import { canonicalOriginId } from '../../model/keys';
import { ProcoreNotFoundError } from '../../procore/errors/procore-errors';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ProcoreId } from '../../procore/wire';
import type { Standing } from './kind';

/** A record as asked for: under its origin id, and how that was spelled once. */
export interface Sought {
	originId: string;
	formerOriginIds?: readonly string[];
}

/** No list lags longer behind than this. */
const LISTED_WITHIN_MS = 24 * 3_600_000;

/** Where a kind keeps its records. */
type Records<Actual> = Pick<Map<ProcoreId, Actual>, 'get' | 'delete' | 'keys' | 'values'> & {
	set(id: ProcoreId, actual: Actual): unknown;
};

/**
 * The records of one kind at one place of Procore, as far as they are known: all of them once read
 * whole, else what was looked up so far.
 */
export abstract class Known<Actual extends Standing, Key extends string = never> {
	protected readonly byId: Records<Actual> = new Map<ProcoreId, Actual>();
	/** By origin id as GP compares it, and by each other key. */
	private readonly idsByName = new TextIndex<ProcoreId>();
	private readonly lookedUp = new Set<string>();
	private readonly unlisted = new Set<string>();
	private reading?: Promise<void>;

	/** `keysOf`: what else a record is found by. */
	constructor(
		private readonly keysOf: (
			actual: Actual,
		) => Partial<Record<Key, string | null | undefined>> = () => ({}),
	) {}

	/** Hands over every row of the place, in pages. */
	protected abstract readRows(
		client: ProcoreClient,
		take: (rows: unknown[]) => void,
	): Promise<void>;

	/** Hands over the rows that have this origin id, letter by letter. */
	protected lookUp?(client: ProcoreClient, originId: string): Promise<unknown[]>;

	/** The row with this id. */
	protected lookUpId?(client: ProcoreClient, id: ProcoreId): Promise<unknown>;

	protected abstract readRow(client: ProcoreClient, row: unknown): Actual | undefined;

	/** Whether all were asked for. */
	get isWhole(): boolean {
		return this.reading !== undefined;
	}

	/** Reads all of them, once; `again` anew. Later calls wait for the same reading, a failed one counts for nothing. */
	readAll(client: ProcoreClient, again = false): Promise<void> {
		if (again) this.reading = undefined;
		let stale = again;
		this.reading ??= this.readRows(client, (rows) => {
			if (stale) for (const id of [...this.byId.keys()]) this.remove(id);
			stale = false;
			this.take(client, rows);
		}).catch((error) => {
			this.reading = undefined;
			throw error;
		});
		return this.reading;
	}

	/** What was read so far turned out to be all. */
	protected isAll(): void {
		this.reading ??= Promise.resolve();
	}

	/** Reads what stands of these: up to `few` one by one, more by reading all. */
	async readThese(client: ProcoreClient, records: readonly Sought[], few: number): Promise<void> {
		const unknown = records.filter(({ originId }) => !this.knows(originId));
		if (unknown.length > few) return this.readAll(client);
		for (const one of unknown) await this.lookUpOriginId(client, one);
	}

	/** Procore compares origin ids letter by letter: one spelling after the other, until one is found. */
	async lookUpOriginId(client: ProcoreClient, record: Sought): Promise<Actual | undefined> {
		const { originId, formerOriginIds = [] } = record;
		for (const spelling of [originId, ...formerOriginIds]) {
			this.take(client, (await this.lookUp?.(client, spelling)) ?? []);
			if (this.withOriginId(originId)) break;
		}
		this.lookedUp.add(originId);
		return this.withOriginId(originId);
	}

	/**
	 * What was sent lately and stands in no answer, or as it did before, is asked for by its id: a list may lag
	 * behind. What that does not give either may still come; a day after it was sent it is taken for deleted in Procore.
	 */
	async lookUpUnlisted(
		client: ProcoreClient,
		records: ReadonlyArray<{ originId: string; sentAs?: SentAs }>,
		isOutdated: (listed: Actual) => boolean = () => false,
	): Promise<void> {
		for (const { originId, sentAs } of records) {
			const listed = this.withOriginId(originId);
			if (!sentAs || (listed && !isOutdated(listed)) || this.isUnlisted(originId)) continue;
			try {
				const row = await this.lookUpId?.(client, sentAs.id);
				if ((row as { deleted_at?: unknown } | null)?.deleted_at) continue;
				this.take(client, [row]);
			} catch (error) {
				if (!(error instanceof ProcoreNotFoundError)) throw error;
			}
			const age = client.effects.now() - Date.parse(sentAs.at);
			if (!this.withOriginId(originId) && age < LISTED_WITHIN_MS) this.unlisted.add(originId);
		}
	}

	isUnlisted(originId: string): boolean {
		return this.unlisted.has(originId) && !this.withOriginId(originId);
	}

	/** Whether it is known what stands under this origin id, be it nothing. */
	knows(originId: string): boolean {
		return this.isWhole || this.lookedUp.has(originId) || this.withOriginId(originId) !== undefined;
	}

	/** All that is known. */
	all(): Iterable<Actual> {
		return this.byId.values();
	}

	withId(id: ProcoreId): Actual | undefined {
		return this.byId.get(id);
	}

	/** Of two that differ in spelling alone the one spelled as asked, else the one that came first. */
	withOriginId(originId: string): Actual | undefined {
		const name = canonicalOriginId(originId);
		const found = this.found(
			name,
			(own) => own.originId !== null && canonicalOriginId(own.originId) === name,
		);
		return found.findLast((own) => own.originId === originId) ?? found[0];
	}

	protected withKey(key: Key, value: string): Actual[] {
		return this.found(nameOf(key, value), (own) => this.keysOf(own)[key] === value);
	}

	private found(name: string, isSo: (own: Actual) => boolean): Actual[] {
		return this.idsByName.of(name).flatMap((id) => {
			const own = this.byId.get(id);
			return own && isSo(own) ? [own] : [];
		});
	}

	protected take(client: ProcoreClient, rows: readonly unknown[]): void {
		for (const row of rows) {
			const actual = this.readRow(client, row);
			if (actual) this.put(actual);
		}
	}

	put(actual: Actual): void {
		const known = this.byId.get(actual.id);
		const names = this.namesOf(actual);
		if (known) this.unlist(known, names);
		this.byId.set(actual.id, actual);
		for (const name of names) this.idsByName.add(name, actual.id);
	}

	remove(id: ProcoreId): void {
		const known = this.byId.get(id);
		if (!known) return;
		this.unlist(known);
		this.byId.delete(id);
	}

	private unlist(actual: Actual, but: readonly string[] = []): void {
		for (const name of this.namesOf(actual))
			if (!but.includes(name)) this.idsByName.delete(name, actual.id);
	}

	private namesOf(actual: Actual): string[] {
		const keys = Object.entries(this.keysOf(actual)).flatMap(([key, value]) =>
			value ? [nameOf(key, String(value))] : [],
		);
		return actual.originId ? [canonicalOriginId(actual.originId), ...keys] : keys;
	}
}

const nameOf = (key: string, value: string) => `${key} ${value}`;

/**
 * Records of Procore by origin id, compared as GP compares: one that an older version sent under
 * another spelling is the same record. Where two stand that differ in spelling alone, the one
 * spelled as asked counts, else the one that came first.
 */
export class OriginIndex<Found> {
	/** Those of one spelling, and that spelling where it is not the one compared by. */
	private readonly single = new Map<string, Found>();
	private readonly spelledAs = new Map<string, string>();
	private readonly spellings = new Map<string, Map<string, Found>>();

	set(originId: string, found: Found): void {
		const key = canonicalOriginId(originId);
		const group = this.spellings.get(key);
		if (group) group.set(originId, found);
		else if (!this.single.has(key) || this.isSpelled(key, originId)) {
			this.single.set(key, found);
			if (originId !== key) this.spelledAs.set(key, originId);
		} else {
			const first: [string, Found] = [this.spelledAs.get(key) ?? key, this.single.get(key)!];
			this.spellings.set(key, new Map([first, [originId, found]]));
			this.forget(key);
		}
	}

	get(originId: string): Found | undefined {
		const key = canonicalOriginId(originId);
		const group = this.spellings.get(key);
		if (!group) return this.single.get(key);
		return group.get(originId) ?? group.values().next().value;
	}

	has(originId: string): boolean {
		return this.get(originId) !== undefined;
	}

	delete(originId: string): void {
		const key = canonicalOriginId(originId);
		this.spellings.get(key)?.delete(originId);
		if (this.isSpelled(key, originId)) this.forget(key);
	}

	private isSpelled(key: string, originId: string): boolean {
		return (this.spelledAs.get(key) ?? key) === originId;
	}

	private forget(key: string): void {
		this.single.delete(key);
		this.spelledAs.delete(key);
	}
}

/** Whether an origin id of ours may have been spelled otherwise: digits and separators have one case only. */
export function hasSpellings(originId: string): boolean {
	const [, , , ...names] = canonicalOriginId(originId).split(':');
	return /\p{Lu}/u.test(names.join(':'));
}
