import { GpRecordNotFound } from '../../../lib/gp/errors/refusals';
import { decodeCursor } from '../../../lib/gp/reading/checkpoint';
import {
	MOST_OWED,
	readChanges,
	type ReadChangesOptions,
	type ReadChangesParts,
} from '../../../lib/gp/reading/read-changes';
import { SHIPPED_PROFILES } from '../../../lib/gp/profiles/shipped-profiles';
import type { ChangeBatch, Watermark } from '../../../lib/model/gp-changes';
import { FakeReader } from '../support/fake-reader';
import { type FakeClock, fakeClock } from '../support/fake-clock';
import { document, firm, malformed, summary, whole } from '../support/listed-rows';

const hour = (number: number) => `2026-06-01T${String(number).padStart(2, '0')}:00:00.000Z`;
const DAY = 86_400_000;
const START = Date.parse('2026-06-01T20:00:00Z');
const EMPTY: Watermark = { since: null, seen: {} };
const CUT = { proven: false, why: 'exactly 100 rows came' } as const;

let companies = 0;
/** One entity of a company of its own: listings are remembered by their owner. */
class Site {
	readonly reader = new FakeReader((key) => new GpRecordNotFound({ entity: 'payable', key }));
	readonly clock: FakeClock = fakeClock(START);
	readonly owner = `company ${(companies += 1)}`;
	distrusted = 0;
	parts: Partial<ReadChangesParts> = {};

	constructor(private readonly entity: 'vendor' | 'payable' = 'vendor') {}

	async read(options: Partial<ReadChangesOptions> = {}): Promise<ChangeBatch> {
		return await readChanges(
			{
				...{ entity: this.entity, company: 'TWO', owner: this.owner, reader: this.reader },
				...{ profile: SHIPPED_PROFILES.sba, effects: this.clock },
				requests: () => this.reader.asked.length,
				distrustFilter: () => (this.distrusted += 1),
				wanted: () => true,
				doubts: () => undefined,
				...this.parts,
			},
			{ watermark: EMPTY, limit: 10, cursor: null, ...options },
		);
	}
}
const keys = ({ records }: ChangeBatch) => records.map(({ key }) => key);
const firms = (count: number) =>
	Array.from({ length: count }, (_, index) => whole(firm(`V${index}`, hour(index + 1))));
const listings = ({ asked }: FakeReader) =>
	asked.filter((one) => one.startsWith('list')).map((one) => JSON.parse(one.slice(5)) as object);

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

describe('a list is asked for', () => {
	const asked = async (
		options: Partial<ReadChangesOptions>,
		parts: Partial<ReadChangesParts> = {},
		entity: 'vendor' | 'payable' = 'vendor',
	) => {
		const site = new Site(entity);
		site.parts = parts;
		await site.read(options);
		return listings(site.reader);
	};
	const since = { since: hour(9), seen: {} };
	const { sba } = SHIPPED_PROFILES;

	test('from the overlap before the watermark on', async () => {
		expect(await asked({ watermark: since })).toEqual([
			{ since: '2026-06-01T08:45:00.000Z', until: null },
		]);
	});

	test('whole where the entity has no stamp', async () => {
		const vendor = { ...sba.entities.vendor, stampField: null };
		const profile = { ...sba, entities: { ...sba.entities, vendor } };
		expect(await asked({ watermark: since }, { profile })).toEqual([{ since: null, until: null }]);
	});

	test('for a range a day wider on both sides, an open end open', async () => {
		expect(await asked({ from: '2026-05-10', until: '2026-05-20' })).toEqual([
			{ since: '2026-05-09', until: '2026-05-21' },
		]);
		expect(await asked({ watermark: since, until: '2026-05-20' })).toEqual([
			{ since: null, until: '2026-05-21' },
		]);
		expect(await asked({ from: '2026-05-10' })).toEqual([{ since: '2026-05-09', until: null }]);
	});

	test.each(['from', 'until'] as const)('not with a day in "%s" that is none', async (side) => {
		await expect(asked({ [side]: 'soon' })).rejects.toMatchObject({ details: { setting: side } });
		await expect(asked({ watermark: { since: 'soon', seen: {} } })).rejects.toMatchObject({
			details: { setting: 'watermark' },
		});
	});

	const listedAt = (minutesAgo: number) => ({
		...{ since: hour(9), seen: { '': (START / 60_000 - minutesAgo).toString(36) } },
	});
	const WHOLE = { since: null, until: null };
	const FILTERED = { since: '2026-06-01T08:45:00.000Z', until: null };

	test('of documents whole once a day', async () => {
		const documents = async (watermark: Watermark, parts = {}) =>
			(await asked({ watermark }, parts, 'payable'))[0];
		expect(await documents(since)).toEqual(WHOLE);
		expect(await documents(listedAt(24 * 60))).toEqual(WHOLE);
		expect(await documents(listedAt(24 * 60 - 1))).toEqual(FILTERED);
		const needed = { ...listedAt(5), seen: { ...listedAt(5).seen, '1;1': 'r.d.1.1.kl' } };
		expect(await documents(needed)).toEqual(WHOLE);
		const never = { ...sba, recheck: { recentPerRun: 5, openPerRun: 0 } };
		expect(await documents(since, { profile: never })).toEqual(FILTERED);
	});

	test('not whole for a range, nor for vendors, nor where the caller remembers no open ones', async () => {
		expect(await asked({ from: '2026-05-10' }, {}, 'payable')).toEqual([
			{ since: '2026-05-09', until: null },
		]);
		expect(await asked({ watermark: since }, {})).toEqual([FILTERED]);
		const recheck = { keepOpen: false };
		expect(await asked({ watermark: since, recheck }, {}, 'payable')).toEqual([FILTERED]);
	});
});

describe('a filter that swallows what was there a moment ago', () => {
	test('is not used again: the list is read whole, and its time counts from then', async () => {
		const site = new Site();
		site.reader.pages = [firms(3)];
		const { watermark } = (await site.read()).checkpoint;
		const rows = site.reader.pages;
		site.reader.pages = [];
		site.reader.onPage = () => site.clock.advance(3_600_000);
		const { list } = site.reader;
		site.reader.list = (filter, options) => {
			if (filter.since === null) site.reader.pages = [[...rows[0]!, whole(firm('NEW', hour(4)))]];
			return list(filter, options);
		};
		const batch = await site.read({ watermark });
		expect(keys(batch)).toEqual(['NEW']);
		expect(site.distrusted).toBe(1);
		expect(listings(site.reader).slice(1)).toEqual([
			{ since: '2026-06-01T02:45:00.000Z', until: null },
			{ since: null, until: null },
		]);
		expect(batch.checkpoint.watermark.since).toBe(hour(3));
	});

	test('is trusted as long as it gives one of them', async () => {
		const site = new Site();
		site.reader.pages = [firms(3)];
		const { watermark } = (await site.read()).checkpoint;
		await site.read({ watermark });
		expect(site.distrusted).toBe(0);
		expect(listings(site.reader)).toHaveLength(2);
	});
});

describe('the watermark', () => {
	test('stays where a list may be cut, and the checkpoint says so, with doubts about other tables', async () => {
		const site = new Site();
		site.reader.pages = [firms(3)];
		site.reader.completeness = CUT;
		site.parts = { doubts: () => ({ proven: false, why: 'PM10100: cut' }) };
		const { checkpoint } = await site.read({ watermark: { since: hour(1), seen: {} } });
		expect(checkpoint.watermark.since).toBe(hour(1));
		expect(checkpoint.completeness).toEqual({
			...{ proven: false, why: 'exactly 100 rows came; PM10100: cut' },
		});
	});

	test('is kept back by the time the list took', async () => {
		const site = new Site();
		site.reader.pages = [firms(2), [whole(firm('Z', hour(9)))]];
		site.reader.onPage = () => site.clock.advance(30 * 60_000);
		expect((await site.read()).checkpoint.watermark.since).toBe(hour(8));
	});

	test('notes that the whole list was read, where it was', async () => {
		const site = new Site('payable');
		site.reader.pages = [[whole(document('1;1', hour(9)))]];
		const { watermark } = (await site.read()).checkpoint;
		expect(watermark.seen['']).toBe((START / 60_000).toString(36));
		site.clock.advance(3_600_000);
		const hourly = (await site.read({ watermark })).checkpoint;
		expect(hourly.watermark.seen['']).toBe(watermark.seen['']);
		const ranged = await site.read({ watermark, from: '2026-06-01' });
		expect(ranged.checkpoint.watermark).toEqual(watermark);
	});

	test('of older versions is read whatever the spelling of its keys and of its date', async () => {
		const site = new Site();
		site.reader.pages = [[whole(firm('ACME', hour(9)))]];
		const { seen } = (await site.read()).checkpoint.watermark;
		const watermark = { since: '2026-06-01 09:00', seen: { 'acme ': seen.ACME! } };
		const again = await site.read({ watermark });
		expect(again.records).toEqual([]);
		expect(again.checkpoint.watermark).toEqual({ since: hour(9), seen });
		const bare = await site.read({ watermark: { since: hour(9) } as Watermark });
		expect(keys(bare)).toEqual(['ACME']);
	});
});

describe('records owed from earlier runs', () => {
	test('are a hundred at most in one run, and none once it goes on', async () => {
		const site = new Site('payable');
		const owed = Array.from({ length: MOST_OWED + 1 }, (_, at) => ({
			key: `1;${at}`,
			verify: false,
		}));
		for (const { key } of owed) site.reader.keyed.set(key, document(key, hour(1)));
		const batch = await site.read({ owed, limit: 500 });
		expect(batch.records).toHaveLength(MOST_OWED);
		expect(keys(batch)).not.toContain(`1;${MOST_OWED}`);
		expect(batch.checkpoint.recheck).toMatchObject({ read: 0 });
	});

	test('that are gone are named, where the whole list was shown to come', async () => {
		const site = new Site('payable');
		const owed = [{ key: '1;9', verify: true }];
		site.reader.pages = [[whole(document('1;1', hour(9)))]];
		expect(await site.read({ owed })).toMatchObject({ gone: ['1;9'] });
		site.reader.completeness = CUT;
		const cut = await site.read({ owed });
		expect(cut).not.toHaveProperty('gone');
		expect(cut.faults).toMatchObject([{ key: '1;9' }]);
	});
});

test('open documents are looked at again as often as told, by the profile or by the caller', async () => {
	const site = new Site('payable');
	site.reader.pages = [['1;1', '1;2', '1;3'].map((key) => summary(document(key, hour(9))))];
	const { watermark } = (await site.read()).checkpoint;
	const looked = async (recheck: ReadChangesOptions['recheck'], at = watermark) => {
		site.clock.advance(DAY / 24);
		return (await site.read({ watermark: at, recheck })).checkpoint.recheck!.read;
	};
	expect(await looked(undefined)).toBe(3);
	expect(await looked({ recentPerRun: 1 })).toBe(1);
	expect(await looked({ recentPerRun: 0, openPerRun: 0 })).toBe(0);
	expect(await looked({ afterMinutes: 100_000 })).toBe(0);
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

describe('an open document that a listing does not have', () => {
	const kept = { '': '1', '1;7': 'r.d.1.1.ok' };
	const asked = async (seen: Record<string, string>, completeness?: typeof CUT) => {
		const site = new Site('payable');
		site.reader.keyed.set('1;7', document('1;7', hour(1)));
		if (completeness) site.reader.completeness = completeness;
		await site.read({ watermark: { since: hour(9), seen } });
		return site.reader.asked.slice(1);
	};

	test('is read by its key, unless the whole list was shown to come without it', async () => {
		expect(await asked(kept)).toEqual([]);
		expect(await asked(kept, CUT)).toEqual(['by key 1;7']);
		const hourly = { ...kept, '': (START / 60_000).toString(36) };
		expect(await asked(hourly)).toEqual(['by key 1;7']);
	});
});
