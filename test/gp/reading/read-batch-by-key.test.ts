import type { RecheckedRow } from '../../../lib/gp/reading/pending-changes';
import { readBatch } from '../../../lib/gp/reading/read-batch';
import { NEVER_READ, UNREADABLE } from '../../../lib/gp/reading/recheck';
import type { GpRecord } from '../../../lib/model/gp-records';
import { summary } from '../support/listed-rows';
import { broken, parts, readerOf, again, mark, open, paid, print } from '../support/batch-parts';

describe('a row read by its key', () => {
	const owed = (verify: boolean) => ({ key: '1;1', verify });
	const before = mark(summary(open), { detail: 'd', first: 5, checked: 6, kept: true });
	const read = async (one: RecheckedRow, found?: GpRecord | Error, listed?: string[]) => {
		const reader = readerOf();
		if (found) reader.keyed.set(one.key, found as GpRecord);
		const given = listed ? { listKeys: () => Promise.resolve(listed) } : {};
		const batch = await readBatch(parts(reader, given), [], [one]);
		return { ...batch, after: one.after, asked: reader.asked };
	};

	test('that is owed is handed out, and remembered as long as it is open', async () => {
		const one = await read(again(null, '1;1', { owed: owed(false) }), open);
		expect(one).toMatchObject({ records: [open], asked: ['by key 1;1'] });
		expect(one.after).toEqual({
			...{ row: '?', detail: print(open), first: 1_001, checked: 1_000 },
			...{ open: true, kept: true, alone: true },
		});
		const done = await read(again(null, '1;1', { owed: owed(false) }), paid);
		expect(done).toMatchObject({ records: [paid], after: null });
		const known = await read(again(null, '1;1', { before }), paid);
		expect(known.after).toMatchObject({
			...before,
			detail: print(paid),
			open: false,
			checked: 1_000,
		});
	});

	test('that is owed and cannot be read stays in mind with no list row', async () => {
		const { after, faults } = await read(again(null, '1;1', { owed: owed(false) }), broken);
		expect(faults).toHaveLength(1);
		expect(after).toMatchObject({ row: '?', detail: UNREADABLE, open: true, first: 1_001 });
	});

	test('that GP does not find is gone where the whole list does not have it either', async () => {
		const verified = await read(again(null, '1;1', { owed: owed(true) }), undefined, ['1;2']);
		expect(verified).toMatchObject({ gone: ['1;1'], records: [], faults: [], after: null });
		const forgotten = await read(again(null, '1;1', { before }), undefined, ['1;2']);
		expect(forgotten).toMatchObject({ gone: [], faults: [], after: null });
	});

	test('that GP does not find though it lists it is a fault', async () => {
		const { gone, faults, after } = await read(again(null, '1;1', { before }), undefined, ['1;1']);
		expect([gone, faults.length]).toEqual([[], 1]);
		expect(after).toMatchObject({ detail: UNREADABLE, first: 5, checked: 1_000 });
	});

	test('that is owed, where no list shows whether it is gone, is a fault; any other is left for later', async () => {
		const asked = await read(again(null, '1;1', { owed: owed(true) }), undefined, []);
		expect([asked.gone, asked.faults.length]).toEqual([[], 1]);
		const other = await read(again(null, '1;1', { before }), undefined, []);
		expect(other).toMatchObject({ gone: [], faults: [], unchanged: 0 });
		expect(other.after).toEqual({ ...before, checked: 1_000 });
		const never = { ...before, detail: NEVER_READ };
		const unread = await read(again(null, '1;1', { before: never }), undefined, []);
		expect(unread.after).toEqual({ ...never, first: 1_001, checked: 1_000 });
		expect((await read(again(null, '1;1'), undefined, [])).after).toBeNull();
	});

	test('that is owed and not to be looked for in the list is a fault at once', async () => {
		const { faults, gone } = await read(again(null, '1;1', { owed: owed(false) }));
		expect([faults.length, gone]).toEqual([1, []]);
	});
});
