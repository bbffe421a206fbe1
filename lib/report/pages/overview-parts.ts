import type { RunRow } from '../../audit/event-row';
import {
	type BooksStatus,
	booksStatusOf,
	endedBadly,
	isReplay,
	problemsOf,
	runStatusOf,
	STALE_HOURS,
	wentThrough,
} from '../../model/outcome';
import {
	age,
	amount,
	atMost,
	count,
	html,
	isOlder,
	moment,
	type Part,
	type SafeHtml,
	sumOf,
	timeOf,
} from '../base/html';
import type { PageContext } from '../base/layout';
import { DAYS_SHOWN, runAddress } from '../read/question';
import { byCompany, isAtWork } from '../parts/runs';
import { latestTotals, VERDICTS } from './reconciliation';

/** So many runs of the last days are read at most, the newest. */
export const RUNS_READ = 800;

/** Outcomes drawn, from the bottom of a bar upwards, with the class that colours them. */
const SERIES = ['created', 'updated', 'adopted', 'voided', 'parked', 'failed'] as const;
type Series = (typeof SERIES)[number];

const NAMES: Record<Series, string> = {
	created: 'Created',
	updated: 'Updated',
	adopted: 'Adopted',
	voided: 'Voided',
	parked: 'Waiting',
	failed: 'Failed',
};

export interface DayCounts extends Record<Series, number> {
	/** `YYYY-MM-DD`, UTC. */
	day: string;
	runs: number;
}

/**
 * Sums runs up by day of their start, oldest first, every day of the span present. What waits or
 * failed is tried again by itself, so for these a day shows the most that any one run of a company had;
 * the others add up. Dry runs wrote nothing and do not count.
 */
export function countsByDay(runs: readonly RunRow[], now: string, days: number): DayCounts[] {
	const today = timeOf(now.slice(0, 10)) ?? 0;
	const byDay = new Map<string, DayCounts>();
	for (let back = days - 1; back >= 0; back--) {
		const day = new Date(today - back * 86_400_000).toISOString().slice(0, 10);
		const none = { created: 0, updated: 0, adopted: 0, voided: 0, parked: 0, failed: 0 };
		byDay.set(day, { day, runs: 0, ...none });
	}
	const most = new Map<string, number>();
	for (const run of runs) {
		const counts = byDay.get(run.started_at.slice(0, 10));
		if (!counts || run.dry_run) continue;
		counts.runs += 1;
		for (const name of ['created', 'updated', 'adopted', 'voided'] as const)
			counts[name] += run[name];
		for (const name of ['parked', 'failed'] as const) {
			const whose = JSON.stringify([counts.day, run.gp_company, name]);
			const known = most.get(whose) ?? 0;
			if (run[name] <= known) continue;
			most.set(whose, run[name]);
			counts[name] += run[name] - known;
		}
	}
	return [...byDay.values()];
}

const [WIDTH, HEIGHT] = [1100, 230];
const [LEFT, BOTTOM, TOP] = [44, 22, 8];

/** Stacked bars, one a day; the same figures stand in a table below for those who do not see it. */
export function outcomeChart(days: readonly DayCounts[]): SafeHtml {
	const total = (day: DayCounts) => SERIES.reduce((sum, name) => sum + day[name], 0);
	const top = niceTop(Math.max(0, ...days.map(total)));
	const height = HEIGHT - BOTTOM - TOP;
	const y = (value: number) => TOP + height - (value / top) * height;
	const step = (WIDTH - LEFT) / days.length;
	const bars = days.map((day, index) => {
		let below = 0;
		const x = LEFT + index * step + step * 0.14;
		const parts = SERIES.filter((name) => day[name] > 0).map((name) => {
			const bottom = y(below);
			below += day[name];
			const from = y(below);
			return html`<rect
				class="${name}"
				x="${fixed(x)}"
				y="${fixed(from)}"
				width="${fixed(step * 0.72)}"
				height="${fixed(Math.max(0.5, bottom - from))}"
			/>`;
		});
		return html`<g
			><title>${titleOf(day)}</title>${parts}<rect
				class="hit"
				x="${fixed(LEFT + index * step)}"
				y="${TOP}"
				width="${fixed(step)}"
				height="${height}"
		/></g>`;
	});
	const labels = days.map(({ day }, index) => {
		const every = Math.ceil(days.length / 8);
		if ((days.length - 1 - index) % every !== 0) return null;
		return html`<text
			class="axis"
			x="${fixed(LEFT + (index + 0.5) * step)}"
			y="${HEIGHT - 6}"
			text-anchor="middle"
			>${day.slice(5)}</text
		>`;
	});
	const lines = [0, top / 2, top].map(
		(value) =>
			html`<line
					class="grid"
					x1="${LEFT}"
					x2="${WIDTH}"
					y1="${fixed(y(value))}"
					y2="${fixed(y(value))}"
				/><text class="axis" x="${LEFT - 8}" y="${fixed(y(value) + 4)}" text-anchor="end"
					>${count(value)}</text
				>`,
	);
	return html`<svg
		class="chart"
		viewBox="0 0 ${WIDTH} ${HEIGHT}"
		role="img"
		aria-label="Records by outcome per day; the figures are in the table below the chart"
	>
		${lines}${bars}${labels}
	</svg>`;
}

export function outcomeLegend(): SafeHtml {
	return html`<ul class="legend">
		${SERIES.map((name) => html`<li><span class="swatch ${name}"></span>${NAMES[name]}</li>`)}
	</ul>`;
}

export const OUTCOME_COLUMNS = SERIES.map((name) => ({ name, title: NAMES[name] }));

function titleOf(day: DayCounts): string {
	const parts = SERIES.filter((name) => day[name] > 0).map(
		(name) => `${count(day[name])} ${NAMES[name].toLowerCase()}`,
	);
	return `${day.day}: ${parts.join(', ') || (day.runs > 0 ? 'nothing to do' : 'no run')}`;
}

/** The least of 2, 4, 10, 20, 40, 100 … that holds the greatest bar, so that halves are whole. */
function niceTop(greatest: number): number {
	for (let power = 1; ; power *= 10) {
		for (const step of [2, 4, 10]) if (step * power >= greatest) return step * power;
	}
}

const fixed = (number: number) => number.toFixed(1);

/** The state of everything in five figures. */
export function tiles({ rows, now, question }: PageContext): SafeHtml {
	const atWork = rows.runs.find((run) => isAtWork(run, now));
	// A skipped run did nothing and says nothing about how things are.
	const ended = rows.runs.filter((run) => !['running', 'skipped'].includes(runStatusOf(run)));
	const companies = byCompany(ended);
	// Of several companies the one that is furthest behind counts, and the one whose last run ended worst.
	const [{ company: behind, good } = {}] = companies
		.map(({ company, runs }) => ({ company, good: runs.find(isSuccess) }))
		.sort((left, right) => timeOfSuccess(left.good) - timeOfSuccess(right.good));
	const [{ company: worst, last } = {}] = companies
		.map(({ company, runs }) => ({ company, last: runs[0]! }))
		.sort((left, right) => badness(right.last) - badness(left.last));
	const of = (company: string | undefined) => companies.length > 1 && ` · ${company}`;
	const problems = good && runStatusOf(good) !== 'success' ? problemsOf(good) : '';
	const silent = good !== undefined && isOlder(endOf(good), STALE_HOURS, now);
	const waits = atMost(rows.parked.length, question.limit);
	const books = latestTotals(rows.reconciliation);
	const [totals] = [...books].sort(
		(left, right) => WORST.indexOf(booksStatusOf(left)) - WORST.indexOf(booksStatusOf(right)),
	);
	const counted = rows.parked.slice(0, question.limit - 1);
	return html`<section class="tiles" aria-label="State">
		${tile(
			'Last success',
			good
				? age(endOf(good), now)
				: rows.runs.length > 0
					? `none in ${DAYS_SHOWN} days`
					: 'no run yet',
			good && !problems && !silent ? 'good' : 'warn',
			html`${good &&
			html`<a href="${runAddress(good.run_id)}">${problems || moment(endOf(good))}</a>`}${of(
				behind,
			)}${silent && ' · is “GP to Procore: sync” published?'}`,
		)}
		${tile(
			'Now',
			...nowOf(atWork, last),
			atWork
				? html`<a href="${runAddress(atWork.run_id)}">since ${moment(atWork.started_at)}</a>`
				: last &&
						html`<a href="${runAddress(last.run_id)}">${moment(last.started_at)}</a>${of(worst)}`,
		)}
		${tile(
			'Waiting',
			waits,
			rows.parked.length > 0 ? 'warn' : 'good',
			rows.requests.length > 0
				? `${atMost(rows.requests.length, question.limit)} queued for replay`
				: rows.parked.length > 0
					? 'records that could not go'
					: 'every record went',
		)}
		${tile(
			'Alerts',
			count(rows.alerts.length),
			alertTone(rows.alerts),
			rows.alerts[0]?.subject ?? 'none standing',
		)}
		${totals
			? tile(
					'GP less Procore',
					amount(totals.difference),
					toneOf(totals, now),
					[
						booksStatusOf(totals) === 'notProven'
							? 'not proven complete'
							: `${amount(totals.unexplained)} unexplained`,
						...[totals.month, books.length > 1 && totals.gp_company].filter(Boolean),
						`compared ${age(totals.at, now)}`,
					].join(' · '),
					true,
				)
			: tile(
					'Waiting, in money',
					amount(sumOf(counted.map((row) => row.gp_amount))),
					rows.parked.length > 0 ? 'warn' : 'good',
					counted.length < rows.parked.length
						? `GP cost of the newest ${count(counted.length)}; more waits`
						: 'GP cost not in Procore',
					true,
				)}
	</section>`;
}

const endOf = (run: RunRow) => run.finished_at || run.started_at;
const timeOfSuccess = (run: RunRow | undefined) => (run && timeOf(endOf(run))) ?? 0;
const isSuccess = (run: RunRow) => wentThrough(run) && !run.dry_run && !isReplay(run);

/** A week and a day: the Monday comparison is never older, so what an older one found may be over. */
const COMPARED_HOURS = 8 * 24;
function toneOf(totals: { at: string } & Parameters<typeof booksStatusOf>[0], now: string): string {
	const [tone] = VERDICTS[booksStatusOf(totals)];
	return tone === 'good' && isOlder(totals.at, COMPARED_HOURS, now) ? 'warn' : tone;
}

/** Tones of what the last run of a company left, from the best on. */
const BADNESS = ['good', 'warn', 'bad'];
const badness = (last: RunRow) => BADNESS.indexOf(nowOf(undefined, last)[1]);

/** Of several companies the one that needs a look is shown. */
const WORST: readonly BooksStatus[] = ['unexplained', 'notProven', 'nothing', 'proven'];

/** What is going on, and its tone. */
function nowOf(atWork: RunRow | undefined, last: RunRow | undefined): [string, string] {
	if (atWork) return ['Running', 'busy'];
	if (!last) return ['Idle', 'good'];
	const status = runStatusOf(last);
	if (endedBadly(last)) return ['Last run failed', 'bad'];
	return status === 'success with problems'
		? ['Last run had problems', 'warn']
		: ['Idle', status === 'success' ? 'good' : 'warn'];
}

function alertTone(alerts: ReadonlyArray<{ severity: string }>): string {
	if (alerts.length === 0) return 'good';
	return alerts.every(({ severity }) => severity === 'warning') ? 'warn' : 'bad';
}

function tile(title: string, value: string, tone: string, note: Part, wide = false): SafeHtml {
	return html`<div class="tile ${tone}${wide && ' wide'}">
		<h2>${title}</h2>
		<strong>${value}</strong>
		<p>${note}</p>
	</div>`;
}
