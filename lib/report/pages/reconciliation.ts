import { type BooksStatus, booksStatusOf } from '../../model/outcome';
import {
	amount,
	count,
	html,
	isNothing,
	moment,
	type Part,
	type SafeHtml,
	withAmounts,
} from '../base/html';
import { layout, type PageContext } from '../base/layout';
import { type EntityName, pageAddress, storyAddress } from '../read/question';
import { badge, type Column, longTable, notice, problems } from '../parts/blocks';
import { exportForm, reconcileButton, tabs } from '../parts/buttons';
import type { ReconciliationTableRow } from '../../reconcile/table-rows';
import type { Row } from '../read/rows';

type ReconcileRow = Row<ReconciliationTableRow>;

/** GP against Procore: totals, by project, and inside a project by cost code, vendor and month. */
export function reconciliationPage(context: PageContext): SafeHtml {
	const { rows, question, now } = context;
	const totals = latestTotals(rows.reconciliation);
	const chosen = totals.find((total) => total.gp_company === question.company) ?? totals[0];
	const inPlace = (row: ReconcileRow) =>
		question.project === '' || row.procore_project_id === question.project;
	const of = (kind: string) =>
		rows.reconciliation.filter((row) => row.row_kind === kind && inPlace(row));
	const project = question.project && of('project')[0];
	return layout({
		title: project ? `Reconciliation: ${project.project}` : 'Reconciliation',
		lead: chosen
			? html`Dynamics GP against Procore, company ${chosen.gp_company}, reconciled
				${moment(chosen.at)}${chosen.month && `; months compared: ${chosen.month}`}.`
			: 'Dynamics GP against Procore, as it was last reconciled.',
		current: 'reconciliation',
		search: '',
		now,
		body: [
			notice(question.notice),
			problems(rows.problems),
			html`<div class="acts row">
				${reconcileButton(context.token, chosen?.gp_company ?? question.company)}${exportForm(
					question,
				)}
			</div>`,
			cutOff(rows.reconciliation),
			chosen === undefined
				? html`<section class="card">
						<p>The books were not compared yet. Run “GP to Procore: reconcile”.</p>
					</section>`
				: question.project === ''
					? [
							companies(totals, chosen),
							doubts(chosen),
							summary(chosen),
							byProject(of('project'), chosen),
							differences(context),
							records(context),
							breakdown(
								'What became of GP’s documents, by month',
								'Month',
								of('documents by month').reverse(),
								monthOf,
							),
							breakdown('By vendor', 'Vendor', of('vendor'), ({ vendor }) => vendor),
							breakdown('By month', 'Month', of('month').reverse(), monthOf),
						]
					: [
							html`<p>
								<a href="${pageAddress({ page: 'reconciliation', company: chosen.gp_company })}"
									>All projects</a
								>
							</p>`,
							doubts(chosen),
							// What may be missing from the whole may be missing from any project.
							project
								? summary({ ...project, not_proven: chosen.not_proven })
								: html`<p>This comparison names no project ${question.project}.</p>`,
							breakdown('By cost code', 'Cost code', of('project, cost code'), codeOf),
							differences(context),
							breakdown(
								'By cost code, vendor and month',
								'Cost code, vendor, month',
								of('project, cost code, vendor, month'),
								(row) => `${row.cost_code} · ${row.vendor} · ${row.month}`,
							),
						],
		],
	});
}

/** Totals row of the last reconciliation of each company, the newest first. */
export function latestTotals(rows: readonly ReconcileRow[]): ReconcileRow[] {
	const newest = new Map<string, ReconcileRow>();
	for (const row of rows) {
		if (row.row_kind !== 'total') continue;
		const known = newest.get(row.gp_company);
		if (!known || known.at < row.at) newest.set(row.gp_company, row);
	}
	return [...newest.values()].sort((left, right) => (left.at < right.at ? 1 : -1));
}

/** So many sums are read at most: by project, vendor and month, or inside a project. */
export const SUMS_READ = 1_000;

const SINGLE = ['total', 'difference', 'vendor difference', 'cost code difference'];

/** Silence would let a part stand for the whole. */
function cutOff(rows: readonly ReconcileRow[]): SafeHtml | null {
	if (rows.filter((row) => !SINGLE.includes(row.row_kind)).length < SUMS_READ) return null;
	return html`<p class="note">
		Only the first ${count(SUMS_READ)} sums were read, so some are missing below. Export to Excel
		holds more; the table gpp_reconciliation holds all.
	</p>`;
}

function companies(totals: readonly ReconcileRow[], chosen: ReconcileRow): SafeHtml | null {
	if (totals.length < 2) return null;
	const address = (company: string) => pageAddress({ page: 'reconciliation', company });
	return tabs(
		'GP company',
		totals.map((one) => [one.gp_company, address(one.gp_company), one === chosen]),
	);
}

/** Amber: what the comparison may lack, and how many documents. */
function doubts(row: ReconcileRow): SafeHtml | null {
	if (!row.not_proven) return null;
	return html`<div class="banner warn" role="status">
		<p><strong>Not proven complete:</strong> ${row.not_proven}.</p>
	</div>`;
}

/** Tone of what a comparison came to, and its words. */
export const VERDICTS: Record<BooksStatus, [tone: string, note: string]> = {
	unexplained: ['bad', 'needs a look'],
	notProven: ['warn', 'not proven complete'],
	proven: ['good', 'every cent is accounted for'],
	nothing: ['quiet', 'both sides come to nothing in these months'],
};

function summary(row: ReconcileRow): SafeHtml {
	const tile = (title: string, value: string, tone: string, note: Part = '') =>
		html`<div class="tile ${tone}">
			<h2>${title}</h2>
			<strong>${amount(value)}</strong>
			<p>${note}</p>
		</div>`;
	return html`<section class="tiles" aria-label="Totals">
		${tile('GP', row.gp_amount, 'quiet')} ${tile('Procore', row.procore_amount, 'quiet')}
		${tile(
			'Difference',
			row.difference,
			isNothing(row.difference) ? 'good' : 'warn',
			withAmounts(row.explained),
		)}
		${tile('Unexplained', row.unexplained, ...VERDICTS[booksStatusOf(row)])}
	</section>`;
}

function byProject(rows: readonly ReconcileRow[], chosen: ReconcileRow): SafeHtml | null {
	return breakdown('By project', 'Project', rows, (row) =>
		row.procore_project_id === ''
			? 'no project'
			: html`<a
					href="${pageAddress({
						page: 'reconciliation',
						company: chosen.gp_company,
						project: row.procore_project_id,
					})}"
					>${row.project || row.procore_project_id}</a
				>`,
	);
}

const AMOUNTS = ['GP', 'Procore', 'Difference', 'Unexplained'].map(
	(title): Column => ({ title, align: 'right' }),
);

const weightOf = ({ unexplained, difference }: ReconcileRow) =>
	!isNothing(unexplained) ? 0 : isNothing(difference) ? 2 : 1;
/** First what nobody can explain, then what differs; months in their order. */
const placeOf = (row: ReconcileRow) =>
	/^(documents by )?month$/.test(row.row_kind) ? Math.min(weightOf(row), 1) : weightOf(row);
const weighed = (rows: readonly ReconcileRow[]) =>
	[...rows].sort((left, right) => placeOf(left) - placeOf(right));
const monthOf = ({ month }: ReconcileRow) => month;
const codeOf = ({ cost_code: code }: ReconcileRow) => code;

function breakdown(
	title: string,
	what: string,
	rows: readonly ReconcileRow[],
	name: (row: ReconcileRow) => Part,
): SafeHtml | null {
	if (rows.length === 0) return null;
	const all = weighed(rows);
	return html`<section class="card">
		<header><h2>${title}</h2></header>
		${longTable(
			title,
			[{ title: what, narrow: 'bare' }, ...AMOUNTS],
			all.map((row) => [
				html`<div>
					${name(row) || 'none'}${row.explained &&
					html`<span class="note">${withAmounts(row.explained)}</span>`}
				</div>`,
				amount(row.gp_amount),
				amount(row.procore_amount),
				amount(row.difference),
				isNothing(row.unexplained)
					? amount(row.unexplained)
					: html`<strong class="ill">${amount(row.unexplained)}</strong>`,
			]),
			all.map(weightOf),
		)}
	</section>`;
}

function differences({ rows, question }: PageContext): SafeHtml | null {
	const all = rows.reconciliation.filter((row) => row.row_kind === 'difference');
	const shown = weighed(all.slice(0, question.limit - 1));
	if (shown.length === 0) return null;
	return html`<section class="card">
		<header>
			<h2>Differences, document by document</h2>
			${all.length > shown.length &&
			html`<span class="note">the ${count(shown.length)} greatest</span>`}
		</header>
		${longTable(
			'Differences',
			[
				{ title: 'Document', narrow: 'bare' },
				{ title: 'Why, and what to do', narrow: 'bare' },
				{ title: 'Place' },
				{ title: 'GP less Procore', align: 'right' },
			],
			shown.map((row) => [
				documentOf(row),
				why(row),
				[row.project, row.cost_code, row.vendor, row.month].filter(Boolean).join(' · '),
				amount(row.difference),
			]),
			shown.map(weightOf),
		)}
	</section>`;
}

/** Vendors and cost codes: how many stand as in GP, and each that does not. */
function records({ rows, question }: PageContext): SafeHtml | null {
	const of = (kind: string) => rows.reconciliation.filter((row) => row.row_kind === kind);
	const sums = [...of('vendors'), ...of('cost codes')];
	if (sums.length === 0) return null;
	const all = [...of('vendor difference'), ...of('cost code difference')];
	const shown = all.slice(0, question.limit - 1);
	return html`<section class="card">
		<header><h2>Vendors and cost codes</h2></header>
		${sums.map(
			(row) =>
				html`<p>
					${row.row_kind === 'vendors' ? 'Vendors' : 'Cost codes'}:
					${row.not_proven
						? html`<strong class="ill">not proven complete: ${row.not_proven}</strong>`
						: ''}
					${row.explained}
				</p>`,
		)}
		${shown.length > 0 &&
		longTable(
			'Vendors and cost codes that differ',
			[
				{ title: 'Record', narrow: 'bare' },
				{ title: 'Why, and what to do', narrow: 'bare' },
				{ title: 'Project' },
			],
			shown.map((row) => [
				documentOf(row, row.row_kind === 'vendor difference' ? 'vendor' : 'account'),
				why(row),
				row.project,
			]),
		)}
	</section>`;
}

function why({ cause, explained, remedy }: ReconcileRow): SafeHtml {
	return html`<div>
		${badge(cause === 'unexplained' ? 'failed' : 'quiet', cause)}
		${explained}${remedy && html`<div class="remedy">${remedy}</div>`}
	</div>`;
}

/** Documents that came from GP have a story; what was typed into Procore has none. */
function documentOf(row: ReconcileRow, entity: EntityName = 'payable'): Part {
	const name = row.gp_label || row.gp_key || row.procore_id;
	if (row.gp_key === '') return name;
	const record = { entity, company: row.gp_company, key: row.gp_key };
	return html`<a href="${storyAddress(record)}">${name}</a>`;
}
