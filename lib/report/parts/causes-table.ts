import { amount, count, moment } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { pageAddress } from '../base/links';
import { causeTitle, choiceFor } from '../waiting/cause-words';
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
				${choiceLink(cause)}${cause.queued === cause.records
					? html`<span class="badge adopted">queued</span>`
					: replayCauseButton(token, cause)}
			</div>`,
		]),
	);
}

/** The way to the form that settles it. */
export function choiceLink({ company, key }: Cause): SafeHtml | null {
	const choice = choiceFor({ key });
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

/** The records of one cause. */
export function causeAddress({ company, code, key }: Cause): string {
	return pageAddress({ page: 'waiting', cause: code, about: key, company });
}
