import { amount, atMost, count, counted, html, type SafeHtml, sumOf } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import { pageAddress } from '../base/links';
import { causesTable, choiceLink, waitingFilter, waitingTable } from '../parts/waiting-table';
import { exportForm, replayAllButton, replayCauseButton } from '../parts/buttons';
import { notice, problems } from '../parts/blocks';
import { NO_LIMIT, type Question } from '../read/question';
import { type Cause, causesOf, causeTitle, type Choice, chooseRecords } from '../waiting/causes';

/** What waits by its causes, each with the one thing to do; and the records, filtered, sorted, paged. */
export function waitingPage(context: PageContext): SafeHtml {
	const { rows, question, now } = context;
	const read = rows.parked.slice(0, question.limit - 1);
	const causes = causesOf(read, rows.requests);
	const one = question.cause === '' ? undefined : causes.find((cause) => isAsked(cause, question));
	return layout({
		title: one ? causeTitle(one) : 'Waiting records',
		lead: 'What could not go to Procore, why, and what to do. Each is tried again on every run, and noted again once a day while its reason stays the same; Replay does it now, from what GP says now.',
		current: 'waiting',
		search: '',
		now,
		body: [
			notice(question.notice),
			problems(rows.problems),
			read.length === 0
				? html`<section class="card"><p>Nothing waits here.</p></section>`
				: [
						question.cause === '' ? byCause(causes, context) : chosen(one, context),
						records(context, read),
						exportForm(question),
					],
		],
	});
}

function isAsked({ company, code, key }: Cause, question: Question): boolean {
	const inCompany = question.company === '' || question.company === company;
	return inCompany && code === question.cause && key === question.causeKey;
}

function byCause(causes: readonly Cause[], context: PageContext): SafeHtml {
	const { rows, question, token } = context;
	const all = rows.parked.slice(0, question.limit - 1);
	return html`<section class="card">
		<header>
			<h2>
				${counted(causes.length, 'cause')}, ${atMost(rows.parked.length, question.limit)} records,
				${amount(sumOf(all.map((row) => row.gp_amount)))}
			</h2>
			${replayAllButton(token, '') ?? html`<span></span>`}
		</header>
		${rows.parked.length > all.length &&
		html`<p class="note">
			Only the newest ${count(all.length)} records are counted here;
			<a href="${pageAddress({ page: 'waiting', before: all.at(-1)!.id })}">older ones</a> follow.
		</p>`}
		${causesTable(causes, context)}
	</section>`;
}

function chosen(cause: Cause | undefined, { token }: PageContext): SafeHtml {
	const back = html`<p><a href="${pageAddress({ page: 'waiting' })}">All causes</a></p>`;
	if (!cause) {
		return html`${back}
			<section class="card"><p>No record waits for this any more.</p></section>`;
	}
	const { records, example } = cause;
	return html`${back}
		<section class="card">
			<header>
				<h2>${counted(records, 'record')}, ${amount(cause.amount)}</h2>
				${replayCauseButton(token, cause) ?? html`<span></span>`}
			</header>
			${example.remedy && html`<p class="remedy">${example.remedy}</p>`} ${choiceLink(cause)}
		</section>`;
}

function records(context: PageContext, read: PageContext['rows']['parked']): SafeHtml {
	const { rows, question } = context;
	const { fitting, shown, place, places } = chooseRecords(read, question satisfies Choice);
	const at = (number: number) =>
		pageAddress({
			...{ page: 'waiting', cause: question.cause, about: question.causeKey },
			...{ company: question.company, entity: question.entity, q: question.search },
			...{ sort: question.sort, place: number },
			...(rows.parked[0] && question.before < NO_LIMIT ? { before: question.before } : {}),
		});
	return html`<section class="card" id="records">
		<header>
			<h2>Records</h2>
			<span class="note">${counted(fitting.length, 'record')}</span>
		</header>
		${waitingFilter(question, read)}
		${shown.length === 0
			? html`<p>No record that waits fits this.</p>`
			: waitingTable(shown, rows.requests, context)}
		${places > 1 &&
		html`<p class="pages">
			${place > 1 && html`<a rel="prev" href="${at(place - 1)}">Page before</a>`}
			<span>Page ${count(place)} of ${count(places)}</span>
			${place < places && html`<a rel="next" href="${at(place + 1)}">Next page</a>`}
		</p>`}
	</section>`;
}
