import { affectedKeyToken } from '../../model/keys';
import type { AuditEventRow } from '../../audit/types';
import { crosswalkRequests } from '../../run/requests/crosswalk-requests';
import type { RequestRow } from '../../run/requests/request.types';
import type { PageLogRow } from '../acts/page-log';
import { pageAddress } from '../base/links';
import { readRows, type TableRows } from '../read/rows';
import { COLUMNS, rowsAbout, type CrosswalkRow } from './crosswalk-rows';
import type { CrosswalkChoice } from './crosswalk-form';

export interface CrosswalkPlan {
	/** To upsert by `row_id`; 0 adds a row. Every row about the thing gets the same, so that they agree. */
	crosswalkRows: Array<Record<string, string | number>>;
	/** To insert into the requests table. */
	rows: RequestRow[];
	/** Whether a run has something to do. */
	start: boolean;
	/** Where the browser goes on, by how the start of the run went. */
	started: string;
	queued: string;
	log: PageLogRow;
}

/**
 * Turns a choice into rows: the crosswalk row as it shall stand, and one request per record it
 * concerns, as a changed row of the table would give. A record that waits is found by what it waits
 * for, any other by what its events touched.
 *
 * @param tables rows as n8n hands them out: `jobs`, `accounts` or `vendors`, `events`, `parked`, `requests`
 * @param now UTC instant
 * @returns a sentence where a table could not be read
 */
export function planCrosswalk(
	choice: CrosswalkChoice,
	tables: TableRows,
	now: string,
): CrosswalkPlan | string {
	const read = readRows(tables);
	if (read.problems.length > 0) {
		return `Nothing was saved, because a table could not be read: ${read.problems[0]}. Run "GP to Procore: setup" once, then save again.`;
	}
	const { kind, company, key } = choice;
	const standing = rowsAbout(read.crosswalks[kind], choice);
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
	return {
		crosswalkRows: (standing.length > 0 ? standing : [null]).map((row) => rowToSave(choice, row)),
		rows,
		start,
		started: back(start ? 'saved' : 'saved-only'),
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
