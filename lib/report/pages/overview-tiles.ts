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
	const ended = rows.runs.filter((run) => run.status !== 'running');
	const good = ended.find((run) => run.status === 'success' && !run.dry_run);
	const failedLast = ended[0] && ended[0].status !== 'success' && ended[0].status !== 'stopped';
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
			good ? 'good' : 'warn',
			good &&
				html`<a href="${runAddress(good.run_id)}"
					>${moment(good.finished_at || good.started_at)}</a
				>`,
		)}
		${tile(
			'Now',
			atWork ? 'Running' : failedLast ? 'Last run failed' : 'Idle',
			atWork ? 'busy' : failedLast ? 'bad' : 'good',
			atWork
				? html`<a href="${runAddress(atWork.run_id)}">since ${moment(atWork.started_at)}</a>`
				: ended[0] &&
						html`<a href="${runAddress(ended[0].run_id)}">${moment(ended[0].started_at)}</a>`,
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
					amount(totals.unexplained) === '0.00' ? 'good' : 'bad',
					`${amount(totals.unexplained)} unexplained`,
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
