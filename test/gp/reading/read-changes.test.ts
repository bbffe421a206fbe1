import { decodeCursor } from '../../../lib/gp/reading/checkpoint';
import type { ChangeBatch } from '../../../lib/model/gp-changes';
import { document, firm, malformed, summary, whole } from '../support/listed-rows';
import { hour, EMPTY, Site, keys, firms, listings } from '../support/site-of-changes';

test.each([0, -1, 1.5, NaN])(
	'a batch of %d rows is refused before anything is asked',
	async (limit) => {
		const site = new Site();
		await expect(site.read({ limit })).rejects.toMatchObject({
			code: 'GP_SETTING_INVALID',
			details: { setting: 'batch size' },
		});
		expect(site.reader.asked).toEqual([]);
	},
);

describe('the first batch of a run', () => {
	test('hands out what changed, and says how far reading is', async () => {
		const site = new Site();
		site.reader.pages = [firms(2)];
		const batch = await site.read({ limit: 1 });
		expect(keys(batch)).toEqual(['V0']);
		const { cursor, ...checkpoint } = batch.checkpoint;
		expect(checkpoint).toEqual({
			...{ kind: 'checkpoint', entity: 'vendor', company: 'TWO', more: true },
			watermark: { since: hour(1), seen: { V0: expect.any(String) } },
			counts: { read: 2, unchanged: 0, requests: 2 },
			completeness: { proven: true, by: 'nothingBehind' },
			recheck: { open: 0, openRuns: 0, closed: 0, closedRuns: 0, listed: 0, read: 0 },
		});
		expect(decodeCursor(cursor!)).toMatchObject({ offset: 1, stamp: hour(1), key: 'V0' });
		expect(batch).not.toHaveProperty('faults');
		expect(batch).not.toHaveProperty('gone');
	});

	test('counts what is as it was', async () => {
		const site = new Site();
		site.reader.pages = [firms(2)];
		const { checkpoint } = await site.read();
		expect(checkpoint).toMatchObject({ more: false, cursor: null });
		const again = await site.read({ watermark: checkpoint.watermark });
		expect(again.records).toEqual([]);
		// Of V0 nothing is remembered any more: it lies before the overlap.
		expect(again.checkpoint.counts).toMatchObject({ read: 2, unchanged: 1 });
	});

	test('leaves out what nobody wants, before its details are asked for; what is malformed comes', async () => {
		const site = new Site();
		site.reader.pages = [[...firms(3), malformed('#1')]];
		site.parts = { wanted: ({ key }) => key !== 'V0' };
		const batch = await site.read({ only: ({ key }) => key !== 'V1' });
		expect(keys(batch)).toEqual(['V2']);
		expect(batch.faults).toMatchObject([{ key: '#1' }]);
		expect(site.reader.asked[1]).toBe('complete #1 V2');
		expect(batch.checkpoint.counts.read).toBe(2);
	});
});

describe('the batches behind it', () => {
	test('work the same listing off, to its end', async () => {
		const site = new Site();
		site.reader.pages = [firms(5)];
		const first = await site.read({ limit: 2 });
		const { watermark, cursor } = first.checkpoint;
		const second = await site.read({ limit: 2, watermark, cursor });
		expect(keys(second)).toEqual(['V2', 'V3']);
		expect(second.checkpoint).toMatchObject({
			...{ more: true, counts: { read: 0, unchanged: 0, requests: 1 } },
			watermark: { since: hour(4) },
		});
		expect(second.checkpoint).not.toHaveProperty('recheck');
		const last = await site.read({ limit: 2, watermark, cursor: second.checkpoint.cursor });
		expect(keys(last)).toEqual(['V4']);
		expect(last.checkpoint).toMatchObject({
			more: false,
			cursor: null,
			watermark: { since: hour(5) },
		});
		expect(listings(site.reader)).toHaveLength(1);
		const [one, other] = [cursor!, second.checkpoint.cursor!].map((text) => decodeCursor(text));
		expect(other!.token).toBe(one!.token);
		// Worked off, it is let go: the same cursor again has the list read anew.
		await site.read({ limit: 2, watermark, cursor: second.checkpoint.cursor });
		expect(listings(site.reader)).toHaveLength(2);
	});

	test('read anew hand out what was committed late, once the watermark moved', async () => {
		const site = new Site();
		site.reader.pages = [firms(5)];
		const first = await site.read({ limit: 2 });
		site.clock.advance(31 * 60_000);
		site.reader.pages[0]!.push(whole(firm('LATE', '2026-06-01T01:55:00.000Z')));
		const { watermark, cursor } = first.checkpoint;
		expect(keys(await site.read({ watermark, cursor }))).toEqual(['LATE', 'V2', 'V3', 'V4']);
		const dry = await site.read({ cursor });
		expect(keys(dry)).toEqual(['V2', 'V3', 'V4']);
	});

	test('read anew have nothing owed or looked at again: that has its turn in the next run', async () => {
		const site = new Site('payable');
		site.reader.pages = [['1;1', '1;2'].map((key) => summary(document(key, hour(9))))];
		const { watermark } = (await site.read()).checkpoint;
		const owed = [{ key: '1;9', verify: false }];
		const first = await site.read({ watermark, owed, limit: 1 });
		expect(decodeCursor(first.checkpoint.cursor!)).toMatchObject({
			offset: 1,
			stamp: null,
			key: '',
		});
		site.clock.advance(31 * 60_000);
		site.reader.asked.length = 0;
		const rest = await site.read({ watermark, owed, cursor: first.checkpoint.cursor });
		expect(rest).toMatchObject({ records: [], checkpoint: { more: false } });
		expect(site.reader.asked).toHaveLength(1);
	});

	test('with nothing changed before go on with what is looked at again', async () => {
		const site = new Site('payable');
		site.reader.pages = [['1;1', '1;2'].map((key) => summary(document(key, hour(9))))];
		const { watermark } = (await site.read()).checkpoint;
		const first = await site.read({ watermark, limit: 1 });
		expect(first.checkpoint.counts).toMatchObject({ read: 2, unchanged: 1 });
		const { cursor } = first.checkpoint;
		const second = await site.read({ watermark, limit: 1, cursor });
		expect(second.checkpoint).toMatchObject({ more: false, counts: { read: 0, unchanged: 1 } });
		expect(site.reader.asked.slice(-2)).toEqual(['complete 1;1', 'complete 1;2']);
	});

	test('take the listing again where it is gone, from the watermark that was reached', async () => {
		const site = new Site();
		site.reader.pages = [firms(5)];
		const first = await site.read({ limit: 2 });
		site.clock.advance(31 * 60_000);
		const { watermark, cursor } = first.checkpoint;
		const second = await site.read({ limit: 2, watermark, cursor });
		expect(keys(second)).toEqual(['V2', 'V3']);
		expect(second.checkpoint.counts.read).toBe(5);
		expect(second.checkpoint).not.toHaveProperty('recheck');
		const third = await site.read({
			watermark: second.checkpoint.watermark,
			cursor: second.checkpoint.cursor,
		});
		expect(keys(third)).toEqual(['V4']);
	});

	test('are given again from the same listing; one before them, whose rows were let go of, from another', async () => {
		const site = new Site();
		site.reader.pages = [firms(5)];
		const first = await site.read({ limit: 2 });
		const { watermark, cursor } = first.checkpoint;
		const second = await site.read({ limit: 2, watermark, cursor });
		expect(keys(await site.read({ limit: 2, watermark, cursor }))).toEqual(['V2', 'V3']);
		const behind = second.checkpoint;
		await site.read({ limit: 1, watermark: behind.watermark, cursor: behind.cursor });
		expect(listings(site.reader)).toHaveLength(1);
		expect(keys(await site.read({ limit: 2, watermark, cursor }))).toEqual(['V2', 'V3']);
		expect(listings(site.reader)).toHaveLength(2);
	});

	test('of a run that moves no watermark go on behind the row handed out last', async () => {
		const site = new Site();
		site.reader.pages = [firms(5)];
		const first = await site.read({ limit: 2 });
		site.clock.advance(31 * 60_000);
		const second = await site.read({ limit: 2, cursor: first.checkpoint.cursor });
		expect(keys(second)).toEqual(['V2', 'V3']);
		const range = { from: '2026-05-01' };
		const filled = await site.read({ limit: 2, ...range });
		site.clock.advance(31 * 60_000);
		const rest = await site.read({ cursor: filled.checkpoint.cursor, ...range });
		expect(keys(rest)).toEqual(['V2', 'V3', 'V4']);
	});

	test('read what is owed and looked at again behind what changed, once each', async () => {
		const site = new Site('payable');
		site.reader.pages = [['1;1', '1;2', '1;3'].map((key) => summary(document(key, hour(9))))];
		const run = await site.read({ watermark: EMPTY });
		site.reader.pages[0]!.unshift(summary(document('1;0', hour(9))));
		const { watermark } = run.checkpoint;
		site.reader.asked.length = 0;
		const owed = [{ key: '1;3', verify: false }];
		const sizes: string[] = [];
		let cursor: string | null = null;
		do {
			const batch: ChangeBatch = await site.read({ watermark, cursor, owed, limit: 2 });
			if (cursor === null) expect(batch.checkpoint.recheck).toMatchObject({ read: 2 });
			({ cursor } = batch.checkpoint);
			sizes.push(keys(batch).join(' '));
		} while (cursor !== null);
		expect(sizes).toEqual(['1;0 1;3', '']);
		expect(site.reader.asked).toEqual([
			'list {"since":"2026-06-01T08:45:00.000Z","until":null}',
			...['complete 1;0', 'complete 1;3 or not', 'complete 1;1 1;2'],
		]);
	});

	test('are refused with a cursor that is none', async () => {
		await expect(new Site().read({ cursor: 'abc' })).rejects.toThrow('cursor');
	});
});

test('what is taken as found is no change, where the caller wants a baseline', async () => {
	const site = new Site('payable');
	site.reader.pages = [[summary(document('1;1', hour(9)))]];
	const seen = { '1;1': document('1;1', hour(9)).hash.slice(0, 12) };
	const read = async (baseline: boolean) =>
		keys(await site.read({ watermark: { since: hour(9), seen }, recheck: { baseline } }));
	expect(await read(true)).toEqual([]);
	expect(await read(false)).toEqual(['1;1']);
	expect(keys(await site.read({ watermark: { since: hour(9), seen } }))).toEqual(['1;1']);
});
