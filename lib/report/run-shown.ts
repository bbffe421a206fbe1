import type { AuditEventRow, EntityCounts, RunRow } from '../audit/event-row';
import { type OutcomeKind, problemsOf, WAITING_OUTCOMES } from '../model/outcome';
import { ENTITIES, type Entity, PART_OF_ENTITY, STREAMS } from '../streams/streams';
import { amount, count, html, inLanguage, type SafeHtml, trusted } from './base/html';
import { layout, type PageContext } from './base/layout';
import { crosswalksPage } from './pages/crosswalks';
import { overviewPage } from './pages/overview';
import { reconciliationPage } from './pages/reconciliation';
import { runPage, runsPage } from './pages/runs';
import { storyPage } from './pages/story';
import { searchPage, waitingPage } from './pages/waiting';
import { membersIn, waitingNow } from './parts/runs';
import { hostsOf, type PageName, type Question } from './read/question';
import { readRows, type TableRows } from './read/rows';

/** So many records are named, and so many causes. */
const NAMED = 20;
const CAUSES = 5;
const CHANGING = ['created', 'updated', 'adopted', 'reactivated', 'voided'] as const;

/** What somebody reads who started a run by its form: counts, amounts, the first differences, and where to look. */
export interface RunShown {
	title: string;
	/** HTML, everything from tables escaped. */
	text: string;
}

/**
 * @param events the newest of the run that changed something or did not go; payables come last in a run
 * @param page address of the dashboard; blank where n8n does not tell its own
 */
export function runShown(run: RunRow, events: readonly AuditEventRow[], page: string): RunShown {
	const dry = run.dry_run;
	const problems = problemsOf(run);
	const lines = [
		dry && 'Nothing was written to Procore. This is what a run would do now:',
		...ENTITIES.map((entity) => streamLine(run, entity, dry)),
		run.read_again && `Read again in turn, beside what changed: ${run.read_again}.`,
		`GP cost of these documents: ${amount(run.gp_amount)}; ${dry ? 'that would stand' : 'of it stands'} in Procore: ${amount(run.procore_amount)}.`,
		problems && `This run was not clean: ${problems}.`,
		...waiting(run, events),
		...differences(run, events, dry),
		...links(run, page),
		dry &&
			'Is it what you expect? Start the form again with "No, write to Procore". Else change the mapping or a crosswalk row first.',
	];
	return {
		title: `${dry ? 'Dry run' : 'Run'} of GP company ${run.gp_company}: ${changed(run)} ${changed(run) === 1 ? 'record' : 'records'} ${dry ? 'would be' : 'were'} written, ${waitingNow(run)} ${dry ? 'would ' : ''}wait${before(run) && `, ${before(run)} wait already`}`,
		text: lines
			.filter((line) => line !== false && line !== '')
			.map((line) => html`${line}`.text)
			.join('\n'),
	};
}

const changed = (run: RunRow) => run.created + run.updated + run.adopted + run.voided;

function countsOf(run: RunRow, entity: Entity): Partial<EntityCounts> {
	return membersIn(run[PART_OF_ENTITY[entity]]);
}

function streamLine(run: RunRow, entity: Entity, dry: boolean): string {
	const counts = countsOf(run, entity);
	const said = [...CHANGING, 'unchanged', 'skipped', 'parked', 'failed']
		.flatMap((name) => {
			const number = counts[name as keyof EntityCounts] ?? 0;
			return number > 0 ? [`${count(number)} ${WORDS[name] ?? name}`] : [];
		})
		.join(', ');
	const would = dry && CHANGING.some((name) => counts[name]) ? 'would be ' : '';
	return `${STREAMS[entity].label}: ${count(counts.read ?? 0)} read; ${would}${said || 'nothing to do'}.`;
}

const WORDS: Record<string, string> = {
	skipped: 'left out on purpose',
	parked: 'waiting',
	voided: 'taken out',
};

/** Reasons of what waits, the most frequent first. */
function waiting(run: RunRow, events: readonly AuditEventRow[]): string[] {
	const all = waitingNow(run);
	const already =
		before(run) && `From runs before ${before(run)} wait already; real runs try them again.`;
	if (all === '0') return [run.dry_run ? 'None of these would wait.' : 'Nothing waits.', already];
	const causes = new Map<string, { times: number; said: string }>();
	for (const { outcome, reason_code, message, remedy } of events) {
		if (!WAITING_OUTCOMES.includes(outcome as OutcomeKind)) continue;
		const cause = `${reason_code} ${remedy || message}`;
		const known = causes.get(cause);
		// One record stands for all that wait for the same thing to be done.
		if (known) known.times += 1;
		else causes.set(cause, { times: 1, said: remedy ? `${message} → ${remedy}` : message });
	}
	const most = [...causes.values()].sort((left, right) => right.times - left.times);
	if (most.length === 0) return [`${all} wait, for the reasons known before.`];
	return [
		already,
		`${all} ${run.dry_run ? 'would ' : ''}wait. The most frequent reasons${run.dry_run ? '' : ' of this run'}:`,
		...most.slice(0, CAUSES).map(({ times, said }) => `– ${count(times)} × ${said}`),
	];
}

/** Of a dry run, which looks at what changed: how many wait since runs before. Blank where none does. */
function before(run: RunRow): string {
	if (!run.dry_run || !run.waiting) return '';
	return waitingNow({ ...run, dry_run: false, parked: 0, failed: 0 });
}

function differences(run: RunRow, events: readonly AuditEventRow[], dry: boolean): string[] {
	const named = events
		.filter(({ outcome }) => (CHANGING as readonly string[]).includes(outcome))
		.slice(0, NAMED);
	if (named.length === 0) return [];
	const all = changed(run) > named.length ? `The first ${named.length} of` : 'All';
	return [
		`${all} ${count(changed(run))} differences:`,
		...named.map((event) => `– ${differenceLine(event, dry)}`),
	];
}

function differenceLine(event: AuditEventRow, dry: boolean): string {
	const { gp_label, gp_key, outcome, procore_project_id, procore_amount, gp_amount } = event;
	const where = procore_project_id ? ` in project ${procore_project_id}` : '';
	const money = gp_amount || procore_amount ? `, ${amount(procore_amount || gp_amount)}` : '';
	const what = `${dry ? 'would be ' : ''}${WORDS[outcome] ?? outcome}`;
	return `${gp_label || gp_key}: ${what}${where}${money}${fieldsOf(event.changes)}`;
}

function fieldsOf(changes: string): string {
	try {
		const list = JSON.parse(changes || '[]') as Array<{ field: string }>;
		return list.length > 0 ? ` (${list.map(({ field }) => field).join(', ')})` : '';
	} catch {
		return '';
	}
}

function links(run: RunRow, page: string): SafeHtml[] {
	const to = (address: string, text: string) =>
		html`<a href="${address}" target="_blank" rel="noopener noreferrer">${text}</a>`;
	const shown: SafeHtml[] = [];
	if (page !== '')
		shown.push(
			html`${to(
				`${page}?${new URLSearchParams({ page: 'run', run: run.run_id }).toString()}`,
				'The whole run on the page',
			)}${trusted(' (where GP to Procore: dashboard is published)')}`,
		);
	if (run.execution_link) shown.push(to(run.execution_link, 'The execution in n8n'));
	return shown;
}

/** What a visitor reads whose press did not count: the sentence, and the way back to the page it was pressed on. */
export function refusalPage(message: string, now: string): string {
	return layout({
		title: 'Nothing was changed',
		current: 'search',
		search: '',
		now,
		body: html`<section class="card">
			<p role="alert">${message}</p>
			<p><a href="">Load the page again</a></p>
		</section>`,
	}).text;
}

const DRAW: Record<PageName, (context: PageContext) => SafeHtml> = {
	overview: overviewPage,
	waiting: waitingPage,
	search: searchPage,
	story: storyPage,
	run: runPage,
	runs: runsPage,
	reconciliation: reconciliationPage,
	crosswalks: crosswalksPage,
};

/** The page asked for as one HTML document, without a script and without anything from outside. */
export function renderPage(input: {
	question: Question;
	/** Rows by table, as n8n's Data Table node hands them out. */
	tables: TableRows;
	/** UTC instant. */
	now: string;
	/** See replayToken. */
	token: string | null;
	/** Hosts whose pages may be linked, names or addresses; sub-domains count as well. */
	linkHosts: string;
}): string {
	const { question, tables, now, token, linkHosts } = input;
	const context = { question, rows: readRows(tables), now, token, hosts: hostsOf(linkHosts) };
	return inLanguage(question.language, () => DRAW[question.page](context).text);
}

/** What is shown in the place of a page that could not be drawn; `why` may hold anything. */
export function pageNotDrawn(why: string, now: string): string {
	const body = html`<p>Load it again; if it stays, look into the log of n8n.</p>`;
	const title = 'The page could not be drawn';
	return layout({ title, lead: why, current: 'overview', search: '', now, body }).text;
}
