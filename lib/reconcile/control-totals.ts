import type { ControlRow } from '../model/gp-changes';
import { add, compare, isZero, type Decimal } from '../model/money';
import { becameOf, type Became, type DocumentFacts } from './became-of';

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
