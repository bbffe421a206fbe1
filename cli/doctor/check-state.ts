import { groupedBy } from '../../lib/model/keys';
import type { Row } from '../api/n8n';
import { count } from '../install/wording';
import {
	booksStatusOf,
	problemsOf,
	readToTheEnd,
	type RunEnd,
	runStatusOf,
	wentThrough,
} from '../../lib/model/outcome';
import { hasFailed, newestEnded, ROWS_READ, type Facts } from './facts';
import { attention, broken, ok, type Finding } from './findings';

const HOUR = 3_600_000;
/** The template runs every hour: a few missed ones are no news, a working morning is. */
const STALE_HOURS = 4;
/** A batch takes minutes; a run that has not said a word for this long is gone. */
const SILENT_HOURS = 1;

/** What the tables say about runs, reading progress, mapping and records that wait. */
export function checkState(facts: Facts, now: Date): Finding[] {
	return [
		...checkRuns(facts, now),
		...checkWatermarks(facts, now),
		...checkMapping(facts),
		...checkParked(facts),
		...checkAlerts(facts),
		...checkBooks(facts),
	];
}

function checkRuns({ rows, executions, lastFailure }: Facts, now: Date): Finding[] {
	const runs = rows.gpp_run ?? [];
	const findings: Finding[] = [];
	const newest = newestEnded(executions);
	const why = lastFailure === null ? '' : `: ${lastFailure}`;
	if (runs.length === 0)
		return newest && hasFailed(newest)
			? [
					broken(
						'Runs',
						`none began; execution ${newest.id} of the sync failed at ${newest.startedAt}${why}`,
						'Mend what it says, then open the sync workflow and press Run now.',
					),
				]
			: [attention('Runs', 'none yet', 'Open the sync workflow and press Run now.')];
	const silent = (row: Row) => ageOf(row, now, 'alive_at', 'started_at') > SILENT_HOURS * HOUR;
	for (const run of runs.filter((row) => row.status === 'running')) {
		findings.push(
			silent(run)
				? attention(
						'Runs',
						`run ${run.run_id} of ${run.started_at} never ended: n8n was stopped in the middle`,
						'Start a run: it marks the abandoned one and goes on from the watermark.',
					)
				: ok('Runs', `one is going on since ${run.started_at}`),
		);
	}
	// A skipped run found another one at work and did nothing.
	const ended = runs.filter((row) => !['running', 'skipped'].includes(runStatusOf(endOf(row))));
	const [last] = ended;
	const companies = byCompany(ended);
	for (const [company, [newestOfIt]] of companies)
		findings.push(
			endOfRun(newestOfIt!, companies.size > 1 && company ? `Runs of ${company}` : 'Runs'),
		);
	if (newest && hasFailed(newest) && last && wentThrough(endOf(last)))
		findings.push(
			attention(
				'Runs',
				`execution ${newest.id} of the sync failed at ${newest.startedAt}${why}`,
				'Open it under Executions: it names the node and what to do.',
			),
		);
	for (const lease of rows.gpp_lease ?? []) {
		const holds = typeof lease.until === 'string' && Date.parse(lease.until) > now.getTime();
		const run = runs.find((row) => row.run_id === lease.run_id);
		if (holds && run && run.status !== 'running')
			findings.push(
				attention(
					'Lease',
					`${lease.gp_company} is still held by run ${lease.run_id}, which ended`,
					`It ends by itself at ${lease.until}; or delete its row in gpp_lease.`,
				),
			);
	}
	const open = rows.gpp_journal ?? [];
	if (open.length > 0 && !runs.some((row) => row.status === 'running' && !silent(row)))
		findings.push(
			attention(
				'Journal',
				`${count(open.length, 'batch', 'batches')} began and did not end`,
				'The next run finds out what reached Procore and writes the events that are missing.',
			),
		);
	return findings;
}

/** How the last run ended, in the words and numbers of the runs table. */
function endOfRun(row: Row, area: string): Finding {
	const run = endOf(row);
	const status = runStatusOf(run);
	if (status === 'success') return ok(area, `the last one (${row.started_at}) succeeded`);
	if (status === 'success with problems')
		return attention(
			area,
			`the last one (${row.started_at}) ended with problems: ${problemsOf(run)}`,
			'Each failed record stands in gpp_parked with its reason and what to do; it is tried again on every run.',
		);
	return attention(
		area,
		`the last one (${row.started_at}) ended ${status}${row.error ? `: ${row.error}` : ''}`,
		'Open its execution in n8n, mend what it says, press Retry on the outermost one.',
	);
}

function endOf(row: Row): RunEnd {
	return { ...row, status: String(row.status) };
}

function checkWatermarks(facts: Facts, now: Date): Finding[] {
	const companies = byCompany(facts.rows.gpp_watermark ?? []);
	const runs = byCompany(facts.rows.gpp_run ?? []);
	return [...companies].map(([company, marks]) => {
		const area = companies.size > 1 && company ? `Watermarks of ${company}` : 'Watermarks';
		// A mark is written when it moves; that a stream was read without anything new stands in its run.
		const ofIt = runs.get(company) ?? [];
		const reads = ofIt.filter((row) => row.finished_at && readToTheEnd(endOf(row)));
		const age = Math.min(
			...marks.map((row) => ageOf(row, now, 'updatedAt', 'updated_at')),
			...reads.map((row) => ageOf(row, now, 'finished_at')),
		);
		const hours = Math.floor(age / HOUR);
		if (hours < STALE_HOURS || !isPublished(facts, ofIt, companies.size > 1))
			return ok(area, `moved ${hours < 1 ? 'within the hour' : `${hours} h ago`}`);
		return attention(
			area,
			`did not move for ${hours} h although the sync is published`,
			'Look at the last executions of the sync workflow.',
		);
	});
}

/** Whether the sync is published that made these runs: with several companies, the one their addresses name. */
function isPublished({ flows }: Facts, runs: readonly Row[], several: boolean): boolean {
	const syncs = flows.flatMap(({ template, found, isCopy = false }) =>
		template.id === 'gpp-sync' && found.kind === 'one' ? [{ ...found.flow, isCopy }] : [],
	);
	const by = runs
		.map((row) => /\/workflow\/([^/]+)\/executions\//.exec(String(row.execution_link ?? ''))?.[1])
		.find((id) => id !== undefined);
	const one = syncs.find(({ id }) => id === by) ?? syncs.find(({ isCopy }) => !several && !isCopy);
	return one?.active === true;
}

/** Rows of each company, in the order they are in. */
function byCompany(rows: readonly Row[]): Map<string, Row[]> {
	return groupedBy(rows, ({ gp_company }) => String(gp_company ?? ''));
}

function checkMapping({ rows }: Facts): Finding[] {
	const projects = (rows.gpp_project_crosswalk ?? []).filter((row) => !isSkipped(row));
	const open = projects.filter((row) => isBlank(row.procore_project_id));
	const findings: Finding[] = [];
	if (open.length > 0)
		findings.push(
			attention(
				'Projects',
				`${atLeast(open.length)} of ${atLeast(projects.length)} GP jobs have no Procore project (${names(open, 'gp_job')})`,
				'Type the project\'s id into gpp_project_crosswalk, or "skip" into action.',
			),
		);
	else if (projects.length > 0)
		findings.push(ok('Projects', `all ${projects.length} GP jobs have their Procore project`));
	return findings;
}

function checkParked({ rows }: Facts): Finding[] {
	const parked = rows.gpp_parked ?? [];
	const requests = rows.gpp_request ?? [];
	const findings: Finding[] = [];
	if (parked.length === 0) findings.push(ok('Parked records', 'none'));
	else {
		const reasons = new Map<string, number>();
		for (const { reason_code: code } of parked)
			reasons.set(String(code), (reasons.get(String(code)) ?? 0) + 1);
		const most = [...reasons].sort(([, left], [, right]) => right - left).slice(0, 3);
		findings.push(
			attention(
				'Parked records',
				`${atLeast(parked.length)} wait (${most.map(([code, number]) => `${code} ${number}`).join(', ')})`,
				'Look at remedy in gpp_parked, or at Waiting on the page. What waits for Procore is tried on every run, what waits for a choice once that is made, and once a day.',
			),
		);
	}
	if (requests.length > 0)
		findings.push(
			ok('Requests', `${count(requests.length, 'record')} will be read again on the next run`),
		);
	return findings;
}

function checkAlerts({ rows }: Facts): Finding[] {
	return (rows.gpp_alert ?? []).map((row) =>
		attention(
			'Alert',
			`${row.subject || row.condition} (since ${row.first_at})`,
			String(row.remedy || row.message || 'See the dashboard.'),
		),
	);
}

function checkBooks({ rows }: Facts): Finding[] {
	const totals = (rows.gpp_reconciliation ?? []).filter((row) => row.row_kind === 'total');
	// Newest first.
	const last = new Map<unknown, Row>();
	for (const row of totals) if (!last.has(row.gp_company)) last.set(row.gp_company, row);
	return [...last.values()].map((row) => {
		const at = `${row.gp_company} on ${row.at}`;
		const look = 'Open gpp_reconciliation or the dashboard: each difference has its documents.';
		const agree = isBlank(row.difference) || Number(row.difference) === 0;
		switch (booksStatusOf(row)) {
			case 'unexplained':
				return broken('Books', `${row.unexplained} unexplained (${at})`, look);
			case 'notProven':
				return attention('Books', `not proven complete: ${row.not_proven} (${at})`, look);
			case 'nothing':
				return ok('Books', `both sides come to 0.00 in the months compared, ${row.month} (${at})`);
			case 'proven':
				return ok(
					'Books',
					agree
						? `agree to the cent (${at})`
						: `differ by ${row.difference}, every cent explained (${at})`,
				);
		}
	});
}

/** Milliseconds since the first of these columns that holds an instant. */
function ageOf(row: Row, now: Date, ...columns: string[]): number {
	for (const column of columns) {
		const at = Date.parse(String(row[column] ?? ''));
		if (!Number.isNaN(at)) return now.getTime() - at;
	}
	return 0;
}

const isBlank = (value: unknown): boolean =>
	value === null || value === undefined || String(value).trim() === '';
const isSkipped = (row: Row): boolean => /skip|ignore|leave out/i.test(String(row.action ?? ''));
const atLeast = (number: number): string =>
	number >= ROWS_READ ? `${number} or more` : String(number);

function names(rows: Row[], column: string): string {
	const some = rows.slice(0, 3).map((row) => String(row[column]));
	return `${some.join(', ')}${rows.length > 3 ? ' …' : ''}`;
}
