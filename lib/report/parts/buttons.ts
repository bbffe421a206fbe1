import { sameGpKey } from '../../model/keys';
import { decidedBy, NAME_FOLLOWS } from '../acts/read-act';
import {
	amount,
	count,
	counted,
	hidden,
	html,
	type Part,
	type SafeHtml,
	sumOf,
	trusted,
} from '../base/html';
import type { PageContext } from '../base/layout';
import { pageAddress, type Question, type RecordKey } from '../read/question';
import { type Choices, type CrosswalkRow, rowsAbout } from '../read/rows';
import { actionsOf, type Cause, causesOf, causeTitle, type Chosen } from '../waiting/causes';
import { facts } from './blocks';

/** A button that asks for the record to be read again from GP; nothing where nobody has logged in. */
export function replayButton(
	token: string | null,
	record: RecordKey,
	label: string,
	shown = 'Replay',
): SafeHtml | null {
	if (token === null) return null;
	return html`<form method="post" class="replay">
		${hidden({ token, entity: record.entity, company: record.company, key: record.key })}<button
			type="submit"
			aria-label="${shown} ${label}"
		>
			${shown}
		</button>
	</form>`;
}

/** A button that asks for every record that waits for one thing. */
export function replayCauseButton(token: string | null, cause: Cause): SafeHtml | null {
	if (token === null) return null;
	const { company, code, key, records } = cause;
	return html`<form method="post" class="replay">
		${hidden({ token, cause: code, about: key, company })}<button
			type="submit"
			aria-label="Replay ${counted(records, 'record')}: ${causeTitle(cause)}"
		>
			Replay ${counted(records, 'record')}
		</button>
	</form>`;
}

/** Opens first and asks then: one click too many must not start hundreds of replays. */
export function replayAllButton(token: string | null, howMany: string): SafeHtml | null {
	if (token === null) return null;
	return html`<details class="all">
		<summary>Replay all …</summary>
		<form method="post" class="replay">
			<p>
				Reads every record that waits again from GP and tries to send it. Records that stand right
				in Procore are left alone.
			</p>
			${hidden({ token, all: 'yes' })}<button type="submit" class="strong">
				Replay all ${howMany}
			</button>
		</form>
	</details>`;
}

/** Ways to the same page about something else, the one shown marked. */
export function tabs(
	label: string,
	all: ReadonlyArray<readonly [title: string, address: string, isShown: boolean]>,
): SafeHtml {
	return html`<div class="filter" role="group" aria-label="${label}">
		${all.map(
			([title, address, isShown]) =>
				html`<a href="${address}" ${isShown && trusted(' aria-current="true"')}>${title}</a>`,
		)}
	</div>`;
}

/** A form that downloads a workbook; its days are those of the events. */
export function exportForm({ from, to }: Question): SafeHtml {
	return html`<form method="get" class="choose export" aria-label="Export">
		<input type="hidden" name="page" value="export" /><label
			>Events from <input type="date" name="from" value="${from}" /></label
		><label>to <input type="date" name="to" value="${to}" /></label
		><button type="submit">Export to Excel</button>
	</form>`;
}

/** A button that has the books compared; nothing where nobody has logged in. */
export function reconcileButton(token: string | null, company: string): SafeHtml | null {
	if (token === null) return null;
	return html`<form method="post">
		${hidden({ token, act: 'reconcile', company })}<button type="submit">Reconcile now</button>
	</form>`;
}

/** More than this is no list to look through: it is typed into, and the browser proposes. */
const LONGEST_SELECT = 500;
/** A browser draws no more proposals in good time. */
const MOST_PROPOSALS = 10_000;

const ASKED: Record<Chosen, string> = {
	job: 'Procore project',
	account: 'Cost code',
	vendor: 'Procore vendor',
};

const ACTION_WORDS: Record<string, string> = {
	send: 'send it there',
	skip: 'leave it out (skip)',
	accrual: 'purchase accrual: cost stands on the receipt',
};

/** Of a line that names no job: what this form can do about it, and what it cannot. */
const ONLY_LEFT_OUT =
	'A cost code does not settle this: these lines name no job, and so no project. If the account is no job cost at all, leave it out here, and with it its lines that do name a job; else the job has to be told in GP or by a rule of the mapping.';

/** What the row says now: one that is left out goes nowhere, whatever target stands in it. */
function standsNow(row: CrosswalkRow | undefined): string {
	if (!row) return 'open';
	const { action, target, targetName, costType } = row;
	const leads = `${targetName} ${target} ${costType}`.trim();
	if (action === '' || action === 'send') return leads || 'open';
	return ACTION_WORDS[action] ?? `unknown action “${action}”`;
}

/** The form that says what one job, account or vendor is in Procore. */
export function chooseForm({ rows, question, token }: PageContext): SafeHtml {
	const { kind, company, key } = question;
	const read = rows.crosswalks[kind];
	const about = rowsAbout(read, question);
	// Where not all could be read, the row may be among the others.
	const stood = read.length < question.crosswalk[kind].limit ? decidedBy(about) : '';
	const [row] = about;
	const waiting = rows.parked.filter(
		(one) => one.cause_key === question.waitsFor && sameGpKey(one.gp_company, company),
	);
	const list = rows.choices;
	return html`<p><a href="${pageAddress({ page: 'crosswalks', kind })}">All rows</a></p>
		<section class="card">
			<header><h2>What it is in Procore</h2></header>
			${facts([
				['In GP', row?.name || null],
				['Now', standsNow(row)],
				[
					'Waits for it',
					`${counted(waiting.length, 'record')}, ${amount(sumOf(waiting.map((one) => one.gp_amount)))}`,
				],
			])}
			${causesOf(waiting, []).map(
				(cause) =>
					html`<p>${causeTitle(cause)}</p>
						${cause.example.remedy && html`<p class="remedy">${cause.example.remedy}</p>`}
						${cause.code === 'no-job' && html`<p class="note">${ONLY_LEFT_OUT}</p>`}`,
			)}
			${list?.problem &&
			html`<div class="banner warn" role="alert">
				<p>
					Procore’s list could not be read (${list.problem}), so type what stands there. What is
					typed is checked by the next run.
				</p>
			</div>`}
			${token === null
				? html`<p class="note">
						Nobody is logged in, so nothing can be changed: choose a credential in “Page opened”.
					</p>`
				: html`<form method="post" class="choose wide">
						${hidden({ token, act: 'crosswalk', kind, company, key, stood })}
						${targetField(ASKED[kind], row, list)}${kind === 'account' &&
						typeField(row, list?.costTypes ?? [])}${labelled(
							'Action',
							html`<select name="action">
								${actionsOf(kind).map((one) => option(one, ACTION_WORDS[one] ?? one, row?.action))}
							</select>`,
						)}${labelled(
							'Note',
							html`<input type="text" name="note" maxlength="200" value="${row?.note ?? ''}" />`,
						)}<button type="submit" class="strong">
							Save${waiting.length > 0 && ` and replay ${counted(waiting.length, 'record')}`}
						</button>
					</form>`}
			${list?.note && html`<p class="note">${list.note}</p>`} ${list && howToType(kind, list)}
			<p class="note">
				Saved to the crosswalk table, with your name in the log. Every record it concerns, also such
				as went already, is read again from GP and sent as the row says.
			</p>
		</section>`;
}

/** Where there is no list to open, a bare field would not say what belongs into it. */
function howToType(kind: Chosen, { choices, problem }: Choices): SafeHtml | null {
	if (problem !== '' || (choices.length > 0 && choices.length <= LONGEST_SELECT)) return null;
	const what = `${ASKED[kind].toLowerCase().replace('procore', 'Procore')}s`;
	return html`<p class="note">
		${choices.length === 0
			? `There are no ${what} to choose from, so type what is meant. Does the account of this connection see them in Procore?`
			: `${count(choices.length)} ${what} are too many for a list: type a part of the name and choose what is proposed.`}
		What is typed is checked by the next run.
	</p>`;
}

function targetField(title: string, row: CrosswalkRow | undefined, list: Choices | null): SafeHtml {
	const choices = list?.choices ?? [];
	const now = row?.target ?? '';
	if (choices.length === 0 || choices.length > LONGEST_SELECT) {
		return html`${labelled(
				title,
				html`<input
					type="text"
					name="target"
					maxlength="200"
					value="${now}"
					${choices.length > 0 && trusted(' list="choices"')}
				/>`,
			)}<datalist id="choices">
				${choices
					.slice(0, MOST_PROPOSALS)
					.map(({ value, name }) => html`<option value="${value}${NAME_FOLLOWS}${name}"></option>`)}
			</datalist>`;
	}
	const known = choices.some(({ value }) => value === now);
	const group = (label: string, likely: boolean) => {
		const some = choices.filter((one) => one.likely === likely);
		return (
			some.length > 0 &&
			html`<optgroup label="${label}">
				${some.map(
					({ value, name }) =>
						html`<option
							value="${value}${NAME_FOLLOWS}${name}"
							${value === now && trusted(' selected')}
						>
							${name} (${value})
						</option>`,
				)}
			</optgroup>`
		);
	};
	return labelled(
		title,
		html`<select name="target">
			<option value="">not decided</option>
			${now !== '' &&
			!known &&
			html`<option value="${now}" selected>${now}, which Procore does not list</option>`}
			${group('Looks right', true)}${group('All', false)}
		</select>`,
	);
}

function typeField(row: CrosswalkRow | undefined, types: readonly string[]): SafeHtml {
	const now = row?.costType ?? '';
	if (types.length === 0) {
		return labelled(
			'Cost type',
			html`<input type="text" name="type" maxlength="40" value="${now}" />`,
		);
	}
	const all = now === '' || types.includes(now) ? types : [now, ...types];
	return labelled(
		'Cost type',
		html`<select name="type">
			<option value="">as the mapping says</option>
			${all.map((one) => option(one, one, now))}
		</select>`,
	);
}

function option(value: string, shown: string, chosen: string | undefined): SafeHtml {
	return html`<option value="${value}" ${value === chosen && trusted(' selected')}>
		${shown}
	</option>`;
}

function labelled(title: string, field: Part): SafeHtml {
	return html`<label>${title} ${field}</label>`;
}
