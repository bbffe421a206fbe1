import { GpRecordMalformed } from '../../../lib/gp/errors/gp-error';
import { GpRecordNotFound } from '../../../lib/gp/errors/refusals';
import { SHIPPED_PROFILES } from '../../../lib/gp/profiles/shipped-profiles';
import type { ListedRow } from '../../../lib/gp/reading/pages';
import {
	deletedKeys,
	listKeys,
	type ListOptions,
	listRecords,
	readByKeys,
} from '../../../lib/gp/reading/read-records';
import type { GpRecord } from '../../../lib/model/gp-records';
import { FakeReader } from '../support/fake-reader';
import { firm, malformed, whole } from '../support/listed-rows';

const notFound = (key: string) => new GpRecordNotFound({ entity: 'vendor', key });
const broken = new GpRecordMalformed({ entity: 'vendor' }, 'its name', 'is none');
const CUT = { proven: false, why: 'exactly 100 rows came' } as const;
const END = { proven: true, by: 'nothingBehind' } as const;

describe('a list for people', () => {
	const rows = [
		whole(firm('A', '2026-05-01', 'ACME')),
		whole(firm('B', '2026-05-02', 'Bolt & Co')),
		malformed('#1'),
		whole(firm('C', '2026-05-03', 'Acme Steel')),
		whole(firm('D', null, 'Dunn')),
	];
	const list = async (
		options: ListOptions = {},
		pages: ListedRow[][] = [rows],
		wanted: (record: GpRecord) => boolean = () => true,
	) => {
		const reader = new FakeReader(notFound);
		reader.pages = pages;
		const { records, faults, completeness } = await listRecords(
			...([reader, SHIPPED_PROFILES.sba, options, wanted] as const),
		);
		return {
			...{
				keys: records.map(({ key }) => String(key)).join(' '),
				faults: faults.length,
				completeness,
			},
			asked: reader.asked.map((one) => one.replace(/^list /, '')),
		};
	};

	test('holds every record once, in the order they came, and what is wrong with the others', async () => {
		const newer = whole(firm('A', '2026-06-01', 'ACME Inc.'));
		expect(await list({}, [rows, [newer]])).toEqual({
			...{ keys: 'A B C D', faults: 1, completeness: END },
			asked: ['{"since":null,"until":null}', 'complete A B #1 C D'],
		});
	});

	test('ends with the page on which there were as many as wanted, a record counted once', async () => {
		const pagesFor = async (limit: number) => {
			const reader = new FakeReader(notFound);
			reader.pages = [[rows[0]!], [rows[0]!], [rows[1]!], [rows[3]!]];
			let last = 0;
			reader.onPage = (page) => (last = page);
			await listRecords(reader, SHIPPED_PROFILES.sba, { limit }, () => true);
			return last + 1;
		};
		expect([await pagesFor(1), await pagesFor(2), await pagesFor(3)]).toEqual([1, 3, 4]);
	});

	test('asked for none nothing is read', async () => {
		expect(await list({ limit: 0 })).toEqual({
			keys: '',
			faults: 0,
			completeness: null,
			asked: [],
		});
		expect(await list({ limit: -1 })).toMatchObject({ keys: '', asked: [] });
	});

	test('holds as many as wanted, malformed ones not counted, and reads no further page', async () => {
		const { keys, asked, completeness } = await list({ limit: 2 }, [rows.slice(0, 2), rows]);
		expect([keys, completeness]).toEqual(['A B', null]);
		expect(asked[1]).toBe('complete A B');
		expect(await list({ limit: 3 }, [rows])).toMatchObject({ keys: 'A B C' });
		const twice = await list({ limit: 2 }, [[rows[0]!, rows[0]!], [rows[3]!], [rows[4]!]]);
		expect(twice.keys).toBe('A C');
	});

	test.each([
		[1, 50],
		[50, 50],
		[70, 70],
		[9_000, SHIPPED_PROFILES.sba.query.pageSize],
	])('of %i records asks for pages of %i', async (limit, pageSize) => {
		expect((await list({ limit })).asked[0]).toBe(
			JSON.stringify({ since: null, until: null, few: true, pageSize }),
		);
	});

	test.each<[string, ListOptions, string]>([
		['since a day', { modifiedSince: '2026-05-02' }, 'B C D'],
		['until a day', { modifiedUntil: '2026-05-02' }, 'A B D'],
		['of one day', { modifiedSince: '2026-05-02', modifiedUntil: '2026-05-02' }, 'B D'],
		['by name, in whatever case', { search: ' acme ' }, 'A C'],
		['by key', { search: 'b' }, 'B'],
		['by nothing', { search: ' ' }, 'A B C D'],
	])('%s', async (_what, options, keys) => {
		expect(await list(options)).toMatchObject({ keys });
	});

	test('is asked for a day more on both sides, and for the text without blanks around it', async () => {
		const options = { modifiedSince: '2026-05-02', modifiedUntil: '2026-05-03', search: ' Acme ' };
		expect((await list(options)).asked[0]).toBe(
			JSON.stringify({ since: '2026-05-01', until: '2026-05-04', search: 'Acme' }),
		);
	});

	test('shows no malformed row where something is searched for', async () => {
		const asked = async (options: ListOptions) => (await list(options)).asked[1];
		expect(await asked({ search: 'acme' })).toBe('complete A C');
		expect(await asked({ modifiedSince: '2026-05-03' })).toBe('complete #1 C D');
	});

	test('leaves out what is not wanted', async () => {
		expect(await list({}, [rows], ({ key }) => key !== 'B')).toMatchObject({ keys: 'A C D' });
	});

	test('refuses a day that is none, by its name', async () => {
		await expect(list({ modifiedSince: 'soon' })).rejects.toThrow('"modified since"');
		await expect(list({ modifiedUntil: 'soon' })).rejects.toThrow('"modified until"');
	});

	test('tells records that could not be completed apart from those that could', async () => {
		const reader = new FakeReader(notFound);
		reader.pages = [rows.slice(0, 2)];
		reader.details.set('A', broken);
		const found = await listRecords(reader, SHIPPED_PROFILES.sba, {}, () => true);
		expect(found).toMatchObject({ records: [{ key: 'B' }], faults: [broken] });
	});
});

test('the keys of a list are told each once, with whether they are all', async () => {
	const reader = new FakeReader(notFound);
	reader.pages = [[whole(firm('A', null)), malformed('#1')], [whole(firm('A', null))]];
	reader.completeness = CUT;
	expect(await listKeys(reader)).toEqual({ keys: ['A', '#1'], completeness: CUT });
	expect(reader.asked).toEqual(['list {}']);
});

describe('records by their keys', () => {
	const read = async (keys: string[], listed?: { keys: string[]; proven?: boolean }) => {
		const reader = new FakeReader(notFound);
		reader.keyed.set('A', firm('A', null)).set('B', broken);
		let lists = 0;
		const listing = async () => {
			lists += 1;
			if (!listed) throw new Error('nobody asked for the list');
			return await Promise.resolve({
				...{ keys: listed.keys, completeness: listed.proven === false ? CUT : END },
			});
		};
		const { records, faults, gone } = await readByKeys(
			{ entity: 'vendor', reader, listKeys: listing },
			keys,
		);
		return {
			...{ records: records.map(({ key }) => key), gone, lists, asked: reader.asked },
			faults: faults.map(({ key, label }) => [key, label]),
		};
	};

	test('come each once, as they were spelled, and faults beside them', async () => {
		expect(await read(['a', ' A ', '', ' ', 'B'])).toEqual({
			...{ records: ['A'], gone: [], lists: 0, asked: ['by key A B'] },
			faults: [['B', 'vendor B']],
		});
	});

	test('of which GP has none are gone where the whole list, which is not empty, lacks them', async () => {
		const gone = await read(['A', 'X', 'Y'], { keys: ['A', ' y '] });
		expect(gone).toMatchObject({
			...{ records: ['A'], gone: ['X'], lists: 1 },
			faults: [['Y', 'vendor Y']],
		});
	});

	test.each([
		['a list that may be cut', { keys: ['A'], proven: false }],
		['a list without any', { keys: [] }],
	])('are not gone by %s', async (_what, listed) => {
		expect(await read(['X'], listed)).toMatchObject({ gone: [], faults: [['X', 'vendor X']] });
	});

	test('of which one cannot be read', async () => {
		expect(await read(['A', 'B'])).toMatchObject({
			...{ records: ['A'], faults: [['B', 'vendor B']], gone: [], lists: 0 },
		});
	});
});

describe('keys that are gone', () => {
	const known = ['1;1', '1;2', '1;3', '1;4'];
	const present = (keys: string[]) => ({ keys, completeness: END });

	test('are compared in whatever spelling, and named as they were noted', () => {
		expect(deletedKeys('payable', ['1;a', '1;b'], present(['1;A ']), 0.5)).toEqual(['1;b']);
	});

	test('may be as many as the share says, and not one more', () => {
		expect(deletedKeys('payable', known, present(['1;1', '1;2']), 0.5)).toEqual(['1;3', '1;4']);
		expect(() => deletedKeys('payable', known, present(['1;1']), 0.5)).toThrow(
			expect.objectContaining({ code: 'GP_LIST_IMPLAUSIBLE' }),
		);
	});

	test('are none where nothing was handled before, whatever the list', () => {
		expect(deletedKeys('payable', [], present([]), 0.5)).toEqual([]);
		expect(deletedKeys('payable', [], { keys: [], completeness: CUT }, 0.5)).toEqual([]);
	});
});
