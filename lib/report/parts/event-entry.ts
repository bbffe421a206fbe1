import { readLinesCell } from '../../audit/event-row';
import type { AuditEventRow } from '../../audit/types';
import { parseDecimal, subtract } from '../../model/money';
import { amount, counted, html, moment, type SafeHtml, sumOf } from '../base/html';
import type { PageContext } from '../base/layout';
import { outsideLink, runAddress } from '../base/links';
import { badge, changesTable, facts, projectName, table } from './blocks';

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

const PROCORE_TYPES: Record<string, string> = {
	vendor: 'Vendor',
	costCode: 'Cost code',
	directCost: 'Direct cost',
	requisition: 'Subcontractor invoice',
	costType: 'Cost type',
};

/** One step of a record's story: what was done, why, what changed, and where to look. */
export function eventEntry(event: AuditEventRow, { rows, hosts }: PageContext): SafeHtml {
	const tone = ['created', 'updated', 'adopted', 'voided', 'parked', 'failed'].includes(
		event.outcome,
	)
		? event.outcome
		: '';
	return html`<li class="${tone}">
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
