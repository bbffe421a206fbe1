import { type ParkedRow, recordId } from '../../audit/event-row';
import { affectedKeyToken, canonicalKey, type CauseKind, readCauseKey } from '../../model/keys';
import { add, compare, type Decimal, parseDecimal } from '../../model/money';
import type { RequestRow } from '../../run/requests/requests';
import { CROSSWALK_ACTIONS } from '../../tables/tables';

/** Which records wait for one and the same thing: told by code and key, never by words. */
export interface CauseName {
	/** GP company database id. */
	company: string;
	/** Reason code, such as `job-without-project`. */
	code: string;
	/** See lib/model/keys; blank where the code alone says it. */
	key: string;
}

/** Records that wait for one thing, taken together. */
export interface Cause extends CauseName {
	records: number;
	/** Exact sum of their GP amounts; vendors and accounts have none. */
	amount: Decimal;
	/** Those asked for again already. */
	queued: number;
	/** UTC instant since which the first of them waits. */
	since: string;
	/** One of them: its message and remedy hold for all. */
	example: ParkedRow;
}

/** The causes behind rows of the parked table, the one with most money first, then with most records. */
export function causesOf(
	rows: readonly ParkedRow[],
	requests: readonly Pick<RequestRow, 'entity' | 'gp_company' | 'gp_key'>[],
): Cause[] {
	const queued = new Set(requests.map(recordId));
	const causes = new Map<string, Cause>();
	for (const row of rows) {
		const name = causeNameOf(row);
		const id = JSON.stringify([canonicalKey(name.company), name.code, name.key]);
		const cause = causes.get(id) ?? {
			...{ ...name, records: 0, amount: add('0'), queued: 0 },
			...{ since: row.first_parked_at, example: row },
		};
		cause.records += 1;
		cause.amount = add(cause.amount, parseDecimal(row.gp_amount) ?? '0');
		if (queued.has(recordId(row))) cause.queued += 1;
		if (row.first_parked_at < cause.since) cause.since = row.first_parked_at;
		causes.set(id, cause);
	}
	return [...causes.values()].sort(
		(left, right) => compare(right.amount, left.amount) || right.records - left.records,
	);
}

export function causeNameOf(row: ParkedRow): CauseName {
	return { company: row.gp_company, code: row.reason_code, key: row.cause_key ?? '' };
}

/** Whether the row waits for this. */
export function isOfCause(row: ParkedRow, { company, code, key }: CauseName): boolean {
	return (
		row.reason_code === code &&
		(row.cause_key ?? '') === key &&
		canonicalKey(row.gp_company) === canonicalKey(company)
	);
}

/** In which order records that wait are listed. */
export const SORTS = ['since', 'newest', 'amount', 'name', 'noted'] as const;
export type Sort = (typeof SORTS)[number];

/** Records on one page. */
const RECORDS_PER_PAGE = 50;

export interface Choice {
	/** Reason code; blank shows all causes. */
	cause: string;
	causeKey: string;
	company: string;
	entity: string;
	/** Part of a name, key, message or amount, as it is stored or shown, in any case. */
	search: string;
	sort: Sort;
	/** From 1. */
	place: number;
}

/**
 * The rows that fit, and those of them that stand on the page asked for.
 *
 * @param alsoShown what a person reads of a row beside its own columns
 */
export function chooseRecords<Row extends ParkedRow>(
	rows: readonly Row[],
	choice: Choice,
	alsoShown: (row: Row) => readonly string[] = () => [],
): { fitting: Row[]; shown: Row[]; place: number; places: number } {
	const wanted = choice.search.toLowerCase();
	const fitting = rows.filter(
		(row) =>
			(choice.cause === '' ||
				isOfCause(row, {
					company: choice.company === '' ? row.gp_company : choice.company,
					code: choice.cause,
					key: choice.causeKey,
				})) &&
			(choice.entity === '' || row.entity === choice.entity) &&
			(choice.company === '' || row.gp_company === choice.company) &&
			(wanted === '' || textOf(row, alsoShown(row)).includes(wanted)),
	);
	fitting.sort(ORDERS[choice.sort]);
	const places = Math.max(1, Math.ceil(fitting.length / RECORDS_PER_PAGE));
	const place = Math.min(choice.place, places);
	const first = (place - 1) * RECORDS_PER_PAGE;
	return { fitting, shown: fitting.slice(first, first + RECORDS_PER_PAGE), place, places };
}

function textOf(row: ParkedRow, more: readonly string[]): string {
	const { gp_label, gp_key, message, gp_amount, reason_code } = row;
	return [gp_label, gp_key, message, gp_amount, reason_code, ...more].join('\n').toLowerCase();
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

const amountOf = (row: ParkedRow) => parseDecimal(row.gp_amount) ?? '0';

const ORDERS: Record<Sort, (left: ParkedRow, right: ParkedRow) => number> = {
	since: (left, right) => byText(left.first_parked_at, right.first_parked_at),
	newest: (left, right) => byText(right.first_parked_at, left.first_parked_at),
	amount: (left, right) => compare(amountOf(right), amountOf(left)),
	name: (left, right) => byText(left.gp_label || left.gp_key, right.gp_label || right.gp_key),
	noted: (left, right) => right.tries - left.tries,
};

/** What a Procore record can be chosen for on the page. */
export type Chosen = 'job' | 'account' | 'vendor';

const LETTER = { job: 'J', account: 'A', vendor: 'V' } as const;
const TABLE = { job: 'projects', account: 'accounts', vendor: 'vendors' } as const;

export const isChosen = (text: string): text is Chosen => Object.hasOwn(LETTER, text);

/** Words the row of such a thing may have as its action. */
export function actionsOf(kind: Chosen): readonly string[] {
	return CROSSWALK_ACTIONS[TABLE[kind]];
}

/** `J:800`: what records that wait for the thing carry as their cause key. */
export function causeKeyOf(kind: Chosen, key: string): string {
	return affectedKeyToken(LETTER[kind], key).slice(1, -1);
}

const CHOSEN: Partial<Record<CauseKind, Chosen>> = { J: 'job', A: 'account', V: 'vendor' };

type Words = (named: string) => string;

/** By reason code, and where a code has several kinds of keys by `code KIND`. */
const TITLES: Record<string, Words> = {
	'job-without-project': (job) => `Job ${job} has no project`,
	'job-ambiguous': (job) => `Several projects have the number of job ${job}`,
	'project-unknown': (job) => `Job ${job} names a project that Procore does not show`,
	'no-job': (account) => `No job was found for account ${account}`,
	'cost-code-missing A': (account) => `Account ${account} has no cost code`,
	'cost-code-missing C': (place) => `Project ${place.replace('/', ' has no cost code ')}`,
	'cost-type-missing A': (account) => `Nothing tells the cost type of account ${account}`,
	'cost-type-missing T': (type) => `Procore has no cost type ${type}`,
	'cost-on-receipt': (account) => `Account ${account} is a purchase accrual account`,
	'account-inactive': (account) => `Account ${account} is inactive and brings no cost code`,
	'cost-account-unknown': (account) => `Nobody knows whether account ${account} is job cost`,
	'tax-account-unknown': (account) => `Nobody knows whether the tax on account ${account} is cost`,
	'tax-code-missing': (detail) => `Tax detail ${detail} has no Procore tax code`,
	'foreign-currency': (currency) => `Documents in ${currency} have no amounts in your own currency`,
	'crosswalk-ambiguous J': (job) => `The rows of job ${job} decide differently`,
	'crosswalk-ambiguous A': (account) => `The rows of account ${account} decide differently`,
	'crosswalk-ambiguous V': (vendor) => `The rows of vendor ${vendor} decide differently`,
	'crosswalk-action-unknown J': (job) => `The row of job ${job} has an unknown action`,
	'crosswalk-action-unknown A': (account) => `The row of account ${account} has an unknown action`,
	'crosswalk-action-unknown V': (vendor) => `The row of vendor ${vendor} has an unknown action`,
	'crosswalk-cell-spoilt': (account) => `A spreadsheet spoilt the row of account ${account}`,
	'vendor-missing': (vendor) => `Vendor ${vendor} is not in Procore`,
	'vendor-link-missing': (vendor) => `Vendor ${vendor} names a Procore vendor that is not there`,
	'vendor-linked-twice': (vendor) =>
		`Vendor ${vendor} is linked to the same Procore vendor as another one`,
	'linked-elsewhere': (vendor) => `Vendor ${vendor} is another Procore vendor already`,
	'tax-id-differs': (vendor) => `Vendor ${vendor} has its namesake’s name and another tax id`,
	'tax-id-ambiguous': (vendor) => `Several vendors have the tax id of ${vendor}`,
	'foreign-origin-id V': (vendor) => `Vendor ${vendor} would be a vendor that is taken`,
	'project-blocked': (project) => `Procore refuses project ${project}`,
	'commitments-unreadable': (project) => `The commitments of project ${project} cannot be read`,
	'row-refused': (fields) => `Procore refuses what stands in ${fields.replaceAll(' ', ', ')}`,
	'duplicate-invoice': () => 'The invoice number is taken in Procore',
	locked: () => 'Locked in Procore',
};

/** What the cause is, in one short sentence: "Job 800 has no project". */
export function causeTitle({ code, key }: Pick<CauseName, 'code' | 'key'>): string {
	const known = readCauseKey(key);
	const own = (name: string) => (Object.hasOwn(TITLES, name) ? TITLES[name] : undefined);
	const words = (known && own(`${code} ${known.kind}`)) ?? own(code);
	if (words && (known || words.length === 0)) return words(known?.value ?? '');
	const plain = code.replaceAll(/[-_]/g, ' ').toLowerCase();
	const title = plain.charAt(0).toUpperCase() + plain.slice(1);
	return known ? `${title}: ${known.value}` : title;
}

const BUTTONS: Record<Chosen, string> = {
	job: 'Choose a project',
	account: 'Choose what it is',
	vendor: 'Choose a vendor',
};

/** Where a field of the account's row settles it, or none does; elsewhere it is said what the account is. */
const ACCOUNT_BUTTONS: Record<string, string> = {
	'cost-code-missing': 'Choose a cost code',
	'account-inactive': 'Choose a cost code',
	'cost-type-missing': 'Choose a cost type',
	'no-job': 'Is it job cost?',
};

/**
 * The job, account or vendor whose crosswalk row settles the cause, and what to call the way there.
 * Null where the cause lies elsewhere: its remedy says where.
 */
export function choiceFor({ code, key }: Pick<CauseName, 'code' | 'key'>): {
	kind: Chosen;
	key: string;
	words: string;
} | null {
	const known = readCauseKey(key);
	const kind = known && CHOSEN[known.kind];
	if (!known || !kind) return null;
	const own = kind === 'account' && Object.hasOwn(ACCOUNT_BUTTONS, code);
	return { kind, key: known.value, words: own ? ACCOUNT_BUTTONS[code]! : BUTTONS[kind] };
}
