import { count, counted, html, type SafeHtml, trusted } from '../base/html';
import { layout, type PageContext } from '../base/layout';
import { pageAddress, type Question } from '../read/question';
import type { Chosen } from '../waiting/causes';
import { type CrosswalkRow, isDecided } from '../read/rows';
import { chooseForm, tabs } from '../parts/buttons';
import { notice, pager, problems, table } from '../parts/blocks';

const TITLES: Record<Chosen, { many: string; one: string; target: string }> = {
	job: { many: 'Jobs', one: 'Job', target: 'Procore project' },
	account: { many: 'Accounts', one: 'Account', target: 'Cost code' },
	vendor: { many: 'Vendors', one: 'Vendor', target: 'Procore vendor' },
};

const ROWS_PER_PAGE = 100;

/** Where GP's jobs, accounts and vendors go in Procore, a page at a time; or the form for one of them. */
export function crosswalksPage(context: PageContext): SafeHtml {
	const { rows, question, now } = context;
	const { kind, key, company } = question;
	const titles = TITLES[kind];
	return layout({
		title: key === '' ? 'Crosswalks' : `${titles.one} ${key}`,
		lead:
			key === ''
				? 'What each job, account and vendor of Dynamics GP is in Procore. Who changes a row here has the records it concerns sent again.'
				: html`${titles.one} of GP company ${company}: what it is in Procore.`,
		current: 'crosswalks',
		search: '',
		now,
		body: [
			notice(question.notice),
			problems(rows.problems),
			key === '' ? [tabs('Crosswalk', kinds(question)), list(context)] : chooseForm(context),
		],
	});
}

const kinds = ({ kind }: Question) =>
	(Object.keys(TITLES) as Chosen[]).map(
		(one) =>
			[TITLES[one].many, pageAddress({ page: 'crosswalks', kind: one }), one === kind] as const,
	);

function list({ rows, question }: PageContext): SafeHtml {
	const { kind, open, place, crosswalk } = question;
	const read = rows.crosswalks[kind].slice(0, crosswalk[kind].limit - 1);
	const fitting = open ? read.filter((row) => !isDecided(row)) : read;
	const places = Math.max(1, Math.ceil(fitting.length / ROWS_PER_PAGE));
	const shownPlace = Math.min(place, places);
	const first = (shownPlace - 1) * ROWS_PER_PAGE;
	const at = (number: number) =>
		pageAddress({
			...{ page: 'crosswalks', kind, q: question.search, place: number },
			...(open ? { open: 'yes' } : {}),
		});
	return html`<section class="card">
		<header>
			<h2>${TITLES[kind].many}</h2>
			<span class="note"
				>${counted(fitting.length, 'row')}${rows.crosswalks[kind].length > read.length &&
				`, of the first ${count(read.length)} read: search for others`}</span
			>
		</header>
		<form method="get" class="choose" aria-label="Filter rows">
			<input type="hidden" name="page" value="crosswalks" /><input
				type="hidden"
				name="kind"
				value="${kind}"
			/><label
				>Number or name
				<input type="search" name="q" value="${question.search}" maxlength="80" size="16" /></label
			><label
				>Show
				<select name="open">
					<option value="">all rows</option>
					<option value="yes" ${open && trusted(' selected')}>only those still open</option>
				</select></label
			><button type="submit">Show</button>
		</form>
		${fitting.length === 0
			? html`<p>
					There is no such row. “GP to Procore: setup” adds what it finds in GP; the sync adds what
					it meets.
				</p>`
			: rowsTable(kind, fitting.slice(first, first + ROWS_PER_PAGE))}
		${pager(shownPlace, places, at)}
	</section>`;
}

function rowsTable(kind: Chosen, rows: readonly CrosswalkRow[]): SafeHtml {
	return table(
		TITLES[kind].many,
		[
			{ title: TITLES[kind].one, narrow: 'bare' },
			{ title: TITLES[kind].target },
			{ title: 'Action', narrow: 'brief' },
			{ title: 'Note' },
			{ title: 'Change', quiet: true },
		],
		rows.map((row) => [
			html`<div>
				<strong>${row.key}</strong> ${row.name}<span class="note">${row.company}</span>
			</div>`,
			row.target === '' && isDecided(row)
				? ''
				: row.target === ''
					? html`<span class="badge parked">open</span>`
					: html`<div>
							${row.targetName || row.target}${row.targetName &&
							html`<span class="note code">${row.target}</span>`}${row.costType &&
							html`<span class="note">cost type ${row.costType}</span>`}
						</div>`,
			row.action || 'send',
			row.note && html`<div>${row.note}</div>`,
			html`<a
				href="${pageAddress({ page: 'crosswalks', kind, company: row.company, key: row.key })}"
				aria-label="Change ${row.key}"
				>Change</a
			>`,
		]),
	);
}
