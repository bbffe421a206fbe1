import type { ControlRow } from '../model/gp-changes';
import { add, compare, type Decimal, isZero, toFixed } from '../model/money';

/** What became of a document that GP lists. */
type Became =
	/** Stands in Procore. */
	| 'sent'
	/** Waits in gpp_request. */
	| 'requested'
	/** Waits in gpp_parked. */
	| 'waiting'
	/** Changed in GP since the last run: the next one reads it. */
	| 'notDue'
	/** Left out, and a run said why. */
	| 'leftOut'
	/** Left out as this comparison says; events of before were removed, or are too many to look through. */
	| 'leftOutNow'
	/** Should stand in Procore and does not: the books name it. */
	| 'missing'
	/** Could not be read: the books name it. */
	| 'notRead'
	/** No run said anything of it. */
	| 'unsaid';

/** What mapping makes of it today; `nothing`: neither a record nor a reason. */
export type MappedTo = 'send' | 'leftOut' | 'waits' | 'notRead' | 'nothing';

export interface DocumentFacts {
	/** Procore holds a record that came from it. */
	standing: boolean;
	requested: boolean;
	parked: boolean;
	/** Its stamp lies behind what the last run had read. */
	newer: boolean;
	mapped: MappedTo;
	/** An event says that it was left out. */
	said: boolean;
	/** No event that may have said so was removed. */
	eventsWhole: boolean;
}

/**
 * Where a document of GP is, by the first line that holds.
 *
 * | holds | became |
 * |---|---|
 * | stands in Procore | sent |
 * | in gpp_request | requested |
 * | in gpp_parked | waiting |
 * | mapping leaves it out, and an event says so | leftOut |
 * | changed since the last run | notDue |
 * | could not be read | notRead |
 * | mapping sends it | missing |
 * | mapping leaves it out, events of before were removed | leftOutNow |
 * | anything else (it is to wait, and does not) | unsaid |
 */
export function becameOf(facts: DocumentFacts): Became {
	if (facts.standing) return 'sent';
	if (facts.requested) return 'requested';
	if (facts.parked) return 'waiting';
	const isLeftOut = facts.mapped === 'leftOut' || facts.mapped === 'nothing';
	if (isLeftOut && facts.said) return 'leftOut';
	if (facts.newer) return 'notDue';
	if (facts.mapped === 'notRead') return 'notRead';
	if (facts.mapped === 'send') return 'missing';
	return facts.mapped === 'leftOut' && !facts.eventsWhole ? 'leftOutNow' : 'unsaid';
}

/** The head of a document as the reader has it, to be held against the list's own words. */
export interface DocumentHead {
	/** As ControlRow.amount. */
	amount: Decimal;
	/** GP vendor id, canonical. */
	vendor: string;
	month: string;
	voided: boolean;
	modified: string | null;
}

/** Events looked through, the newest: with so many, older ones were not looked at. */
export const MOST_LEFT_OUT_EVENTS = 20_000;

/** What the tables say of documents, beside parked and requested. */
export interface SaidOfDocuments {
	/** Keys of which an event says that they were left out. */
	leftOut: ReadonlySet<string>;
	/** No event that may have said so was removed, or left unread. */
	eventsWhole: boolean;
	/** `modified_since` of the payables' watermark; blank before the first run. */
	readTo: string;
}

/** Documents and their amounts, by what became of them. */
export type Control = Partial<Record<Became, { documents: number; amount: Decimal }>>;

export interface ControlTotals {
	total: Control;
	/** `YYYY-MM` → totals, in order; GP vendor id → totals, in order. */
	byMonth: Array<[month: string, control: Control]>;
	byVendor: Array<[vendor: string, control: Control]>;
	/** Whether the list told an amount of each document. */
	amountsKnown: boolean;
	unsaid: number;
	/** Documents whose list row says otherwise than the document itself. */
	contradicted: number;
}

/** Where a document is, and what the list says of it; the books know the rest. */
export interface ControlledDocument {
	row: ControlRow;
	head: DocumentHead | undefined;
	facts: Pick<DocumentFacts, 'standing' | 'requested' | 'parked' | 'mapped'>;
}

/**
 * Adds up the documents as GP's list shows them, by vendor and month, and by what became of each.
 * `onFinding` gets those nobody said anything of, and those the list tells otherwise than GP's own detail.
 */
export function controlTotals(
	documents: Iterable<ControlledDocument>,
	said: SaidOfDocuments,
	onFinding: (key: string, finding: 'unsaid' | 'contradicted', words: string) => void,
): ControlTotals {
	const byMonth = new Map<string, Control>();
	const byVendor = new Map<string, Control>();
	const totals: ControlTotals = {
		...{ total: {}, byMonth: [], byVendor: [] },
		...{ amountsKnown: true, unsaid: 0, contradicted: 0 },
	};
	for (const { row, head, facts } of documents) {
		const became = becameOf({
			...facts,
			newer: isNewer(row.modified, said.readTo),
			said: said.leftOut.has(row.key),
			eventsWhole: said.eventsWhole,
		});
		if (row.amount === null) totals.amountsKnown = false;
		const amount = row.voided === true ? '0' : (row.amount ?? '0');
		for (const control of [totals.total, of(byMonth, row.month), of(byVendor, row.vendor)])
			count(control, became, amount);
		if (became === 'unsaid') {
			totals.unsaid++;
			onFinding(row.key, 'unsaid', WORDS[facts.mapped]);
		}
		const contradiction = head && contradictionOf(row, head);
		if (contradiction) {
			totals.contradicted++;
			onFinding(row.key, 'contradicted', contradiction);
		}
	}
	totals.byMonth = sorted(byMonth);
	totals.byVendor = sorted(byVendor);
	return totals;
}

const WORDS: Record<DocumentFacts['mapped'], string> = {
	send: 'the mapping sends it',
	leftOut: 'the mapping leaves it out, and no event says so',
	waits: 'the mapping has it wait, and it does not stand in gpp_parked',
	notRead: 'it could not be read',
	nothing: 'the mapping makes nothing of it, and gives no reason',
};

/** What the list and the document itself tell differently; blank when it changed between the two readings. */
function contradictionOf(row: ControlRow, head: DocumentHead): string {
	if (row.modified !== head.modified) return '';
	const parts = [
		row.amount !== null && compare(row.amount, head.amount) !== 0
			? `amount ${row.amount} and ${head.amount}`
			: '',
		row.vendor !== '' && row.vendor !== head.vendor
			? `vendor ${row.vendor} and ${head.vendor}`
			: '',
		row.month !== '' && row.month !== head.month ? `month ${row.month} and ${head.month}` : '',
		row.voided !== null && row.voided !== head.voided
			? `${row.voided ? '' : 'not '}voided and ${head.voided ? '' : 'not '}voided`
			: '',
	];
	return parts.filter(Boolean).join(', ');
}

/** A date is the whole day: what was changed on the day of the last reading may not have been read yet. */
export function isNewer(modified: string | null, readTo: string): boolean {
	if (readTo === '') return true;
	if (modified === null) return false;
	const byDay = modified.length === 10 || readTo.length === 10;
	return byDay ? modified.slice(0, 10) >= readTo.slice(0, 10) : modified > readTo;
}

function of(groups: Map<string, Control>, name: string): Control {
	const known = groups.get(name);
	if (known) return known;
	const control: Control = {};
	groups.set(name, control);
	return control;
}

function count(control: Control, became: Became, amount: Decimal): void {
	const sum = (control[became] ??= { documents: 0, amount: '0' });
	sum.documents++;
	if (!isZero(amount)) sum.amount = add(sum.amount, amount);
}

function sorted(groups: Map<string, Control>): Array<[string, Control]> {
	return [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
}

const BECAME: Record<Became, string> = {
	sent: 'in Procore',
	requested: 'asked for',
	waiting: 'waiting',
	notDue: 'changed since the last run',
	leftOut: 'left out',
	leftOutNow: 'left out by this comparison, its event is no longer there',
	missing: 'missing in Procore',
	notRead: 'could not be read',
	unsaid: 'nobody said what became of it',
};

/** Columns of gpp_reconciliation for documents counted by what became of them: header amounts, not cost. */
export interface ControlCells {
	gp_amount: string;
	/** Header amounts of documents that are neither in Procore nor accounted for otherwise. */
	difference: string;
	unexplained: string;
	/** "12 in Procore 3400.00; 2 left out 100.00". */
	explained: string;
}

/** @param amounts whether the list told them all */
export function controlCells(control: Control, amounts: boolean): ControlCells {
	const entries = (Object.keys(BECAME) as Became[]).flatMap((became) =>
		control[became] ? [{ became, ...control[became] }] : [],
	);
	const sum = (of: Became[]): Decimal =>
		add('0', ...entries.filter(({ became }) => of.includes(became)).map(({ amount }) => amount));
	const shown = (amount: Decimal) => (amounts ? toFixed(amount) : '');
	return {
		gp_amount: shown(add('0', ...entries.map(({ amount }) => amount))),
		difference: shown(sum(['missing', 'notRead', 'unsaid'])),
		unexplained: shown(sum(['unsaid'])),
		explained: entries
			.map(({ became, documents, amount }) =>
				[documents, BECAME[became], shown(amount)].filter((part) => part !== '').join(' '),
			)
			.join('; '),
	};
}

/** "Of 60 documents GP lists 48 are in Procore, 3 waiting, 9 left out." */
export function controlInWords(control: Control): string {
	const entries = (Object.keys(BECAME) as Became[]).flatMap((became) => {
		const documents = control[became]?.documents ?? 0;
		return documents > 0 ? [{ documents, words: BECAME[became] }] : [];
	});
	const all = entries.reduce((sum, { documents }) => sum + documents, 0);
	if (all === 0) return '';
	return `Of the ${all} documents GP lists: ${entries.map(({ documents, words }) => `${documents} ${words}`).join(', ')}.`;
}
