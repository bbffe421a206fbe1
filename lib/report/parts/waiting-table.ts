import { type ParkedRow, recordId } from '../../audit/event-row';
import type { RequestRow } from '../../run/requests/requests';
import { ENTITIES, entityTitle } from '../../streams/streams';
import { age, amount, count, html, moment, type SafeHtml, trusted } from '../base/html';
import type { PageContext } from '../base/layout';
import {
	entityName,
	NO_LIMIT,
	pageAddress,
	type Question,
	type RecordKey,
	storyAddress,
} from '../read/question';
import { type Cause, type CauseName, causeTitle, choiceFor, type Sort } from '../waiting/causes';
import { table, vendorNameIn } from './blocks';
import { replayButton, replayCauseButton } from './buttons';

/** Records that could not go: why, what to do, how often that was noted, and a button each. */
export function waitingTable(
	rows: readonly ParkedRow[],
	queued: readonly RequestRow[],
	{ token, now }: { token: string | null; now: string },
): SafeHtml {
	const inQueue = new Set(queued.map(recordId));
	return table(
		'Records that wait',
		[
			{ title: 'Record', narrow: 'bare' },
			{ title: 'Why, and what to do', narrow: 'bare' },
			{ title: 'Amount', align: 'right' },
			{ title: 'Noted', align: 'right' },
			{ title: 'Since' },
			{ title: 'Replay', quiet: true },
		],
		rows.map((row) => {
			const record = keyOf(row);
			const label = row.gp_label || row.gp_key;
			const vendorName = vendorNameIn(row.payload);
			return [
				html`<div>
					<a href="${storyAddress(record)}">${label}</a
					><span class="note"
						>${entityTitle(row.entity)} · ${row.gp_company}${vendorName && ` · ${vendorName}`}</span
					>
				</div>`,
				html`<div>
					${row.message || row.reason_code}${row.remedy &&
					html`<div class="remedy">${row.remedy}</div>`}
				</div>`,
				amount(row.gp_amount),
				`${row.tries} ×`,
				html`<div>
					${moment(row.first_parked_at)}<span class="note"
						>${row.last_tried_at && `last noted ${age(row.last_tried_at, now)}`}</span
					>
				</div>`,
				inQueue.has(recordId(row))
					? html`<span class="badge adopted">queued</span>`
					: replayButton(token, record, label),
			];
		}),
	);
}

export function keyOf(row: { entity: string; gp_company: string; gp_key: string }): RecordKey {
	return { entity: entityName(row.entity), company: row.gp_company, key: row.gp_key };
}

const SORT_NAMES: Record<Sort, string> = {
	amount: 'greatest amount first',
	since: 'longest waiting first',
	newest: 'newest first',
	name: 'by name',
	noted: 'most often noted first',
};

/** A form that asks for the same page with other records of the list. */
export function waitingFilter(question: Question, rows: readonly ParkedRow[]): SafeHtml {
	const { before } = question;
	const kept = {
		...{ page: 'waiting', cause: question.cause, about: question.causeKey },
		before: before < NO_LIMIT ? String(before) : '',
	};
	const companies = [...new Set(rows.map((row) => row.gp_company))].sort();
	return html`<form method="get" class="choose" aria-label="Filter records">
		${Object.entries(kept).map(
			([name, value]) =>
				value !== '' && html`<input type="hidden" name="${name}" value="${value}" />`,
		)}
		<label
			>Contains <input type="search" name="q" value="${question.search}" maxlength="80" size="16"
		/></label>
		${select('Kind', 'entity', question.entity, [
			['', 'all'],
			...ENTITIES.map((name): [string, string] => [name, `${entityTitle(name)}s`]),
		])}
		${companies.length > 1 || question.company !== ''
			? select('Company', 'company', question.company, [
					['', 'all'],
					...companies.map((name): [string, string] => [name, name]),
				])
			: null}
		${select('Order', 'sort', question.sort, Object.entries(SORT_NAMES))}
		<button type="submit">Show</button>
	</form>`;
}

function select(
	title: string,
	name: string,
	chosen: string,
	options: ReadonlyArray<readonly [value: string, shown: string]>,
): SafeHtml {
	return html`<label
		>${title}
		<select name="${name}">
			${options.map(
				([value, shown]) =>
					html`<option value="${value}" ${value === chosen && trusted(' selected')}>
						${shown}
					</option>`,
			)}
		</select></label
	>`;
}

/** Causes with how many records and how much money wait for each, and the one thing to do. */
export function causesTable(causes: readonly Cause[], { token, question }: PageContext): SafeHtml {
	return table(
		'Causes',
		[
			{ title: 'Cause', narrow: 'bare' },
			{ title: 'Records', align: 'right' },
			{ title: 'Amount', align: 'right' },
			{ title: 'Since', narrow: 'brief' },
			{ title: 'To do', quiet: true },
		],
		causes.map((cause) => [
			html`<div>
				<a href="${causeAddress(cause, question.before)}"><strong>${causeTitle(cause)}</strong></a
				><span class="note">${cause.example.remedy || cause.example.message}</span>
			</div>`,
			count(cause.records),
			amount(cause.amount),
			moment(cause.since),
			html`<div class="acts">
				${choiceLink(cause)}${cause.queued === cause.records
					? html`<span class="badge adopted">queued</span>`
					: replayCauseButton(token, cause)}
			</div>`,
		]),
	);
}

/** The way to the form that settles it. */
export function choiceLink({ company, code, key }: CauseName): SafeHtml | null {
	const choice = choiceFor({ code, key });
	if (!choice) return null;
	const address = pageAddress({
		...{ page: 'crosswalks', kind: choice.kind, company, key: choice.key },
	});
	return html`<a
		class="button strong"
		href="${address}"
		aria-label="${choice.words} for ${choice.kind} ${choice.key}"
		>${choice.words}</a
	>`;
}

/** The records of one cause, of those read from the same place on. */
function causeAddress({ company, code, key }: Cause, before: number): string {
	const from = before < NO_LIMIT ? { before } : {};
	return pageAddress({ page: 'waiting', cause: code, about: key, company, ...from });
}
