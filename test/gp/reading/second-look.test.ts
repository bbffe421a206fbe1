import { createNormaliser } from '../../../lib/gp/normalise/normaliser';
import { SHIPPED_PROFILES } from '../../../lib/gp/profiles/shipped-profiles';
import { bareList, type SiteProfile } from '../../../lib/gp/profiles/site-profile';
import { secondLook } from '../../../lib/gp/reading/second-look';
import type { Entity } from '../../../lib/model/desired';
import { type Answer, type Asked, servicesOf, tables } from '../support/services';

const { odata, sba } = SHIPPED_PROFILES;
const STAMP = '2026-04-02T10:00:00.123Z';
const firms = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => ({
		...{ VENDORID: `V${from + index}`, VENDNAME: 'ACME', VENDSTTS: 1, HOLD: 0, DEX_ROW_TS: STAMP },
	}));
const header = (VCHRNMBR: string, more: object = {}) => ({
	...{ VCHRNMBR, DOCTYPE: 1, VENDORID: 'ACME', DOCNUMBR: `I-${VCHRNMBR}`, DOCAMNT: 7, VOIDED: 0 },
	...{ DOCDATE: '2026-04-01T00:00:00Z', DEX_ROW_TS: STAMP },
	...more,
});
const register = (CNTRLNUM: string, DCSTATUS: number, DOCTYPE = 1) => ({
	...{ CNTRLNUM, DOCTYPE, DCSTATUS, CNTRLTYP: 0 },
});

async function look(
	entity: Entity,
	answer: (asked: Asked) => Answer,
	profile: SiteProfile = odata,
	prepare: (services: ReturnType<typeof servicesOf>['services']) => void = () => undefined,
) {
	const { services, asked } = servicesOf(answer, profile);
	prepare(services);
	const normaliser = createNormaliser(entity, profile, { companyId: 'TWO' });
	const found = await secondLook(services, entity, normaliser);
	return { ...found, keys: [...found.keys].sort(), asked };
}
const with2 = (more: Record<string, object[]>) =>
	tables({ PM10000: [], PM20000: [], PM30200: [], PM00400: [], ...more });
const counting =
	(rows: Record<string, object[]>, counts: Record<string, number>) => (asked: Asked) => {
		const given = tables(rows)(asked);
		const count = counts[asked.path];
		return Array.isArray(given) && count !== undefined
			? { body: { value: given, '@odata.count': count } }
			: given;
	};

describe('a list is gone through', () => {
	test('in pages of 73, in the other order, until nothing comes', async () => {
		const { keys, asked, failed, counted } = await look('vendor', tables({ PM00200: firms(150) }));
		expect([keys.length, failed, counted]).toEqual([150, null, null]);
		expect(asked).toEqual(
			[0, 73, 146, 150].map(
				(skip) =>
					`PM00200?$orderby=VENDORID desc&$count=true&$top=73${skip > 0 ? `&$skip=${skip}` : ''}`,
			),
		);
	});

	test('until the same page comes again, wherever that is', async () => {
		const pages = [firms(3), firms(3, 3), firms(3)];
		let page = 0;
		const { keys, asked } = await look('vendor', () => pages[page++]!);
		expect([keys.length, asked.length]).toEqual([6, 3]);
		expect((await look('vendor', () => firms(2))).asked).toHaveLength(2);
	});

	test('by the number of the page, from where the site counts', async () => {
		const names = { ...odata.query.names, limit: 'size', page: 'page', offset: null, order: null };
		const byNumber = (firstPage: 0 | 1 | null): SiteProfile => ({
			...odata,
			query: { ...odata.query, dialect: 'parameters', names, firstPage },
		});
		const answer = ({ query }: Asked) => (Number(query('page')) < 2 ? firms(2) : []);
		const asked = async (firstPage: 0 | 1 | null) =>
			(await look('vendor', answer, byNumber(firstPage))).asked;
		expect(await asked(null)).toEqual(['PM00200?size=73&page=1', 'PM00200?size=73&page=2']);
		expect(await asked(0)).toEqual(['PM00200?size=73&page=0', 'PM00200?size=73&page=1']);
	});

	test('by the links the service gives', async () => {
		const answer = ({ url }: Asked) =>
			url.includes('rest')
				? firms(2, 2)
				: { body: { value: firms(2), '@odata.nextLink': 'https://gp.example.com/rest' } };
		const { keys, asked } = await look('vendor', answer);
		expect(keys).toEqual(['V0', 'V1', 'V2', 'V3']);
		expect(asked.map((one) => one.split('?')[0])).toEqual(['PM00200', '/rest', 'PM00200']);
	});

	test('at the place of the entity in the answer, else of the site', async () => {
		const body = { a: firms(1), b: firms(1, 7) };
		const at = (site: string | null, own: string | null): SiteProfile => ({
			...odata,
			responsePath: site,
			entities: { ...odata.entities, vendor: { ...odata.entities.vendor, responsePath: own } },
		});
		expect((await look('vendor', () => ({ body }), at('a', null))).keys).toEqual(['V0']);
		expect((await look('vendor', () => ({ body }), at('a', 'b'))).keys).toEqual(['V7']);
	});

	test('as far as the reader found that this service takes questions', async () => {
		const vendor = { ...odata.entities.vendor, orderBy: [] };
		const profile = { ...odata, entities: { ...odata.entities, vendor } };
		const first = async (step: 'asConfigured' | 'withoutCount' | 'pagingOnly' | 'bare') =>
			(
				await look('vendor', tables({ PM00200: firms(1) }), profile, ({ acceptedStep }) =>
					acceptedStep.set('PM00200', step),
				)
			).asked[0];
		expect(await first('asConfigured')).toBe(
			'PM00200?$orderby=DEX_ROW_TS desc&$count=true&$top=73',
		);
		expect(await first('withoutCount')).toBe('PM00200?$orderby=DEX_ROW_TS desc&$top=73');
		expect(await first('pagingOnly')).toBe('PM00200?$top=73');
		expect(await first('bare')).toBe('PM00200');
	});
});

describe('an order that is refused', () => {
	const refusing =
		(what: RegExp) =>
		(asked: Asked): Answer =>
			what.test(decodeURIComponent(asked.url))
				? { status: 400, body: { Message: 'not supported' } }
				: tables({ PM00200: firms(1) })(asked);

	test('is asked for as the reader does, then not at all', async () => {
		const orders = async (what: RegExp) =>
			(await look('vendor', refusing(what))).asked.map(
				(one) => /orderby=([^&]*)/.exec(one)?.[1] ?? '',
			);
		expect(await orders(/ desc/)).toEqual(['VENDORID desc', 'VENDORID', 'VENDORID']);
		expect(await orders(/orderby/)).toEqual(['VENDORID desc', 'VENDORID', '', '']);
	});

	test('ends the reading where nothing else is taken either, and behind the first page', async () => {
		const none = await look('vendor', refusing(/PM/));
		expect([none.keys, none.asked.length]).toEqual([[], 7]);
		expect(none.failed).toMatch(/not supported/);
		const later = await look('vendor', refusing(/skip/));
		expect([later.keys, later.asked.length]).toEqual([['V0'], 2]);
		expect(later.failed).not.toBeNull();
	});

	test.each([
		[/count/, 'PM00200?$orderby=VENDORID desc&$top=73'],
		[/count|desc/, 'PM00200?$orderby=VENDORID&$top=73'],
		[/count|orderby/, 'PM00200?$top=73'],
	])('goes with whatever else is refused: %s', async (what, taken) => {
		const { keys, asked, failed } = await look('vendor', refusing(what));
		expect([keys, failed]).toEqual([['V0'], null]);
		expect(asked.find((one) => !what.test(one))).toBe(taken);
	});

	test('of the register, too, whose columns are spelled as the service likes', async () => {
		const spelled = Object.fromEntries(
			Object.entries(register('7', 2)).map(([name, value]) => [name.toLowerCase(), value]),
		);
		const { keys, failed } = await look('payable', (asked) =>
			/count|desc/.test(decodeURIComponent(asked.url))
				? { status: 400, body: { Message: 'not supported' } }
				: with2({ PM20000: [header('7')], PM00400: [spelled] })(asked),
		);
		expect([keys, failed]).toEqual([['1;7'], null]);
	});

	test('is no reason to ask again where the service is away in between', async () => {
		let answers = 0;
		const { asked, failed } = await look('vendor', () => {
			answers += 1;
			if (answers === 1) return { status: 400, body: { Message: 'no' } };
			return { status: 404, body: {} };
		});
		expect(asked).toHaveLength(2);
		expect(failed).not.toBeNull();
	});
});

describe('what is found', () => {
	test('are the keys of records that can be read, each once', async () => {
		const rows = [...firms(2), { VENDNAME: 'no id' }, ...firms(1)];
		const { keys, rows: control } = await look('vendor', tables({ PM00200: rows }));
		expect(keys).toEqual(['V0', 'V1']);
		expect(control.size).toBe(0);
	});

	test('are of documents in all tables, with what their rows say', async () => {
		const { keys, rows } = await look(
			'payable',
			with2({
				PM10000: [header('1'), header('2')],
				PM20000: [header('2'), header('3')],
				PM30200: [header('4', { DOCTYPE: 5 })],
			}),
		);
		expect(keys).toEqual(['1;1', '1;2', '1;3', '5;4']);
		expect([...rows.values()].map(({ key, state }) => `${key} ${state}`)).toEqual([
			...['1;1 unposted', '1;2 open', '1;3 open', '5;4 history'],
		]);
	});

	test('are of the states that are read alone: no other table is asked', async () => {
		const profile = { ...odata, transactionStates: ['open' as const] };
		const by = with2({ PM20000: [header('3')], PM00400: [register('8', 1), register('9', 2)] });
		const { keys, asked } = await look('payable', by, profile);
		expect(keys).toEqual(['1;3', '1;9']);
		expect([...new Set(asked.map((one) => one.split('?')[0]))]).toEqual(['PM20000', 'PM00400']);
	});

	test('of a list of all states by what each row says', async () => {
		const payable = { ...odata.entities.payable, lists: [bareList('ALL')] };
		const profile: SiteProfile = {
			...odata,
			...{ transactionStates: ['open'], entities: { ...odata.entities, payable } },
		};
		const rows = [header('1', { DCSTATUS: 1 }), header('2', { DCSTATUS: 2 })];
		const { keys } = await look('payable', tables({ ALL: rows, PM00400: [] }), profile);
		expect(keys).toEqual(['1;2']);
	});

	test('stands in the register as well, in the opposite order, over OData alone', async () => {
		const by = with2({ PM20000: [header('1')], PM00400: [register('1', 2), register('7', 3, 4)] });
		const { keys, asked } = await look('payable', by);
		expect(keys).toEqual(['1;1', '4;7']);
		expect(asked.find((one) => one.startsWith('PM00400'))).toContain(
			'$orderby=CNTRLTYP desc,CNTRLNUM desc',
		);
		const rows = await look('vendor', tables({ PM00200: firms(1), PM00400: [register('7', 2)] }));
		expect(rows.asked.some((one) => one.startsWith('PM00400'))).toBe(false);
		const over = await look('payable', () => [], { ...sba });
		expect(over.asked.some((one) => one.startsWith('PM00400'))).toBe(false);
	});
});

describe('a number of records', () => {
	const rows = {
		PM10000: [header('1')],
		PM20000: [header('1'), header('2')],
		PM30200: [header(' ')],
		PM00400: [],
	};

	test('is told where the service counts each list, what was passed over taken off', async () => {
		const counts = { PM10000: 1, PM20000: 2, PM30200: 1 };
		const { counted } = await look('payable', counting(rows, counts));
		// One document stands in two tables, and one row names none.
		expect(counted).toBe(2);
	});

	test('is not told where one list is not counted, or could not be read to its end', async () => {
		expect((await look('payable', counting(rows, { PM10000: 1, PM20000: 2 }))).counted).toBeNull();
		expect((await look('payable', counting(rows, { PM20000: 2, PM30200: 1 }))).counted).toBeNull();
		const counts = { PM10000: 1, PM20000: 2, PM30200: 1 };
		const failing = (asked: Asked): Answer =>
			asked.path === 'PM30200' && asked.query('$skip') !== null
				? { status: 400, body: { Message: 'out of memory' } }
				: counting(rows, counts)(asked);
		const { counted, failed } = await look('payable', failing);
		expect([counted, failed]).toEqual([null, expect.stringContaining('out of memory')]);
	});

	test('is not told by a count that may be of the page', async () => {
		const own = ({ query }: Asked): Answer => ({
			body: { rows: query('$skip') ? [] : firms(2), totalCount: 2 },
		});
		expect((await look('vendor', own)).counted).toBeNull();
	});
});

describe('a fault on the way', () => {
	test('is told with what came until then, for each list once', async () => {
		const by = (asked: Asked): Answer =>
			asked.path === 'PM00400'
				? []
				: asked.path === 'PM30200' || asked.query('$skip')
					? { status: 400, body: { Message: 'no memory' } }
					: tables({ PM10000: [header('1')], PM20000: [header('2')] })(asked);
		const { keys, failed } = await look('payable', by);
		expect(keys).toEqual(['1;1', '1;2']);
		expect(failed!.split('; ')).toHaveLength(1);
		expect(failed).toMatch(/no memory[^.]*$/);
	});

	test('of lists that fail in ways of their own are told side by side', async () => {
		const by = (asked: Asked): Answer =>
			asked.path === 'PM00400' ? [] : { status: 400, body: { Message: `no ${asked.path}` } };
		expect((await look('payable', by)).failed).toMatch(
			/no PM10000.*; .*no PM20000.*; .*no PM30200/,
		);
	});

	test.each([401, 403])('of a user who is not let in (%i) ends it', async (status) => {
		const error = look('vendor', () => ({ status, body: {} }));
		if (status === 403) await expect(error).rejects.toMatchObject({ code: 'GP_USER_NOT_ALLOWED' });
		else expect((await error).failed).not.toBeNull();
	});

	test('that is none of the service is not taken for one', async () => {
		await expect(
			look('vendor', () => {
				throw new TypeError('no such thing');
			}),
		).rejects.toThrow(TypeError);
	});

	test('of the register: not published or not allowed says nothing, any other is told', async () => {
		const by =
			(status: number) =>
			(asked: Asked): Answer =>
				asked.path === 'PM00400' ? { status, body: { Message: 'no' } } : with2({})(asked);
		expect((await look('payable', by(404))).failed).toBeNull();
		expect((await look('payable', by(403))).failed).toBeNull();
		expect((await look('payable', by(400))).failed).not.toBeNull();
	});
});

test('a list that never ends is given up after 5,000 questions', async () => {
	let number = 0;
	const { failed, asked } = await look('vendor', () => firms(1, (number += 1)));
	expect(asked).toHaveLength(5_000);
	expect(failed).toBe('it had not ended after 5000 requests');
}, 30_000);
