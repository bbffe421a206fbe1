import type { ChangedRow, RecheckedRow } from '../../../lib/gp/reading/pending-changes';
import { type BatchParts, readBatch } from '../../../lib/gp/reading/read-batch';
import type { SeenMark } from '../../../lib/gp/reading/pages';
import { NEVER_READ, TAKEN_AS_FOUND, UNREADABLE } from '../../../lib/gp/reading/recheck';
import type { GpRecord } from '../../../lib/model/gp-records';
import { document, malformed, summary, whole } from '../support/listed-rows';
import {
	STAMP,
	broken,
	parts,
	readerOf,
	changed,
	again,
	mark,
	open,
	edited,
	paid,
	print,
} from '../support/batch-parts';

describe('a changed row', () => {
	const read = async (
		one: ChangedRow,
		detail?: GpRecord | Error,
		more: Partial<BatchParts> = {},
	) => {
		const reader = readerOf();
		if (detail) reader.details.set(one.key, detail as GpRecord);
		const batch = await readBatch(parts(reader, more), [one], []);
		return { ...batch, after: one.after, asked: reader.asked };
	};

	test('that says everything is handed out, and its row is remembered', async () => {
		const row = whole(open);
		expect(await read(changed(row))).toEqual({
			...{ records: [open], faults: [], gone: [], unchanged: 0, asked: ['complete 1;1'] },
			after: { ...mark(row), detail: null, first: 0, checked: 0, open: true, alone: true },
		});
	});

	test('with a detail is handed out with it; the first reading is noted late, the last early', async () => {
		const row = summary(open);
		expect(await read(changed(row), edited)).toMatchObject({
			records: [edited],
			after: { ...mark(row), detail: print(edited), first: 1_001, checked: 1_000, open: true },
		});
	});

	test('whose detail is as it was is not handed out, unless somebody wants it all the same', async () => {
		const before = mark(summary(open), { detail: print(edited) });
		const one = changed(summary(open), { before });
		expect(await read(one, edited)).toMatchObject({ records: [], unchanged: 1 });
		const must = changed(summary(open), { before, must: true });
		expect(await read(must, edited)).toMatchObject({ records: [edited], unchanged: 0 });
		const other = changed(summary(open), { before: { ...before, detail: print(paid) } });
		expect(await read(other, edited)).toMatchObject({ records: [edited], unchanged: 0 });
	});

	test('that says everything is handed out whatever was known of a detail', async () => {
		const before = mark(whole(open), { detail: print(open) });
		expect(await read(changed(whole(open), { before }))).toMatchObject({ records: [open] });
	});

	test('whose detail shows a document that is done, or that needs its list row, says so', async () => {
		expect(await read(changed(summary(open)), paid)).toMatchObject({ after: { open: false } });
		const reader = readerOf();
		reader.details.set('1;1', edited);
		reader.dependent.add(edited);
		const one = changed(summary(open));
		await readBatch(parts(reader), [one], []);
		expect(one.after?.alone).toBe(false);
	});

	test('that cannot be read is a fault of its own, and is looked for again', async () => {
		const row = summary(open);
		expect(await read(changed(row), broken)).toMatchObject({
			records: [],
			faults: [{ key: '1;1', label: 'payables document 1;1', error: broken }],
			after: { ...mark(row), detail: UNREADABLE, first: 1_001, checked: 1_000 },
		});
		const bad = malformed('#1');
		expect(await read(changed(bad))).toMatchObject({
			faults: [{ key: '#1', error: bad.fault }],
			after: { detail: UNREADABLE },
		});
	});
});

describe('a row looked at again', () => {
	const row = summary(open);
	const known = (more: Partial<SeenMark> = {}) =>
		mark(row, { detail: print(open), first: 500, checked: 600, ...more });
	const read = async (
		one: RecheckedRow,
		detail?: GpRecord | Error,
		more: Partial<BatchParts> = {},
	) => {
		const reader = readerOf();
		if (detail) {
			reader.details.set(one.key, detail as GpRecord);
			reader.keyed.set(one.key, detail as GpRecord);
		}
		const batch = await readBatch(parts(reader, more), [], [one]);
		return { ...batch, after: one.after, asked: reader.asked };
	};

	test('that is as it was is not handed out; when it was looked at is noted', async () => {
		expect(await read(again(row, '1;1', { before: known() }), open)).toEqual({
			...{ records: [], faults: [], gone: [], unchanged: 1, asked: ['complete 1;1'] },
			after: { ...known(), checked: 1_000 },
		});
	});

	test('that changed is handed out', async () => {
		expect(await read(again(row, '1;1', { before: known() }), edited)).toMatchObject({
			...{ records: [edited], unchanged: 0 },
			after: { ...known(), detail: print(edited), checked: 1_000, open: true },
		});
		expect((await read(again(row, '1;1', { before: known() }), paid)).after!.open).toBe(false);
	});

	test.each<[string, string, boolean, number]>([
		['taken as found before is taken as it is', TAKEN_AS_FOUND, false, 0],
		['never read is handed out', NEVER_READ, false, 1],
		['never read is taken as it is where that is wanted', NEVER_READ, true, 0],
		['unreadable before is handed out', UNREADABLE, false, 1],
		['unreadable before is handed out there too', UNREADABLE, true, 1],
	])('%s', async (_what, detail, baseline, count) => {
		const one = again(row, '1;1', { before: known({ detail }) });
		const { records, unchanged, after } = await read(one, open, { baseline });
		expect([records.length, unchanged]).toEqual([count, 1 - count]);
		// The first reading that can be compared with.
		expect(after).toMatchObject({ detail: print(open), first: 1_001, checked: 1_000 });
	});

	test('whose list row says everything has no detail to note', async () => {
		const before = mark(whole(open));
		const one = again(whole(open), '1;1', { before });
		expect((await read(one, paid)).after).toEqual({ ...before, open: false });
	});

	test('that nobody remembers is handed out, or told, and remembered from then on', async () => {
		const found = await read(again(row, '1;1'), paid);
		expect(found).toMatchObject({ records: [paid], unchanged: 0 });
		expect(found.after).toMatchObject({ row: mark(row).row, detail: print(paid), open: false });
		const failed = await read(again(row, '1;1'), broken);
		expect(failed.faults).toHaveLength(1);
		expect(failed.after).toMatchObject({ row: mark(row).row, detail: UNREADABLE });
	});

	test('of a state that is not wanted is forgotten', async () => {
		const one = again(row, '1;1', { before: known() });
		expect(await read(one, edited, { wanted: (record) => record !== edited })).toMatchObject({
			...{ records: [], unchanged: 0, after: null },
		});
	});

	test('that cannot be read is told once, and stays to be looked at', async () => {
		const first = await read(again(row, '1;1', { before: known() }), broken);
		expect(first).toMatchObject({ records: [], faults: [{ key: '1;1', error: broken }] });
		expect(first.after).toEqual({ ...known(), detail: UNREADABLE, checked: 1_000 });
		const second = await read(again(row, '1;1', { before: first.after! }), broken);
		expect(second.faults).toEqual([]);
		const owed = again(row, '1;1', {
			...{ before: first.after!, owed: { key: '1;1', verify: false } },
		});
		const third = await read(owed, broken);
		expect(third.faults).toHaveLength(1);
		expect(third.asked).toEqual(['complete 1;1 or not']);
	});

	test('without a key of its own is remembered as it was', async () => {
		const bad = malformed('#1');
		const before = mark(bad);
		const owed = { key: '#1', verify: false };
		const one = again(bad, '#1', { before, owed });
		expect(await read(one)).toMatchObject({ faults: [{ key: '#1' }], after: before });
	});

	test('of which the list knows a part, and the detail no more, stays so', async () => {
		const before = known({ alone: false });
		expect((await read(again(row, '1;1', { before }), edited)).after).toMatchObject({
			alone: false,
		});
		const reader = readerOf();
		reader.details.set('1;1', edited);
		reader.dependent.add(edited);
		const one = again(row, '1;1', { before: known() });
		await readBatch(parts(reader), [], [one]);
		expect(one.after!.alone).toBe(false);
		const alone = again(row, '1;1', { before: known() });
		reader.dependent.clear();
		await readBatch(parts(reader), [], [alone]);
		expect(alone.after!.alone).toBe(true);
	});
});

test('changed rows, those looked at again and those owed are each read in a request of their own', async () => {
	const reader = readerOf();
	const rows = ['1;1', '1;2', '1;3', '1;4', '1;5'].map((key) => summary(document(key, STAMP)));
	const [first, second, third, fourth] = rows;
	for (const row of rows) reader.keyed.set(row.key, row.record!);
	const batch = await readBatch(
		parts(reader),
		[changed(first!), changed(second!)],
		[
			again(null, '1;5', { before: mark(rows[4]!) }),
			again(third!, '1;3', { before: mark(third!) }),
			again(fourth!, '1;4', { before: mark(fourth!), owed: { key: '1;4', verify: true } }),
		],
	);
	expect(reader.asked).toEqual(['complete 1;1 1;2 1;3', 'complete 1;4 or not', 'by key 1;5']);
	expect(batch.records.map(({ key }) => key)).toEqual(['1;1', '1;2', '1;5', '1;3', '1;4']);
});
