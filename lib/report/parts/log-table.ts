import type { PageLogRow } from '../acts/page-log';
import { count, moment } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { table } from './table';

const ACTS: Record<string, string> = {
	replay: 'replayed',
	crosswalk: 'chose for',
	reconcile: 'had compared',
};

const SHOWN = 50;

/** Who did what on the page, the newest first. */
export function logTable(rows: readonly PageLogRow[]): SafeHtml | null {
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
