import {
	bareList,
	type EntityProfile,
	type ListSource,
} from '../../../lib/gp/profiles/site-profile';
import { resolveProfile } from '../../../lib/gp/site';
import { tables } from '../support/services';
import { STAMP, header, COMPANY, readerOf, tablesOf } from '../support/one-company';

describe('the lists of an entity', () => {
	test('are read one after the other, in the direction in which documents move', async () => {
		const { list, asked, reader } = readerOf(tables(COMPANY));
		const { keys, end, rows } = await list();
		expect([keys, end]).toEqual(['1;1 1;2 1;3 1;4', { proven: true, by: 'nothingBehind' }]);
		expect(tablesOf(asked)).toBe('PM10000 PM20000 PM30200');
		expect(reader.paths()).toEqual(['PM10000', 'PM20000', 'PM30200']);
		expect(rows[0]).toMatchObject({ record: { state: 'unposted' }, pending: { source: 0 } });
		expect(rows.at(-1)).toMatchObject({ record: { state: 'history' }, pending: { source: 2 } });
	});

	test('are those of the states that are read; the rows keep the place of their own list', async () => {
		const site = { profile: { transactionStates: ['history' as const] } };
		const { list, reader, asked } = readerOf(tables(COMPANY), 'payable', site);
		expect((await list()).rows[0]).toMatchObject({ key: '1;4', pending: { source: 2 } });
		expect([reader.paths(), tablesOf(asked)]).toEqual([['PM30200'], 'PM30200']);
		const none = readerOf(tables(COMPANY), 'payable', { profile: { transactionStates: [] } });
		expect(none.reader.paths()).toEqual([]);
		expect((await none.list()).end).toEqual({ proven: true, by: 'nothingBehind' });
		// A list that is of no state is read whatever states are.
		const one = (settings: EntityProfile) => ({ ...settings, lists: [bareList('ALL')] });
		expect(readerOf(tables({}), 'payable', site, one).reader.paths()).toEqual(['ALL']);
		const firms = readerOf(tables({}), 'vendor', { profile: { transactionStates: [] } });
		expect(firms.reader.paths()).toEqual(['PM00200']);
	});

	test('are not proven where one is not, and that is named', async () => {
		const cut = Array.from({ length: 50 }, (_, index) => header(`C${index}`));
		const { list } = readerOf(({ path }) => (path === 'PM20000' ? cut : []), 'payable', {
			profile: { query: { dialect: 'none' } },
		});
		expect((await list()).end).toEqual({
			...{ proven: false, why: expect.stringMatching(/^PM20000: exactly 50 rows/) },
		});
	});

	test('are asked for as much as wanted at once', async () => {
		const { list, asked } = readerOf(tables(COMPANY));
		await list({}, { pageSize: 7, few: true });
		expect(asked.every((one) => one.includes('$top=7'))).toBe(true);
	});

	test('in which two rows of one answer clash give a fault for both', async () => {
		const twice = { ...COMPANY, PM20000: [header('2'), header('2', { DOCAMNT: 9 })] };
		const { rows } = await readerOf(tables(twice)).list();
		expect(rows.filter(({ key }) => key === '1;2').every(({ fault }) => fault !== null)).toBe(true);
	});
});

describe('rows to which other tables add columns', () => {
	const accounts = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			...{ ACTINDX: index, ACTDESCR: 'Concrete', ACTIVE: 1, ACCTTYPE: 1, PSTNGTYP: 1, ACCATNUM: 3 },
			DEX_ROW_TS: STAMP,
		}));
	const chart = (count: number) => ({
		GL00100: accounts(count),
		GL00105: accounts(count).map(({ ACTINDX }) => ({ ACTINDX, ACTNUMST: `000-${ACTINDX}` })),
		GL00102: [{ ACCATNUM: 3, ACCATDSC: 'Job cost' }],
	});

	test('are joined before they are read', async () => {
		const { rows, end } = await readerOf(tables(chart(2)), 'account').list();
		expect(rows.map(({ record }) => record)).toMatchObject([
			{ key: '000-0', account: '000-0' },
			{ key: '000-1', account: '000-1' },
		]);
		expect(end.proven).toBe(true);
	});

	test('are told apart by what they say while the list is paged', async () => {
		const site = { profile: { query: { pageSize: 10 } } };
		const { rows, end } = await readerOf(tables(chart(25)), 'account', site).list();
		expect([rows.length, end]).toEqual([25, { proven: true, by: 'nothingBehind' }]);
	});

	test('come in parts, whatever the pages of the service', async () => {
		const listing = readerOf(tables(chart(501)), 'account', {
			profile: { query: { dialect: 'none' } },
		}).reader.list({});
		const sizes: number[] = [];
		for await (const page of listing) sizes.push(page.length);
		expect(sizes).toEqual([500, 1]);
		sizes.length = 0;
		const whole = readerOf(tables(chart(500)), 'account', {
			profile: { query: { dialect: 'none' } },
		}).reader.list({});
		for await (const page of whole) sizes.push(page.length);
		expect(sizes).toEqual([500]);
	});

	test('of which the list is not proven say so', async () => {
		const { end } = await readerOf(tables(chart(50)), 'account', {
			profile: { query: { dialect: 'none' } },
		}).list();
		expect(end).toMatchObject({ proven: false });
	});
});

describe('a list row that does not tell whether its document is voided', () => {
	const { VOIDED: _, ...untold } = header('1');
	const row = async (details: EntityProfile['details'], more: Partial<ListSource> = {}) => {
		const source = { ...bareList('PM20000'), assign: { TransactionState: 'Open' }, ...more };
		const { list } = readerOf(tables({ PM20000: [untold] }), 'payable', {}, (settings) => ({
			...{ ...settings, lists: [source], details },
		}));
		const [found] = (await list()).rows;
		return { fault: found!.fault !== null, pending: found!.pending !== null };
	};
	const { children } = resolveProfile({ profileName: 'odata' }).entities.payable.lists[1]!;

	test('is a fault where it is all there is', async () => {
		expect(await row('never')).toEqual({ fault: true, pending: false });
		expect(await row('auto')).toEqual({ fault: true, pending: false });
	});

	test('is none where more is to come, or nothing more is wanted', async () => {
		expect(await row('auto', { children })).toEqual({ fault: false, pending: true });
		expect(await row('notWanted')).toEqual({ fault: false, pending: false });
	});
});

test('list rows are all there is where details are not wanted', async () => {
	const source: ListSource = { ...bareList('PM20000'), assign: { TransactionState: 'Open' } };
	const { list } = readerOf(tables({ PM20000: [header('1')] }), 'payable', {}, (settings) => ({
		...{ ...settings, lists: [source], details: 'notWanted' as const },
	}));
	const { rows } = await list();
	expect(rows).toMatchObject([{ key: '1;1', fault: null, pending: null }]);
});
