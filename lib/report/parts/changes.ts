import { html, type SafeHtml } from '../base/html';
import { table } from './table';

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
