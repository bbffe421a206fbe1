import type { AuditEventRow, RunRow } from '../../audit/types';
import { count, moment } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { ENTITIES, entityTitle } from '../../streams/streams';
import { table } from './table';

/** How far each stream was read before the run and behind it, and its batches as far as their events were read. */
export function runSteps(run: RunRow, events: readonly AuditEventRow[], all: boolean): SafeHtml {
	const [from, to] = [parsed(run.watermark_from), parsed(run.watermark_to)];
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
						[...outcomes].map(([outcome, times]) => `${count(times)} ${outcome}`).join(', '),
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

/** Only text values: the cell may have been edited. */
function parsed(cell: string | undefined): Record<string, string> {
	try {
		const value: unknown = JSON.parse(cell || '{}');
		if (typeof value !== 'object' || value === null) return {};
		return Object.fromEntries(
			Object.entries(value).filter(
				(entry): entry is [string, string] => typeof entry[1] === 'string',
			),
		);
	} catch {
		return {};
	}
}
