import { SHIPPED_PROFILES } from '../../../lib/gp/profiles/shipped-profiles';
import type { ChildTable, ListSource, LookupTable } from '../../../lib/gp/profiles/site-profile';
import { addChildren, addLookups } from '../../../lib/gp/reading/child-rows';
import { type Asked, type Answer, servicesOf, tables } from '../support/services';

const { odata } = SHIPPED_PROFILES;
const lookup = (more: Partial<LookupTable> = {}): LookupTable => ({
	...{
		path: 'GL00105',
		on: ['ACTINDX', 'ACTINDX'],
		take: { ACTNUMST: 'ACCOUNT' },
		optional: false,
	},
	...more,
});

describe('columns of another table', () => {
	const ACCOUNTS = [
		{ ACTINDX: 1, ACTNUMST: '000-1' },
		{ actIndx: '2', actNumSt: '000-2' },
		{ ACTINDX: null, ACTNUMST: 'none' },
	];
	const joined = async (rows: object[], given = [lookup()], by = tables({ GL00105: ACCOUNTS })) => {
		const { services, asked } = servicesOf(by);
		const copies = rows.map((row) => ({ ...row }));
		await addLookups(services, 'account', copies, given);
		return { rows: copies, asked, services };
	};

	test('are put to the rows that name them, whatever the case of names and the type of numbers', async () => {
		const { rows } = await joined([
			{ ACTINDX: 1 },
			{ Actindx: 2 },
			{ ACTINDX: ' 1 ' },
			{ ACTINDX: 9 },
		]);
		expect(rows).toEqual([
			{ ACTINDX: 1, ACCOUNT: '000-1' },
			{ Actindx: 2, ACCOUNT: '000-2' },
			{ ACTINDX: ' 1 ', ACCOUNT: '000-1' },
			{ ACTINDX: 9 },
		]);
	});

	test('are found by the column of exactly that name, where another is spelled like it', async () => {
		expect((await joined([{ actindx: 2, ACTINDX: 1 }])).rows).toEqual([
			{ actindx: 2, ACTINDX: 1, ACCOUNT: '000-1' },
		]);
	});

	test('do not replace what the row says itself', async () => {
		expect((await joined([{ ACTINDX: 1, ACCOUNT: 'own' }])).rows).toEqual([
			{ ACTINDX: 1, ACCOUNT: 'own' },
		]);
	});

	test('are read once for all rows of a client, by the column they are joined by', async () => {
		const { services, asked } = await joined([{ ACTINDX: 1 }]);
		const named = { on: ['ACTINDX', 'ACTNUMST'] as [string, string], path: 'GL00105' };
		const before = asked.length;
		await addLookups(services, 'account', [{ ACTINDX: 2 }], [lookup()]);
		expect(asked).toHaveLength(before);
		await addLookups(services, 'account', [{ ACTINDX: '000-1' }], [lookup(named)]);
		expect(asked[before]).toContain('$orderby=ACTNUMST');
		expect(asked[0]).toContain('$orderby=ACTINDX');
	});

	test('do not come from an error in place of rows', async () => {
		const error = { code: '500', message: 'Timeout', target: null, details: [] };
		for (const body of [{ error }, { error, value: [] }])
			for (const optional of [true, false])
				await expect(
					joined([{ ACTINDX: 1 }], [lookup({ optional })], () => ({ body })),
				).rejects.toMatchObject({
					code: expect.stringMatching(/^GP_(ERROR_IN_SUCCESS|UNEXPECTED_SHAPE)$/),
				});
	});

	test('of a table that is not published are left out where it is optional, else that is an error', async () => {
		const none = tables({});
		const one = await joined([{ ACTINDX: 1 }], [lookup({ optional: true })], none);
		expect(one.rows).toEqual([{ ACTINDX: 1 }]);
		await expect(joined([{ ACTINDX: 1 }], [lookup()], none)).rejects.toMatchObject({
			code: 'GP_RESOURCE_NOT_OFFERED',
		});
		const kept = () => ({ status: 403, body: {} });
		const refused = await joined([{ ACTINDX: 1 }], [lookup({ optional: true })], kept);
		expect(refused.rows).toEqual([{ ACTINDX: 1 }]);
		await expect(joined([{ ACTINDX: 1 }], [lookup()], kept)).rejects.toMatchObject({
			code: 'GP_USER_NOT_ALLOWED',
		});
	});

	test('are asked for again after a fault, which is one for an optional table, too', async () => {
		let answers = 0;
		const good = tables({ GL00105: ACCOUNTS });
		const { services } = servicesOf((asked) =>
			(answers += 1) === 1 ? { status: 400, body: { Message: 'no' } } : good(asked),
		);
		services.profile = { ...odata, query: { ...odata.query, dialect: 'none' } };
		const rows = [{ ACTINDX: 1 }];
		const given = [lookup({ optional: true })];
		await expect(addLookups(services, 'account', rows, given)).rejects.toThrow();
		await addLookups(services, 'account', rows, given);
		expect(rows).toEqual([{ ACTINDX: 1, ACCOUNT: '000-1' }]);
	});
});

describe('rows of child tables', () => {
	const child = (path: string, more: Partial<ChildTable> = {}): ChildTable => ({
		...{ as: 'Lines', path, optional: false, lookups: [] },
		match: [
			['VCHRNMBR', 'VCHRNMBR'],
			['CNTRLTYP', 'CNTRLTYP'],
		],
		by: ['VCHRNMBR', 'VCHRNMBR'],
		...more,
	});
	const list = (path: string, ...children: ChildTable[]): ListSource => ({
		...{ path, parameters: {}, assign: {}, keyColumns: {}, lookups: [], children },
	});
	const WORK = list('WORK', child('LINES'));
	const DONE = list('DONE', child('OLDLINES'));
	const line = (VCHRNMBR: string, n: number, more: object = {}) => ({ VCHRNMBR, n, ...more });

	async function children(
		rows: Array<{ raw: object; source: number }>,
		by: (asked: Asked) => Answer,
		lists: ListSource[] = [WORK, DONE],
	) {
		const payable = { ...odata.entities.payable, lists };
		const profile = { ...odata, entities: { ...odata.entities, payable } };
		const { services, asked } = servicesOf(by, profile);
		const found = await addChildren(services, 'payable', rows as never);
		const numbers = found.map((row) =>
			Object.fromEntries(
				Object.entries(row).map(([name, value]) => [
					name,
					Array.isArray(value) ? value.map((one: { n: number }) => one.n) : value,
				]),
			),
		);
		return { rows: numbers, found, asked, services };
	}
	const header = (VCHRNMBR: string, source = 0, more: object = {}) => ({
		...{ raw: { VCHRNMBR, ...more }, source },
	});
	const both = (LINES: object[], OLDLINES: object[] = []) => tables({ LINES, OLDLINES });

	test('belong to the row that has their number, in any spelling', async () => {
		const rows = [header('a1 '), header('A2')];
		const lines = [line('A1', 1), line('A2  ', 2), line('a1', 3), line('A3', 4)];
		const { rows: found, asked } = await children(rows, both(lines));
		expect(found).toEqual([
			{ VCHRNMBR: 'a1 ', Lines: [1, 3] },
			{ VCHRNMBR: 'A2', Lines: [2] },
		]);
		expect(asked[0]).toContain("$filter=(VCHRNMBR eq 'A1' or VCHRNMBR eq 'A2')");
		expect(rows[0]!.raw).not.toHaveProperty('Lines');
	});

	test('are asked for by one number without brackets', async () => {
		const { asked } = await children([header('A1')], both([line('A1', 1)]));
		expect(asked[0]).toContain("$filter=VCHRNMBR eq 'A1'&");
	});

	test('are asked for twenty-five numbers at a time, each once', async () => {
		const numbers = Array.from({ length: 26 }, (_, index) => `A${index}`);
		const asking: string[] = [];
		const { rows } = await children(
			[...numbers, 'A0'].map((number) => header(number)),
			({ path, query }) => {
				const filter = query('$filter')!;
				asking.push(`${path} ${filter.split(' or ').length}`);
				return numbers.filter((one) => filter.includes(`'${one}'`)).map((one) => line(one, 1));
			},
		);
		expect([...new Set(asking)]).toEqual(['LINES 25', 'LINES 1']);
		expect(rows.every(({ Lines }) => (Lines as number[]).length === 1)).toBe(true);
	});

	test('that came whole, the condition being ignored, are asked for once', async () => {
		const numbers = Array.from({ length: 30 }, (_, index) => `A${index}`);
		const lines = [...numbers, 'OTHER'].map((number, n) => line(number, n));
		const { rows, asked } = await children(
			numbers.map((one) => header(one)),
			both(lines),
		);
		expect(rows.map(({ Lines }) => Lines)).toEqual(numbers.map((_, n) => [n]));
		expect(new Set(asked.map((one) => one.replace(/.*\$filter=(.*?)(&.*|$)/, '$1'))).size).toBe(1);
	});

	test('that came whole after a part of them are not counted twice', async () => {
		const numbers = Array.from({ length: 30 }, (_, index) => `A${index}`);
		const all = numbers.map((number, n) => line(number, n));
		const { rows } = await children(
			numbers.map((one) => header(one)),
			(asked) => {
				const LINES = asked.query('$filter')!.includes("'A29'") ? all : all.slice(0, 25);
				return tables({ LINES })(asked);
			},
		);
		expect(rows.map(({ Lines }) => Lines)).toEqual(numbers.map((_, n) => [n]));
	});

	test('belong only where each pair of columns agrees that both have', async () => {
		const lines = [line('A1', 1, { CNTRLTYP: 0 }), line('A1', 2, { CNTRLTYP: '1' }), line('A1', 3)];
		const rows = [header('A1', 0, { CNTRLTYP: 1 }), header('A1', 0, { CNTRLTYP: 0 }), header('A1')];
		expect((await children(rows, both(lines))).rows.map(({ Lines }) => Lines)).toEqual([
			[2, 3],
			[1, 3],
			[1, 2, 3],
		]);
	});

	test('of a document that names its type alone belong by what the type says', async () => {
		const lines = [line('A1', 1, { CNTRLTYP: 0 }), line('A1', 2, { CNTRLTYP: 1 })];
		const rows = [1, 5, 6, 99].map((DOCTYPE) => header('A1', 0, { DOCTYPE }));
		expect((await children(rows, both(lines))).rows.map(({ Lines }) => Lines)).toEqual([
			...[[1], [1], [2], [1, 2]],
		]);
		// No other column is told by it.
		const other = child('LINES', {
			match: [
				['VCHRNMBR', 'VCHRNMBR'],
				['KIND', 'KIND'],
			],
		});
		const kinds = [line('A1', 1, { KIND: 0 }), line('A1', 2, { KIND: 1 })];
		const [row] = (await children([rows[0]!], both(kinds), [list('WORK', other)])).rows;
		expect(row!.Lines).toEqual([1, 2]);
	});

	test('missing in their own table are looked for in that of the other list: the document may have moved', async () => {
		const rows = [header('A1', 0), header('A2', 1), header('A3', 0)];
		const { rows: found, asked } = await children(rows, both([line('A2', 2)], [line('A1', 1)]));
		expect(found.map(({ Lines }) => Lines)).toEqual([[1], [2], []]);
		const asking = asked.map((one) => one.replace(/\?.*filter=|&.*/g, ' ').trim());
		expect([...new Set(asking)]).toEqual([
			"LINES (VCHRNMBR eq 'A1' or VCHRNMBR eq 'A3')",
			"OLDLINES VCHRNMBR eq 'A2'",
			"LINES VCHRNMBR eq 'A2'",
			"OLDLINES (VCHRNMBR eq 'A1' or VCHRNMBR eq 'A3')",
		]);
	});

	test('of an optional table are looked for in their own alone; one that is not published gives none', async () => {
		const lists = [
			list('WORK', child('LINES', { optional: true })),
			list('DONE', child('OLDLINES', { optional: true })),
		];
		const { rows, asked } = await children([header('A1', 0)], tables({ OLDLINES: [] }), lists);
		expect(rows).toEqual([{ VCHRNMBR: 'A1', Lines: [] }]);
		expect(asked.every((one) => one.startsWith('LINES'))).toBe(true);
		await expect(children([header('A1', 0)], tables({}))).rejects.toMatchObject({
			code: 'GP_RESOURCE_NOT_OFFERED',
		});
	});

	test('of several kinds stand each under their own name, rows of a list without them have none', async () => {
		const lists = [
			list('WORK', child('LINES'), child('TAXES', { as: 'Taxes' })),
			list('DONE', child('OLDLINES', { optional: true })),
		];
		const by = tables({
			LINES: [line('A1', 1)],
			TAXES: [line('A1', 7)],
			OLDLINES: [line('A2', 2)],
		});
		const { rows } = await children([header('A1', 0), header('A2', 1)], by, lists);
		expect(rows[0]).toEqual({ VCHRNMBR: 'A1', Lines: [1], Taxes: [7] });
		expect(rows[1]).toMatchObject({ VCHRNMBR: 'A2', Lines: [2] });
		const bare = tables({ LINES: [], TAXES: [], OLDLINES: [] });
		const none = await children([header('A1', 0), header('A2', 1)], bare, lists);
		expect(none.rows).toEqual([
			{ VCHRNMBR: 'A1', Lines: [], Taxes: [] },
			{ VCHRNMBR: 'A2', Lines: [], Taxes: [] },
		]);
	});

	test('without a number are asked for nothing', async () => {
		const { rows, asked } = await children([header(' ')], both([line('', 1)]));
		expect(rows).toEqual([{ VCHRNMBR: ' ', Lines: [] }]);
		expect(asked).toEqual([]);
	});

	test('have the columns of their own lookups', async () => {
		const named = child('LINES', { lookups: [lookup()] });
		const by = tables({
			LINES: [line('A1', 1, { ACTINDX: 1 })],
			GL00105: [{ ACTINDX: 1, ACTNUMST: '000-1' }],
		});
		const { found } = await children([header('A1')], by, [list('WORK', named)]);
		expect(found[0]!.Lines).toEqual([{ VCHRNMBR: 'A1', n: 1, ACTINDX: 1, ACCOUNT: '000-1' }]);
	});

	test('that are equal in every column are two rows on one page, and one where pages overlap', async () => {
		const lines = [...Array(3)].map(() => line('A1', 1));
		expect((await children([header('A1')], both(lines))).rows[0]!.Lines).toEqual([1, 1, 1]);
		const many = Array.from({ length: 9 }, (_, n) => line('A1', n));
		const paged = await children([header('A1')], tables({ LINES: many, OLDLINES: [] }, 4));
		expect(paged.rows[0]!.Lines).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
	});

	describe('that are equal and stand on two pages', () => {
		const lines = ['A1', 'A2', 'A3'].flatMap((voucher) =>
			[...Array(3)].map(() => line(voucher, 1)),
		);
		const headers = ['A1', 'A2', 'A3'].map((voucher) => header(voucher));
		/** Four rows a page, of the vouchers asked for; `conditions`: whether it takes any. */
		const capped =
			(conditions: boolean) =>
			(asked: Asked): Answer => {
				const filter = asked.query('$filter');
				if (filter !== null && !conditions)
					return { status: 400, body: { Message: 'no conditions here' } };
				const wanted = [...(filter ?? '').matchAll(/'(\w+)'/g)].map(([, voucher]) => voucher);
				const of = lines.filter(
					({ VCHRNMBR }: Record<string, unknown>) =>
						wanted.length === 0 || wanted.includes(String(VCHRNMBR)),
				);
				return tables({ LINES: of, OLDLINES: [] }, 4)(asked);
			};

		test('are read by asking for the lines of fewer rows at once', async () => {
			const { rows } = await children(headers, capped(true));
			expect(rows.map(({ Lines }) => Lines)).toEqual([
				[1, 1, 1],
				[1, 1, 1],
				[1, 1, 1],
			]);
		});

		test('are an error where the service takes no conditions, after one try', async () => {
			await expect(children(headers, capped(false))).rejects.toMatchObject({
				code: 'GP_LIST_UNSTABLE',
			});
		});
	});

	test('are not none where an error came in place of them', async () => {
		const error = { code: '500', message: 'Timeout expired', target: 'LINES', details: [] };
		await expect(children([header('1')], () => ({ body: { error } }))).rejects.toMatchObject({
			code: 'GP_ERROR_IN_SUCCESS',
		});
	});

	test('of no rows are asked for nothing', async () => {
		expect(await children([], both([]))).toMatchObject({ rows: [], asked: [] });
	});
});
