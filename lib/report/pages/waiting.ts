import { html, type SafeHtml } from '../base/html';
import { layout } from '../base/layout';
import { pageAddress } from '../base/links';
import { atMost, sumOf } from '../base/sums';
import { amount } from '../base/format';
import { notice, problems } from '../parts/notices';
import type { PageContext } from '../parts/page-context';
import { replayAllButton } from '../parts/replay-button';
import { waitingTable } from '../parts/waiting-table';

/** Every record that waits, newest first, a page at a time. */
export function waitingPage(context: PageContext): SafeHtml {
	const { rows, question, now, token } = context;
	const shown = rows.parked.slice(0, question.limit - 1);
	const more = rows.parked.length > shown.length;
	return layout({
		title: 'Waiting records',
		lead: 'What could not go to Procore, why, and what to do. Each is tried again on every run, and noted again once a day while its reason stays the same; Replay does it now, from what GP says now.',
		current: 'waiting',
		search: '',
		now,
		body: [
			notice(question.notice),
			problems(rows.problems),
			shown.length === 0
				? html`<section class="card"><p>Nothing waits here.</p></section>`
				: html`<section class="card">
						<header>
							<h2>
								${atMost(rows.parked.length, question.limit)} records,
								${amount(sumOf(shown.map((row) => row.gp_amount)))} ${more && 'on this page'}
							</h2>
							${replayAllButton(token, '')}
						</header>
						${waitingTable(shown, rows.requests, context)}
						${more &&
						html`<p class="pages">
							<a href="${pageAddress({ page: 'waiting', before: shown.at(-1)!.id })}">Older ones</a>
						</p>`}
					</section>`,
		],
	});
}
