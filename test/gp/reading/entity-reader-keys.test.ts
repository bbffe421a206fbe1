import { bareList } from '../../../lib/gp/profiles/site-profile';
import { type Answer, type Asked, tables } from '../support/services';
import {
	STAMP,
	header,
	lines,
	COMPANY,
	firm,
	readerOf,
	shown,
	tablesOf,
} from '../support/one-company';

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
	const NO_PATH = { status: 404, type: 'text/html', body: '<html>Endpoint not found.</html>' };
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

	test('one that this user is refused stops no other; where none is given the right is missing', async () => {
		const refused = { status: 403, body: {} };
		const answer = service(
			(key) => (key === 'X' ? refused : { body: row(key) }),
			['X', 'A'].map(row),
		);
		for (const keys of [['B', 'X', 'A'], ['X']])
			expect(shown(await sba(answer).reader.getMany(keys))).toEqual(
				keys.map((key) => (key === 'X' ? 'GP_USER_NOT_ALLOWED' : key)),
			);
		const none = sba(service(() => refused, ['X', 'A'].map(row)));
		await expect(none.reader.getMany(['X', 'A'])).rejects.toMatchObject({
			code: 'GP_USER_NOT_ALLOWED',
		});
	});

	test('are looked for in the list where nothing is offered at the address', async () => {
		const { reader } = sba(service(() => NO_PATH, ['A', 'B'].map(row)));
		expect(shown(await reader.getMany(['A', 'X']))).toEqual(['A', 'GP_RECORD_NOT_FOUND']);
		expect(await reader.get('B')).toMatchObject({ key: 'B' });
		const one = sba(service(() => NO_PATH, ['A'].map(row))).reader;
		expect(await one.get('A')).toMatchObject({ key: 'A' });
	});

	test('one that is not listed either is gone only where others are given at their address', async () => {
		const none = sba(service(() => NO_PATH, ['A'].map(row))).reader;
		await expect(none.get('X')).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
		const given = (key: string) => (key === 'X' ? NO_PATH : { body: row(key) });
		const { reader } = sba(service(given, ['A'].map(row)));
		await reader.get('A');
		await expect(reader.get('X')).rejects.toMatchObject({ code: 'GP_RECORD_NOT_FOUND' });
	});

	test('where the address is wrong and the list as well that is an error', async () => {
		const wrong = sba(() => NO_PATH).reader;
		await expect(wrong.getMany(['A'])).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
		await expect(wrong.get('A')).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
	});

	test('a record that is malformed is not looked for', async () => {
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
