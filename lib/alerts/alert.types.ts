import type { TableRow } from '../tables/tables';

/** How bad: a problem stops records from getting there, a warning will become one. */
export type Severity = 'problem' | 'warning';

/** Something that is wrong now, as found in the tables. */
export interface Finding {
	/** Stable name; with the company it is what is alerted about once. */
	condition: string;
	/** GP company database id; blank when it concerns all. */
	gp_company: string;
	severity: Severity;
	subject: string;
	/** What happened, to which records, why. */
	message: string;
	/** What to do next. */
	remedy: string;
	run_id: string;
	/** Address of the execution in n8n; blank when there is none. */
	link: string;
	/** How much of it there is (failed runs in a row, records, hours): twice as much is worse. */
	level: number;
}

/** Row of the alerts table: a condition that stands. */
export type AlertRow = TableRow<'alerts'>;

export interface Thresholds {
	/** Records in the parked table of a company from which it is alerted. */
	parkedRecords: number;
	/** Records that failed in the last run from which it is alerted. */
	failedRecords: number;
	/** Days without a single record read from GP. */
	silentDays: number;
	/** Hours since GP was last read to the end. */
	staleHours: number;
	/** Megabytes that n8n allows all Data Tables together, and the share from which it is alerted. */
	tableLimitMb: number;
	tableLimitPercent: number;
	/** Hours until a standing condition is told again. */
	repeatHours: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
	parkedRecords: 25,
	failedRecords: 10,
	silentDays: 4,
	staleHours: 26,
	tableLimitMb: 200,
	tableLimitPercent: 80,
	repeatHours: 24,
};

/** One message about everything that is due, ready for each channel. */
export interface Digest {
	/** One line, no line breaks. */
	subject: string;
	/** Plain text. */
	text: string;
	/** HTML fragment for e-mail and Microsoft Teams; everything from the tables is escaped. */
	html: string;
	/** Slack's mrkdwn; everything from the tables is escaped. */
	slack: string;
}
