import type { AuditEventRow } from '../../audit/types';
import { amount, moment } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { outsideLink, runAddress } from '../base/links';
import { badge } from './badge';
import { changesTable } from './changes';
import { linesTable } from './cost-lines';
import { facts } from './facts';
import { projectName } from './names';
import type { PageContext } from './page-context';

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
