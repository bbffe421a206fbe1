import type { RunRow } from '../../audit/types';
import {
	booksStatusOf,
	endedBadly,
	problemsOf,
	runStatusOf,
	wentThrough,
} from '../../model/outcome';
import { age, amount, count, moment } from '../base/format';
import { html, type Part, type SafeHtml } from '../base/html';
import { runAddress } from '../base/links';
import { atMost, sumOf } from '../base/sums';
import type { PageContext } from '../parts/page-context';
import { isAtWork } from '../parts/run-state';
import { DAYS_SHOWN } from '../read/question';
import { latestTotals } from './reconciliation';

/** The state of everything in five figures. */
export function tiles({ rows, now, question }: PageContext): SafeHtml {
	const atWork = rows.runs.find((run) => isAtWork(run, now));
	// A skipped run did nothing and says nothing about how things are.
	const ended = rows.runs.filter((run) => !['running', 'skipped'].includes(runStatusOf(run)));
	const good = ended.find((run) => wentThrough(run) && !run.dry_run);
	const [last] = ended;
	const problems = good && runStatusOf(good) !== 'success' ? problemsOf(good) : '';
	const waits = atMost(rows.parked.length, question.limit);
	const totals = latestTotals(rows.reconciliation)[0];
	return html`<section class="tiles" aria-label="State">
		${tile(
			'Last success',
			good
				? age(good.finished_at || good.started_at, now)
				: rows.runs.length > 0
					? `none in ${DAYS_SHOWN} days`
					: 'no run yet',
			good && !problems ? 'good' : 'warn',
			good &&
				html`<a href="${runAddress(good.run_id)}"
					>${problems || moment(good.finished_at || good.started_at)}</a
				>`,
		)}
		${tile(
			'Now',
			...nowOf(atWork, last),
			atWork
				? html`<a href="${runAddress(atWork.run_id)}">since ${moment(atWork.started_at)}</a>`
				: last && html`<a href="${runAddress(last.run_id)}">${moment(last.started_at)}</a>`,
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
					{ proven: 'good', notProven: 'warn', unexplained: 'bad' }[booksStatusOf(totals)],
					booksStatusOf(totals) === 'notProven'
						? 'not proven complete'
						: `${amount(totals.unexplained)} unexplained`,
					true,
				)
			: tile(
					'Waiting, in money',
					amount(sumOf(rows.parked.map((row) => row.gp_amount))),
					rows.parked.length > 0 ? 'warn' : 'good',
					'GP cost not in Procore',
					true,
				)}
	</section>`;
}

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
