import type { AuditEventRow, ParkedRow, RunPart, RunState } from '../audit/event-row';
import { inOrder, monthsInWords } from '../model/connection-check';
import { ENTITIES, ENTITY_OF_PART, PARTS_IN_ORDER, STREAMS } from '../streams/streams';
import type { ReplayAsk } from './requests/requests';

/** What a form, a schedule or another workflow gave: field → value. */
type Given = Record<string, unknown>;

/** Text of a field; blank when it is absent or none. */
function textOf(given: Given, ...names: string[]): string {
	for (const name of names) {
		const value = given[name];
		if (typeof value === 'string' && value !== '') return value;
	}
	return '';
}

/** The value behind the label that was chosen; undefined when none of them was. */
function choiceOf<Value extends string>(
	given: Given,
	field: string,
	labels: Readonly<Record<string, Value>>,
): Value | undefined {
	const label = textOf(given, field);
	return Object.hasOwn(labels, label) ? labels[label] : undefined;
}

/**
 * Whether what came in was sent by a form. n8n itself adds these two to the answers; of the answers a
 * stranger can leave any out, and a form that somebody deleted can be asked nothing by its name.
 */
const sentByForm = (given: Given): boolean => Boolean(given.formMode ?? given.submittedAt);

/** `YYYY-MM` so many months before an instant. */
export function monthsBefore(now: string, months: number): string {
	const date = new Date(now);
	return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1))
		.toISOString()
		.slice(0, 7);
}

/** UTC instant so many days before another. */
export function daysBefore(now: string, days: number): string {
	return new Date(Date.parse(now) - days * 86_400_000).toISOString();
}

/** Questions of the replay form, and the values behind their answers. */
export const REPLAY_FORM = {
	what: 'What',
	whatChoices: {
		'The records named below': 'records',
		'All that failed or wait': 'waiting',
		'All handled between two days': 'handled',
		'All that GP changed since a day': 'changed',
	},
	records: 'Records',
	firstDay: 'First day',
	lastDay: 'Last day',
	kind: 'Kind',
	kindChoices: {
		Any: '',
		Vendors: 'vendor',
		'GL accounts': 'account',
		'Payables documents': 'payable',
	},
	company: 'GP company',
	data: 'Data',
	dataChoices: { 'Read again from GP': 'gp', 'The record as it was stored': 'stored' },
	askedBy: 'Asked by',
} as const;

/** A replay as a form or another workflow asked for it. */
export interface ReplayQuestion extends Omit<ReplayAsk, 'choice' | 'use'> {
	by_form: boolean;
	choice: string;
	use: string;
}

/** Which events are looked at to find the records. */
export interface ReplaySearch {
	where: 'name' | 'day' | 'nowhere';
	/** A voucher is found with and without the zeros in front of it. */
	names: string[];
	/** Instants between which events are looked at. */
	since: string;
	until: string;
}

/** A form gives answers by their questions, another workflow the values themselves. */
export function readReplayForm(given: Given): ReplayQuestion {
	const form = REPLAY_FORM;
	const choice = choiceOf(given, form.what, form.whatChoices) ?? textOf(given, 'choice');
	const days = [textOf(given, form.firstDay, 'from'), textOf(given, form.lastDay, 'to')] as const;
	const [from, to] = choice === 'handled' ? inOrder(...days) : days;
	return {
		by_form: sentByForm(given),
		...{ choice, from, to },
		search: textOf(given, form.records, 'search'),
		entity:
			choiceOf(given, form.kind, form.kindChoices) ??
			(textOf(given, 'entity') as ReplayQuestion['entity']),
		company: textOf(given, form.company, 'company'),
		use: choiceOf(given, form.data, form.dataChoices) ?? textOf(given, 'use'),
		by: textOf(given, form.askedBy, 'by') || 'replay form',
	};
}

/** By name, by day, or nowhere: the parked table is enough, or GP itself is asked. */
export function searchFor(ask: ReplayQuestion, parked: readonly ParkedRow[]): ReplaySearch {
	const { choice, use, search, from, to } = ask;
	const byDay = choice === 'handled';
	// A stored record may only go when nothing newer went since it was last tried.
	const firstTried = parked
		.map((row) => row.last_tried_at)
		.filter(Boolean)
		.sort()[0];
	return {
		where:
			choice === 'records' && search.replace(/[\s,0]/g, '') !== ''
				? 'name'
				: byDay || (choice === 'waiting' && use === 'stored')
					? 'day'
					: 'nowhere',
		names: search
			.split(/[\n\r,]+/)
			.map((name) => name.trim().replace(/^0+(?=.)/, ''))
			.filter(Boolean),
		since: (byDay ? from : firstTried) || NEVER,
		until: byDay && to ? `${to}T99` : NEVER,
	};
}

/** Later than any instant, as text. */
const NEVER: AuditEventRow['at'] = '9999';

/** Questions of the reconcile form, and what their answers mean. */
export const RECONCILE_FORM = {
	from: 'From',
	to: 'To',
	edited: 'What was edited in Procore',
	editedChoices: { 'Report and keep': 'keep', "Put GP's values back": 'overwrite' },
	differs: 'What differs',
	differsChoices: { 'Only report it': 'report', 'Have it mended by the next run': 'mend' },
} as const;

/** What is to be compared, and what becomes of differences. */
export interface ReconcileOptions {
	by_form: boolean;
	/** `YYYY-MM`; blank for all there is. */
	from_month: string;
	to_month: string;
	drift: 'keep' | 'overwrite';
	mend: boolean;
	/** What pressing the button of the second page does. */
	promise: string;
}

/** Every week the last three months, by hand everything, by form what was answered. */
export function readReconcileForm(given: Given, now: string): ReconcileOptions {
	const { from, to, edited, editedChoices, differs, differsChoices } = RECONCILE_FORM;
	const mend = choiceOf(given, differs, differsChoices) === 'mend';
	const scheduled = textOf(given, 'timestamp') !== '';
	const [from_month, to_month] = inOrder(
		textOf(given, from).slice(0, 7) || (scheduled ? monthsBefore(now, 3) : ''),
		textOf(given, to).slice(0, 7),
	);
	const compared = monthsInWords({ from: from_month, to: to_month });
	return {
		by_form: sentByForm(given),
		...{ from_month, to_month },
		drift: choiceOf(given, edited, editedChoices) ?? 'keep',
		mend,
		promise: `to compare both books${compared && ` (months: ${compared})`}${mend ? ' and to have the next run mend what differs' : ''}.`,
	};
}

/** Questions of the setup form, and what their answers mean: percent from which a row is linked by itself. */
export const SETUP_FORM = {
	link: 'Link by itself',
	linkChoices: {
		'What is written the same but for legal form, abbreviation and punctuation (97 %)': 97,
		'Only what is exactly the same (100 %)': 100,
		'Nothing: I choose each one myself': 101,
	},
	from: 'Look through payables from',
} as const;

export interface SetupOptions {
	by_form: boolean;
	/** 97 by default; 101 links nothing. */
	threshold: number;
	/** `YYYY-MM`. */
	payables_from: string;
}

/** By hand a year is looked through, and linked what differs in spelling only. */
export function readSetupForm(given: Given, now: string): SetupOptions {
	const { link, linkChoices, from } = SETUP_FORM;
	const chosen = textOf(given, link);
	const known = Object.hasOwn(linkChoices, chosen);
	return {
		by_form: sentByForm(given),
		threshold: known ? linkChoices[chosen as keyof typeof linkChoices] : chosen === '' ? 97 : 101,
		payables_from: textOf(given, from).slice(0, 7) || monthsBefore(now, 12),
	};
}

/** How a run is to go, as the first step of the sync hands it on. */
export interface StartOptions {
	start_kind: RunState['startKind'];
	dry_run: boolean;
	/** `YYYY-MM-DD`, or what a form or another workflow gave; blank goes on from the watermark. */
	read_from: string;
	parts: RunPart[];
	only_requested: boolean;
	by_form: boolean;
	/** What pressing the button of the form's second page begins. */
	promise: string;
}

/** Questions of the sync's form, and what their answers mean. */
export const SYNC_FORM = {
	dryRun: 'Dry run',
	dryRunYes: 'Yes, only show what would happen',
	dryRunNo: 'No, write to Procore',
	readFrom: 'Read again from this date',
	parts: 'Parts',
	labels: ENTITIES.map((entity) => STREAMS[entity].label),
} as const;

/**
 * What started the run, told apart by what it hands over: the form its answers, n8n's schedule a
 * `timestamp`, another workflow the options themselves, and the manual trigger nothing.
 */
export function readStart(given: Record<string, unknown>, now: string): StartOptions {
	const byForm = sentByForm(given);
	const dryRun = given.dry_run === true || text(given[SYNC_FORM.dryRun]).startsWith('Yes');
	const labels = listOf(given[SYNC_FORM.parts]);
	const ticked = PARTS_IN_ORDER.filter((part) =>
		labels.includes(STREAMS[ENTITY_OF_PART[part]].label),
	);
	const told = listOf(given.parts);
	const parts = told.length > 0 ? PARTS_IN_ORDER.filter((part) => told.includes(part)) : ticked;
	const readFrom = text(given.read_from) || text(given[SYNC_FORM.readFrom]);
	return {
		start_kind:
			(text(given.start_kind) as RunState['startKind']) ||
			(byForm ? 'form' : given.timestamp ? 'schedule' : 'manual'),
		dry_run: dryRun,
		read_from: readFrom,
		parts: parts.length > 0 ? parts : [...PARTS_IN_ORDER],
		only_requested: given.only_requested === true,
		by_form: byForm,
		promise: `${
			dryRun
				? 'a dry run, which writes nothing to Procore'
				: 'a run that writes to Procore what GP has'
		}${readFrom && rereads(readFrom.slice(0, 10), now)}.`,
	};
}

/** A form shows nobody why a run was refused behind it, so its second page says it before. */
function rereads(day: string, now: string): string {
	return isInFuture(day, now)
		? `. But ${day} lies in the future and will be refused: close this page and give an earlier day`
		: `; it reads again what GP changed since ${day}`;
}

/** Where GP stands it may be tomorrow already. */
export function isInFuture(day: string, now: string): boolean {
	return Date.parse(day) > Date.parse(now) + 24 * 3_600_000;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): string[] =>
	Array.isArray(value) ? value.map(String) : typeof value === 'string' && value ? [value] : [];
