import { readFault } from '../../model/connector-error';
import { startOfChain, verifyChain } from '../../audit/chain';
import type { AuditEventRow, RunRow } from '../../audit/event-row';
import { problemsOf, wentThrough } from '../../model/outcome';
import { entityTitle } from '../../streams/streams';
import { amount, count, duration, html, moment, type SafeHtml, trusted } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import { NO_LIMIT, outsideLink, pageAddress, storyAddress } from '../read/question';
import { badge, facts, problems, table, outcomeWord } from '../parts/blocks';
import { exportForm } from '../parts/buttons';
import {
	membersIn,
	runBadge,
	runSeconds,
	runsTable,
	runSteps,
	runStrip,
	startKind,
} from '../parts/runs';
import { keyOf } from '../parts/waiting-table';
import type { PageLogRow, Row } from '../read/rows';

const EVENTS_SHOWN = 100;
/** What a run does to records, in the order shown. */
const OUTCOMES = [
	'created',
	'updated',
	'adopted',
	'voided',
	'unchanged',
	'skipped',
	'parked',
	'failed',
];
/** The empty one shows them all. Locked and conflicting records count as failed, reactivated ones as updated. */
const FILTERS = ['', ...OUTCOMES, 'locked', 'conflict', 'reactivated'];
const COUNTS = ['read', ...OUTCOMES];

/** One run: its figures, whether its audit trail is whole, and its events a page at a time. */
export function runPage(context: PageContext): SafeHtml {
	const { rows, question, now, hosts } = context;
	const run = rows.runs.find(({ run_id }) => run_id === question.run);
	return layout({
		title: run ? `Run of ${run.started_at.slice(0, 16).replace('T', ' ')} UTC` : 'Run',
		lead: run
			? html`${runBadge(run, now)} Started ${startKind(run)}, GP company ${run.gp_company}.`
			: `There is no run ${question.run} in the runs table.`,
		current: 'runs',
		search: '',
		now,
		body: [
			problems(rows.problems),
			run && figures(run, hosts),
			run && streams(run),
			run && runSteps(run, rows.events, isWhole(context)),
			run && chainVerdict(context, run),
			events(context),
		],
	});
}

function whyItFailed(text: string): SafeHtml {
	const { message, remedy } = readFault(text);
	return html`<div class="banner bad">
		<p>${message}</p>
		${remedy && html`<p>${remedy}</p>`}
	</div>`;
}

function figures(run: RunRow, hosts: readonly string[]): SafeHtml {
	const problems = wentThrough(run) && problemsOf(run);
	return html`<section class="card">
		<header><h2>The run</h2></header>
		${problems && html`<div class="banner warn"><p>This run was not clean: ${problems}.</p></div>`}
		${run.error && whyItFailed(run.error)}
		${facts([
			['Started', moment(run.started_at)],
			['Finished', moment(run.finished_at)],
			['Took', duration(runSeconds(run))],
			['Read from', run.read_from],
			['GP records read', count(run.read)],
			['Read again in turn', run.read_again ?? ''],
			['Calls', count(run.calls)],
			['Waited for limits', run.waited_ms ? duration(run.waited_ms / 1000) : ''],
			['GP cost handled', amount(run.gp_amount)],
			['Stands in Procore for it', amount(run.procore_amount)],
			[
				'Outermost n8n execution',
				run.execution_link
					? outsideLink(run.execution_link, run.execution_id, hosts)
					: run.execution_id,
			],
			['Run id', html`<span class="code">${run.run_id}</span>`],
		])}
	</section>`;
}

function streams(run: RunRow): SafeHtml {
	const rows = [
		['Vendors', run.vendors],
		['GL accounts', run.accounts],
		['Payables', run.payables],
	].map(([title, cell]) => {
		const counts = membersIn(cell);
		const of = (name: string) => Number(counts[name]) || 0;
		return [
			title!,
			...COUNTS.map((name) => count(of(name) + (name === 'updated' ? of('reactivated') : 0))),
		];
	});
	return html`<section class="card">
		<header><h2>Records</h2></header>
		<div class="scroll">
			${table(
				'Records by stream and outcome',
				[
					{ title: 'Stream', narrow: 'bare' },
					...COUNTS.map((name) => ({
						title: name === 'parked' ? 'Waiting' : name[0]!.toUpperCase() + name.slice(1),
						align: 'right' as const,
					})),
				],
				rows,
			)}
		</div>
	</section>`;
}

/** Whether all events of the run were read. */
function isWhole({ rows, question }: Pick<PageContext, 'rows' | 'question'>): boolean {
	return question.after === 0 && question.outcome === '' && rows.events.length < question.limit;
}

/** Only where all events of the run were read anyway: a first load has thousands. */
function chainVerdict({ rows, question }: PageContext, run: RunRow): SafeHtml | null {
	if (!run.chain) return null;
	const all = isWhole({ rows, question });
	if (!all || run.status === 'running') {
		return html`<p class="note">
			The hash chain over the events is checked here for runs with up to
			${count(question.limit - 1)} events, once they have ended.
		</p>`;
	}
	const expected = { events: run.events ?? 0, hash: run.chain || startOfChain(run.run_id).hash };
	const verdict = verifyChain(run.run_id, rows.events, expected);
	return verdict.intact
		? html`<div class="banner good">
				<p>
					The audit trail of this run is whole: all ${count(verdict.head.events)} events are there
					and none was changed.
				</p>
			</div>`
		: html`<div class="banner bad" role="alert">
				<p><strong>The audit trail of this run was changed:</strong> ${verdict.problem}.</p>
			</div>`;
}

function events({ rows, question }: PageContext): SafeHtml {
	const shown = rows.events.slice(0, EVENTS_SHOWN);
	const filters = FILTERS.map(
		(name) =>
			html`<a
				href="${pageAddress({ page: 'run', run: question.run, outcome: name })}"
				${name === question.outcome && trusted(' aria-current="true"')}
				>${outcomeWord(name) || 'all'}</a
			>`,
	);
	return html`<section class="card">
		<header><h2>Events</h2></header>
		<div class="filter" role="group" aria-label="Outcome">${filters}</div>
		${shown.length === 0 ? html`<p>There are no events here.</p>` : eventsTable(shown)}
		${rows.events.length > shown.length &&
		html`<p class="pages">
			<a
				href="${pageAddress({
					page: 'run',
					run: question.run,
					outcome: question.outcome,
					after: shown.at(-1)!.id,
				})}"
				>Next ${EVENTS_SHOWN} events</a
			>
		</p>`}
	</section>`;
}

function eventsTable(shown: ReadonlyArray<Row<AuditEventRow>>): SafeHtml {
	return table(
		'Events of the run, in order',
		[
			{ title: 'Record', narrow: 'bare' },
			{ title: 'Outcome', narrow: 'bare' },
			{ title: 'Why', narrow: 'bare' },
			{ title: 'GP amount', align: 'right' },
			{ title: 'In Procore', align: 'right' },
		],
		shown.map((event) => [
			html`<div>
				<a href="${storyAddress(keyOf(event))}">${event.gp_label || event.gp_key}</a
				><span class="note">${entityTitle(event.entity)}</span>
			</div>`,
			badge(event.outcome),
			event.message,
			amount(event.gp_amount),
			amount(event.procore_amount),
		]),
	);
}

const ACTS: Record<string, string> = {
	replay: 'replayed',
	crosswalk: 'chose for',
	reconcile: 'had compared',
};

const SHOWN = 50;

/** Who did what on the page, the newest first. */
function logTable(rows: readonly PageLogRow[]): SafeHtml | null {
	if (rows.length === 0) return null;
	return html`<section class="card">
		<header><h2>Done on this page</h2></header>
		${table(
			'Done on this page, newest first',
			[
				{ title: 'When', narrow: 'bare' },
				{ title: 'Who', narrow: 'brief' },
				{ title: 'What', narrow: 'bare' },
				{ title: 'Before' },
				{ title: 'After' },
				{ title: 'Records', align: 'right' },
			],
			rows
				.slice(0, SHOWN)
				.map((row) => [
					moment(row.at),
					row.by,
					html`<div>${Object.hasOwn(ACTS, row.act) ? ACTS[row.act] : row.act} ${row.subject}</div>`,
					html`<div>${row.before}</div>`,
					html`<div>${row.after}</div>`,
					count(row.records),
				]),
		)}
	</section>`;
}

/** All runs, newest first, a page at a time. */
export function runsPage({ rows, question, now }: PageContext): SafeHtml {
	const shown = rows.runs.slice(0, question.limit - 1);
	return layout({
		title: 'Runs',
		lead: 'Every run of the sync, newest first.',
		current: 'runs',
		search: '',
		now,
		body: [
			problems(rows.problems),
			exportForm(question),
			shown.length === 0
				? html`<section class="card"><p>There is no run here.</p></section>`
				: html`<section class="card">
						<div class="scroll" tabindex="0" role="group" aria-label="Chart of runs">
							${runStrip(shown)}
						</div>
						${runsTable(shown, now)}
						${rows.runs.length > shown.length &&
						html`<p class="pages">
							<a href="${pageAddress({ page: 'runs', before: shown.at(-1)!.id })}">Older runs</a>
						</p>`}
					</section>`,
			question.before === NO_LIMIT && logTable(rows.log),
		],
	});
}
