import { breather } from '../../http/read-body';
import { contentHash } from '../../model/json-text';
import type { Entity } from '../../model/desired';
import type { ControlRow } from '../../model/gp-changes';
import { DOCUMENT_TYPE_NUMBERS, type GpPayable } from '../../model/gp-records';
import { canonicalKey } from '../../model/keys';
import { negate } from '../../model/money';
import { GpError } from '../errors/gp-error';
import { GpLoginRefused, GpResourceNotOffered, GpUserNotAllowed } from '../errors/refusals';
import { codeOf, DOCUMENT_TYPES, toldState, TRANSACTION_STATES } from '../normalise/code-lists';
import { compileFields, FieldReader, type RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import { amount as exactAmount, flag, isoDate, momentsOf, stamp, text } from '../normalise/values';
import type { EntityProfile, ListSource, SiteProfile } from '../profiles/site-profile';
import { type Asked, askedInstead, listQuery, pagingOf } from '../query/list-query';
import type { RowRecogniser } from '../response/find-rows';
import { fetchListRows, type ReaderServices } from './fetch-rows';
import { refusesQuery } from './list-source';
import { Pages, type PageSource } from './pages';

/**
 * Reads of a list row of a payables document no more than what control totals need, apart from the
 * normaliser: what it cannot read is null, never a fault. Null without a key.
 */
export function controlRows(profile: SiteProfile): (raw: RawRecord) => ControlRow | null {
	const fields = compileFields(profile.entities.payable.fields);
	const moments = momentsOf(profile);
	return (raw) => {
		const reader = new FieldReader(raw, fields);
		const voucher = text(reader.plain('voucher'));
		const { found: type } = reader.ofKind('documentType', (value) => codeOf(DOCUMENT_TYPES, value));
		if (voucher === null || !type) return null;
		const { found: amount } = reader.ofKind('documentAmount', exactAmount);
		const reduces = type === 'return' || type === 'creditMemo' || type === 'payment';
		const day = (field: string) => isoDate(reader.plain(field), moments);
		return {
			key: canonicalKey(`${DOCUMENT_TYPE_NUMBERS[type]};${voucher}`),
			vendor: canonicalKey(text(reader.plain('vendorId')) ?? ''),
			month: (day('documentDate') ?? '').slice(0, 7),
			amount: amount === null ? null : reduces ? negate(amount) : amount,
			voided: flag(reader.ofKind('voided', flag).found),
			state: stateOf(reader, day('postedDate')),
			modified: stamp(reader.plain('modified'), moments) ?? null,
		};
	};
}

/** The state where the row tells one, else whether it was posted; where it tells neither it is not left out. */
function stateOf(reader: FieldReader, posted: string | null | undefined): GpPayable['state'] {
	const { found } = toldState(reader, Boolean(posted), true);
	return found ?? (posted || !reader.has('postedDate') ? 'open' : 'unposted');
}

/**
 * PM00400, the register of payables: one row per document wherever it is (DCSTATUS 0 reserved, 1 work,
 * 2 open, 3 history), taken away with the last trace of it. Shares no table with the lists of documents.
 */
const PAYABLES_REGISTER: ListSource = {
	...{ path: 'PM00400', parameters: {}, assign: {}, keyColumns: {}, children: [], lookups: [] },
};

/** In the other order than anybody reads it. */
const REGISTER_ORDER = ['CNTRLTYP desc', 'CNTRLNUM desc'];

/** Services write column names in letters of their own, here as in every list. */
const REGISTER_FIELDS = compileFields({
	number: ['CNTRLNUM'],
	control: ['CNTRLTYP'],
	status: ['DCSTATUS'],
	type: ['DOCTYPE'],
});

const registerRows: RowRecogniser = {
	knownFields: (raw) => {
		const reader = new FieldReader(raw, REGISTER_FIELDS);
		return ['number', 'control', 'status'].filter((field) => reader.has(field)).length;
	},
	hasKey: (raw) => new FieldReader(raw, REGISTER_FIELDS).has('number'),
};

/** Key of the document a row stands for; null where it stands for none in these states. */
export function registerKey(
	raw: RawRecord,
	states: ReadonlyArray<GpPayable['state']>,
): string | null {
	const reader = new FieldReader(raw, REGISTER_FIELDS);
	const [type, number] = [text(reader.plain('type')), text(reader.plain('number'))];
	const state = codeOf(TRANSACTION_STATES, reader.plain('status'));
	if (type === null || number === null || !/^[1-6]$/.test(type)) return null;
	return state && states.includes(state) ? canonicalKey(`${type};${number}`) : null;
}

/** What a second reading of a list found, by a way of its own. */
export interface SecondLook {
	keys: Set<string>;
	/** Payables: what the list rows say, by key. */
	rows: Map<string, ControlRow>;
	/** Records the service says there are, where it says so of every list and all were read. */
	counted: number | null;
	/** Why the reading ended early; null where it came to an end. */
	failed: string | null;
}

/** Another page size than any profile has, so that a border of pages falls elsewhere. */
const PAGE = 73;
const MOST_REQUESTS = 5_000;

/**
 * Reads the keys of an entity a second time: in the other order, in other pages, by a plain loop that
 * shares no paging, no filter and no memory with the reader. It ends only where nothing new comes. What
 * it finds is at least there; that it finds all is not claimed. A fault of the service ends it: what
 * came until then is handed over, and `failed` says what happened.
 *
 * @throws GpLoginRefused, GpUserNotAllowed: whoever is not let in is not let in anywhere
 */
export async function secondLook(
	services: ReaderServices,
	entity: Entity,
	normaliser: Normaliser,
): Promise<SecondLook> {
	const { profile } = services;
	const settings = profile.entities[entity];
	const found = { keys: new Set<string>(), rows: new Map<string, ControlRow>() };
	let counted: number | null = 0;
	const failures = new Set<string>();
	let passedOver = 0;
	const controlRow = entity === 'payable' ? controlRows(profile) : null;
	for (const source of settings.lists) {
		const state = codeOf(TRANSACTION_STATES, source.assign.TransactionState);
		if (state && !profile.transactionStates.includes(state)) continue;
		const from = { entity, recogniser: normaliser, settings };
		const pages = new Pages(readList(services, from, source));
		const pause = breather();
		for await (const page of pages)
			for (const raw of page) {
				const key = keyOf({ ...raw, ...source.assign });
				// A document on its way from one table to the next is counted twice.
				if (key === null || found.keys.has(key)) passedOver += 1;
				else found.keys.add(key);
				await pause();
			}
		const { total, failed } = pages.end!;
		if (failed !== null) failures.add(failed);
		counted = total === null || counted === null ? null : counted + total;
	}
	if (entity === 'payable' && profile.name === 'odata') {
		const pages = new Pages(readRegister(services));
		for await (const keys of pages) for (const key of keys) found.keys.add(key);
		if (pages.end !== null) failures.add(pages.end);
	}
	const failed = failures.size === 0 ? null : [...failures].join('; ');
	const whole = counted !== null && failed === null;
	return { ...found, counted: whole ? counted! - passedOver : null, failed };

	/** Its key; of a payables document what its row says is kept, too. */
	function keyOf(raw: RawRecord): string | null {
		if (controlRow) {
			const row = controlRow(raw);
			if (row === null || !profile.transactionStates.includes(row.state)) return null;
			found.rows.set(row.key, row);
			return row.key;
		}
		try {
			return normaliser.record(raw, 'summary').key;
		} catch {
			return null;
		}
	}
}

/** Keys of the payables register, where the site publishes it. */
async function* readRegister(services: ReaderServices): PageSource<string, string | null> {
	const { profile } = services;
	const settings = { ...profile.entities.payable, orderBy: REGISTER_ORDER };
	const from = { entity: 'payable' as const, recogniser: registerRows, settings };
	try {
		const pages = new Pages(readList(services, from, PAYABLES_REGISTER));
		for await (const page of pages)
			yield page.flatMap((raw) => registerKey(raw, profile.transactionStates) ?? []);
		const { failed, offered } = pages.end!;
		return offered ? failed : null;
	} catch (error) {
		// Each published table has rights of its own.
		if (error instanceof GpUserNotAllowed) return null;
		throw error;
	}
}

interface From {
	entity: Entity;
	recogniser: RowRecogniser;
	settings: EntityProfile;
}

/** One list, to where nothing new comes. */
async function* readList(
	services: ReaderServices,
	{ entity, recogniser, settings: given }: From,
	source: ListSource,
): PageSource<RawRecord, { total: number | null; failed: string | null; offered: boolean }> {
	const { profile, addresses } = services;
	let asked: Asked = {
		settings: inOtherOrder(given),
		// The service was found to refuse more than this.
		step: services.acceptedStep.get(source.path) ?? 'asConfigured',
	};
	const { firstPage } = profile.query;
	const responsePath = given.responsePath ?? profile.responsePath;
	const instead = askedInstead(asked, profile, given.orderBy);
	const pages = new Set<string>();
	let total: number | null = null;
	let next: string | null = null;
	let skip = 0;
	const pause = breather();
	try {
		for (let request = 0; request < MOST_REQUESTS; request++) {
			const page =
				pagingOf(profile, asked.step) === 'number'
					? { page: (firstPage ?? 1) + request }
					: { skip };
			const ask = async () =>
				await fetchListRows(
					services,
					next ??
						addresses.resource(
							source.path,
							listQuery(profile, asked.settings, source, {}, { ...page, top: PAGE }, asked.step),
						),
					recogniser,
					responsePath,
					{ entity },
				);
			const answer = await ask().catch(async (error: unknown) => {
				for (const less of request > 0 ? [] : instead) {
					if (!refusesQuery(error)) throw error;
					asked = less;
					try {
						return await ask();
					} catch (again) {
						error = again;
					}
				}
				throw error;
			});
			total = answer.total?.standard ? answer.total.count : total;
			const fingerprint = await fingerprintOf(answer.rows, pause);
			if (answer.rows.length === 0 || pages.has(fingerprint))
				return { total, failed: null, offered: true };
			pages.add(fingerprint);
			yield answer.rows;
			skip += answer.rows.length;
			({ next } = answer);
		}
		return { total, failed: `it had not ended after ${MOST_REQUESTS} requests`, offered: true };
	} catch (error) {
		if (!(error instanceof GpError) || isRefusal(error)) throw error;
		const offered = !(error instanceof GpResourceNotOffered);
		return { total, failed: error.message.replace(/\.$/, ''), offered };
	}
}

/** The same for the same rows. A page may be large, so others have their turn meanwhile. */
async function fingerprintOf(
	rows: readonly unknown[],
	pause: ReturnType<typeof breather>,
): Promise<string> {
	const hashes: string[] = [];
	for (const row of rows) {
		hashes.push(contentHash(row));
		await pause();
	}
	return contentHash(hashes);
}

/** The reader's order turned round; where it asks for none, the latest changes first. */
function inOtherOrder(settings: EntityProfile): EntityProfile {
	const { orderBy, stampField } = settings;
	const fields = orderBy.length > 0 ? orderBy : stampField !== null ? [stampField] : [];
	return {
		...settings,
		orderBy: fields.map((field) => `${field.replace(/ (?:asc|desc)$/i, '')} desc`),
	};
}

function isRefusal(error: GpError): boolean {
	return error instanceof GpLoginRefused || error instanceof GpUserNotAllowed;
}
