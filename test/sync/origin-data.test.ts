import type { Outcome } from '../../lib/model/outcome';
import {
	everyUnrecordedMark,
	isWritten,
	keptMark,
	markOf,
	type OriginData,
	readOriginData,
	unrecordedMarks,
	withFound,
	writeOriginData,
} from '../../lib/sync/origin-data';

const data = (more: Partial<OriginData> = {}) => writeOriginData({ src: 'gp', h: 'h', ...more });
const mark = (b: string, w: 'c' | 'u' | 'a' | 'r' | 'v' = 'u') => ({ b, w });
const told = (batchId: string, outcome: string) => ({ batchId, outcome });

test('what this package wrote is read, and nothing else', () => {
	expect(readOriginData(data({ m: 'M' }))).toEqual({ src: 'gp', h: 'h', m: 'M' });
	for (const other of [null, undefined, 5, '', 'text', '{', '[]', '{}', 'null'])
		expect(readOriginData(other)).toBeNull();
	for (const other of [{ src: 'sage', h: 'h' }, { src: 'gp' }, { src: 'gp', h: 5 }])
		expect(readOriginData(JSON.stringify(other))).toBeNull();
});

test('a write is one of five outcomes', () => {
	for (const outcome of ['created', 'updated', 'adopted', 'reactivated', 'voided'] as const)
		expect(isWritten(outcome)).toBe(true);
	for (const outcome of ['unchanged', 'skipped', 'failed'] as const)
		expect(isWritten(outcome)).toBe(false);
});

describe('marks that nobody has recorded', () => {
	const marked = data({ ...mark('B3', 'v'), p: [mark('B2', 'r'), mark('B1', 'c')] });

	test('are told latest first, each by what it did', () => {
		const every = (unrecordedBatches: string[] | undefined, dryRun = false) =>
			everyUnrecordedMark(marked, { unrecordedBatches, dryRun });
		const all = [told('B3', 'voided'), told('B2', 'reactivated'), told('B1', 'created')];
		expect(every(['B1', 'B2', 'B3'])).toEqual(all);
		expect(every(['B1', 'B9'])).toEqual([told('B1', 'created')]);
		expect([every([]), every(undefined), every(['B1'], true)]).toEqual([[], [], []]);
	});

	test('of one earlier batch stand alone, not in a list', () => {
		const two = data({ ...mark('B2', 'a'), p: mark('B1', 'u') });
		const options = { unrecordedBatches: ['B1', 'B2'] };
		expect(everyUnrecordedMark(two, options)).toEqual([
			...[told('B2', 'adopted'), told('B1', 'updated')],
		]);
	});

	test('are none without a batch, without what it did, or of a kind nobody knows', () => {
		const options = { unrecordedBatches: ['B1'] };
		for (const none of [data(), data({ b: 'B1' }), data({ w: 'u' }), 'text', null])
			expect(everyUnrecordedMark(none, options)).toEqual([]);
		expect(everyUnrecordedMark(data({ b: 'B1', w: 'x' as never }), options)).toEqual([]);
	});

	test('count as the last and the one before', () => {
		const found = (...unrecordedBatches: string[]) =>
			unrecordedMarks(marked, { unrecordedBatches });
		expect(found()).toStrictEqual({});
		expect(found('B2')).toStrictEqual({ last: told('B2', 'reactivated') });
		expect(found('B1', 'B2', 'B3')).toStrictEqual({
			...{ last: told('B3', 'voided'), earlier: told('B2', 'reactivated') },
		});
	});
});

describe('the mark to write', () => {
	const before = data({ ...mark('B2', 'u'), p: mark('B1', 'c') });

	test('is of this batch; a batch without an id leaves none', () => {
		expect(markOf({ batchId: 'B3' }, 'adopted', before)).toEqual(mark('B3', 'a'));
		expect(markOf({ unrecordedBatches: ['B1'] }, 'adopted', before)).toEqual({});
	});

	test('carries those along that nobody recorded, eight at most', () => {
		const of = (unrecordedBatches: string[], standing = before) =>
			markOf({ batchId: 'B3', unrecordedBatches }, 'updated', standing);
		expect(of(['B1'])).toStrictEqual({ ...mark('B3'), p: mark('B1', 'c') });
		expect(of(['B1', 'B2'])).toStrictEqual({ ...mark('B3'), p: [mark('B2'), mark('B1', 'c')] });
		const batches = Array.from({ length: 12 }, (_, index) => `C${index}`);
		const many = data({ ...mark('C0'), p: batches.slice(1).map((b) => mark(b)) });
		expect(of(batches, many).p).toEqual(batches.slice(0, 8).map((b) => mark(b)));
	});

	test('stays that of the batch whose write is only completed', () => {
		const options = { batchId: 'B3', unrecordedBatches: ['B1', 'B2'] };
		expect(markOf(options, 'updated', before, true)).toStrictEqual({
			...{ ...mark('B2', 'u'), p: mark('B1', 'c') },
		});
		expect(markOf({ batchId: 'B3' }, 'updated', before, true)).toStrictEqual(mark('B3'));
	});

	test('is kept where the same batch writes again', () => {
		expect(keptMark(before)).toStrictEqual({ ...mark('B2'), p: mark('B1', 'c') });
		expect([keptMark(data()), keptMark('text')]).toStrictEqual([{}, {}]);
	});
});

describe('an outcome and what a batch did that was cut off', () => {
	const outcome = (kind: Outcome['outcome']) => ({ kind: 'outcome', outcome: kind }) as Outcome;
	const last = { batchId: 'B2', outcome: 'updated' } as const;
	const earlier = { batchId: 'B1', outcome: 'created' } as const;

	test('are that write, where nothing more was done', () => {
		for (const [kind, completes] of [['unchanged'], ['voided', true]] as const)
			expect(withFound(outcome(kind), { last, earlier }, completes)).toStrictEqual({
				...{ ...outcome('updated'), recovered: { batchId: 'B2' }, unrecorded: earlier },
			});
		expect(withFound(outcome('unchanged'), { last })).not.toHaveProperty('unrecorded');
	});

	test('are two, where more was written or it failed', () => {
		for (const [kind, completes] of [['updated', false], ['failed', true], ['skipped']] as const)
			expect(withFound(outcome(kind), { last }, completes)).toStrictEqual({
				...{ ...outcome(kind), unrecorded: last },
			});
		expect(withFound(outcome('updated'), { last, earlier }).unrecorded).toEqual(earlier);
	});

	test('are the outcome alone, where nothing was found', () => {
		const one = outcome('unchanged');
		expect(withFound(one, {})).toBe(one);
	});
});
