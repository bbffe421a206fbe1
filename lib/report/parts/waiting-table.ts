import { recordIdentity } from '../../model/keys';
import { age, amount, moment } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { storyAddress } from '../base/links';
import type { ParkedRow } from '../../audit/types';
import { entityName, type RecordKey } from '../read/question';
import type { RequestRow } from '../../run/requests/request.types';
import { entityTitle } from '../../streams/streams';
import { vendorNameIn } from './names';
import { replayButton } from './replay-button';
import { table } from './table';

/** Records that could not go: why, what to do, how often that was noted, and a button each. */
export function waitingTable(
	rows: readonly ParkedRow[],
	queued: readonly RequestRow[],
	{ token, now }: { token: string | null; now: string },
): SafeHtml {
	const inQueue = new Set(queued.map((row) => nameOf(keyOf(row))));
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
				inQueue.has(nameOf(record))
					? html`<span class="badge adopted">queued</span>`
					: replayButton(token, record, label),
			];
		}),
	);
}

export function keyOf(row: { entity: string; gp_company: string; gp_key: string }): RecordKey {
	return { entity: entityName(row.entity), company: row.gp_company, key: row.gp_key };
}

const nameOf = (record: RecordKey): string => recordIdentity(record);
