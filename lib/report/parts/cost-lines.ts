import { readLinesCell } from '../../audit/lines-cell';
import { parseDecimal, subtract } from '../../model/money';
import { amount, counted } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { sumOf } from '../base/sums';
import { table } from './table';

/** The cost lines of an event, with codes; nothing where it has none. */
export function linesTable(cell: string | undefined): SafeHtml | null {
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
export function gpLinesTable(payload: string): SafeHtml | null {
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

interface Line {
	account: string;
	type: string;
	reference: string;
	amount: string;
}

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
