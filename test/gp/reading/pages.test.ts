import { GpRecordMalformed } from '../../../lib/gp/errors/gp-error';
import {
	firstRow,
	listedRow,
	mapConcurrently,
	mapInTurns,
	named,
	whyNotProven,
} from '../../../lib/gp/reading/pages';
import type { GpRecord } from '../../../lib/model/gp-records';

const record = { key: '1;417' } as GpRecord;
const malformed = (key?: string) =>
	new GpRecordMalformed({ entity: 'payable', ...(key ? { key } : {}) }, 'its amount', 'is none');
const thrown = (error: Error) => () => {
	throw error;
};

describe('a row of a list', () => {
	test('is its record, and what is still to be fetched', () => {
		const pending = { raw: {}, source: 0 };
		expect(listedRow({}, () => ({ record, pending }))).toEqual({
			...{ key: '1;417', record, fault: null, pending },
		});
	});

	test('that is malformed keeps its fault, and its key where that is known', () => {
		const fault = malformed('1;417');
		expect(listedRow({}, thrown(fault))).toEqual({
			...{ key: '1;417', record: null, fault, pending: null },
		});
	});

	test('without a key stands for itself by what it holds', () => {
		const row = (raw: object) => listedRow(raw as never, thrown(malformed())).key;
		expect(row({ a: 1 })).toMatch(/^#[0-9A-F]{24}$/);
		expect(row({ a: 1 })).toBe(row({ a: 1 }));
		expect(row({ a: 1 })).not.toBe(row({ a: 2 }));
	});

	test('at which the reader itself fails ends the reading', () => {
		const fault = new TypeError('no such thing');
		expect(() => listedRow({}, thrown(fault))).toThrow(fault);
	});
});

test('the first row is that of the first page with any', async () => {
	async function* pages() {
		yield* [[], ['a', 'b']];
		await Promise.reject(new Error('nothing is asked for behind it'));
	}
	await expect(firstRow(pages())).resolves.toBe('a');
});

test('what is not proven names its list; what is, needs no word', () => {
	const end = { proven: true, by: 'links' } as const;
	const cut = { proven: false, why: 'cut' } as const;
	expect([named(end, 'Vendors'), whyNotProven(end)]).toEqual([end, null]);
	expect(named(cut, 'Vendors')).toEqual({ proven: false, why: 'Vendors: cut' });
	expect(whyNotProven(cut)).toBe('cut');
});

test('each of many is made into another, in their order', async () => {
	await expect(mapInTurns([1, 2, 3], (one) => one * 2)).resolves.toEqual([2, 4, 6]);
});

describe('tasks side by side', () => {
	const task = async (limit: number, count: number, failAt = -1) => {
		const seen = { under: 0, most: 0, started: [] as number[] };
		const result = mapConcurrently(
			Array.from({ length: count }, (_, index) => index * 10),
			limit,
			async (item, index) => {
				seen.started.push(index);
				seen.most = Math.max(seen.most, (seen.under += 1));
				await new Promise(setImmediate);
				seen.under -= 1;
				if (index === failAt) throw new Error(`no ${item}`);
				return item + index;
			},
		);
		return { seen, result: await result.catch((error: Error) => error.message) };
	};

	test('are as many at once as told, and come back in order', async () => {
		const { seen, result } = await task(2, 5);
		expect(result).toEqual([0, 11, 22, 33, 44]);
		expect(seen).toMatchObject({ most: 2, started: [0, 1, 2, 3, 4] });
	});

	test('are no more than there is to do', async () => {
		expect((await task(9, 3)).seen.most).toBe(3);
		expect((await task(9, 0)).result).toEqual([]);
	});

	test('start nothing more once one has failed', async () => {
		const { seen, result } = await task(1, 5, 1);
		expect(result).toBe('no 10');
		await new Promise(setImmediate);
		expect(seen.started).toEqual([0, 1]);
		const two = await task(2, 9, 0);
		for (let turn = 0; turn < 9; turn += 1) await new Promise(setImmediate);
		expect(two.seen.started.length).toBeLessThan(4);
	});
});
