import type { RunRow } from '../../audit/types';
import { problemsOf, runStatusOf } from '../../model/outcome';
import { count, duration, moment } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { runAddress } from '../base/links';
import { badge } from './badge';
import { isAtWork, runSeconds } from './run-state';
import { table } from './table';

export function runsTable(runs: readonly RunRow[], now: string): SafeHtml {
	return table(
		'Runs, newest first',
		[
			{ title: 'Started', narrow: 'bare' },
			{ title: 'How', narrow: 'bare brief' },
			{ title: 'State', narrow: 'bare brief' },
			{ title: 'Created', align: 'right' },
			{ title: 'Updated', align: 'right' },
			{ title: 'Unchanged', align: 'right' },
			{ title: 'Waiting', align: 'right' },
			{ title: 'Failed', align: 'right' },
			{ title: 'Took', align: 'right' },
		],
		runs.map((run) => [
			html`<a href="${runAddress(run.run_id)}">${moment(run.started_at)}</a>`,
			startKind(run),
			runBadge(run, now),
			count(run.created),
			count(run.updated + run.voided + run.adopted),
			count(run.unchanged),
			count(run.parked),
			run.failed > 0 ? html`<strong class="ill">${count(run.failed)}</strong>` : '0',
			duration(runSeconds(run)),
		]),
	);
}

/** A run that still says "running" and has fallen silent is shown for what it is. */
export function runBadge(run: RunRow, now: string): SafeHtml {
	if (run.status === 'running' && !isAtWork(run, now)) return badge('abandoned', 'silent');
	const status = runStatusOf(run);
	const problems = status === 'success with problems' ? problemsOf(run) : '';
	return problems
		? html`<span title="${problems}">${badge(status, problems)}</span>`
		: badge(status);
}

export function startKind(run: RunRow): string {
	const kind =
		{ schedule: 'by schedule', manual: 'by hand', form: 'by form', replay: 'replay' }[
			run.start_kind
		] ?? run.start_kind;
	return run.dry_run ? `${kind}, dry run` : kind;
}
