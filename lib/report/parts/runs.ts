import type { AuditEventRow, RunRow } from '../../audit/event-row';
import { isRecord } from '../../model/json-text';
import { canonicalKey } from '../../model/keys';
import { problemsOf, runStatusOf } from '../../model/outcome';
import { ENTITIES, entityTitle } from '../../streams/streams';
import { COUNTED_WAITING } from '../../tables/columns';
import { count, counted, duration, html, moment, type SafeHtml, timeOf } from '../base/html';
import { runAddress } from '../read/question';
import { badge, outcomeWord, table, toneOf } from './blocks';

/** How far each stream was read before the run and behind it, and its batches as far as their events were read. */
export function runSteps(run: RunRow, events: readonly AuditEventRow[], all: boolean): SafeHtml {
	const [from, to] = [textsIn(run.watermark_from), textsIn(run.watermark_to)];
	const streams = ENTITIES.filter((name) => from[name] || to[name]);
	const batches = batchesOf(events);
	return html`<section class="card">
		<header>
			<h2>Steps</h2>
			${!all && html`<span class="note">of the events read below</span>`}
		</header>
		${streams.length > 0 &&
		table(
			'How far GP was read',
			[
				{ title: 'Stream', narrow: 'bare' },
				{ title: 'From', narrow: 'brief' },
				{ title: 'Up to', narrow: 'brief' },
			],
			streams.map((name) => [
				`${entityTitle(name)}s`,
				from[name] ? moment(from[name]) : 'the beginning',
				to[name] ? moment(to[name]) : 'not moved',
			]),
		)}
		${batches.length === 0
			? html`<p class="note">No batch left an event.</p>`
			: table(
					'Batches in order',
					[
						{ title: 'Batch', narrow: 'brief' },
						{ title: 'Stream', narrow: 'bare' },
						{ title: 'Recorded', narrow: 'brief' },
						{ title: 'Records', align: 'right' },
						{ title: 'What became of them', narrow: 'bare' },
					],
					batches.map(({ name, entities, at, outcomes, events: records }) => [
						name,
						[...entities].map((one) => `${entityTitle(one)}s`).join(', '),
						moment(at),
						count(records),
						[...outcomes]
							.map(([outcome, times]) => `${count(times)} ${outcomeWord(outcome)}`)
							.join(', '),
					]),
				)}
	</section>`;
}

interface Batch {
	name: string;
	entities: Set<string>;
	at: string;
	events: number;
	outcomes: Map<string, number>;
}

/** By batch, in the order in which they were recorded. */
function batchesOf(events: readonly AuditEventRow[]): Batch[] {
	const batches = new Map<string, Batch>();
	for (const { batch_id = '', entity, at, outcome } of events) {
		const name = batch_id.split('/').at(-1) || '–';
		const batch = batches.get(batch_id) ?? {
			...{ name, entities: new Set<string>(), at, events: 0 },
			outcomes: new Map<string, number>(),
		};
		batch.events += 1;
		batch.entities.add(entity);
		batch.at = at;
		batch.outcomes.set(outcome, (batch.outcomes.get(outcome) ?? 0) + 1);
		batches.set(batch_id, batch);
	}
	return [...batches.values()];
}

/** What a cell of a run holds as JSON; nothing where it was edited into something else. */
export function membersIn(cell: string | undefined): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(cell || '{}');
		return isRecord(value) ? value : {};
	} catch {
		return {};
	}
}

function textsIn(cell: string | undefined): Record<string, string> {
	const isText = (entry: [string, unknown]): entry is [string, string] =>
		typeof entry[1] === 'string';
	return Object.fromEntries(Object.entries(membersIn(cell)).filter(isText));
}

/** A run that gave no sign of life for so long is not at work any more. */
const SILENT = 20 * 60_000;

export function isAtWork(run: RunRow, now: string): boolean {
	if (run.status !== 'running') return false;
	const signs = [run.started_at, run.alive_at ?? ''].map((sign) => timeOf(sign) ?? 0);
	return Math.max(...signs) >= (timeOf(now) ?? 0) - SILENT;
}

/** Seconds a run took, or has taken when it was last heard of. */
export function runSeconds(run: RunRow): number {
	if (run.duration_s) return run.duration_s;
	const start = timeOf(run.started_at);
	const end = timeOf(run.finished_at) ?? timeOf(run.alive_at ?? '');
	return start === null || end === null ? 0 : Math.max(0, (end - start) / 1000);
}

const HEIGHT = 56;
const WIDTH = 1100;

/** One bar a run, oldest at the left: its height is how long it took, its colour how it ended. */
export function runStrip(runs: readonly RunRow[]): SafeHtml | null {
	if (runs.length === 0) return null;
	const ordered = [...runs].reverse();
	const step = Math.min(28, WIDTH / ordered.length);
	const longest = Math.max(1, ...ordered.map((run) => Math.log1p(runSeconds(run))));
	const bars = ordered.map((run, index) => {
		const height = 8 + (Math.log1p(runSeconds(run)) / longest) * (HEIGHT - 10);
		const x = WIDTH - (ordered.length - index) * step;
		return html`<a
			href="${runAddress(run.run_id)}"
			aria-label="Run of ${run.started_at}, ${runStatusOf(run)}"
			><rect
				class="run ${toneOf(runStatusOf(run))}"
				x="${(x + step * 0.12).toFixed(1)}"
				y="${(HEIGHT - height).toFixed(1)}"
				width="${(step * 0.76).toFixed(1)}"
				height="${height.toFixed(1)}"
				><title>${titleOf(run)}</title></rect
			></a
		>`;
	});
	return html`<svg
		class="chart strip"
		viewBox="0 0 ${WIDTH} ${HEIGHT}"
		role="group"
		aria-label="The last ${counted(
			runs.length,
			'run',
		)}, newest at the right; taller bars took longer"
	>
		${bars}
	</svg>`;
}

function titleOf(run: RunRow): string {
	const took = duration(runSeconds(run));
	return `${run.started_at.slice(0, 16).replace('T', ' ')} UTC: ${runStatusOf(run)}${took && `, ${took}`}`;
}

/** Records of this run that wait, of a real run also what earlier ones left. */
export function waitingNow(run: RunRow): string {
	const ofThis = run.parked + run.failed;
	const waiting = run.dry_run ? 0 : (run.waiting ?? 0);
	if (waiting > COUNTED_WAITING) return `more than ${count(COUNTED_WAITING)}`;
	return count(Math.max(waiting, ofThis));
}

export function runsTable(runs: readonly RunRow[], now: string): SafeHtml {
	return table(
		'Runs, newest first',
		[
			{ title: 'Started', narrow: 'bare' },
			{ title: 'How', narrow: 'bare brief' },
			{ title: 'State', narrow: 'bare brief' },
			{ title: 'Created', align: 'right' },
			{ title: 'Changed', align: 'right' },
			{ title: 'Unchanged', align: 'right' },
			{ title: 'Waiting', align: 'right' },
			{ title: 'Failed', align: 'right' },
			{ title: 'Took', align: 'right' },
		],
		runs.map((run) => [
			html`<a href="${runAddress(run.run_id)}">${moment(run.started_at)}</a>`,
			startKind(run),
			runBadge(run, now),
			count(run.created),
			count(run.updated + run.voided + run.adopted),
			count(run.unchanged),
			// An older run did not count what earlier ones left.
			run.waiting ? waitingNow(run) : count(run.parked),
			run.failed > 0 ? html`<strong class="ill">${count(run.failed)}</strong>` : '0',
			duration(runSeconds(run)),
		]),
	);
}

/** A run that still says "running" and has fallen silent is shown for what it is. */
export function runBadge(run: RunRow, now: string): SafeHtml {
	if (run.status === 'running' && !isAtWork(run, now)) return badge('abandoned', 'silent');
	const status = runStatusOf(run);
	const problems = status === 'success with problems' ? problemsOf(run) : '';
	return problems
		? html`<span title="${problems}">${badge(status, problems)}</span>`
		: badge(status);
}

export function startKind(run: RunRow): string {
	const kind =
		{ schedule: 'by schedule', manual: 'by hand', form: 'by form', replay: 'replay' }[
			run.start_kind
		] ?? run.start_kind;
	return run.dry_run ? `${kind}, dry run` : kind;
}

/** Runs of each company. What ended before it knew its company may have been of any. */
export function byCompany(
	runs: readonly RunRow[],
): Array<{ company: string; runs: readonly RunRow[] }> {
	const idOf = (run: RunRow) => canonicalKey(run.gp_company);
	const names = new Map(runs.map((run) => [idOf(run), run.gp_company]));
	if (names.size > 1) names.delete('');
	return [...names].map(([id, company]) => ({
		company,
		runs: runs.filter((run) => ['', id].includes(idOf(run))),
	}));
}
