import { amount, count, moment } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { pageAddress } from '../base/links';
import { causeTitle } from '../waiting/cause-words';
import type { Cause } from '../waiting/causes';
import type { PageContext } from './page-context';
import { replayCauseButton } from './replay-button';
import { table } from './table';

/** Causes with how many records and how much money wait for each, and the one thing to do. */
export function causesTable(causes: readonly Cause[], { token }: PageContext): SafeHtml {
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
				<a href="${causeAddress(cause)}"><strong>${causeTitle(cause)}</strong></a
				><span class="note">${cause.example.remedy || cause.example.message}</span>
			</div>`,
			count(cause.records),
			amount(cause.amount),
			moment(cause.since),
			html`<div class="acts">
				${cause.queued === cause.records
					? html`<span class="badge adopted">queued</span>`
					: replayCauseButton(token, cause)}
			</div>`,
		]),
	);
}

/** The records of one cause. */
export function causeAddress({ company, code, key }: Cause): string {
	return pageAddress({ page: 'waiting', cause: code, about: key, company });
}
