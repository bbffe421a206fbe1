import { type AuditEventRow, recordId } from '../../audit/event-row';
import { groupedBy } from '../../model/keys';
import { entityTitle } from '../../streams/streams';
import { amount, atMost, count, counted, html, moment, type SafeHtml, sumOf } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import {
	badge,
	NOT_YET,
	notice,
	pager,
	problems,
	projectName,
	table,
	togetherOf,
	vendorNameIn,
} from '../parts/blocks';
import { exportForm, replayAllButton, replayCauseButton } from '../parts/buttons';
import {
	causesTable,
	choiceLink,
	keyOf,
	waitingFilter,
	waitingTable,
} from '../parts/waiting-table';
import { NO_LIMIT, pageAddress, type Question, storyAddress } from '../read/question';
import { partsOf } from '../read/rows';
import { type Cause, causesOf, causeTitle, type Choice, chooseRecords } from '../waiting/causes';

/** What waits by its causes, each with the one thing to do; and the records, filtered, sorted, paged. */
export function waitingPage(context: PageContext): SafeHtml {
	const { rows, question, now } = context;
	const read = rows.parked.slice(0, question.limit - 1);
	const causes = causesOf(read, rows.requests);
	const one = question.cause === '' ? undefined : causes.find((cause) => isAsked(cause, question));
	return layout({
		title: one ? causeTitle(one) : 'Waiting records',
		lead: 'What could not go to Procore, why, and what to do. Each is tried again by itself: what waits for Procore on every run, what waits for a choice of yours once that is made, all of them once a day, and noted again then if its reason is the same. Replay does it now, from what GP says now.',
		current: 'waiting',
		search: '',
		now,
		body: [
			notice(question.notice),
			problems(rows.problems),
			read.length === 0
				? html`<section class="card"><p>Nothing waits here.</p></section>`
				: [
						question.cause === '' ? byCause(causes, context) : chosen(one, context),
						records(context, read),
						exportForm(question),
					],
		],
	});
}

function isAsked({ company, code, key }: Cause, question: Question): boolean {
	const inCompany = question.company === '' || question.company === company;
	return inCompany && code === question.cause && key === question.causeKey;
}

function byCause(causes: readonly Cause[], context: PageContext): SafeHtml {
	const { rows, question, token } = context;
	const all = rows.parked.slice(0, question.limit - 1);
	return html`<section class="card">
		<header>
			<h2>
				${counted(causes.length, 'cause')}, ${atMost(rows.parked.length, question.limit)}
				${all.length === 1 ? 'record' : 'records'},
				${amount(sumOf(all.map((row) => row.gp_amount)))}
			</h2>
			${replayAllButton(token, '') ?? html`<span></span>`}
		</header>
		${onlyNewest(context)} ${causesTable(causes, context)}
	</section>`;
}

/** What is said where more wait than were read; a cause's records may stand among those. */
function onlyNewest({ rows, question }: PageContext): SafeHtml | null {
	const all = rows.parked.slice(0, question.limit - 1);
	if (rows.parked.length === all.length) return null;
	const { cause, causeKey: about, company } = question;
	const older = pageAddress({ page: 'waiting', cause, about, company, before: all.at(-1)!.id });
	return html`<p class="note">
		Only the newest ${count(all.length)} records are counted here; <a href="${older}">older ones</a>
		follow.
	</p>`;
}

function chosen(cause: Cause | undefined, context: PageContext): SafeHtml {
	const { token } = context;
	const more = onlyNewest(context);
	const back = html`<p><a href="${pageAddress({ page: 'waiting' })}">All causes</a></p>`;
	if (!cause) {
		return html`${back}
			<section class="card">
				<p>${more ? 'None of these waits for this.' : 'No record waits for this any more.'}</p>
				${more}
			</section>`;
	}
	const { records, example } = cause;
	return html`${back}
		<section class="card">
			<header>
				<h2>${counted(records, 'record')}, ${amount(cause.amount)}</h2>
				${replayCauseButton(token, cause) ?? html`<span></span>`}
			</header>
			${example.remedy && html`<p class="remedy">${example.remedy}</p>`} ${choiceLink(cause)}
			${more}
		</section>`;
}

function records(context: PageContext, read: PageContext['rows']['parked']): SafeHtml {
	const { rows, question } = context;
	const { fitting, shown, place, places } = chooseRecords(
		read,
		question satisfies Choice,
		// As the list shows them.
		(row) => [amount(row.gp_amount), vendorNameIn(row.payload)],
	);
	const at = (number: number) =>
		pageAddress({
			...{ page: 'waiting', cause: question.cause, about: question.causeKey },
			...{ company: question.company, entity: question.entity, q: question.search },
			...{ sort: question.sort, place: number },
			...(rows.parked[0] && question.before < NO_LIMIT ? { before: question.before } : {}),
		});
	return html`<section class="card" id="records">
		<header>
			<h2>Records</h2>
			<span class="note">${counted(fitting.length, 'record')}</span>
		</header>
		${waitingFilter(question, read)}
		${shown.length === 0
			? html`<p>No record that waits fits this.</p>`
			: waitingTable(shown, rows.requests, context)}
		${pager(place, places, at)}
	</section>`;
}

/** Records whose events name what was looked for, the one touched last first. */
export function searchPage({ rows, question, now }: PageContext): SafeHtml {
	const { search, limit } = question;
	const projects = projectsCalled(rows, search);
	const records = recordsOf(rows.events.filter((event) => isMeant(event, question)));
	return layout({
		title: search === '' ? 'Search' : `Search: ${search}`,
		lead: 'By voucher, vendor id or name, name or id of a project, job, account or document number or a part of one; by an amount; by a day (2026-03-01) or month (2026-03) on which it was handled.',
		current: 'search',
		search,
		now,
		body: [
			problems(rows.problems),
			projects,
			html`<section class="card">
				${records.length === 0
					? html`<p>
							${search === ''
								? 'Type what you look for into the field above.'
								: html`No record that was ever handled names “${search}” itself.
									${projects === null && NOT_YET}`}
						</p>`
					: html`<header>
								<h2>${counted(records.length, 'record')}</h2>
								${rows.events.length >= limit &&
								html`<span class="note"
									>from the newest ${count(limit - 1)} events that fit; a longer word finds older
									ones</span
								>`}
							</header>
							${!records.every(({ last }) => isNamed(last, search)) &&
							html`<p class="note">
								Outcome, time and amount are those of the events that fit what you look for, e.g. of
								one part of a document in several projects; press a record to see how it stands as a
								whole.
							</p>`}
							${table(
								'Records found',
								[
									{ title: 'Record', narrow: 'bare' },
									{ title: 'Last outcome', narrow: 'brief' },
									{ title: 'When', narrow: 'brief' },
									{ title: 'GP amount', align: 'right' },
									{ title: 'Events', align: 'right' },
								],
								records.map(({ last, events, parts }) => [
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
									amount(togetherOf(parts, last, 'gp_amount')),
									count(events.length),
								]),
							)}`}
			</section>`,
		],
	});
}

/** Events name projects by their ids; who looks for a name is led on to the records that went there. */
function projectsCalled(rows: PageContext['rows'], search: string): SafeHtml | null {
	const folded = (text: string) => text.normalize('NFC').toLowerCase();
	const isMeant = (name: string) => search !== '' && folded(name).includes(folded(search));
	const ids = rows.crosswalks.job
		.filter((row) => row.target !== '' && (isMeant(row.targetName) || isMeant(row.name)))
		.map((row) => row.target);
	if (ids.length === 0) return null;
	return html`<section class="card">
		<header><h2>Projects called so</h2></header>
		<ul>
			${[...new Set(ids)].slice(0, PROJECTS_SHOWN).map(
				(id) =>
					html`<li>
						${projectName(rows, id)}:
						<a href="${pageAddress({ page: 'search', q: id })}"
							>records that went there<span class="unseen">, project ${id}</span></a
						>
					</li>`,
			)}
		</ul>
	</section>`;
}

const PROJECTS_SHOWN = 20;

/** The pattern of a word with letters beyond A to Z finds others, too. */
function isMeant(event: AuditEventRow, { search, pattern, amount: sum }: Question) {
	if (!pattern.slice(1, -1).includes('%') || sum !== '-') return true;
	return says([event.gp_label, event.vendor_name, event.touches], search);
}

/** Found by what all its events have in common, so that none of them is missing. */
const isNamed = ({ gp_label, vendor_name, gp_key }: AuditEventRow, search: string) =>
	says([gp_label, vendor_name, gp_key], search);

const says = (cells: readonly unknown[], search: string) =>
	cells
		.join('\n')
		.replace(/ +/g, ' ')
		.normalize('NFC')
		.toLowerCase()
		.includes(search.normalize('NFC').toLowerCase());

/** Events come newest first. */
function recordsOf(events: readonly AuditEventRow[]) {
	return [...groupedBy(events, recordId).values()].map((own) => ({
		...{ last: own[0]!, events: own },
		parts: partsOf(own),
	}));
}
