import { wentThrough } from '../../model/outcome';
import type { RunRow } from '../../audit/event-row';
import { age, amount, atMost, count, counted, html, moment, type SafeHtml } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import { DAYS_SHOWN, outsideLink, pageAddress } from '../read/question';
import { badge, notice, problems, table } from '../parts/blocks';
import { entityTitle } from '../../streams/streams';
import {
	countsByDay,
	OUTCOME_COLUMNS,
	outcomeChart,
	outcomeLegend,
	RUNS_READ,
	tiles,
} from './overview-parts';
import { replayAllButton } from '../parts/buttons';
import { runsTable, runStrip } from '../parts/runs';
import { waitingTable } from '../parts/waiting-table';
import { latestTotals } from './reconciliation';

const WAITING_SHOWN = 6;
const RUNS_SHOWN = 12;
const RUNS_IN_STRIP = 60;
/** Alerts and streams; the template reads no more of either. */
const NOTES_SHOWN = 50;

/** How things stand, at one glance. */
export function overviewPage(context: PageContext): SafeHtml {
	const { rows, now, question } = context;
	return layout({
		title: 'Overview',
		lead: 'Vendors, GL accounts and payables on their way from Dynamics GP to Procore.',
		current: 'overview',
		search: '',
		now,
		body: [
			notice(question.notice),
			problems(rows.problems),
			tiles(context),
			alerts(context),
			waiting(context),
			byDay(context),
			html`<div class="pair">${streams(context)}${books(context)}</div>`,
			runs(context),
		],
	});
}

function alerts({ rows, now, hosts }: PageContext): SafeHtml | null {
	if (rows.alerts.length === 0) return null;
	return html`<section aria-label="Standing alerts">
		${rows.alerts.slice(0, NOTES_SHOWN).map(
			(alert) =>
				html`<div class="banner ${alert.severity === 'warning' ? 'warn' : 'bad'}">
					<p>
						${badge(alert.severity || 'problem')}
						<strong>${alert.subject || alert.condition}</strong>
						<span class="note"
							>${alert.gp_company} · since ${moment(alert.first_at)}
							(${age(alert.first_at, now)})${alert.times > 1 &&
							` · ${counted(alert.times, 'time')}`}</span
						>
					</p>
					${alert.message && html`<p>${alert.message}</p>`}${alert.remedy &&
					html`<p class="remedy">${alert.remedy}</p>`}${alert.link &&
					html`<p>${outsideLink(alert.link, 'The execution in n8n', hosts)}</p>`}
				</div>`,
		)}
	</section>`;
}

function waiting(context: PageContext): SafeHtml {
	const { rows, question, token } = context;
	const number = atMost(rows.parked.length, question.limit);
	if (rows.parked.length === 0) {
		return html`<section class="card">
			<header><h2>Waiting records</h2></header>
			<p>
				Nothing waits: every record that was read has gone to Procore, or was left out on purpose.
			</p>
		</section>`;
	}
	return html`<section class="card">
		<header>
			<h2>Waiting records</h2>
			<span class="note">${number}, each tried again by itself</span>${replayAllButton(
				token,
				number,
			) ?? html`<span></span>`}
		</header>
		${waitingTable(rows.parked.slice(0, WAITING_SHOWN), rows.requests, context)}
		${rows.parked.length > WAITING_SHOWN &&
		html`<p class="pages"><a href="${pageAddress({ page: 'waiting' })}">All that wait</a></p>`}
	</section>`;
}

function byDay({ rows, now }: PageContext): SafeHtml {
	const days = countsByDay(rows.runs, now, DAYS_SHOWN);
	const titles = OUTCOME_COLUMNS.map(({ title }) => ({ title, align: 'right' as const }));
	return html`<section class="card">
		<header><h2>Records by outcome, ${DAYS_SHOWN} days</h2></header>
		<div class="scroll" tabindex="0" role="group" aria-label="Chart">${outcomeChart(days)}</div>
		${outcomeLegend()}
		<p class="note">
			Records that needed nothing are not drawn. What waits or failed is tried again by itself: a
			day shows the most that one run of a company had. Days are UTC.
			${rows.runs.length >= RUNS_READ &&
			`Only the newest ${count(RUNS_READ)} runs are counted: days before ${rows.runs.at(-1)!.started_at.slice(0, 10)} are not, and that day may be counted in part.`}
		</p>
		<details>
			<summary>The figures as a table</summary>
			<div class="scroll">
				${table(
					'Records by outcome per day',
					[{ title: 'Day (UTC)', narrow: 'bare' }, { title: 'Runs', align: 'right' }, ...titles],
					[...days]
						.reverse()
						.filter((day) => day.runs > 0)
						.map((day) => [
							day.day,
							count(day.runs),
							...OUTCOME_COLUMNS.map(({ name }) => count(day[name])),
						]),
				)}
			</div>
		</details>
	</section>`;
}

function streams({ rows, now }: PageContext): SafeHtml {
	const body =
		rows.watermarks.length === 0
			? html`<p>No stream has been read yet.</p>`
			: table(
					'How far each stream was read',
					[
						{ title: 'Stream', narrow: 'bare' },
						{ title: 'Company', narrow: 'brief' },
						{ title: 'Read up to', narrow: 'brief' },
						{ title: 'Moved', align: 'right' },
					],
					rows.watermarks
						.slice(0, NOTES_SHOWN)
						.map((mark) => [
							`${entityTitle(mark.entity)}s`,
							mark.gp_company,
							moment(mark.modified_since) || 'the beginning',
							html`<span title="${mark.updated_at}">${age(mark.updated_at, now)}</span>`,
						]),
				);
	return html`<section class="card">
		<header><h2>How far GP was read</h2></header>
		${body}
	</section>`;
}

function books({ rows }: PageContext): SafeHtml {
	const totals = latestTotals(rows.reconciliation);
	const latest = rows.runs.find((run) => wentThrough(run) && !run.dry_run);
	if (totals.length > 0) {
		return html`<section class="card">
			<header>
				<h2>GP against Procore</h2>
				<a href="${pageAddress({ page: 'reconciliation' })}">By project</a>
			</header>
			${table(
				'Totals of the last reconciliation',
				['Company', 'GP', 'Procore', 'Difference', 'Unexplained'].map((title, index) => ({
					title,
					...(index > 0 && { align: 'right' as const }),
				})),
				totals.map((total) => [
					total.gp_company,
					amount(total.gp_amount),
					amount(total.procore_amount),
					amount(total.difference),
					amount(total.unexplained),
				]),
			)}
			<p class="note">Reconciled ${moment(totals[0]!.at)}.</p>
		</section>`;
	}
	return html`<section class="card">
		<header><h2>GP against Procore</h2></header>
		${latest ? lastRunAmounts(latest) : html`<p>There is nothing to compare yet.</p>`}
		<p class="note">
			Run “GP to Procore: reconcile” to compare all of GP with all of Procore, by project.
		</p>
	</section>`;
}

function lastRunAmounts(run: RunRow): SafeHtml {
	return table(
		'Amounts handled by the last run that succeeded',
		[{ title: 'In the last run' }, { title: 'Amount', align: 'right' }],
		[
			['GP cost read', amount(run.gp_amount)],
			['Stands in Procore for it', amount(run.procore_amount)],
		],
	);
}

function runs({ rows, now }: PageContext): SafeHtml {
	if (rows.runs.length === 0) {
		return html`<section class="card">
			<header><h2>Runs</h2></header>
			<p>
				There was no run in the last ${DAYS_SHOWN} days. Press <em>Run now</em> in “GP to Procore:
				sync”.
			</p>
		</section>`;
	}
	return html`<section class="card">
		<header>
			<h2>Runs</h2>
			<a href="${pageAddress({ page: 'runs' })}">All runs</a>
		</header>
		<div class="scroll" tabindex="0" role="group" aria-label="Chart of runs">
			${runStrip(rows.runs.slice(0, RUNS_IN_STRIP))}
		</div>
		${runsTable(rows.runs.slice(0, RUNS_SHOWN), now)}
	</section>`;
}
