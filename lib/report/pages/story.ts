import { recordIdentity } from '../../model/keys';
import type { AuditEventRow, ParkedRow } from '../../audit/types';
import { amount, count, html, moment, type SafeHtml, timeOf } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import { badge, facts, notice, problems, vendorNameIn } from '../parts/blocks';
import { eventEntry, gpLinesTable } from '../parts/event-entry';
import { entityTitle } from '../../streams/streams';
import { replayButton } from '../parts/buttons';
import type { RequestRow } from '../../run/requests/requests';

/** A page left open looks again by itself for so long after a replay was asked for. */
const LOOK_AGAIN_FOR = 3 * 60_000;
const LOOK_AGAIN_AFTER = 3;

/** Everything known of one record: how it stands now, and every event in order. */
export function storyPage(context: PageContext): SafeHtml {
	const { question, now } = context;
	const rows = { ...context.rows, ...ofTheRecord(context) };
	const { limit } = question;
	// A dry run changed nothing about how the record stands.
	const newest = rows.events.find((event) => !event.dry_run) ?? rows.events[0];
	const parked = rows.parked[0];
	const request = rows.requests[0];
	const label = newest?.gp_label || parked?.gp_label || request?.gp_label || question.key;
	const known = newest !== undefined || parked !== undefined;
	const asked = request ? timeOf(request.requested_at) : null;
	const soon = asked !== null && (timeOf(now) ?? 0) - asked < LOOK_AGAIN_FOR;
	return layout({
		title: label || 'Record',
		lead: html`${entityTitle(question.entity)} of GP company ${question.company}, key
			<span class="code">${question.key}</span>`,
		current: 'story',
		search: '',
		now,
		...(soon && { refreshAfter: LOOK_AGAIN_AFTER }),
		body: [
			request === undefined && question.notice === 'started' ? null : notice(question.notice),
			problems(rows.problems),
			known
				? standing(context, newest, parked, request)
				: html`<section class="card">
						<p>Nothing is known of this record: no run has handled it.</p>
					</section>`,
			rows.events.length > 0 &&
				html`<section class="card">
					<header>
						<h2>What happened</h2>
						${rows.events.length >= limit
							? html`<span class="note">the newest ${count(limit - 1)} events, oldest first</span>`
							: html`<span class="note">oldest first</span>`}
					</header>
					<ol class="story">
						${rows.events
							.slice(0, limit - 1)
							.reverse()
							.map((event) => eventEntry(event, context))}${request && waitingEntry(request)}
					</ol>
				</section>`,
		],
	});
}

/** The tables are asked for a key in any case, where `_` stands for any letter. */
function ofTheRecord({ rows, question }: PageContext) {
	const wanted = recordIdentity(question);
	const isIt = ({ entity, gp_company: company, gp_key: key }: RecordRow) =>
		recordIdentity({ entity, company, key }) === wanted;
	return {
		events: rows.events.filter(isIt),
		parked: rows.parked.filter(isIt),
		requests: rows.requests.filter(isIt),
	};
}

type RecordRow = Pick<ParkedRow, 'entity' | 'gp_company' | 'gp_key'>;

function standing(
	{ question, token }: PageContext,
	newest: AuditEventRow | undefined,
	parked: ParkedRow | undefined,
	request: RequestRow | undefined,
): SafeHtml {
	const label = newest?.gp_label || question.key;
	const button = request
		? null
		: replayButton(token, question, label, parked ? 'Replay' : 'Read again from GP');
	return html`<section class="card">
		<header>
			<h2>How it stands</h2>
			${request
				? badge('running', 'replay queued')
				: parked
					? badge('waiting')
					: newest && badge(newest.outcome)}${button ?? html`<span></span>`}
		</header>
		${parked &&
		html`<p>${parked.message || parked.reason_code}</p>
			${parked.remedy && html`<p class="remedy">${parked.remedy}</p>`}`}
		${facts([
			['GP amount', amount(parked?.gp_amount || newest?.gp_amount)],
			['Amount in Procore', parked ? null : amount(newest?.procore_amount)],
			['Vendor', (parked && vendorNameIn(parked.payload)) || newest?.vendor_name || null],
			['Waiting since', parked && moment(parked.first_parked_at)],
			['Times noted', parked && count(parked.tries)],
			['Last handled', newest && moment(newest.at)],
			['Replay asked for', request && moment(request.requested_at)],
			['By', request?.requested_by ?? null],
		])}
		${parked && gpLinesTable(parked.payload)}
	</section>`;
}

function waitingEntry(request: RequestRow): SafeHtml {
	const reasons: Record<string, string> = {
		replay: 'somebody asked for a replay',
		crosswalk: 'a crosswalk row it depends on was changed',
		reconcile: 'the reconciliation found a difference',
		deleted: 'it was deleted in GP',
	};
	return html`<li class="adopted">
		<div class="when">${badge('running', 'waiting')} ${moment(request.requested_at)}</div>
		<p class="what">
			Waits to be read again from GP by the next run:
			${reasons[request.reason] ?? request.reason}${request.requested_by &&
			` (${request.requested_by})`}.
		</p>
		${request.note && html`<p class="note">${request.note}</p>`}
	</li>`;
}
