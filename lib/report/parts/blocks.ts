import type { AuditEventRow } from '../../audit/event-row';
import { amount, count, html, type Part, type SafeHtml, sumOf } from '../base/html';
import type { ReportRows } from '../read/rows';

export interface Column {
	title: string;
	/** Amounts and counts stand at the right. */
	align?: 'right';
	/** On a phone: 'bare' = the value says enough without its title, 'brief' = beside others. */
	narrow?: 'bare' | 'brief' | 'bare brief';
	/** No heading to be seen, e.g. over buttons; a screen reader still reads it. */
	quiet?: true;
}

/** A table with its caption for screen readers; on a narrow screen each row becomes a card. */
export function table(
	caption: string,
	columns: readonly Column[],
	rows: ReadonlyArray<readonly Part[]>,
	foot?: readonly Part[],
): SafeHtml {
	const cells = (row: readonly Part[], isFoot = false) =>
		row.map((part, index) => {
			const column = columns[index]!;
			// The first cell of a foot says what the row is: "Together" is no cost code.
			const titled =
				!column.quiet && !column.narrow?.startsWith('bare') && !(isFoot && index === 0);
			const shown = html`${part}`;
			const look = [column.align, column.narrow, shown.text === '' && 'blank']
				.filter(Boolean)
				.join(' ');
			return html`<td class="${look}" ${titled && html` data-title="${column.title}"`}>
				${shown}
			</td>`;
		});
	return html`<table class="cards">
		<caption class="unseen">
			${caption}
		</caption>
		<thead>
			<tr>
				${columns.map(
					(column) =>
						html`<th scope="col" class="${column.align ?? ''}">
							${column.quiet ? html`<span class="unseen">${column.title}</span>` : column.title}
						</th>`,
				)}
			</tr>
		</thead>
		<tbody>
			${rows.map(
				(row) =>
					html`<tr>
						${cells(row)}
					</tr> `,
			)}
		</tbody>
		${foot &&
		html`<tfoot>
			<tr>
				${cells(foot, true)}
			</tr>
		</tfoot>`}
	</table>`;
}

/** Rows of a long list that are seen before it is opened; half as many more are not worth a press. */
const SEEN_AT_ONCE = 10;
/**
 * A table whose rows beyond the first open by a press and stand open on paper: hundreds are no page for a phone.
 * What matters most comes first: of its weights 0 never folds, and how many of 1 do is said.
 */
export function longTable(
	caption: string,
	columns: readonly Column[],
	rows: ReadonlyArray<readonly Part[]>,
	weights: readonly number[] = [],
): SafeHtml {
	const first = Math.max(SEEN_AT_ONCE, weights.filter((one) => one === 0).length);
	const rest = rows.slice(first);
	if (rest.length <= SEEN_AT_ONCE / 2) return table(caption, columns, rows);
	const differ = weights.slice(first).filter((one) => one === 1).length;
	const told = `${count(rest.length)}${differ > 0 ? `, ${count(differ)} of them with a difference` : ''}`;
	return html`${table(caption, columns, rows.slice(0, first))}
		<details class="rest">
			<summary>The other ${told}<span class="unseen">: ${caption}</span></summary>
			${table(`${caption}, the other ${count(rest.length)}`, columns, rest)}
		</details>`;
}

interface Change {
	field: string;
	before?: unknown;
	after?: unknown;
	/** Changes that did not fit into the cell. */
	more?: number;
}

/** What was changed, from the `changes` cell of an event; text that is no such list is shown as it is. */
export function changesTable(cell: string): SafeHtml | null {
	if (cell.trim() === '') return null;
	const changes = parsed(cell);
	if (changes === null) return html`<p class="raw">${cell}</p>`;
	const rows = changes.filter((change) => change.more === undefined);
	const left = changes.reduce((sum, { more }) => sum + (Number(more) || 0), 0);
	return html`${rows.length > 0 &&
	table(
		'What changed in Procore',
		[{ title: 'Field' }, { title: 'Before' }, { title: 'After' }],
		rows.map(({ field, before, after }) => [
			field,
			html`<div>${shown(before)}</div>`,
			html`<div>${shown(after)}</div>`,
		]),
	)}${left > 0 && html`<p class="note">and ${left} more</p>`}`;
}

function parsed(cell: string): Change[] | null {
	try {
		const list: unknown = JSON.parse(cell);
		const fits = (one: unknown): one is Change => typeof (one as Change | null)?.field === 'string';
		return Array.isArray(list) && list.every(fits) ? list : null;
	} catch {
		return null;
	}
}

function shown(value: unknown): SafeHtml | string {
	if (value === undefined || value === null || value === '')
		return html`<span class="note">empty</span>`;
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return typeof value === 'string' || typeof value === 'number'
		? String(value)
		: JSON.stringify(value);
}

/** Names with what they stand for; those without a value are left out. */
export function facts(entries: ReadonlyArray<readonly [name: string, value: Part]>): SafeHtml {
	const given = entries.filter(
		([, value]) => !(value === '' || value === null || value === undefined || value === false),
	);
	return html`<dl class="facts">
		${given.map(
			([name, value]) =>
				html`<div>
					<dt>${name}</dt>
					<dd>${value}</dd>
				</div>`,
		)}
	</dl>`;
}

/** What happened to the button pressed just before, by the code in the address: the text is ours alone. */
const NOTICES: Record<string, [tone: 'good' | 'warn', text: string]> = {
	started: [
		'good',
		'The replay has started and is done in a moment: load this page again then to see what came of it.',
	],
	queued: [
		'warn',
		'The replay is noted, but the sync could not be started now. The next run takes it. Is the workflow “GP to Procore: sync” published?',
	],
	saved: [
		'good',
		'Saved. The records it concerns are being sent again: load this page again in a moment to see how many still wait.',
	],
	'saved-open': [
		'warn',
		'Saved, but nothing was chosen, so this stays open: what waits for it goes on waiting. To settle it choose where it goes, or “leave it out (skip)”.',
	],
	'saved-only': ['good', 'Saved. No record is known that it concerns.'],
	'saved-queued': [
		'warn',
		'Saved, and the records it concerns are noted, but the sync could not be started now. The next run takes them. Is the workflow “GP to Procore: sync” published?',
	],
	reconciling: [
		'good',
		'The books are being compared. Load this page again in a while; a large company takes minutes.',
	],
	'not-reconciling': [
		'warn',
		'The comparison could not be started. Is the workflow “GP to Procore: reconcile” there and published?',
	],
	'too-many': [
		'warn',
		'Nothing was asked for: more than 5,000 records wait, too many for one replay. Replay one cause after the other, or let the form of “GP to Procore: replay” read all that GP changed since a day.',
	],
	nothing: ['warn', 'There is nothing to replay: no record is waiting.'],
};

export function notice(code: string): SafeHtml | null {
	if (!Object.hasOwn(NOTICES, code)) return null;
	const [tone, text] = NOTICES[code]!;
	return html`<div class="banner ${tone}" role="status"><p>${text}</p></div>`;
}

/** Tables that could not be read, with what n8n said. */
export function problems(list: readonly string[]): SafeHtml | null {
	if (list.length === 0) return null;
	return html`<div class="banner warn" role="alert">
		<p>
			<strong>Not everything could be read.</strong> If this n8n is new, run “GP to Procore: setup”
			or the sync once: they make the tables.
		</p>
		${list.map((problem) => html`<p class="note">${problem}</p>`)}
	</div>`;
}

/** What to do about a record that no event names. */
export const NOT_YET =
	'It may have been posted since the last run, or its events are older than those kept. The form “Preview documents” of “GP to Procore: setup” reads a voucher from GP by its number and says what would become of it.';

/** How an outcome or state looks: its colour says the same as its word. */
const TONES: Record<string, string> = {
	created: 'created',
	updated: 'updated',
	reactivated: 'updated',
	adopted: 'adopted',
	unchanged: 'quiet',
	skipped: 'quiet',
	voided: 'voided',
	parked: 'parked',
	locked: 'parked',
	conflict: 'parked',
	failed: 'failed',
	success: 'good',
	'success with problems': 'parked',
	running: 'adopted',
	stopped: 'parked',
	abandoned: 'failed',
	waiting: 'parked',
	problem: 'failed',
	warning: 'parked',
};

/** What people read for an outcome: its code for a record that waits says little to them. */
export function outcomeWord(outcome: string): string {
	return outcome === 'parked' ? 'waiting' : outcome;
}

/** The class that colours an outcome or state. */
export function toneOf(word: string): string {
	return Object.hasOwn(TONES, word) ? TONES[word]! : 'quiet';
}

export function badge(word: string, shown = outcomeWord(word)): SafeHtml {
	return html`<span class="badge ${toneOf(word)}">${shown}</span>`;
}

/** "Lincoln School" beside `9002`, by the rows of the project crosswalk that were read for the page. */
export function projectName(rows: ReportRows, projectId: string): SafeHtml | string {
	if (projectId === '') return '';
	const row = rows.crosswalks.job.find((one) => one.target === projectId);
	const name = row?.targetName || row?.name;
	return name ? html`${name} <span class="note code">${projectId}</span>` : projectId;
}

/** A document's parts by project, where there are several: what stands of it in each. */
export function partsList(rows: ReportRows, parts: readonly AuditEventRow[]): SafeHtml | null {
	if (parts.length < 2) return null;
	return html`<ul>
		${parts.map(
			(part) =>
				html`<li>
					${projectName(rows, part.procore_project_id)}: ${amount(part.procore_amount)}
				</li>`,
		)}
	</ul>`;
}

/** An amount of a document: of its parts together where there are several, else as its newest event tells it. */
export function togetherOf(
	parts: readonly AuditEventRow[],
	newest: AuditEventRow | undefined,
	cell: 'gp_amount' | 'procore_amount',
): string | undefined {
	return parts.length > 1 ? sumOf(parts.map((part) => part[cell])) : newest?.[cell];
}

/** What GP calls the vendor, from a record that waits; blank where that does not say. */
export function vendorNameIn(payload: string): string {
	try {
		const { vendorName } = JSON.parse(payload) as { vendorName?: unknown };
		return typeof vendorName === 'string' ? vendorName.trim().slice(0, 200) : '';
	} catch {
		return '';
	}
}

/** Ways to the page of a list before and after this one; nothing where one page holds all. */
export function pager(place: number, places: number, at: (place: number) => string): Part {
	return (
		places > 1 &&
		html`<p class="pages">
			${place > 1 && html`<a rel="prev" href="${at(place - 1)}">Page before</a>`}
			<span>Page ${count(place)} of ${count(places)}</span>
			${place < places && html`<a rel="next" href="${at(place + 1)}">Next page</a>`}
		</p>`
	);
}
