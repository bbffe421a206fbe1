import { recordIdentity } from '../../model/keys';
import type { AuditEventRow } from '../../audit/types';
import { amount, count, counted, html, moment, type SafeHtml } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import { storyAddress } from '../base/links';
import { badge, problems, projectName, table } from '../parts/blocks';
import { entityTitle } from '../../streams/streams';
import { keyOf } from '../parts/waiting-table';

/** Records whose events name what was looked for, the one touched last first. */
export function searchPage({ rows, question, now }: PageContext): SafeHtml {
	const { search, limit } = question;
	const records = recordsOf(rows.events);
	return layout({
		title: search === '' ? 'Search' : `Search: ${search}`,
		lead: 'By voucher, vendor id or name, project, job, account or document number or a part of one; by an amount; by a day (2026-03-01) or month (2026-03) on which it was handled.',
		current: 'search',
		search,
		now,
		body: [
			problems(rows.problems),
			html`<section class="card">
				${records.length === 0
					? html`<p>
							${search === ''
								? 'Type what you look for into the field above.'
								: html`No record that was ever handled names “${search}”. A record that GP has not
									handed over yet is not known here.`}
						</p>`
					: html`<header>
								<h2>${counted(records.length, 'record')}</h2>
								${rows.events.length >= limit &&
								html`<span class="note"
									>from the newest ${count(limit - 1)} events that fit; a longer word finds older
									ones</span
								>`}
							</header>
							${table(
								'Records found',
								[
									{ title: 'Record', narrow: 'bare' },
									{ title: 'Last outcome', narrow: 'brief' },
									{ title: 'When', narrow: 'brief' },
									{ title: 'GP amount', align: 'right' },
									{ title: 'Events', align: 'right' },
								],
								records.map(({ last, events }) => [
									html`<div>
										<a href="${storyAddress(keyOf(last))}">${last.gp_label || last.gp_key}</a
										><span class="note"
											>${entityTitle(last.entity)} · ${last.gp_company} ·
											<span class="code">${last.gp_key}</span>${last.vendor_name &&
											` · ${last.vendor_name}`}${last.procore_project_id &&
											html` · ${projectName(rows, last.procore_project_id)}`}</span
										>
									</div>`,
									html`<div>
										${badge(last.outcome)}${last.dry_run &&
										html` <span class="note">dry run</span>`}
									</div>`,
									moment(last.at),
									amount(last.gp_amount),
									count(events),
								]),
							)}`}
			</section>`,
		],
	});
}

/** Events come newest first. */
function recordsOf(events: readonly AuditEventRow[]) {
	const records = new Map<string, { last: AuditEventRow; events: number }>();
	for (const event of events) {
		const name = recordIdentity(keyOf(event));
		const known = records.get(name);
		if (known) known.events += 1;
		else records.set(name, { last: event, events: 1 });
	}
	return [...records.values()];
}
