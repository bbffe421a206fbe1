import { html, type SafeHtml } from '../base/html';
import { layout } from '../base/layout';
import { pageAddress } from '../base/links';
import { problems } from '../parts/notices';
import type { PageContext } from '../parts/page-context';
import { NO_LIMIT } from '../read/question';
import { exportForm } from '../parts/export-form';
import { logTable } from '../parts/log-table';
import { runStrip } from '../parts/run-strip';
import { runsTable } from '../parts/runs-table';

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
