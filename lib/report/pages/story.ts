import { type AuditEventRow, type ParkedRow, readLinesCell, recordId } from '../../audit/event-row';
import { recordIdentity } from '../../model/keys';
import { parseDecimal, subtract } from '../../model/money';
import type { RequestRow } from '../../run/requests/requests';
import { entityTitle } from '../../streams/streams';
import { amount, count, counted, html, moment, type SafeHtml, sumOf, timeOf } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import {
	badge,
	changesTable,
	facts,
	NOT_YET,
	notice,
	partsList,
	problems,
	projectName,
	table,
	togetherOf,
	vendorNameIn,
} from '../parts/blocks';
import { replayButton } from '../parts/buttons';
import { choiceLink } from '../parts/waiting-table';
import { outsideLink, runAddress } from '../read/question';
import { partsOf } from '../read/rows';
import { causeNameOf } from '../waiting/causes';

/** The cost lines of an event, with codes; nothing where it has none. */
function linesTable(cell: string | undefined): SafeHtml | null {
	const read = cell ? readLinesCell(cell) : null;
	if (!read || read.lines.length === 0) return null;
	const { lines, more } = read;
	return html`<details open>
		<summary>${counted(lines.length + more, 'cost line')}</summary>
		${table(
			'Cost lines',
			[
				{ title: 'Cost code', narrow: 'brief' },
				{ title: 'Type', narrow: 'brief' },
				{ title: 'Description', narrow: 'bare' },
				{ title: 'Amount', align: 'right' },
			],
			lines.map((line) => [
				line.costCode,
				line.costType,
				html`<div>${line.description}</div>`,
				amount(line.amount),
			]),
			more === 0
				? ['Together', '', '', amount(sumOf(lines.map((line) => line.amount)))]
				: undefined,
		)}${more > 0 && html`<p class="note">and ${more} more</p>`}
	</details>`;
}

/** The lines of a payable as GP has them, from the record a waiting row keeps. */
function gpLinesTable(payload: string): SafeHtml | null {
	const lines = distributionsOf(payload);
	if (lines.length === 0) return null;
	return html`<details open>
		<summary>${counted(lines.length, 'line')} in GP</summary>
		${table(
			'Distributions in GP',
			[
				{ title: 'Account', narrow: 'brief' },
				{ title: 'Type', narrow: 'brief' },
				{ title: 'Reference', narrow: 'bare' },
				{ title: 'Debit less credit', align: 'right' },
			],
			lines
				.slice(0, MOST_LINES)
				.map((line) => [
					...[line.account, line.type, html`<div>${line.reference}</div>`],
					amount(line.amount),
				]),
		)}${lines.length > MOST_LINES &&
		html`<p class="note">and ${lines.length - MOST_LINES} more</p>`}
	</details>`;
}

const MOST_LINES = 50;

type Line = Record<'account' | 'type' | 'reference' | 'amount', string>;

/** Nothing where the text is no payable: it may be of an older version, or edited by hand. */
function distributionsOf(payload: string): Line[] {
	let record: unknown;
	try {
		record = JSON.parse(payload);
	} catch {
		return [];
	}
	const list = (record as { distributions?: unknown } | null)?.distributions;
	if (!Array.isArray(list)) return [];
	return list.flatMap((one: unknown) => {
		if (typeof one !== 'object' || one === null) return [];
		const cells = one as Record<string, unknown>;
		const text = (name: string) => (typeof cells[name] === 'string' ? String(cells[name]) : '');
		return {
			...{ account: text('account'), type: text('type'), reference: text('reference') },
			amount: subtract(parseDecimal(cells.debit) ?? '0', parseDecimal(cells.credit) ?? '0'),
		};
	});
}

const PROCORE_TYPES: Record<string, string> = {
	vendor: 'Vendor',
	costCode: 'Cost code',
	directCost: 'Direct cost',
	requisition: 'Subcontractor invoice',
	costType: 'Cost type',
};

/** One step of a record's story: what was done, why, what changed, and where to look. */
function eventEntry(event: AuditEventRow, { rows, hosts }: PageContext): SafeHtml {
	return html`<li class="${event.outcome}">
		<div class="when">
			${badge(event.outcome)} ${moment(event.at)}
			${event.dry_run &&
			html`<span class="note">dry run: nothing was written</span>`}${event.replay_of &&
			html`<span class="note">replay</span>`}${(event.attempt ?? 0) > 1 &&
			html`<span class="note">attempt ${event.attempt}</span>`}
		</div>
		${event.message &&
		html`<p class="what">
			${event.message}${event.reason_code &&
			html` <span class="note code">${event.reason_code}</span>`}
		</p>`}
		${event.remedy && html`<p class="remedy">${event.remedy}</p>`} ${changesTable(event.changes)}
		${linesTable(event.lines)}
		${facts([
			['GP amount', amount(event.gp_amount)],
			['Amount in Procore', amount(event.procore_amount)],
			['In Procore', procoreRecord(event, hosts)],
			['Project', projectName(rows, event.procore_project_id)],
			['Vendor', event.vendor_name ?? ''],
			['State in GP', event.gp_state],
			['Mapping rule', event.rule],
		])}
		<details>
			<summary>Details</summary>
			${facts([
				['Origin id', code(event.origin_id)],
				[
					'Run',
					event.run_id && html`<a href="${runAddress(event.run_id)}">${code(event.run_id)}</a>`,
				],
				['Place in the run', event.sequence ? String(event.sequence) : ''],
				['Batch', code(event.batch_id ?? '')],
				['n8n execution', code(event.execution_id)],
				['Mapping version', code(event.mapping_version ?? '')],
				['Fingerprint of the GP record', code(event.source_hash)],
				['Procore’s request id', code(event.request_id)],
				['Asked for by request', code(event.replay_of ?? '')],
				['Hash', code(event.chain ?? '')],
			])}
		</details>
	</li>`;
}

function procoreRecord(event: AuditEventRow, hosts: readonly string[]): SafeHtml | null {
	if (event.procore_id === '' && !event.procore_link) return null;
	const type = PROCORE_TYPES[event.procore_type] ?? event.procore_type;
	const name = html`${type} ${event.procore_id}`;
	return event.procore_link ? outsideLink(event.procore_link, name, hosts) : name;
}

function code(text: string): SafeHtml | null {
	return text === '' ? null : html`<span class="code">${text}</span>`;
}

/** A page left open looks again by itself for so long after a replay was asked for. */
const LOOK_AGAIN_FOR = 3 * 60_000;
const LOOK_AGAIN_AFTER = 3;

/** Everything known of one record: how it stands now, and every event in order. */
export function storyPage(context: PageContext): SafeHtml {
	const { question, now } = context;
	const { limit } = question;
	const rows = { ...context.rows, ...ofTheRecord(context) };
	// A dry run changed nothing about how the record stands.
	const newest = rows.events.find((event) => !event.dry_run) ?? rows.events[0];
	const [[parked], [request]] = [rows.parked, rows.requests];
	const label = newest?.gp_label || parked?.gp_label || request?.gp_label || question.key;
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
			(newest ?? parked)
				? standing({ ...context, rows }, newest, parked, request)
				: html`<section class="card">
						<p>Nothing is known of this record: no run has handled it. ${NOT_YET}</p>
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
	const isIt = (row: Parameters<typeof recordId>[0]) => recordId(row) === wanted;
	return {
		events: rows.events.filter(isIt),
		parked: rows.parked.filter(isIt),
		requests: rows.requests.filter(isIt),
	};
}

function standing(
	{ question, token, rows }: PageContext,
	newest: AuditEventRow | undefined,
	parked: ParkedRow | undefined,
	request: RequestRow | undefined,
): SafeHtml {
	const label = newest?.gp_label || question.key;
	const onlyTried = newest?.dry_run === true;
	const parts = partsOf(rows.events);
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
					: newest && (onlyTried ? badge('dry run') : badge(newest.outcome))}${button ??
			html`<span></span>`}
		</header>
		${parked &&
		html`<p>${parked.message || parked.reason_code}</p>
			${parked.remedy && html`<p class="remedy">${parked.remedy}</p>`}
			${!request && choiceLink(causeNameOf(parked))}`}
		${!parked &&
		onlyTried &&
		html`<p>Only a dry run looked at it: nothing was written to Procore.</p>`}
		${facts([
			['GP amount', amount(parked?.gp_amount || togetherOf(parts, newest, 'gp_amount'))],
			[
				'Amount in Procore',
				parked || onlyTried ? null : amount(togetherOf(parts, newest, 'procore_amount')),
			],
			['Of it in each project', parked ? null : partsList(rows, parts)],
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
