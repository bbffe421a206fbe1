import { createNormaliser } from '../../../lib/gp/normalise/normaliser';
import {
	bareList,
	type EntityProfile,
	type ListSource,
} from '../../../lib/gp/profiles/site-profile';
import { createEntityReader } from '../../../lib/gp/reading/entity-reader';
import type { ListedRow } from '../../../lib/gp/reading/pages';
import { type GpSite, resolveProfile } from '../../../lib/gp/site';
import type { Entity } from '../../../lib/model/desired';
import type { GpRecord } from '../../../lib/model/gp-records';
import { type Answer, type Asked, servicesOf, tables } from '../support/services';

const STAMP = '2026-04-02T10:00:00.123Z';
const header = (VCHRNMBR: string, more: object = {}) => ({
	...{ VCHRNMBR, DOCTYPE: 1, VENDORID: 'ACME', DOCNUMBR: `I-${VCHRNMBR}`, DOCAMNT: 7, VOIDED: 0 },
	...{ DOCDATE: '2026-04-01T00:00:00Z', DEX_ROW_TS: STAMP, BACHNUMB: 'B', ...more },
});
const line = (VCHRNMBR: string, DISTTYPE: number, amount = 7) => ({
	...{ VCHRNMBR, DSTSQNUM: DISTTYPE * 16_384, DISTTYPE, DSTINDX: 1, CNTRLTYP: 0 },
	...(DISTTYPE === 2 ? { DEBITAMT: 0, CRDTAMNT: amount } : { DEBITAMT: amount, CRDTAMNT: 0 }),
});
const lines = (...vouchers: string[]) => vouchers.flatMap((one) => [line(one, 2), line(one, 6)]);
const COMPANY = {
	...{ PM10000: [header('1')], PM20000: [header('2'), header('3')], PM30200: [header('4')] },
	...{ PM10100: lines('1', '2', '3'), PM30600: lines('4') },
	...{ PM10500: [], PM30700: [], GL00105: [{ ACTINDX: 1, ACTNUMST: '000-1' }], GL00102: [] },
};
const firm = (VENDORID: string, more: object = {}) => ({
	...{ VENDORID, VENDNAME: `Firm ${VENDORID}`, VENDSTTS: 1, HOLD: 0, DEX_ROW_TS: STAMP, ...more },
});

function readerOf(
	answer: (asked: Asked) => Answer,
	entity: Entity = 'payable',
	site: Partial<GpSite> = {},
	change: (settings: EntityProfile) => EntityProfile = (settings) => settings,
) {
	const given = resolveProfile({ profileName: 'odata', ...site });
	const entities = { ...given.entities, [entity]: change(given.entities[entity]) };
	const profile = { ...given, entities };
	const { services, asked } = servicesOf(answer, profile);
	const normaliser = createNormaliser(entity, profile, { companyId: 'TWO' });
	const reader = createEntityReader(services, entity, normaliser);
	const list = async (filter = {}, options = {}) => {
		const listing = reader.list(filter, options);
		const found = new Map<string, ListedRow>();
		for await (const page of listing) for (const row of page) found.set(row.key, row);
		const rows = [...found.values()];
		return { rows, end: listing.end!, keys: [...found.keys()].join(' ') };
	};
	return { reader, list, asked, services };
}
const shown = (found: Array<GpRecord | Error>) =>
	found.map((one) => (one instanceof Error ? (one as Error & { code: string }).code : one.key));
const tablesOf = (asked: string[]) => [...new Set(asked.map((one) => one.split('?')[0]))].join(' ');

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

describe('one record where there is no address for it', () => {
	test('is looked for in all lists, since it may just have moved, and comes with its lines', async () => {
		const { reader, asked } = readerOf(tables(COMPANY));
		const record = await reader.get('1;2');
		expect(record).toMatchObject({ key: '1;2', distributions: [{ type: 'payable' }, {}] });
		expect(tablesOf(asked)).toMatch(/^PM10000 PM20000 PM30200 PM10100/);
		expect(asked[0]).toContain("$filter=DOCTYPE eq 1 and VCHRNMBR eq '2'");
	});

	test('is taken from the later list where it stands in two', async () => {
		const moving = { ...COMPANY, PM30200: [header('2'), header('4')], PM30600: lines('2', '4') };
		expect(await readerOf(tables(moving)).reader.get('1;2')).toMatchObject({ state: 'history' });
	});

	test('is read no further than it takes where there is one list', async () => {
		const firms = Array.from({ length: 30 }, (_, index) => firm(`V${index}`));
		const site = { profile: { query: { pageSize: 10 } } };
		const by = tables({ PM00200: firms, PM00300: [] });
		const { reader, asked, services } = readerOf(by, 'vendor', site, (settings) => ({
			...{ ...settings, lists: [bareList('PM00200')] },
		}));
		expect(await reader.get('v3 ')).toMatchObject({ key: 'V3' });
		expect(asked).toHaveLength(1);
		expect(await reader.get('V13')).toMatchObject({ key: 'V13' });
		expect(services.doubts.size).toBe(0);
		const cut = readerOf(() => firms, 'vendor', {
			profile: { query: { dialect: 'none', cap: 30 } },
		});
		await cut.reader.get('V3');
		expect([...cut.services.doubts.keys()]).not.toContain('PM00200');
		const all = readerOf(
			({ path }) => (path === 'PM20000' ? firms.map(({ VENDORID }) => header(VENDORID)) : []),
			'payable',
			{ profile: { query: { dialect: 'none', cap: 30 } } },
		);
		await all.reader.get('1;V3').catch(() => undefined);
		expect([...all.services.doubts.keys()]).toEqual(['PM20000']);
	});

	test('is not found where no list has it', async () => {
		await expect(readerOf(tables(COMPANY)).reader.get('1;9')).rejects.toMatchObject({
			code: 'GP_RECORD_NOT_FOUND',
			details: { entity: 'payable', key: '1;9', address: expect.stringMatching(/PM10000$/) },
		});
	});

	test('that cannot be read is a fault', async () => {
		const broken = { ...COMPANY, PM20000: [header('2', { DOCAMNT: 'many' })] };
		await expect(readerOf(tables(broken)).reader.get('1;2')).rejects.toMatchObject({
			code: 'GP_RECORD_MALFORMED',
		});
	});
});

describe('records by their keys, without an address for one', () => {
	test('come in the order of the keys, several in one question; what is not there is told', async () => {
		const { reader, asked } = readerOf(tables(COMPANY));
		const found = await reader.getMany(['1;3', '1;9', '1;1', '1;4']);
		expect(shown(found)).toEqual(['1;3', 'GP_RECORD_NOT_FOUND', '1;1', '1;4']);
		expect(asked[0]).toContain("(DOCTYPE eq 1 and VCHRNMBR eq '3') or (DOCTYPE eq 1");
		expect((found[0] as { distributions: object[] }).distributions).toHaveLength(2);
	});

	test('come in any spelling', async () => {
		const { reader } = readerOf(tables({ PM00200: [firm('ACME')], PM00300: [] }), 'vendor');
		expect(shown(await reader.getMany(['acme ']))).toEqual(['ACME']);
	});

	test('that cannot be read are faults of their own', async () => {
		const broken = { ...COMPANY, PM20000: [header('2', { DOCAMNT: 'many' }), header('3')] };
		const found = await readerOf(tables(broken)).reader.getMany(['1;2', '1;3', 'no key']);
		expect(shown(found).slice(0, 2)).toEqual(['GP_RECORD_MALFORMED', '1;3']);
		expect(found[2]).toBeInstanceOf(Error);
	});

	test('of none ask for nothing', async () => {
		const { reader, asked } = readerOf(tables(COMPANY));
		expect([await reader.getMany([]), asked]).toEqual([[], []]);
	});
});

describe('records by their keys, each from its address', () => {
	const sba = (answer: (asked: Asked) => Answer) =>
		readerOf(answer, 'vendor', { profileName: 'sba' });
	const row = (VendorId: string) => ({
		...{ VendorId, Name: 'ACME', IsActive: true, IsOnHold: false, ModifiedDate: STAMP },
	});
	const keyIn = ({ path }: Asked) => /\((.*)\)$/.exec(path)?.[1];
	const NOT_FOUND = { status: 404, body: { Message: 'Record not found' } };
	const NONE = { status: 405, body: {} };
	const service =
		(detail: (key: string) => Answer, list: object[] = []) =>
		(asked: Asked): Answer => {
			const key = keyIn(asked);
			return key === undefined ? tables({ [asked.path]: list })(asked) : detail(key);
		};

	test('are not looked for in the list where each has an answer', async () => {
		const { reader, asked } = sba(service((key) => (key === 'X' ? NOT_FOUND : { body: row(key) })));
		expect(shown(await reader.getMany(['B', 'X', 'A']))).toEqual(['B', 'GP_RECORD_NOT_FOUND', 'A']);
		expect(asked).toHaveLength(3);
	});

	test('are looked for in the list where the service has no such address, from then on at once', async () => {
		const { reader, asked } = sba(service(() => NONE, ['A', 'B', 'C'].map(row)));
		expect(shown(await reader.getMany(['A', 'B', 'X']))).toEqual(['A', 'B', 'GP_RECORD_NOT_FOUND']);
		const before = asked.length;
		expect(shown(await reader.getMany(['A']))).toEqual(['A']);
		expect(await reader.get('C')).toMatchObject({ key: 'C' });
		expect(asked.slice(before).some((one) => one.includes('('))).toBe(false);
	});

	test('one: the list is asked where there is no such address', async () => {
		const { reader, asked } = sba(service(() => NONE, ['A', 'B'].map(row)));
		expect(await reader.get('B')).toMatchObject({ key: 'B' });
		await reader.get('A');
		expect(asked.filter((one) => one.includes('('))).toHaveLength(1);
	});

	test('one: a fault of the record, and one of the service, is told as it is', async () => {
		const { reader, asked } = sba(
			service((key) => (key === 'X' ? NOT_FOUND : { status: 403, body: {} })),
		);
		await expect(reader.get('X')).rejects.toMatchObject({ code: 'GP_RECORD_NOT_FOUND' });
		await expect(reader.get('A')).rejects.toMatchObject({ code: 'GP_USER_NOT_ALLOWED' });
		expect(asked).toHaveLength(2);
		await expect(reader.getMany(['X', 'A'])).rejects.toMatchObject({ code: 'GP_USER_NOT_ALLOWED' });
	});

	test('where the address is wrong that is an error; a record that is malformed is not looked for', async () => {
		const none = { status: 404, type: 'text/html', body: '<html>Endpoint not found.</html>' };
		const wrong = sba(service(() => none, ['A'].map(row))).reader;
		await expect(wrong.getMany(['A'])).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
		await expect(wrong.get('A')).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
		const broken = { body: { ...row('A'), ModifiedDate: 'soon' } };
		const { reader, asked } = sba(service(() => broken, ['A'].map(row)));
		expect(shown(await reader.getMany(['A']))).toEqual(['GP_RECORD_MALFORMED']);
		expect(asked).toHaveLength(1);
	});

	test('of which the record does not tell a field that decides: its list row may', async () => {
		const document = (more: object) => ({
			...{ VoucherNumber: '1', Type: 1, VendorId: 'ACME', DocumentAmount: 7, ...more },
			...{ TransactionState: 'Open', ModifiedDate: STAMP },
		});
		const detail = () => ({ body: document({ Distributions: [] }) });
		const of = (list: object[]) =>
			readerOf(service(detail, list), 'payable', { profileName: 'sba' }).reader;
		const told = [document({ IsVoided: true })];
		expect(await of(told).get('1;1')).toMatchObject({ key: '1;1', voided: true });
		expect(await of(told).getMany(['1;1'])).toMatchObject([{ key: '1;1', voided: true }]);
		const absent = { code: 'GP_RECORD_MALFORMED', details: { absent: true } };
		await expect(of([]).get('1;1')).rejects.toMatchObject(absent);
		expect(await of([]).getMany(['1;1'])).toMatchObject([absent]);
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
