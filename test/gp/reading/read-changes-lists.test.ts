import {
	MOST_OWED,
	type ReadChangesOptions,
	type ReadChangesParts,
} from '../../../lib/gp/reading/read-changes';
import type { Watermark } from '../../../lib/model/gp-changes';
import { document, firm, malformed, summary, whole } from '../support/listed-rows';
import {
	hour,
	DAY,
	START,
	CUT,
	PROFILE as sba,
	Site,
	keys,
	firms,
	listings,
} from '../support/site-of-changes';

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

	test('of vendors whole once a day where some have no stamp: no filter would tell of those', async () => {
		const vendors = async (seen: Record<string, string>, options = {}) =>
			(await asked({ watermark: { since: hour(9), seen }, ...options }))[0];
		expect(await vendors({ A: 'r', B: 'r.n' })).toEqual(WHOLE);
		expect(await vendors({ '': (START / 60_000 - 60).toString(36), B: 'r.n' })).toEqual(FILTERED);
		expect(await vendors({ '': (START / 60_000 - 24 * 60).toString(36), B: 'r.n' })).toEqual(WHOLE);
		expect(await vendors({ A: 'r', B: 'r.l' })).toEqual(FILTERED);
		expect(await vendors({ B: 'r.n' }, { from: '2026-05-10' })).not.toEqual(WHOLE);
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
	test.each<[string, string[], boolean]>([
		['all came, one changed since', ['V0', 'V1', 'V2 later'], false],
		['one did not, another came as it was', ['V1', 'V2'], false],
		['one did not, another came changed since', ['V2 later'], true],
		['one did not, another came changed since, and one nobody knew', ['V2 later', 'NEW'], true],
		['none came', ['NEW'], true],
		['none came at all', [], true],
	])('%s: %j is swallowed %j', async (_what, came, isSwallowed) => {
		const site = new Site();
		// Within the overlap of a quarter of an hour before nine.
		const at = (minute: number) => `2026-06-01T08:${minute}:00.000Z`;
		site.reader.pages = [[0, 1, 2].map((one) => whole(firm(`V${one}`, at(50 + one))))];
		const { watermark } = (await site.read()).checkpoint;
		const rows = came.map((name) => {
			const [key, later] = name.split(' ');
			const minute = 50 + Number(key!.slice(1));
			return whole(firm(key!, later || key === 'NEW' ? hour(10) : at(minute)));
		});
		site.reader.pages = [rows];
		await site.read({ watermark });
		expect(site.distrusted).toBe(isSwallowed ? 1 : 0);
	});

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

	test('are found in the list whatever the spelling an older version noted', async () => {
		const site = new Site('payable');
		site.reader.pages = [[summary(document('1;ABC', hour(9)))]];
		const { watermark } = (await site.read()).checkpoint;
		site.reader.asked.length = 0;
		const owed = [{ key: '1;abc ', verify: true }];
		expect(keys(await site.read({ watermark, owed }))).toEqual(['1;ABC']);
		expect(site.reader.asked.at(-1)).toBe('complete 1;ABC or not');
		const fault = { key: '#abc', verify: true };
		site.reader.pages = [[malformed('#ABC')]];
		expect((await site.read({ owed: [fault] })).faults).toMatchObject([{ key: '#ABC' }]);
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
