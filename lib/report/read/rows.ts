import type { AlertRow } from '../../alerts/alerts';
import { aboutSheet, exportedSheet } from '../../audit/export';
import type { AuditEventRow, ParkedRow, RunRow } from '../../audit/event-row';
import { workbook } from '../../audit/workbook';
import { canonicalKey } from '../../model/keys';
import type { ReconciliationTableRow } from '../../reconcile/table-rows';
import type { RequestRow } from '../../run/requests/requests';
import type { Columns } from '../../tables/columns';
import {
	COLUMNS as TABLE_COLUMNS,
	isRowOf,
	type TableKey,
	type TableRow,
	TABLES,
} from '../../tables/tables';
import type { Chosen } from '../waiting/causes';
import type { Question } from './question';

/** A row of any crosswalk table, under names all three share. */
export interface CrosswalkRow {
	id: number;
	kind: Chosen;
	/** GP company database id. */
	company: string;
	/** Job, account or vendor id as the table spells it. */
	key: string;
	/** What GP calls it; blank where the table does not say. */
	name: string;
	/** Project id, cost code or vendor id; blank while nobody decided. */
	target: string;
	targetName: string;
	/** Accounts only. */
	costType: string;
	/** In lower case; blank is send. */
	action: string;
	note: string;
}

type Shared<Key extends TableKey> = Record<
	'key' | 'name' | 'costType' | 'target' | 'targetName',
	keyof TableRow<Key> | ''
>;

/** The columns of each table that hold the same thing. */
export const COLUMNS = {
	job: {
		...{ key: 'gp_job', name: 'gp_job_name', costType: '' },
		...{ target: 'procore_project_id', targetName: 'procore_project_name' },
	},
	account: {
		...{ key: 'gp_account', name: 'gp_description', costType: 'cost_type' },
		...{ target: 'cost_code', targetName: 'cost_code_name' },
	},
	vendor: {
		...{ key: 'gp_vendor_id', name: '', costType: '' },
		...{ target: 'procore_vendor_id', targetName: '' },
	},
} as const satisfies {
	job: Shared<'projects'>;
	account: Shared<'accounts'>;
	vendor: Shared<'vendors'>;
};

/** Rows as the Data Table node hands them out, blank cells as empty text. */
function crosswalkRows(kind: Chosen, rows: readonly object[]): CrosswalkRow[] {
	const columns = COLUMNS[kind];
	return rows.map((row) => {
		const cells = row as Record<string, unknown>;
		const cell = (column: string) => (column === '' ? '' : String(cells[column] ?? '').trim());
		return {
			...{ id: Number(cells.id), kind, company: cell('gp_company'), key: cell(columns.key) },
			...{ name: cell(columns.name), target: cell(columns.target) },
			...{ targetName: cell(columns.targetName), costType: cell(columns.costType) },
			...{ action: cell('action').toLowerCase(), note: cell('note') },
		};
	});
}

/** Whether somebody or the setup said where the records of the row go, or that they do not. */
export function isDecided({ target, action }: Pick<CrosswalkRow, 'target' | 'action'>): boolean {
	return target !== '' || (action !== '' && action !== 'send');
}

/** Rows about one job, account or vendor of a company, as GP tells ids apart. */
export function rowsAbout(
	rows: readonly CrosswalkRow[],
	{ company, key }: { company: string; key: string },
): CrosswalkRow[] {
	return rows.filter(
		(row) =>
			canonicalKey(row.company) === canonicalKey(company) &&
			canonicalKey(row.key) === canonicalKey(key),
	);
}

/** Row of gpp_page_log: what somebody did on the page. */
export type PageLogRow = TableRow<'log'>;

/** Every row of a table carries n8n's own number. */
export type Row<Columns> = Required<Columns> & { id: number };

export type WatermarkRow = Omit<TableRow<'watermark'>, 'seen'>;

/** Rows the page was given, by table; a table that a page does not show has none. */
export interface ReportRows {
	runs: Array<Row<RunRow>>;
	events: Array<Row<AuditEventRow>>;
	parked: Array<Row<ParkedRow>>;
	watermarks: Array<Row<WatermarkRow>>;
	requests: Array<Row<RequestRow>>;
	alerts: Array<Row<AlertRow>>;
	reconciliation: Array<Row<ReconciliationTableRow>>;
	/** Crosswalk rows by what they are about; read with other limits than the rest. */
	crosswalks: Record<Chosen, CrosswalkRow[]>;
	/** What people did on the page. */
	log: Array<Row<PageLogRow>>;
	/** What Procore offers for the row looked at; null where it was not asked. */
	choices: Choices | null;
	/** What went wrong while reading a table, as n8n said it, once each. */
	problems: string[];
}

/** A pick list as the operation Choices puts it out, or why there is none. */
export interface Choices {
	choices: Array<{ value: string; name: string; likely: boolean }>;
	costTypes: string[];
	note: string;
	/** Why nothing could be read; blank where it could. */
	problem: string;
}

/** Columns of numbers, whatever the table, and n8n's own number of a row. */
const COUNTS = new Set([
	'id',
	...Object.values<Columns>(TABLE_COLUMNS).flatMap((columns) =>
		Object.keys(columns).filter((name) => columns[name].holds === 'count'),
	),
]);

/** Rows of tables by name, as n8n's Data Table node reads them; items that carry them are opened before. */
export type TableRows = Readonly<Partial<Record<string, readonly object[]>>>;

/**
 * Brings rows as n8n hands them out into one form: blank cells are empty text, counts are numbers.
 * A read that found nothing hands on one empty item, one that failed an item with `error`, or whatever came in.
 */
export function readRows(tables: TableRows): ReportRows {
	const problems = new Set<string>();
	const rowsOf = <Columns>(name: string, key: TableKey): Array<Row<Columns>> => {
		return (tables[name] ?? []).flatMap((row) => {
			const given = row as Record<string, unknown>;
			const isRow = typeof given.id === 'number';
			if (isRow && isRowOf(key, given)) return [filled(given) as Row<Columns>];
			if (typeof given.error === 'string' && !isRow) problems.add(given.error);
			else if (Object.keys(given).length > 0)
				problems.add(`n8n's database failed while ${TABLES[key].name} was read`);
			return [];
		});
	};
	return {
		runs: rowsOf('runs', 'runs'),
		events: together(rowsOf('events', 'events'), rowsOf('spellings', 'events')),
		parked: rowsOf('parked', 'parked'),
		watermarks: rowsOf('watermarks', 'watermark'),
		requests: rowsOf('requests', 'requests'),
		alerts: rowsOf('alerts', 'alerts'),
		reconciliation: ['totals', 'breakdowns', 'records', 'differences'].flatMap((name) =>
			rowsOf<ReconciliationTableRow>(name, 'reconciliation'),
		),
		crosswalks: {
			job: crosswalkRows('job', rowsOf('jobs', 'projects')),
			account: crosswalkRows('account', rowsOf('accounts', 'accounts')),
			vendor: crosswalkRows('vendor', rowsOf('vendors', 'vendors')),
		},
		log: rowsOf('log', 'log'),
		choices: choicesOf(tables.choices),
		problems: [...problems],
	};
}

/**
 * The newest event of each project a document was sent to, oldest project first: each tells one part of
 * it. Empty where the newest event is about the whole document, or only dry runs looked at it.
 *
 * @param events of one record, newest first
 */
export function partsOf<Event extends AuditEventRow>(events: readonly Event[]): Event[] {
	const real = events.filter((event) => !event.dry_run);
	if (!real[0]?.procore_project_id || real[0].entity !== 'payable') return [];
	const parts = new Map<string, Event>();
	for (const event of real) {
		const { procore_project_id: project } = event;
		if (project !== '' && !parts.has(project)) parts.set(project, event);
	}
	return [...parts.values()].reverse();
}

/** Rows of two readings of one table, each once, newest first as either reading has them. */
function together<Columns>(some: Array<Row<Columns>>, others: Array<Row<Columns>>) {
	if (others.length === 0) return some;
	const byId = new Map([...others, ...some].map((row) => [row.id, row]));
	return [...byId.values()].sort((left, right) => right.id - left.id);
}

function choicesOf(given: readonly object[] = []): Choices | null {
	const [item] = given as ReadonlyArray<Record<string, unknown>>;
	if (!item) return null;
	const problem = typeof item.problem === 'string' ? item.problem : '';
	const list = Array.isArray(item.choices) ? (item.choices as Choices['choices']) : [];
	const costTypes = Array.isArray(item.costTypes) ? item.costTypes.map(String) : [];
	return {
		choices: list.map(({ value, name, likely }) => ({
			...{ value: String(value), name: String(name), likely: likely === true },
		})),
		...{ costTypes, note: String(item.note ?? ''), problem },
	};
}

/**
 * Reading a column that an older table does not have gives empty text, too. A cell is brought into its
 * form when it is read: a page reads few of thousands of rows.
 */
function filled(row: Record<string, unknown>): unknown {
	return new Proxy(
		{ ...row },
		{
			get(cells, name) {
				if (typeof name === 'symbol') return cells[name as never];
				if (COUNTS.has(name)) return Number(cells[name] ?? 0) || 0;
				return name in cells ? cell(cells[name]) : '';
			},
		},
	);
}

function cell(value: unknown): unknown {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** So many rows of a table go into one file: n8n keeps each in memory. */
const MOST_EXPORTED = 10_000;

/**
 * Events of a time, what waits and the last reconciliation as one workbook. What was cut off, or could
 * not be read, stands on its first sheet.
 *
 * @throws ExportTooLargeError
 * @returns the file, and `about`: what its first sheet says
 * @param tables rows as n8n hands them out: `events`, `parked`, `differences` (all of the reconciliation)
 * @param now UTC instant
 */
export function* exportWorkbook(
	question: Pick<Question, 'from' | 'to'>,
	tables: TableRows,
	now: string,
): Generator<void, { name: string; bytes: Uint8Array; about: string }, void> {
	const { events, parked, reconciliation, problems } = readRows(tables);
	const cut = (rows: readonly unknown[]) =>
		rows.length > MOST_EXPORTED
			? `the newest ${MOST_EXPORTED}; there are more`
			: String(rows.length);
	const facts: Array<readonly [string, string]> = [
		['Made (UTC)', now.slice(0, 16).replace('T', ' ')],
		['Events from', question.from],
		['Events to', `${question.to} (both days included, UTC)`],
		['Events', cut(events)],
		['Waiting records', cut(parked)],
		['Rows of the reconciliation', cut(reconciliation)],
		['Amounts', 'numbers where a number holds every digit, else text'],
		...problems.map((problem) => ['Not read', problem] as const),
	];
	const first = <Row>(rows: readonly Row[]) =>
		rows.slice(0, MOST_EXPORTED) as unknown as Array<Record<string, unknown>>;
	return {
		about: facts.map(([fact, value]) => `${fact}: ${value}`).join('\n'),
		name: `gp-to-procore-${question.from}-${question.to}.xlsx`,
		bytes: yield* workbook([
			aboutSheet(facts),
			exportedSheet('events', first(events)),
			exportedSheet('waiting', first(parked)),
			exportedSheet('reconciliation', first(reconciliation)),
		]),
	};
}

/** The seven whole days before an instant (UTC), as the question of an export. */
export function weekBefore(now: string): Pick<Question, 'from' | 'to' | 'toEnd'> {
	const day = (back: number) =>
		new Date(Date.parse(now) - back * 86_400_000).toISOString().slice(0, 10);
	return { from: day(7), to: day(1), toEnd: `${day(1)}T99` };
}
