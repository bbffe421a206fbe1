import type { Entity } from '../../model/desired';
import type { AuditEventRow, ParkedRow } from '../../audit/types';
import type { TableRow } from '../../tables/tables';

export type RequestReason = RequestRow['reason'];

/** Row of the requests table: a record to be read again from GP by its key on the next run. */
export type RequestRow = TableRow<'requests'>;

/** What a person asks for. */
export interface ReplayAsk {
	/**
	 * `records`: the records named in `search`; `waiting`: everything in the parked table;
	 * `handled`: everything that left an event between two days; `changed`: everything GP changed
	 * since a day (a backfill: no list of records, the run reads from that day).
	 */
	choice: 'records' | 'waiting' | 'handled' | 'changed';
	/** Vouchers, vendor ids, accounts or pieces of them, one per line or separated by commas. */
	search: string;
	/** Blank means any kind. */
	entity: Entity | '';
	/** GP company database id; blank means any company that is in the tables. */
	company: string;
	/** `YYYY-MM-DD`, both days included; blank where not given. */
	from: string;
	to: string;
	/** Read the record from GP again, or use what was stored when it was parked. */
	use: 'gp' | 'stored';
	by: string;
}

/** What is known about records, from the tables. Every list may hold more than is needed. */
export interface KnownRecords {
	parked: ParkedRow[];
	events: AuditEventRow[];
	/** Rows already waiting. */
	requests: RequestRow[];
}

export interface ReplayPlan {
	/** To insert, in the order in which the run must take them. */
	rows: RequestRow[];
	/** Read everything GP changed since this day (`YYYY-MM-DD`); blank for a list of records. */
	readFrom: string;
	/** Whether there is anything for a run to do. */
	start: boolean;
	/** What was found and asked for, and what was not, in plain words; one line each. */
	lines: string[];
}
