import type { Outcome } from '../../../lib/model/outcome';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import type { Kind, KindOf, Plan, Standing, Wanted, Written } from '../../../lib/sync/engine/kind';
import { syncRecords } from '../../../lib/sync/engine/run';
import { readOriginData, writeOriginData } from '../../../lib/sync/origin-data';
import type { Reason, RowFault } from '../../../lib/sync/outcomes';
import { RunCache, type SyncOptions } from '../../../lib/sync/sync-run';
import { source } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';

type Stands = Standing & { value: string };
type Made = Plan<Asked, Stands, object>;
interface Asked extends Wanted {
	value: string;
}
const asked = (key: string, value = key, more: Partial<Asked> = {}): Asked => ({
	...{ kind: 'directCost', originId: `GP:TWO:PM:${key}`, source: source('payable', key) },
	...{ projectId: '9001', value },
	...more,
});
const reason = (code: string): Reason => ({ code, message: `${code}.`, remedy: 'Do it.' });
const fault = (code: string): { fault: RowFault } => ({
	fault: { outcome: 'failed', reason: reason(code) },
});
const REFUSED = fault('refused');

/** A kind of records that keeps what it is told to, and notes what it is asked. */
class Shelf {
	stands = new Map<string, Stands>();
	/** What comes of writing a record, one answer after the other; then it goes. */
	answers = new Map<string, Array<Written | undefined>>();
	/** Records that are to be planned anew after a round, and in how many. */
	doubted = new Map<string, number>();
	calls: string[] = [];
	rows: Array<Record<string, unknown>> = [];
	of: Partial<KindOf<Asked, Stands, object>> = {};
	more: Partial<Kind<Asked, Stands, object>> = {};
	progress: unknown[] = [];

	put({ originId, value }: Asked, data: object = {}) {
		const originData = writeOriginData({ src: 'gp', h: value, ...data });
		this.stands.set(originId, { id: `#${originId.at(-1)}`, originId, originData, value });
	}

	private readonly kind: Kind<Asked, Stands, object> = {
		find: ({ originId }) => this.stands.get(originId),
		hash: ({ value }) => value,
		compare: (_one, actual, stored, hash) =>
			stored?.h === hash ? undefined : { outcome: 'updated', actual },
		row: ({ value }) => ({
			...{ fields: { value }, amount: '5.00' },
			changes: [{ field: 'value', before: null, after: value }],
		}),
		read: async (records) => void this.note('read', records),
		write: async (plans) => {
			this.note(
				'write',
				plans.map(({ desired }) => desired),
			);
			return new Map(plans.flatMap((plan) => this.take(plan)));
		},
		verify: async (plans) => {
			const again = plans.filter(({ desired: { originId } }) => {
				const left = this.doubted.get(originId) ?? 0;
				this.doubted.set(originId, left - 1);
				return left > 0;
			});
			return new Set(again);
		},
	};

	private note(what: string, records: readonly Asked[]) {
		this.calls.push(`${what} ${records.map(({ originId }) => originId.at(-1)).join('')}`);
	}

	private take(plan: Made): Array<[Made, Written]> {
		const { originId, value } = plan.desired;
		this.rows.push(plan.row as Record<string, unknown>);
		const answer = this.answers.get(originId)?.shift();
		if (answer?.fault && !answer.wrote) return [[plan, answer]];
		this.put(plan.desired, readOriginData(plan.row?.origin_data) ?? {});
		this.stands.get(originId)!.value = value;
		return answer ? [[plan, answer]] : [];
	}

	async sync(desired: Asked[], options: Partial<SyncOptions> = {}): Promise<Outcome[]> {
		const client = {
			...{ effects: fakeClock(), projectConcurrency: 2 },
			progress: (...told: unknown[]) => this.progress.push(told),
		};
		const of = { label: 'things', at: () => ({ ...this.kind, ...this.more }), ...this.of };
		return await syncRecords(
			client as unknown as ProcoreClient,
			of,
			desired,
			{ dryRun: false, ...options },
			new RunCache(),
		);
	}
}
let shelf: Shelf;
beforeEach(() => (shelf = new Shelf()));

describe('after a round that showed more', () => {
	const changed = (value: string) => [{ field: 'value', before: null, after: value }];
	const one = asked('A');

	test('a record that was made and then completed was made, under the mark it was made with', async () => {
		shelf.doubted.set(one.originId, 1);
		shelf.more.compare = (_, actual) => ({ outcome: 'updated', actual });
		const [outcome] = await shelf.sync([one], { batchId: 'B1' });
		expect(outcome).toMatchObject({ outcome: 'created', changes: changed('A') });
		expect(shelf.calls).toEqual(['read A', 'write A', 'write A']);
		expect(shelf.rows.map((row) => readOriginData(row.origin_data))).toMatchObject([
			{ b: 'B1', w: 'c' },
			{ b: 'B1', w: 'c' },
		]);
	});

	test('so it is after a third round; there is no fourth', async () => {
		shelf.doubted.set(one.originId, 9);
		shelf.more.compare = (_, actual) => ({ outcome: 'updated', actual });
		expect(await shelf.sync([one])).toMatchObject([{ outcome: 'created' }]);
		expect(shelf.calls).toEqual(['read A', 'write A', 'write A', 'write A']);
	});

	test('one that was refused first is what it was the second time', async () => {
		shelf.doubted.set(one.originId, 1);
		shelf.answers.set(one.originId, [REFUSED]);
		shelf.more.verify = async (plans) => {
			const again = shelf.calls.length === 2 ? plans : [];
			shelf.put({ ...one, value: 'old' });
			return new Set(again);
		};
		const [outcome] = await shelf.sync([one], { batchId: 'B1' });
		expect(outcome).toMatchObject({ outcome: 'updated', procore: { id: '#A' } });
		expect(outcome).not.toHaveProperty('also');
		expect(readOriginData(shelf.rows[1].origin_data)).toMatchObject({ w: 'u' });
	});

	test('one that turned out to be there already was changed', async () => {
		shelf.doubted.set(one.originId, 1);
		shelf.answers.set(one.originId, [{ existed: true, procoreId: '#A' }]);
		shelf.more.compare = (_, actual) => ({ outcome: 'updated', actual });
		expect(await shelf.sync([one])).toMatchObject([{ outcome: 'updated' }]);
	});

	test.each([
		['by the batch that was cut off', ['B1', 'B2'], { batchId: 'B2', outcome: 'created' }],
		['by nobody knows whom', undefined, undefined],
	])('so it is where lists lag, and it was made %s', async (_, unrecordedBatches, unrecorded) => {
		shelf.doubted.set(one.originId, 1);
		shelf.answers.set(one.originId, [{ existed: true, procoreId: '#A' }]);
		const [outcome] = await shelf.sync([one], { batchId: 'B3', unrecordedBatches });
		expect([outcome.outcome, outcome.unrecorded]).toEqual(['updated', unrecorded]);
	});

	test('only those are planned anew, and none in a dry run', async () => {
		shelf.doubted.set(one.originId, 1);
		shelf.more.compare = (_, actual) => ({ outcome: 'updated', actual });
		await shelf.sync([one, asked('B')]);
		expect(shelf.calls).toEqual(['read AB', 'write AB', 'write A']);
		shelf = new Shelf();
		shelf.doubted.set(one.originId, 1);
		shelf.more.rehearse = (plans) => void shelf.calls.push(`rehearse ${plans.length}`);
		expect(await shelf.sync([one], { dryRun: true })).toMatchObject([
			{ outcome: 'created', dryRun: true },
		]);
		expect(shelf.calls).toEqual(['read A', 'rehearse 1']);
	});

	test('what was made and then refused has both told', async () => {
		shelf.doubted.set(one.originId, 1);
		shelf.answers.set(one.originId, [{ procoreId: '#A' }, { ...REFUSED, total: '3.00' }]);
		shelf.more.compare = (_, actual) => ({ outcome: 'updated', actual });
		const [outcome] = await shelf.sync([one]);
		expect(outcome).toMatchObject({
			...{ outcome: 'failed', reason: { code: 'refused' }, procore: { id: '#A' } },
			also: [{ outcome: 'created', amount: '3.00', procore: { id: '#A' }, changes: changed('A') }],
		});
		expect(outcome.also![0]).not.toHaveProperty('unmarked');
	});
});

describe('of a record that did not go through', () => {
	const [one] = [asked('A')];
	const written = async (answer: Written, options: Partial<SyncOptions> = {}) => {
		shelf.answers.set(one.originId, [answer]);
		return (await shelf.sync([one], options))[0];
	};

	test('nothing more is told where nothing was taken', async () => {
		const outcome = await written({ ...REFUSED, total: null });
		expect(outcome).toMatchObject({ outcome: 'failed', reason: { code: 'refused' } });
		for (const field of ['also', 'unrecorded', 'changes', 'amount'])
			expect(outcome).not.toHaveProperty(field);
		expect(outcome.procore).not.toHaveProperty('id');
	});

	test('what was taken is told, with the amount where it is known', async () => {
		const taken = await written({ ...REFUSED, wrote: 'created', procoreId: '#A', total: null });
		expect(taken.also).toMatchObject([{ outcome: 'created', procore: { id: '#A' } }]);
		expect(taken.also![0]).not.toHaveProperty('amount');
		expect(taken.also![0]).not.toHaveProperty('unmarked');
	});

	test('what no mark tells is told as such', async () => {
		const changes = [{ field: 'lines', before: 1, after: 2 }];
		const unmarked = { outcome: 'updated', changes } as const;
		expect(await written({ ...REFUSED, unmarked })).toMatchObject({
			also: [{ outcome: 'updated', changes, unmarked: true }],
		});
	});

	test('the write of a batch that was cut off, done along the way, is told', async () => {
		const unrecorded = { batchId: 'B0', outcome: 'voided' } as const;
		expect(await written({ ...REFUSED, unrecorded })).toMatchObject({ unrecorded });
		shelf = new Shelf();
		expect(await written({ unrecorded })).toMatchObject({ outcome: 'created', unrecorded });
	});

	test('nothing is said to be taken of it in a dry run', async () => {
		shelf.more.rehearse = async (plans) =>
			new Map(plans.map((plan) => [plan, { ...REFUSED, wrote: 'created' as const }]));
		const outcome = await written({}, { dryRun: true });
		expect([outcome.outcome, outcome.also]).toEqual(['failed', undefined]);
	});
});

describe('a document that was written', () => {
	const one = asked('A');

	test('and stands otherwise has failed, with what stands and what was taken', async () => {
		shelf.more.differs = ({ desired }, { total }) =>
			total === desired.value ? undefined : reason('totals-differ');
		shelf.answers.set(one.originId, [{ total: '4.00', procoreId: '#A' }]);
		expect(await shelf.sync([one])).toMatchObject([
			{
				...{ outcome: 'failed', amount: '4.00', reason: { code: 'totals-differ' } },
				also: [{ outcome: 'created', amount: '4.00' }],
			},
		]);
		shelf = new Shelf();
		shelf.answers.set(one.originId, [{ total: null }]);
		shelf.more.differs = () => reason('totals-differ');
		const [outcome] = await shelf.sync([one]);
		expect([outcome.outcome, outcome.amount]).toEqual(['failed', undefined]);
	});

	test('is not asked whether it differs where nothing was to be written', async () => {
		shelf.put(one);
		shelf.more.differs = () => reason('totals-differ');
		expect(await shelf.sync([one])).toMatchObject([{ outcome: 'unchanged' }]);
	});

	test('or did not have to be, is unchanged with the amount that stands', async () => {
		shelf.answers.set(one.originId, [{ unchanged: true }]);
		shelf.more.amount = () => '7.00';
		const [outcome] = await shelf.sync([one]);
		expect(outcome).toMatchObject({ outcome: 'unchanged', amount: '7.00' });
		expect(outcome).not.toHaveProperty('changes');
		delete shelf.more.amount;
		shelf.answers.set('GP:TWO:PM:B', [{ unchanged: true }]);
		expect((await shelf.sync([asked('B')]))[0]).not.toHaveProperty('amount');
	});

	test('says what was changed, what was done along the way, and why', async () => {
		const change = (field: string) => ({ field, before: null, after: 1 });
		shelf.answers.set(one.originId, [
			{ changed: [change('other')], changes: [change('elsewhere')], reason: reason('said') },
		]);
		expect(await shelf.sync([one])).toMatchObject([
			{
				...{ outcome: 'created', amount: '5.00', reason: { code: 'said' } },
				changes: [change('other'), change('elsewhere')],
			},
		]);
		shelf = new Shelf();
		const outcomes = await shelf.sync([one]);
		expect(outcomes[0].changes).toHaveLength(1);
		expect(outcomes[0]).not.toHaveProperty('reason');
	});
});

describe('what is asked before anything is written', () => {
	test('a record that would be refused is not read, the others are; progress counts both', async () => {
		shelf.of.check = ({ value }) => (value === 'A' ? reason('bad') : undefined);
		expect(await shelf.sync([asked('A'), asked('B')])).toMatchObject([
			{ outcome: 'failed', reason: { code: 'bad' } },
			{ outcome: 'created' },
		]);
		expect(shelf.calls).toEqual(['read B', 'write B']);
		expect(shelf.progress).toEqual([['things', 2, 2]]);
	});

	test('for a record that stands nothing is found out, and for others once over all places', async () => {
		const prepared: string[] = [];
		const completed: string[] = [];
		const keysOf = (records: readonly Asked[]) => records.map(({ value }) => value).join('');
		shelf.of.prepare = async (open) => {
			prepared.push(keysOf(open));
			return new Map(open.filter(({ value }) => value === 'C').map((one) => [one, reason('no')]));
		};
		shelf.more.complete = async (records) => {
			completed.push(keysOf(records));
			return new Map(
				records
					.filter(({ value }) => value === 'D')
					.map((one) => [one, { outcome: 'conflict', reason: reason('lacks') }]),
			);
		};
		shelf.put(asked('A'));
		const elsewhere = { projectId: '9002' };
		const outcomes = await shelf.sync([
			...[asked('A'), asked('B'), asked('C'), asked('D', 'D', elsewhere)],
			asked('B'),
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual([
			...['unchanged', 'created', 'failed', 'conflict', 'unchanged'],
		]);
		expect(outcomes.map((one) => one.reason?.code)).toEqual([
			...[undefined, undefined, 'no', 'lacks', undefined],
		]);
		expect([prepared, completed]).toEqual([['BCD'], ['B', 'D']]);
		expect(shelf.calls).toEqual(['read ABC', 'read D', 'write B']);
	});

	test('a record that may be left out is settled, a conflict is told where it is written', async () => {
		const verdicts = { A: 'skipped', B: 'conflict' } as const;
		const completed: unknown[] = [];
		shelf.more.rule = ({ value }) => ({
			...{ outcome: verdicts[value as 'A'], reason: reason(value) },
		});
		shelf.more.complete = async (records) => {
			completed.push(...records.map(({ value }) => value));
			return new Map();
		};
		expect(await shelf.sync([asked('A'), asked('B')])).toMatchObject([
			{ outcome: 'skipped', reason: { code: 'A' } },
			{ outcome: 'conflict', reason: { code: 'B' } },
		]);
		expect(completed).toEqual(['B']);
		expect(shelf.rows).toEqual([]);
	});

	test('a refusal found before keeps the write that nobody recorded', async () => {
		const one = asked('A', 'new');
		shelf.put({ ...one, value: 'old' }, { b: 'B0', w: 'c' });
		shelf.of.prepare = async () => new Map([[one, reason('no')]]);
		expect(await shelf.sync([one], { batchId: 'B1', unrecordedBatches: ['B0'] })).toMatchObject([
			{ outcome: 'failed', unrecorded: { batchId: 'B0', outcome: 'created' } },
		]);
	});
});

describe('two records with one origin id', () => {
	const twin = async (verdict: Partial<Outcome>, more: Partial<Outcome> = {}) => {
		shelf.more.rule = () => verdict as never;
		shelf.answers.set('GP:TWO:PM:A', [more as Written]);
		const outcomes = await shelf.sync([asked('A'), asked('A', 'other')]);
		expect(shelf.calls[0]).toBe('read A');
		return outcomes;
	};

	test('the first has the event; the other stands, and says no reason of its own', async () => {
		shelf.answers.set('GP:TWO:PM:A', [{ reason: reason('said'), procoreId: '#A' }]);
		const [first, second] = await shelf.sync([asked('A'), asked('A', 'other')]);
		expect(first).toMatchObject({ outcome: 'created', reason: { code: 'said' } });
		expect(second).toMatchObject({ outcome: 'unchanged', amount: '5.00', procore: { id: '#A' } });
		expect(second).not.toHaveProperty('reason');
	});

	test('beside one that is left out the other stands, and says why', async () => {
		const [, second] = await twin({ outcome: 'skipped', reason: reason('never') });
		expect(second).toMatchObject({ outcome: 'unchanged', reason: { code: 'never' } });
		expect(second).not.toHaveProperty('amount');
	});

	test.each(['failed', 'conflict'] as const)(
		'of one that is %s the other is, too',
		async (told) => {
			const [, second] = await twin({ outcome: told, reason: reason('bad') });
			expect(second).toMatchObject({ outcome: told, reason: { code: 'bad' } });
		},
	);

	test('the kind may say with which outcome they stand', async () => {
		shelf.of.standsWith = ({ outcome }) => outcome === 'conflict';
		const [, second] = await twin({ outcome: 'conflict', reason: reason('bad') });
		expect(second.outcome).toBe('unchanged');
		expect(second).not.toHaveProperty('reason');
	});

	test('the one that outranks the other decides', async () => {
		shelf.more.outranks = (one) => one.value === 'other';
		const outcomes = await shelf.sync([asked('A'), asked('A', 'other')]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'created']);
		expect(shelf.stands.get('GP:TWO:PM:A')!.value).toBe('other');
	});
});

describe('a write of a batch that was cut off', () => {
	const one = asked('A');
	const cut = { batchId: 'B1', unrecordedBatches: ['B0'] };

	test('is told where its record stands as it was written', async () => {
		shelf.put(one, { b: 'B0', w: 'c' });
		expect(await shelf.sync([one], cut)).toMatchObject([
			{ outcome: 'created', recovered: { batchId: 'B0' } },
		]);
	});

	test('is not, where the mark is of another record', async () => {
		shelf.put(one, { b: 'B0', w: 'c' });
		shelf.more.isMarked = () => false;
		const [outcome] = await shelf.sync([one], cut);
		expect(outcome.outcome).toBe('unchanged');
		expect(outcome).not.toHaveProperty('recovered');
	});

	test('that is only completed stays that batch’s, and no part of it is this one’s', async () => {
		shelf.put({ ...one, value: 'half' }, { b: 'B0', w: 'c' });
		shelf.more.compare = (_, actual) => ({ outcome: 'updated', actual, completes: true });
		expect(await shelf.sync([one], cut)).toMatchObject([
			{ outcome: 'created', recovered: { batchId: 'B0' } },
		]);
		expect(readOriginData(shelf.rows[0].origin_data)).toMatchObject({ b: 'B0', w: 'c' });
		shelf.answers.set(one.originId, [{ ...REFUSED, wrote: 'updated' }]);
		const [failed] = await shelf.sync([one], cut);
		expect(failed).toMatchObject({ outcome: 'failed', unrecorded: { batchId: 'B0' } });
		expect(failed).not.toHaveProperty('also');
	});
});
