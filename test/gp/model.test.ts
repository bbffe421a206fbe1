import fc from 'fast-check';
import { EMPTY_WATERMARK, type Watermark } from '../../lib/model/gp-changes';
import type { GpPayable } from '../../lib/model/gp-records';
import type { GpClient } from '../../lib/gp/gp-client';
import { FakeGp, payableRow, type FakeRow, type FakeSettings } from './support/fake-gp';
import { clientFor, siteFor } from './support/client';
import { fakeClock, type FakeClock } from './support/fake-clock';

/*
 * A model of years in GP: documents are entered, edited, posted, paid, voided, deleted; transactions
 * commit late; a reader polls, crashes between reading and acknowledging, loses its listings. What
 * was acknowledged must in the end equal what stands in GP, without a document that never was.
 */
interface Model {
	documents: Map<string, { state: string; amount: number; voided: boolean }>;
	/** Everything that ever stood in GP, by key and content. */
	everStood: Set<string>;
}

class World {
	readonly clock: FakeClock = fakeClock(Date.parse('2026-06-01T08:00:00Z'));
	readonly gp: FakeGp;
	client: GpClient;
	watermark: Watermark = EMPTY_WATERMARK;
	/** What a sink would hold: last content acknowledged, by key. */
	readonly sink = new Map<string, string>();
	private readonly site: ReturnType<typeof siteFor>;
	private nextVoucher = 1;
	/** Rows stamped but not committed. */
	private readonly uncommitted: Array<() => void> = [];

	constructor(settings: Partial<FakeSettings>) {
		this.gp = new FakeGp(settings);
		this.site = siteFor({ query: { pageSize: 4 } });
		this.client = this.newClient();
	}

	private newClient(): GpClient {
		return clientFor(this.gp, { clock: this.clock, site: this.site }).client;
	}

	/** Writes a row stamped now; visible now, or only when its transaction commits. */
	write(model: Model, key: string, late: boolean): void {
		const document = model.documents.get(key)!;
		const row = wireRow(key, document, new Date(this.clock.now()).toISOString());
		model.everStood.add(content(key, document.state, String(document.amount), document.voided));
		this.clock.advance(1_000);
		const commit = () => {
			// A later write to the same row has meanwhile waited for the lock and won.
			const standing = this.gp.rows.payable.get(key);
			if (model.documents.has(key) && (!standing || standing.stamp <= row.stamp))
				this.gp.put('payable', row);
		};
		if (late) this.uncommitted.push(commit);
		else commit();
	}

	commitAll(): void {
		for (const commit of this.uncommitted.splice(0)) commit();
	}

	newKey(): string {
		return `1;${String((this.nextVoucher += 1)).padStart(5, '0')}`;
	}

	async poll(batchSize: number, crashAfter: number | null, loseListing: boolean): Promise<void> {
		let cursor: string | null = null;
		let batches = 0;
		do {
			const batch = await this.client.readChanges('payable', {
				watermark: this.watermark,
				limit: batchSize,
				cursor,
			});
			if (batch.faults) throw new Error('a fault where there is none');
			for (const record of batch.records) this.acknowledge(record as GpPayable);
			// The crash comes after the writes and before the watermark is stored: the worst moment.
			if (crashAfter !== null && batches >= crashAfter) {
				this.client = this.newClient();
				return;
			}
			this.watermark = JSON.parse(JSON.stringify(batch.checkpoint.watermark)) as Watermark;
			cursor = batch.checkpoint.cursor;
			batches += 1;
			if (loseListing) this.clock.advance(31 * 60_000);
		} while (cursor !== null);
	}

	private acknowledge(record: GpPayable): void {
		this.sink.set(
			record.key,
			content(record.key, record.state, record.amounts.document, record.voided),
		);
	}

	async sweep(): Promise<void> {
		const standing = new Set((await this.client.listKeys('payable')).keys);
		for (const key of this.sink.keys()) if (!standing.has(key)) this.sink.delete(key);
	}
}

const content = (key: string, state: string, amount: string, voided: boolean) =>
	`${key} ${state} ${amount} ${voided}`;

function wireRow(
	key: string,
	{ state, amount, voided }: { state: string; amount: number; voided: boolean },
	stamp: string,
): FakeRow {
	const written = { unposted: 'Work', open: 'Open', history: 'History' }[state];
	return payableRow(key.slice(2), stamp, {
		TransactionState: written,
		DocumentAmount: amount,
		IsVoided: voided,
	});
}

type Step = fc.AsyncCommand<Model, World>;
const pick = (model: Model, where: number, state?: string[]) => {
	const keys = [...model.documents]
		.filter(([, document]) => !state || state.includes(document.state))
		.map(([key]) => key);
	return keys.length === 0 ? null : keys[where % keys.length]!;
};

/** One edit of a document in one of the given states. */
function edit(
	name: string,
	states: string[],
	where: number,
	late: boolean,
	change: (document: { state: string; amount: number; voided: boolean }) => void,
): Step {
	return {
		check: (model) => pick(model, where, states) !== null,
		run: async (model, world) => {
			const key = pick(model, where, states)!;
			change(model.documents.get(key)!);
			world.write(model, key, late);
		},
		toString: () => `${name}(${where}${late ? ', late' : ''})`,
	};
}

const where = fc.nat(40);
const late = fc.boolean();
const steps = [
	fc.tuple(fc.integer({ min: 1, max: 999 }), late).map(
		([amount, isLate]): Step => ({
			check: () => true,
			run: async (model, world) => {
				const key = world.newKey();
				model.documents.set(key, { state: 'unposted', amount, voided: false });
				world.write(model, key, isLate);
			},
			toString: () => `enter(${amount}${isLate ? ', late' : ''})`,
		}),
	),
	fc
		.tuple(where, late, fc.integer({ min: 1, max: 999 }))
		.map(([at, isLate, amount]) =>
			edit('change', ['unposted'], at, isLate, (document) => (document.amount = amount)),
		),
	fc
		.tuple(where, late)
		.map(([at, isLate]) =>
			edit('post', ['unposted'], at, isLate, (document) => (document.state = 'open')),
		),
	fc
		.tuple(where, late)
		.map(([at, isLate]) =>
			edit('pay', ['open'], at, isLate, (document) => (document.state = 'history')),
		),
	fc
		.tuple(where, late)
		.map(([at, isLate]) =>
			edit('void', ['open'], at, isLate, (document) =>
				Object.assign(document, { state: 'history', voided: true }),
			),
		),
	where.map(
		(at): Step => ({
			check: (model) => pick(model, at, ['unposted', 'open']) !== null,
			run: async (model, world) => {
				const key = pick(model, at, ['unposted', 'open'])!;
				model.documents.delete(key);
				world.gp.rows.payable.delete(key);
			},
			toString: () => `delete(${at})`,
		}),
	),
	fc.integer({ min: 1, max: 40 }).map(
		(minutes): Step => ({
			check: () => true,
			run: async (_model, world) => {
				// No transaction stays open longer than the overlap, ten of fifteen minutes.
				world.clock.advance(Math.min(minutes, 10) * 60_000);
				world.commitAll();
				world.clock.advance(Math.max(0, minutes - 10) * 60_000);
			},
			toString: () => `wait(${minutes})`,
		}),
	),
	fc.tuple(fc.integer({ min: 1, max: 5 }), fc.option(fc.nat(2)), fc.boolean()).map(
		([batchSize, crashAfter, lose]): Step => ({
			check: () => true,
			run: async (model, world) => {
				await world.poll(batchSize, crashAfter, lose && crashAfter === null);
				for (const state of world.sink.values()) expect(model.everStood.has(state)).toBe(true);
				if (lose) world.commitAll();
			},
			toString: () => `poll(${batchSize}, crash ${crashAfter}${lose ? ', listing lost' : ''})`,
		}),
	),
	fc.constant<Step>({
		check: () => true,
		run: async (_model, world) => await world.sweep(),
		toString: () => 'sweep',
	}),
];

test.each<[string, Partial<FakeSettings>]>([
	['instants, filter and pages honoured', {}],
	['instants, everything ignored', { dialect: 'none' }],
	['instants, summaries in the order of stamps', { summary: true, order: 'stamp' }],
	['instants, a filter that is ignored, pages capped', { ignores: ['$filter'], cap: 3 }],
	['dates only', { stamps: 'dateOnly' }],
	['no stamps', { stamps: 'absent', dialect: 'simple' }],
])(
	'%s: every final state arrives, nothing that never was',
	async (_name, settings) => {
		await fc.assert(
			fc.asyncProperty(fc.commands(steps, { maxCommands: 80, size: 'max' }), async (commands) => {
				const world = new World(settings);
				const model: Model = { documents: new Map(), everStood: new Set() };
				await fc.asyncModelRun(() => ({ model, real: world }), commands);
				world.commitAll();
				await world.poll(3, null, false);
				await world.sweep();
				const standing = [...model.documents]
					.map(([key, { state, amount, voided }]) => content(key, state, String(amount), voided))
					.sort();
				expect([...world.sink.values()].sort()).toEqual(standing);
				const before = world.gp.log.length;
				const quiet = await world.client.readChanges('payable', {
					watermark: world.watermark,
					limit: 500,
					cursor: null,
				});
				expect(quiet.records).toEqual([]);
				expect(quiet.checkpoint.more).toBe(false);
				expect(world.gp.log.length).toBeGreaterThan(before);
			}),
			{ numRuns: 40, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
		);
	},
	60_000,
);
