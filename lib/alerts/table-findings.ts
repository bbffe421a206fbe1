import type { ParkedRow } from '../audit/event-row';
import { untilCompared } from '../model/connection-check';
import { escapeHtml } from '../model/foreign-text';
import { groupedBy } from '../model/keys';
import { booksStatusOf, many } from '../model/outcome';
import { redactText } from '../model/redact';
import type { AlertRow, Digest, Finding, Thresholds } from './alerts';

const MOST_REASONS = 5;
const MOST_NAMED = 5;
/** Reason code of a request that ended without an answer, see lib/run/requests/requests.ts. */
const GAVE_UP = 'gave-up';

/** Too many records wait, by company. */
export function parkedFindings(parked: ParkedRow[], threshold: number): Finding[] {
	return [...byCompany(parked)]
		.filter(([, rows]) => rows.length >= threshold)
		.map(([company, rows]) => {
			const reasons = [...groupedBy(rows, (row) => row.reason_code ?? '')]
				.sort((left, right) => right[1].length - left[1].length)
				.slice(0, MOST_REASONS);
			const lines = reasons.map(
				([code, [first, ...others]]) =>
					`${others.length + 1} × ${code}, such as ${first!.gp_label}: ${first!.message}`,
			);
			return {
				condition: 'records-parked',
				gp_company: company,
				severity: 'warning' as const,
				subject: `${many(rows.length, 'record')} ${rows.length === 1 ? 'waits' : 'wait'} to get to Procore`,
				message: lines.join('\n'),
				remedy: `${reasons[0]![1][0]!.remedy} The rest stands in gpp_parked. Waiting records are tried again by themselves.`,
				run_id: '',
				link: '',
				level: rows.length,
			};
		});
}

/** Records asked for that GP did not give in so many runs that they wait now like any other. */
export function requestFindings(parked: ParkedRow[]): Finding[] {
	const given = parked.filter((row) => row.reason_code === GAVE_UP);
	return [...byCompany(given)].map(([company, rows]) => ({
		condition: 'request-given-up',
		gp_company: company,
		severity: 'warning' as const,
		subject: `${many(rows.length, 'replayed record')} could not be read`,
		message: rows
			.slice(0, MOST_NAMED)
			.map((row) => `${row.gp_label || row.gp_key}: ${row.message}`)
			.join('\n'),
		remedy: `${rows[0]!.remedy} To have one read no more, delete its row in gpp_parked.`.trim(),
		run_id: '',
		link: '',
		level: rows.length,
	}));
}

/** Row of the reconciliation table, as far as an alert needs it; no months are all. */
export interface ReconciliationTotal {
	at: string;
	gp_company: string;
	row_kind: string;
	gp_amount: string;
	procore_amount: string;
	unexplained: string;
	not_proven?: string;
	month?: string;
	run_id?: string;
}

/** The total row of the last reconciliation of each company. */
export function lastTotals(rows: ReconciliationTotal[]): ReconciliationTotal[] {
	const totals = rows.filter((row) => /^totals?$/i.test(row.row_kind ?? ''));
	return [...byCompany(totals).values()].map(
		(own) => [...own].sort((left, right) => (left.at < right.at ? 1 : -1))[0]!,
	);
}

/** The last reconciliation of a company leaves money unexplained, or is not shown to hold all of it. */
export function booksFindings(rows: ReconciliationTotal[], standing: AlertRow[]): Finding[] {
	return lastTotals(rows).flatMap((last) => {
		const [company, status] = [last.gp_company, booksStatusOf(last)];
		if (status === 'proven' || status === 'nothing') return [];
		const condition = status === 'notProven' ? 'books-not-proven' : 'books-differ';
		const isIt = (row: AlertRow) => row.condition === condition && row.gp_company === company;
		const until = untilCompared(last.month ?? '', standing.find(isIt)?.message);
		if (status === 'notProven') return [notProven(company, last, until)];
		return [
			{
				condition,
				gp_company: company,
				severity: 'problem' as const,
				subject: `GP and Procore differ by ${last.unexplained} that nothing explains`,
				message: `Reconciled at ${last.at}: GP ${last.gp_amount}, Procore ${last.procore_amount}, unexplained ${last.unexplained}. ${until}`,
				remedy:
					'Look at gpp_reconciliation for the documents concerned, mend the cause, then run "GP to Procore: reconcile" again for the months named above.',
				run_id: last.run_id ?? '',
				link: '',
				level: 1,
			},
		];
	});
}

function notProven(company: string, last: ReconciliationTotal, until: string): Finding {
	return {
		condition: 'books-not-proven',
		gp_company: company,
		severity: 'warning',
		subject: 'The comparison of GP and Procore is not proven complete',
		// The end of a long text is cut.
		message: `${until} Reconciled at ${last.at}: ${last.not_proven}.`,
		remedy:
			'Look at gpp_reconciliation for the documents named there. If GP cuts its list, run "Survey" of the Dynamics GP node, paste the profile override it suggests into the options of the GP nodes, and read again from a date before. If a list of Procore is named, let the account of the connection see all of it.',
		...{ run_id: last.run_id ?? '', link: '', level: 1 },
	};
}

/** Rows of a table by which its size is estimated: n8n tells no node how large its tables are. */
export interface HeldRows {
	name: string;
	/** Some rows, as heavy as the others are; of a table that is not read whole the newest and the oldest among them. */
	rows: ReadonlyArray<{ id?: number }>;
	/** These are all. */
	whole?: boolean;
}

/** What a row takes beside its text, bytes: for itself, and for each cell; and what pages that are not filled add. */
const ROW_BYTES = { row: 24, cell: 1.2, share: 1.2 };

/** Of the whole table, give or take a sixth. */
export function estimatedBytes({ rows, whole }: HeldRows): number {
	const count = whole ? rows.length : numbersFrom(rows);
	const bytes = rows.map((row) => {
		const cells = Object.values(row);
		const text = Buffer.byteLength(cells.map((cell: unknown) => cell ?? '').join(''));
		return (text + ROW_BYTES.row + ROW_BYTES.cell * cells.length) * ROW_BYTES.share;
	});
	return (count * bytes.reduce((sum, one) => sum + one, 0)) / rows.length;
}

/** n8n numbers rows one after the other, and only old ones are removed. */
function numbersFrom(rows: HeldRows['rows']): number {
	const ids = rows.map(({ id }) => Number(id) || 0);
	return Math.max(...ids) - Math.min(...ids) + 1;
}

/** n8n allows all Data Tables together a fixed size, and refuses every further row beyond it. */
export function sizeFindings(
	held: readonly HeldRows[],
	{ tableLimitMb, tableLimitPercent }: Pick<Thresholds, 'tableLimitMb' | 'tableLimitPercent'>,
): Finding[] {
	const sizes = held
		.filter(({ rows }) => rows.length > 0)
		.map((table) => ({ name: table.name, megabytes: estimatedBytes(table) / 1024 / 1024 }))
		.sort((left, right) => right.megabytes - left.megabytes);
	const inAll = sizes.reduce((sum, { megabytes }) => sum + megabytes, 0);
	const percent = Math.floor((inAll / tableLimitMb) * 100);
	if (percent < tableLimitPercent) return [];
	const largest = sizes.map(({ name, megabytes }) => `${name}: ${Math.round(megabytes)} MB`);
	return [
		{
			condition: 'tables-nearly-full',
			gp_company: '',
			severity: percent >= 95 ? 'problem' : 'warning',
			subject: `The Data Tables are about ${percent}% full`,
			message: `Of ${tableLimitMb} MB that n8n allows all tables of all its projects, those of this set take about ${percent}%: ${largest.join(', ')}. When they are full, n8n refuses every further row and runs fail.`,
			remedy:
				'Raise N8N_DATA_TABLES_MAX_SIZE_BYTES on the n8n server. Or export old events and lower the months to keep in "GP to Procore: housekeeping"; on PostgreSQL n8n counts what was removed until VACUUM FULL was run on the table.',
			run_id: '',
			link: '',
			level: percent,
		},
	];
}

/** Rows of each company, in their order. A table gives null for a blank cell. */
export function byCompany<Row extends { gp_company: string }>(
	rows: readonly Row[],
): Map<string, Row[]> {
	return groupedBy(rows, ({ gp_company }) => gp_company ?? '');
}

const LONGEST_SUBJECT = 150;

/** One message about all that is due; null when nothing is. */
export function digestOf(due: {
	raised: AlertRow[];
	repeated: AlertRow[];
	cleared: AlertRow[];
}): Digest | null {
	// Nobody needs to hear the end of what nobody was told.
	const cleared = due.cleared.filter((row) => row.notified_at);
	const open = [
		...due.raised.map((row) => ({ row, heading: titleOf(row) })),
		...due.repeated.map((row) => ({ row, heading: `Still: ${titleOf(row)}` })),
	].sort((left, right) => rank(left.row) - rank(right.row));
	if (open.length + cleared.length === 0) return null;
	const channel = (format: Format) =>
		[
			...open.map(({ row, heading }) => format.alert(heading, row)),
			...cleared.map((row) => format.resolved(`Resolved: ${titleOf(row)}`)),
		].join(format.between);
	return {
		subject: subjectOf(
			open.map(({ heading }) => heading),
			cleared.map(titleOf),
		),
		text: channel(TEXT),
		html: channel(HTML),
		slack: channel(SLACK),
	};
}

interface Format {
	alert(heading: string, row: AlertRow): string;
	resolved(line: string): string;
	between: string;
}

const TEXT: Format = {
	between: '\n\n',
	alert: (heading, row) =>
		[
			heading,
			clean(row.message),
			`What to do: ${clean(row.remedy)}`,
			...(linkOf(row) ? [`Open in n8n: ${linkOf(row)}`] : []),
		].join('\n'),
	resolved: (line) => line,
};

const HTML: Format = {
	between: '\n',
	alert: (heading, row) =>
		[
			`<h3>${html(heading)}</h3>`,
			`<p>${html(row.message).replace(/\n/g, '<br>')}</p>`,
			`<p><b>What to do:</b> ${html(row.remedy)}</p>`,
			...(linkOf(row) ? [`<p><a href="${html(linkOf(row))}">Open in n8n</a></p>`] : []),
		].join('\n'),
	resolved: (line) => `<p>${html(line)}</p>`,
};

const SLACK: Format = {
	between: '\n\n',
	alert: (heading, row) =>
		[
			`*${slack(heading)}*`,
			slack(row.message),
			`*What to do:* ${slack(row.remedy)}`,
			...(linkOf(row) ? [`<${slack(linkOf(row))}|Open in n8n>`] : []),
		].join('\n'),
	resolved: (line) => slack(line),
};

function subjectOf(open: string[], cleared: string[]): string {
	const [first, ...others] = open;
	const more = others.length > 0 ? ` (and ${others.length} more)` : '';
	const text = first ? `${first}${more}` : `Resolved: ${cleared.join(', ')}`;
	const line = `GP to Procore: ${text}`.replace(/\s+/g, ' ');
	return line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 1)}…`;
}

function titleOf(row: AlertRow): string {
	const subject = clean(row.subject).replace(/\s+/g, ' ');
	return row.gp_company ? `${subject} (${clean(row.gp_company)})` : subject;
}

function rank(row: AlertRow): number {
	return row.severity === 'problem' ? 0 : 1;
}

/** Only an address of n8n itself may become a link. */
function linkOf(row: AlertRow): string {
	return /^https?:\/\/[^\s"'<>|\\]+$/.test(row.link ?? '') ? row.link : '';
}

/** No secrets, and no control characters: they forge lines in a mail or a terminal. */
function clean(text: string | null): string {
	return redactText(text ?? '').replace(
		/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu,
		(character) => (character === '\n' ? '\n' : ' '),
	);
}

function html(text: string): string {
	return escapeHtml(clean(text));
}

/** Slack asks for these three alone; with them no text of ours can mention a channel or make a link. */
function slack(text: string): string {
	return clean(text).replace(/[&<>]/g, escapeHtml);
}
