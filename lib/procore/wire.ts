import { type Decimal, parseDecimal, toFixed } from '../model/money';
import { LINK_PATTERNS, type LinkedType, type Outcome } from '../model/outcome';
import { ProcoreInputError } from './errors/procore-errors';

/** Procore ids are integers that already exceed 32 bits; inside they are text, never arithmetic. */
export type ProcoreId = string;

/** Reads an id from an answer: number (v1) or text (v2). Undefined when there is none. */
export function readId(value: unknown): ProcoreId | undefined {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	return undefined;
}

/** Text of an answer; null where there is none. */
export function textOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A status of an answer as requests name it (`revise_and_resubmit`), also where it is written as on Procore's pages. */
export function readStatus(value: unknown): string {
	return shared(textOrNull(value)?.trim().toLowerCase().replace(/\s+/g, '_') ?? '');
}

const SHARED = new Map<string, string>();
const MOST_SHARED = 10_000;

/** A value that thousands of rows have in common, such as a state, a day or a vendor: its text is kept once for all. */
export function shared<Value>(value: Value): Value {
	if (typeof value !== 'string') return value;
	const known = SHARED.get(value);
	if (known !== undefined) return known as Value & string;
	if (SHARED.size >= MOST_SHARED) SHARED.clear();
	SHARED.set(value, value);
	return value;
}

/**
 * The form an id takes in a request body: a JSON integer where it is exact, else the text itself,
 * because a rounded id would name another record.
 */
export function toWireId(id: ProcoreId): number | string {
	const number = Number(id);
	return /^\d+$/.test(id) && Number.isSafeInteger(number) ? number : id;
}

/**
 * An amount as the JSON number Procore's requests want. Exact: the shortest text of the number is
 * the amount itself, or undefined is returned and the amount must not be sent.
 */
export function toWireAmount(amount: Decimal): number | undefined {
	const exact = parseDecimal(amount);
	if (exact === null) return undefined;
	const number = Number(exact);
	return Number.isFinite(number) && parseDecimal(JSON.stringify(number)) === exact
		? number
		: undefined;
}

/** An amount from an answer ("1000.0", sometimes a number), to the cent. Null when absent or unreadable. */
export function readAmount(value: unknown): Decimal | null {
	const exact = parseDecimal(value);
	return exact === null ? null : toFixed(exact);
}

/**
 * Whether `value` is a day of the calendar as `YYYY-MM-DD`. Procore stores null, without an error,
 * for any date it cannot read (its "Working with dates and times" page), so dates are checked here.
 */
export function isCalendarDate(value: string): boolean {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
	if (!match) return false;
	const [year, month, day] = match.slice(1).map(Number);
	const date = new Date(Date.UTC(year, month - 1, day));
	return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const A_DAY_MS = 24 * 3600 * 1000;

/**
 * A date filter as Procore wants it: `from...to` in UTC (its "Filtering on list actions" page).
 * It knows no open end, so that "since" reaches to tomorrow, whatever the clocks say.
 * @param since `YYYY-MM-DDTHH:MM:SSZ` or `YYYY-MM-DD`
 * @param now milliseconds since the epoch
 */
export function sinceRange(since: string, now: number): string {
	const tomorrow = new Date(now + A_DAY_MS).toISOString();
	return `${since}...${since.length === 10 ? tomorrow.slice(0, 10) : `${tomorrow.slice(0, 19)}Z`}`;
}

/**
 * Refuses a record one of whose date fields is no day of the calendar: Procore would store none,
 * without a word. An empty text takes a date away and is let through.
 */
export function refuseBadDates(
	fields: object,
	names: readonly string[],
	record: string | undefined,
): void {
	for (const name of names) {
		const date = (fields as Record<string, unknown>)[name];
		if (date === undefined || date === '' || isCalendarDate(String(date))) continue;
		throw new ProcoreInputError(
			`${name} "${String(date)}" is not a date of the form YYYY-MM-DD; Procore would silently store none.`,
			{ remedy: 'Give the date as YYYY-MM-DD, e.g. 2026-09-30.', record },
		);
	}
}

/** Where people of a company see its records. */
export interface LinkSite {
	/** Origin of the web application, such as `https://app.procore.com`; null links nothing. */
	origin: string | null;
	companyId: string;
	/** Instead of the usual ones; an empty one links nothing. */
	patterns?: Partial<Record<LinkedType, string>>;
}

/** Browser addresses (Procore, "Development Environments"). The federal zone's is not published. */
const ORIGINS: Record<string, string> = {
	sandbox: 'https://sandbox.procore.com',
	monthly: 'https://api-sandbox-monthly.procore.com',
};
/** Numbers of companies in Procore's second region begin here, as far as they have been seen. */
const SECOND_REGION = { from: 2 ** 49, below: 2 ** 50 };

/**
 * Origin of Procore's web application for a company.
 *
 * @param webAddress as somebody typed it from the browser; it wins, and only counts over https and
 *   without a login in it
 */
export function webOriginOf(
	environment: string,
	companyId: string,
	webAddress: string,
): string | null {
	if (webAddress.trim() !== '') return httpsOrigin(webAddress);
	if (environment !== 'production') return ORIGINS[environment] ?? null;
	const id = Number(companyId);
	const second = id >= SECOND_REGION.from && id < SECOND_REGION.below;
	return second ? 'https://us02.procore.com' : 'https://app.procore.com';
}

function httpsOrigin(address: string): string | null {
	const text = address.trim();
	try {
		const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
		const open = url.username === '' && url.password === '';
		return url.protocol === 'https:' && open ? url.origin : null;
	} catch {
		return null;
	}
}

/** The outcome with the address of its record, where one can be told and it leaves an event. Pure. */
export function withLink(outcome: Outcome, site: LinkSite): Outcome {
	const { procore } = outcome;
	const told = outcome.outcome !== 'unchanged' || outcome.unrecorded !== undefined;
	const also = outcome.also?.map((write) => {
		const link = linkOf(write.procore, site);
		return link ? { ...write, procore: { ...write.procore, link } } : write;
	});
	const link = procore && told && linkOf(procore, site);
	return {
		...outcome,
		...(link ? { procore: { ...procore, link } } : {}),
		...(also ? { also } : {}),
	};
}

function linkOf(
	{ type, id, projectId, contract }: NonNullable<Outcome['procore']>,
	{ origin, companyId, patterns }: LinkSite,
): string | null {
	if (origin === null || !id || !(type in LINK_PATTERNS)) return null;
	const pattern = { ...LINK_PATTERNS, ...patterns }[type as LinkedType].trim();
	const values: Record<string, string | undefined> = {
		company: companyId,
		project: projectId,
		id,
		contract,
	};
	let whole = pattern !== '';
	const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = values[name];
		whole &&= Boolean(value);
		return (value ?? '').split('/').map(encodeURIComponent).join('/');
	});
	return whole ? new URL(`${origin}/${path.replace(/^\/+/, '')}`).href : null;
}

/** Members whose numbers are money or quantities; ids, counts and positions never match. */
const EXACT =
	/(^|_)(amount|total|subtotal|cost|quantity|price|value|rate1?|period|stored|retained|released|contract|retainage|balance)$/;

/**
 * An answer of Procore as it may be shown to people and handed on: amounts that came as JSON
 * numbers become exact text, and a vendor's tax id (`business_register.identifier`) is left out.
 */
export function presentable(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(presentable);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => {
			if (name.startsWith('business_register')) return [name, withoutIdentifier(member)];
			if (typeof member === 'number' && EXACT.test(name)) {
				return [name, parseDecimal(member) ?? member];
			}
			return [name, presentable(member)];
		}),
	);
}

function withoutIdentifier(register: unknown): unknown {
	if (typeof register !== 'object' || register === null) return null;
	const { identifier: _taxId, ...rest } = register as Record<string, unknown>;
	return rest;
}
