import { type AuditEventRow, type ParkedRow, recordId } from '../../audit/event-row';
import { affectedKeyToken, recordIdentity } from '../../model/keys';
import { crosswalkRequests } from '../../run/requests/make-requests';
import { MOST_REQUESTS, planRequests } from '../../run/requests/plan-requests';
import type { ReplayAsk, RequestRow } from '../../run/requests/requests';
import { pageAddress, storyAddress } from '../read/question';
import {
	COLUMNS,
	type CrosswalkRow,
	isDecided,
	type PageLogRow,
	readRows,
	type ReportRows,
	rowsAbout,
	type TableRows,
} from '../read/rows';
import { causeTitle, isOfCause } from '../waiting/causes';
import { type CrosswalkChoice, decidedBy, type ReplayOrder } from './read-act';

/** What a press on a page comes to. */
export interface ReplayPlan {
	/** To insert into the requests table; none when all wait there already. */
	rows: RequestRow[];
	/** Whether a run has something to do. */
	start: boolean;
	/** Where the browser goes on, by how the start of the run went. */
	started: string;
	queued: string;
	/** Who did what, for gpp_page_log. */
	log: PageLogRow;
}

export interface CrosswalkPlan extends ReplayPlan {
	/** To upsert by `row_id`; 0 adds a row. Every row about the thing gets the same, so that they agree. */
	crosswalkRows: Array<Record<string, string | number>>;
}

/**
 * Turns a choice into rows: the crosswalk row as it shall stand, and one request per record it
 * concerns, as a changed row of the table would give. A record that waits is found by what it waits
 * for, any other by what its events touched.
 *
 * @param tables rows as n8n hands them out: `jobs`, `accounts` or `vendors`, `events`, `parked`, `requests`
 * @param now UTC instant
 * @returns a sentence where nothing is saved: a table could not be read, or somebody decided meanwhile
 */
export function planCrosswalk(
	choice: CrosswalkChoice,
	tables: TableRows,
	now: string,
): CrosswalkPlan | string {
	const read = readRows(tables);
	if (read.problems.length > 0) {
		return `Nothing was saved, because a table could not be read: ${read.problems[0]}. Save again in a minute; where a table is missing, run "GP to Procore: setup" once before.`;
	}
	const { kind, company, key } = choice;
	const standing = rowsAbout(read.crosswalks[kind], choice);
	const stands = decidedBy(standing);
	if (choice.stood !== undefined && ![choice.stood, decidedBy([choice])].includes(stands)) {
		return `Nothing was saved: the row of ${kind} ${key} was changed since this form was opened, and now says “${standing[0] ? inWords(standing[0]) : 'open'}”. Go back, load the form again, and save what you want then; who changed it stands on the page Runs, under Done on this page, where it was done here.`;
	}
	const letter = choice.causeKey.charAt(0) as 'J' | 'A' | 'V';
	const token = affectedKeyToken(letter, key);
	const waiting = read.parked.filter((row) => row.cause_key === choice.causeKey);
	const rows = crosswalkRequests({
		events: [
			...read.events,
			...waiting.map((row) => ({ ...row, touches: token }) as unknown as AuditEventRow),
		],
		changed: [{ kind: letter, key, token, accountOnly: false }],
		waiting: read.requests,
		company,
		now,
	}).map((row) => ({ ...row, requested_by: `${row.requested_by}, page: ${choice.by}` }));
	const start = rows.length > 0;
	const back = (notice: string) => pageAddress({ page: 'crosswalks', kind, company, key, notice });
	// A cost type alone decides something about an account.
	const done = isDecided(choice) || choice.costType !== '' ? 'saved' : 'saved-open';
	return {
		crosswalkRows: (standing.length > 0 ? standing : [null]).map((row) => rowToSave(choice, row)),
		rows,
		start,
		started: back(start || done === 'saved-open' ? done : 'saved-only'),
		queued: back(start ? 'saved-queued' : 'saved-only'),
		log: {
			...{ at: now, by: choice.by, act: 'crosswalk', subject: `${kind} ${key}` },
			gp_company: company,
			before: standing[0] ? inWords(standing[0]) : '',
			after: inWords(choice),
			records: rows.length,
		},
	};
}

/** The name of a code that is no longer the row's would name another one. */
function rowToSave(
	choice: CrosswalkChoice,
	row: CrosswalkRow | null,
): Record<string, string | number> {
	const columns = COLUMNS[choice.kind];
	const name = choice.targetName || (row?.target === choice.target ? row.targetName : '');
	const cells: Array<[column: string, value: string]> = [
		['gp_company', row?.company ?? choice.company],
		[columns.key, row?.key ?? choice.key],
		[columns.target, choice.target],
		[columns.targetName, name],
		[columns.costType, choice.costType],
		['action', choice.action],
		['note', choice.note],
	];
	return {
		row_id: row?.id ?? 0,
		...Object.fromEntries(cells.filter(([column]) => column !== '')),
	};
}

function inWords(row: Pick<CrosswalkRow, 'target' | 'targetName' | 'costType' | 'action'>): string {
	const target = [row.target, row.targetName && `(${row.targetName})`, row.costType]
		.filter(Boolean)
		.join(' ');
	return row.action === '' || row.action === 'send' ? target || 'open' : row.action;
}

/** Before any event. */
const FIRST_DAY = '1970-01-01';

/** Why nothing is known of what is asked for again: a table that could not be read; null where all were. */
export function unreadForReplay(tables: TableRows): string | null {
	const [problem] = readRows(tables).problems;
	return problem
		? `Nothing was asked for, because a table could not be read: ${problem}. Press again in a minute.`
		: null;
}

/**
 * Turns a pressed button into rows of the requests table. Only records the tables know can be asked
 * for; what waits for a run already is not asked for twice.
 *
 * @param tables rows as n8n hands them out: `parked`, `events`, `requests`
 * @param now UTC instant
 * @returns null when no table knows the record
 */
export function planReplay(order: ReplayOrder, tables: TableRows, now: string): ReplayPlan | null {
	const known = ofOrder(order, readRows(tables));
	if (!order.all && known.parked.length === 0 && known.events.length === 0) return null;
	// The rows are those of this one record already: no name needs to be searched for among them.
	const many = order.all || order.cause !== null;
	const choice = many || known.parked.length > 0 ? 'waiting' : 'handled';
	const ask: ReplayAsk = {
		...{ choice, search: '', from: FIRST_DAY, to: '', use: 'gp', by: order.by },
		entity: many ? '' : order.entity,
		company: many ? '' : order.company,
	};
	const plan = planRequests(ask, asKnown(known), now);
	const none = known.parked.length > MOST_REQUESTS ? 'too-many' : 'nothing';
	const back = (notice: string) =>
		many ? pageAddress({ page: 'waiting', notice }) : storyAddress(order, { notice });
	return {
		rows: plan.rows,
		start: plan.start,
		started: back(plan.start ? 'started' : none),
		queued: back(plan.start ? 'queued' : none),
		log: {
			...{ at: now, by: order.by.replace(/^page: /, ''), act: 'replay', subject: subjectOf(order) },
			...{ gp_company: order.company, before: '', after: '', records: plan.rows.length },
		},
	};
}

function subjectOf(order: ReplayOrder): string {
	if (order.all) return 'all that waits';
	return order.cause ? causeTitle(order.cause) : `${order.entity} ${order.key}`;
}

/** A table filter may find more than the record: `%` in a key would stand for anything. */
function ofOrder(order: ReplayOrder, rows: ReportRows): ReportRows {
	if (order.all) return { ...rows, events: [] };
	const { cause } = order;
	if (cause)
		return { ...rows, events: [], parked: rows.parked.filter((row) => isOfCause(row, cause)) };
	const wanted = recordIdentity(order);
	const isIt = (row: Parameters<typeof recordId>[0]) => recordId(row) === wanted;
	const { parked, events, requests } = rows;
	return {
		...rows,
		parked: parked.filter(isIt),
		events: events.filter(isIt),
		requests: requests.filter(isIt),
	};
}

function asKnown({ parked, events, requests }: ReportRows) {
	return {
		parked: parked as ParkedRow[],
		// A record of which only a dry run tells is known all the same: the button was pressed for it.
		events: events.map((event): AuditEventRow => ({ ...event, dry_run: false })),
		requests: requests as RequestRow[],
	};
}
