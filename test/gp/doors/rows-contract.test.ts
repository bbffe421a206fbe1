import { type RowRequest, rowSet, type RowSource } from '../../../lib/gp/doors/rows/row-sets';
import { GpRowSourceFailed } from '../../../lib/gp/errors/other-doors';
import { EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import type { GpPayable } from '../../../lib/model/gp-records';
import { rowsClient } from '../support/rows-client';

/*
 * A source that is no database: rows in memory, as a file or another program would give them. It gives
 * no counts of its own, so that every end has to be asked for.
 */
type Row = Record<string, unknown>;

/** As databases compare: without trailing blanks. */
const text = (value: unknown) => String(value).trimEnd();

const vendor = (id: string, more: Row = {}): Row => ({
	VENDORID: id,
	VENDNAME: `Vendor ${id}`,
	VENDSHNM: '',
	VNDCLSID: '',
	VENDSTTS: 1,
	HOLD: 0,
	PYMTRMID: '',
	CURNCYID: '',
	TXIDNMBR: '',
	VADDCDPR: '',
	ModifiedDate: '2026-06-01T10:00:00.123Z',
	...more,
});
const invoice = (voucher: string, more: Row = {}): Row => ({
	...Object.fromEntries(rowSet('payableOpen').columns.map((name) => [name, null])),
	DOCTYPE: 1,
	VCHRNMBR: voucher,
	TransactionState: 'Open',
	VENDORID: 'V1',
	DOCDATE: '2026-05-31',
	DOCAMNT: '100.00000',
	PRCHAMNT: '100.00000',
	ICTRX: 0,
	VOIDED: 0,
	ModifiedDate: '2026-06-01T10:00:00.123Z',
	...more,
});
const line = (voucher: string, more: Row = {}): Row => ({
	...Object.fromEntries(rowSet('distributionOpen').columns.map((name) => [name, null])),
	VCHRNMBR: voucher,
	CNTRLTYP: 0,
	DSTSQNUM: 16384,
	DEX_ROW_ID: 1,
	DISTTYPE: 6,
	ACTNUMST: '300-5110-02',
	DEBITAMT: '100.00000',
	CRDTAMNT: '0.00000',
	INTERID: 'TWO',
	...more,
});

const job = (voucher: string, at: number): Row => ({
	VCHRNMBR: voucher,
	CNTRLTYP: 0,
	DEX_ROW_ID: at,
	DSTSQNUM: 16384,
	DSTINDX: 0,
	JOB: `J-${at}`,
	COSTCODE: '10',
	COSTTYPE: '1',
	AMOUNT: null,
});

/** Rows after the key, in its order, at most `cap` in one answer. */
function memory(
	tables: Record<string, Row[]>,
	cap = Infinity,
): RowSource & { asked: RowRequest[] } {
	const asked: RowRequest[] = [];
	const source: RowSource = async (request) => {
		asked.push(request);
		const rows = request.rows === 'company' ? [{ INTERID: 'TWO' }] : (tables[request.rows] ?? []);
		const order = (left: readonly unknown[], right: readonly unknown[]): number => {
			const at = left.findIndex((value, place) => text(value) !== text(right[place]));
			if (at < 0) return 0;
			return typeof left[at] === 'number'
				? Number(left[at]) - Number(right[at])
				: text(left[at]) < text(right[at])
					? -1
					: 1;
		};
		const keyOf = (row: Row) => request.key.map((name) => row[name]);
		const given = rows
			.filter((row) => !request.after || order(keyOf(row), request.after) > 0)
			.filter(
				(row) => !request.only || request.only.values.includes(row[request.only.column] as string),
			)
			.sort((left, right) => order(keyOf(left), keyOf(right)))
			.slice(0, Math.min(cap, request.limit));
		return [{ request: request.request, rows: given }];
	};
	return Object.assign(source, { asked });
}

const many = (count: number) =>
	Array.from({ length: count }, (_none, at) => vendor(`V${String(at + 1).padStart(5, '0')}`));

test('a list of 1,234 rows comes whole from a source that gives 100 at a time and does not say so', async () => {
	const source = memory({ vendor: many(1234) }, 100);
	const { client } = rowsClient(source);
	const { keys, completeness } = await client.listKeys('vendor');
	expect(keys).toHaveLength(1234);
	expect(completeness).toEqual({ proven: true, by: 'nothingBehind' });
	// The end was asked for, not concluded.
	expect(source.asked.at(-1)!.after).toEqual(['V01234']);
});

test('the lines of a batch of 500 documents are asked for at once, table by table', async () => {
	const vouchers = Array.from({ length: 500 }, (_none, at) => String(at + 1).padStart(5, '0'));
	const [work, open, history] = [
		vouchers.slice(0, 200),
		vouchers.slice(200, 400),
		vouchers.slice(400),
	];
	const lines = (of: readonly string[]) =>
		of.map((voucher) => line(voucher, { DEX_ROW_ID: Number(voucher) }));
	const source = memory({
		payableWork: work.map((voucher) =>
			invoice(voucher, { TransactionState: 'Unposted', ICDISTS: 0 }),
		),
		payableOpen: open.map((voucher) => invoice(voucher)),
		payableHistory: history.map((voucher) => invoice(voucher, { TransactionState: 'History' })),
		distributionOpen: lines([...work, ...open]),
		distributionHistory: lines(history),
		distributionJob: [job('00001', 1), job('00201', 201), job('00401', 401)],
	});
	const { client } = rowsClient(source);
	const { records, faults } = await client.readChanges('payable', {
		...{ watermark: EMPTY_WATERMARK, limit: 500, cursor: null },
	});
	expect(faults).toBeUndefined();
	expect(records).toHaveLength(500);
	const jobs = records.flatMap((record) =>
		record.kind === 'payable' ? record.distributions.map(({ job: code }) => code ?? null) : [],
	);
	expect(jobs).toHaveLength(500);
	expect(jobs.filter(Boolean)).toEqual(['J-1', 'J-201', 'J-401']);
	const begun = source.asked.filter(({ only, after }) => only && after === null);
	expect(begun.map(({ rows }) => rows)).toEqual([
		...['distributionOpen', 'taxOpen', 'distributionHistory', 'taxHistory', 'distributionJob'],
	]);
});

test('what changed and what is looked at again is asked for in one', async () => {
	const voucher = (at: number) => `0000${at}`;
	const later = (at: number, day: string) =>
		invoice(voucher(at), { ModifiedDate: `2026-06-${day}T10:00:00.123Z` });
	const open = [...[1, 2, 3].map((at) => invoice(voucher(at))), later(4, '20')];
	const lines = [1, 2, 3, 4, 5].map((at) => line(voucher(at), { DEX_ROW_ID: at }));
	const source = memory({ payableOpen: open, distributionOpen: lines });
	const first = await rowsClient(source).client.readChanges('payable', {
		...{ watermark: EMPTY_WATERMARK, limit: 500, cursor: null },
	});
	expect(first.records).toHaveLength(4);
	open.push(later(5, '21'));
	open.shift();
	lines[1]!.DistRef = 'edited';
	source.asked.length = 0;
	const second = await rowsClient(source).client.readChanges('payable', {
		...{ watermark: first.checkpoint.watermark, limit: 500, cursor: null },
	});
	expect(second.records.map(({ key }) => key)).toEqual([`1;${voucher(5)}`, `1;${voucher(2)}`]);
	expect(second.checkpoint.counts).toMatchObject({ unchanged: 2 });
	// The first of them is gone, and no list shows that yet.
	const begun = source.asked.filter(({ only, after }) => only && after === null);
	expect(begun.map(({ rows, only }) => [rows, only!.values.length])).toEqual([
		...['payableWork', 'payableOpen', 'payableHistory'].map((rows) => [rows, 3]),
		['register', 1],
		...['distributionOpen', 'taxOpen', 'distributionJob'].map((rows) => [rows, 4]),
	]);
});

describe('a question that another workflow fails to answer', () => {
	/** Fails as often, then answers. */
	const failing = (times: number, said: string) => {
		const source = memory({ vendor: many(5) }, 2);
		let left = times;
		let asked = 0;
		const { client } = rowsClient(async (request, signal) => {
			if (request.rows !== 'vendor') return await source(request, signal);
			asked += 1;
			if (left === 0) return await source(request, signal);
			left -= 1;
			throw new GpRowSourceFailed({ serverMessage: said }, 'rows');
		});
		return { list: async () => await client.listKeys('vendor'), asked: () => asked };
	};
	const DEADLOCK =
		'Transaction (Process ID 58) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.';

	test.each([
		DEADLOCK,
		'deadlock detected',
		'La transaction (ID de processus 58) a été bloquée sur les ressources verrou par un autre processus et a été choisie comme victime. Réexécutez la transaction.',
		'La transacción (id. de proceso 58) quedó en interbloqueo en bloqueo recursos con otro proceso y fue elegida como sujeto del interbloqueo.',
		'Connection lost - read ECONNRESET',
		// What n8n makes of ECONNRESET in an error of one of its nodes.
		'The connection to the server was closed unexpectedly, perhaps it is offline. You can retry the request immediately or wait and retry later.',
		'Connection is closed.',
		'Connection terminated unexpectedly',
		'Failed to connect to sql.example.com:1433 - socket hang up',
	])('is asked again: %s', async (said) => {
		const plain = failing(0, said);
		const keys = await plain.list();
		const passes = failing(2, said);
		await expect(passes.list()).resolves.toEqual(keys);
		expect(passes.asked()).toBe(plain.asked() + 2);
	});

	test.each([
		['one that fails of the same again and again', 99, DEADLOCK, 5],
		['a login', 1, "Login failed for user 'gp_reader'.", 1],
		['a right', 1, "The SELECT permission was denied on the object 'GPP_VENDOR'.", 1],
		['a time that is over', 1, 'Timeout: Request failed to complete in 15000ms', 1],
	])('ends the reading: %s', async (_name, times, said, asked) => {
		const fails = failing(times, said);
		await expect(fails.list()).rejects.toMatchObject({ code: 'GP_ROW_SOURCE_FAILED' });
		expect(fails.asked()).toBe(asked);
	});
});

test('a source that does not read on from the key is refused', async () => {
	const rows = many(30);
	const { client } = rowsClient(async ({ request, rows: name }) => [
		{ request, rows: name === 'company' ? [{ INTERID: 'TWO' }] : rows },
	]);
	await expect(client.listKeys('vendor')).rejects.toMatchObject({
		code: 'GP_ROW_ANSWER_WRONG',
		message: expect.stringContaining('does not page by key'),
	});
});

test.each<[string, number]>([
	['in one answer', 2000],
	['in two answers', 2],
])('a line that comes twice %s is refused: its cost would count twice', async (_name, cap) => {
	const lines = [16384, 32768, 49152].map((DSTSQNUM, at) =>
		line('1', { DSTSQNUM, DEX_ROW_ID: at + 1 }),
	);
	const source = memory({ payableOpen: [invoice('1')], distributionOpen: lines }, cap);
	await expect(rowsClient(source).client.list('payable')).resolves.toHaveLength(1);
	const twice: RowSource = async (request) => {
		const [answer] = (await source(request)) as [{ request: string; rows: Row[] }];
		if (request.rows !== 'distributionOpen' || answer.rows.length === 0) return [answer];
		return [{ ...answer, rows: [...answer.rows.slice(0, request.limit - 1), lines[0]] }];
	};
	await expect(rowsClient(twice).client.list('payable')).rejects.toMatchObject({
		code: 'GP_ROW_ANSWER_WRONG',
		message: expect.stringContaining('it gave the row 1, 1 twice'),
	});
});

test('a posted document whose void flag is null is refused, an unposted one has none', async () => {
	const work = rowSet('payableWork').columns;
	const unposted = Object.fromEntries(
		Object.entries({ ...invoice('7'), ICDISTS: 0, TransactionState: 'Work' }).filter(([name]) =>
			work.includes(name),
		),
	);
	const source = memory({
		payableWork: [unposted],
		payableOpen: [invoice('8', { VOIDED: null }), invoice('9', { VOIDED: 1 })],
		distributionOpen: [line('7'), line('8'), line('9')],
	});
	const { client, bad } = rowsClient(source);
	expect(await client.list('payable')).toMatchObject([
		{ key: '1;7', voided: false },
		{ key: '1;9', voided: true },
	]);
	expect(bad).toMatchObject([{ details: { key: '1;8', field: 'the voided flag' } }]);
	const { faults } = await client.readByKeys('payable', ['1;8']);
	expect(faults).toMatchObject([{ key: '1;8', error: { details: { absent: true } } }]);
});

test.each([
	['state', { STATE: null }, 'the state of purchase receipt R1'],
	['type', { POPTYPE: '' }, 'the type of receipt R1'],
	['type', { POPTYPE: 9 }, 'the type of receipt R1'],
	['void status', { VOIDSTTS: null }, 'the void status of receipt R1'],
])('a purchase receipt of an unknown %s is refused: %j', async (_what, given, field) => {
	const receipt = {
		...Object.fromEntries(rowSet('receipt').columns.map((name) => [name, null])),
		...{ POPRCTNM: 'R1', POPTYPE: 1, STATE: 'work', VOIDSTTS: 0, DOCDATE: '2026-05-31', ...given },
	};
	const { client } = rowsClient(memory({ receipt: [receipt] }));
	await expect(client.purchasing!.list('receipt', {})).rejects.toMatchObject({
		details: { field },
	});
});

describe('the second look', () => {
	/** The same rows, asked backwards and counted, as a source does that knows of it. */
	const both = (
		tables: Record<string, Row[]>,
		hides: { [rows: string]: string[] } = {},
	): RowSource => {
		const forward = memory(tables, 50);
		return async (request) => {
			const rows = tables[request.rows] ?? [];
			if (request.look === 'count')
				return [{ request: request.request, rows: [{ GPP_TOTAL: rows.length }] }];
			const keyOf = (row: Row) => request.key.map((name) => text(row[name])).join('\n');
			if (request.look === undefined) {
				const [answer] = (await forward(request)) as [{ request: string; rows: Row[] }];
				const hidden = hides[request.rows] ?? [];
				return [{ ...answer, rows: answer.rows.filter((row) => !hidden.includes(keyOf(row))) }];
			}
			const given = rows
				.filter((row) => !request.after || keyOf(row) < request.after.map(text).join('\n'))
				.sort((left, right) => (keyOf(left) < keyOf(right) ? 1 : -1))
				.slice(0, Math.min(30, request.limit));
			return [{ request: request.request, rows: given }];
		};
	};

	test('finds what the first reading was not given, by going backwards and by count', async () => {
		const source = both({ vendor: many(200) }, { vendor: ['V00007', 'V00123'] });
		const { client } = rowsClient(source);
		expect((await client.listKeys('vendor')).keys).toHaveLength(198);
		const second = await client.secondLook('vendor');
		expect(second.keys.size).toBe(200);
		expect(second).toMatchObject({ counted: 200, failed: null });
	});

	test('of payables reads the register, which needs none of the lists', async () => {
		const register = [
			{ CNTRLNUM: '1', CNTRLTYP: 0, DOCTYPE: 1, DCSTATUS: 2, DEX_ROW_ID: 1 },
			{ CNTRLNUM: '2', CNTRLTYP: 0, DOCTYPE: 1, DCSTATUS: 0, DEX_ROW_ID: 2 },
			{ CNTRLNUM: '2', CNTRLTYP: 1, DOCTYPE: 6, DCSTATUS: 3, DEX_ROW_ID: 3 },
		];
		const { client } = rowsClient(both({ payableOpen: [invoice('9')], register }));
		const { keys, rows, counted } = await client.secondLook('payable');
		expect([...keys].sort()).toEqual(['1;1', '1;9', '6;2']);
		expect([...rows.values()]).toMatchObject([
			{ key: '1;9', amount: '100', vendor: 'V1', month: '2026-05', voided: false },
		]);
		expect(counted).toBe(1);
	});

	test('a source that knows nothing of it is told apart, not believed', async () => {
		const { client } = rowsClient(memory({ vendor: many(120) }, 50));
		const { counted, failed } = await client.secondLook('vendor');
		expect(counted).toBeNull();
		expect(failed).toMatch(/gpp_vendor: the workflow does not give rows backwards/);
	});

	test('a fault on the way is told, with what came until then and without a count', async () => {
		let answers = 0;
		const source = both({ vendor: many(200) });
		const { client } = rowsClient(async (request) => {
			if (request.look === 'backward' && (answers += 1) > 2) return [];
			return await source(request);
		});
		const { keys, counted, failed } = await client.secondLook('vendor');
		expect([keys.size, counted]).toEqual([60, null]);
		expect(failed).toMatch(/one item was expected, and 0 came/);
	});

	test('rows of another company are no witness', async () => {
		const { client } = rowsClient(async ({ request }) => [
			{ request, rows: [{ INTERID: 'ACME' }] },
		]);
		await expect(client.secondLook('vendor')).rejects.toMatchObject({
			code: 'GP_ROWS_OF_OTHER_COMPANY',
		});
	});
});

test('keys with blanks in front, and none at all, are read past', async () => {
	const rows = ['', ' A', ' Z', '!', 'A', 'B', 'C'].map((id) =>
		vendor(id, { VENDNAME: `v ${id}` }),
	);
	const { client, bad } = rowsClient(memory({ vendor: rows }, 2), {
		profile: { query: { pageSize: 2 } },
	});
	expect((await client.list('vendor')).map(({ key }) => key).sort()).toEqual(
		// One without a key is a fault; outer blanks tell no two records apart.
		['!', 'A', 'B', 'C', 'Z'],
	);
	expect(bad).toHaveLength(1);
});

test('rows of another company are not read', async () => {
	const { client } = rowsClient(async ({ request }) => [{ request, rows: [{ interid: 'ACME ' }] }]);
	const error = { code: 'GP_ROWS_OF_OTHER_COMPANY', details: { wanted: 'TWO', found: 'ACME' } };
	await expect(client.list('vendor')).rejects.toMatchObject(error);
	await expect(client.get('payable', '1;00417')).rejects.toMatchObject(error);
	await expect(client.probe()).rejects.toMatchObject(error);
});

test('without a workflow to call the door says so', () => {
	expect(() => rowsClient(undefined)).toThrow(
		expect.objectContaining({ code: 'GP_ROW_SOURCE_NOT_CALLABLE' }),
	);
});

test.each<[string, (rows: Row[], request: RowRequest) => unknown[], string]>([
	['no item', () => [], 'one item was expected, and 0 came'],
	['an item per row', (rows) => rows, 'one item was expected'],
	['another request', (rows) => [{ request: 'x', rows }], 'the request it belongs to'],
	['no rows', (_rows, { request }) => [{ request }], 'no list "rows"'],
	[
		'a row without a column',
		(rows, { request }) => [{ request, rows: rows.map(({ HOLD: _hold, ...rest }) => rest) }],
		'row 1 has no column HOLD',
	],
	[
		'an error in place of rows',
		(_rows, { request }) => [{ request, rows: [{ error: 'SELECT was denied on gpp_vendor' }] }],
		'SELECT was denied on gpp_vendor',
	],
	[
		'a list in a column',
		(rows, { request }) => [{ request, rows: rows.map((row) => ({ ...row, HOLD: [0, 1] })) }],
		'HOLD of row 1 is no plain value',
	],
	[
		'more rows than asked for',
		(rows, { request, limit }) => [
			{ request, rows: Array.from({ length: limit + 1 }, () => rows[0]) },
		],
		'at most 2000 rows were asked for, and 2001 came',
	],
	[
		'fewer rows than there are by its own count',
		(rows, { request }) => [{ request, rows: [{ ...rows[0], gpp_count: 2, gpp_place: 1 }] }],
		'there were 2 rows to give, of which 1 came',
	],
])('an answer with %s is refused', async (_name, answer, why) => {
	const rows = [vendor('V1'), vendor('V2'), vendor('V3')];
	const { client } = rowsClient(async (request) =>
		request.rows === 'company'
			? [{ request: request.request, rows: [{ INTERID: 'TWO' }] }]
			: answer(rows, request),
	);
	await expect(client.listKeys('vendor')).rejects.toMatchObject({
		code: 'GP_ROW_ANSWER_WRONG',
		message: expect.stringContaining(why),
	});
});

test('names without case, dates and amounts as drivers give them make the same record', async () => {
	const asSqlServer = {
		payableOpen: [
			invoice('00417', {
				DOCDATE: new Date('2026-05-31T00:00:00.000Z'),
				DUEDATE: new Date('1900-01-01T00:00:00.000Z'),
				DOCAMNT: 1234.56,
				PRCHAMNT: 1234.56,
				ModifiedDate: new Date('2026-06-01T10:00:00.123Z'),
			}),
		],
		distributionOpen: [line('00417', { DEBITAMT: 1234.56, CRDTAMNT: 0 })],
	};
	const lower = (rows: Row[]) =>
		rows.map((row) =>
			Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])),
		);
	const asText = {
		payableOpen: [
			invoice('00417    ', {
				DOCDATE: '2026-05-31',
				DUEDATE: '1900-01-01',
				DOCAMNT: '1234.56000',
				PRCHAMNT: '1234.56000',
				ModifiedDate: '2026-06-01 10:00:00.123',
			}),
		],
		distributionOpen: [line('00417    ', { DEBITAMT: '1234.56000', CRDTAMNT: '0.00000' })],
	};
	const read = async (source: RowSource) => (await rowsClient(source).client.list('payable'))[0]!;
	const first = await read(memory(asSqlServer));
	expect(first).toMatchObject({
		key: '1;00417',
		documentDate: '2026-05-31',
		dueDate: null,
		modified: '2026-06-01T10:00:00.123Z',
		amounts: { document: '1234.56' },
		distributions: [{ account: '300-5110-02', debit: '1234.56' }],
	});
	const padded = memory(asText);
	const folded: RowSource = async (request) => {
		const [answer] = (await padded({
			...request,
			only: request.only && {
				...request.only,
				values: request.only.values.map((one) => `${one}    `),
			},
		})) as [{ request: string; rows: Row[] }];
		return [{ ...answer, rows: lower(answer.rows) }];
	};
	expect(await read(folded)).toEqual(first);
});

test('a day that is the midnight of no known zone is refused for its record alone', async () => {
	const source = memory({
		payableOpen: [
			invoice('1', { DOCDATE: new Date('2026-05-31T13:37:11.000Z') }),
			invoice('2', { DOCDATE: '2026-05-31' }),
		],
		distributionOpen: [line('1'), line('2', { DEX_ROW_ID: 2 })],
	});
	const { client, bad } = rowsClient(source);
	expect((await client.list('payable')).map(({ key }) => key)).toEqual(['1;2']);
	expect(bad).toMatchObject([{ code: 'GP_RECORD_MALFORMED', details: { key: '1;1' } }]);
});

test('an amount that a floating number cannot hold is refused, not rounded', async () => {
	const source = memory({ payableOpen: [invoice('1', { DOCAMNT: 20_000_000_000.01 })] });
	await expect(rowsClient(source).client.list('payable')).rejects.toMatchObject({
		code: 'GP_ROW_ANSWER_WRONG',
		message: expect.stringContaining('DOCAMNT of row 1'),
	});
});

test('a document whose lines have moved on is completed from history', async () => {
	const source = memory({
		payableOpen: [invoice('1')],
		distributionHistory: [line('1')],
	});
	const [record] = await rowsClient(source).client.list('payable');
	expect(record).toMatchObject({ key: '1;1', distributions: [{ debit: '100' }] });
});

test('tax lines that moved on after the distributions were read are found as well', async () => {
	const tax = {
		VCHRNMBR: '1',
		DOCTYPE: 1,
		DEX_ROW_ID: 1,
		TAXDTLID: 'GST',
		ACTNUMST: '',
		TAXAMNT: 5,
	};
	const source = memory({
		payableOpen: [invoice('1', { TAXAMNT: '5.00000' }), invoice('2', { TAXAMNT: '0.00000' })],
		distributionOpen: [line('1'), line('2', { DEX_ROW_ID: 2 })],
		taxHistory: [tax],
	});
	const found = await rowsClient(source).client.list('payable');
	expect(found).toMatchObject([{ taxes: [{ taxDetailId: 'GST', amount: '5' }] }, { taxes: [] }]);
	// Nobody looks for tax where there is none.
	const asked = source.asked.filter(({ rows }) => rows === 'taxHistory');
	expect(asked.map(({ only }) => only!.values)).toEqual(expect.arrayContaining([['1']]));
	expect(asked.flatMap(({ only }) => only!.values)).not.toContain('2');
});

test('a part of a line that was analysed without a job is none of the job', async () => {
	const part = (at: number, more: Row): Row => ({ ...job('1', at), ...more });
	const without = { JOB: null, COSTCODE: null, COSTTYPE: null };
	const read = async (...parts: Row[]) => {
		const tables = { payableOpen: [invoice('1')], distributionOpen: [line('1')] };
		const { client, bad } = rowsClient(memory({ ...tables, distributionJob: parts }));
		const [found] = (await client.list('payable')) as GpPayable[];
		const lines = found?.distributions.map(({ debit, job: jobOf }) => [debit, jobOf ?? null]);
		return lines?.sort() ?? bad[0]!.message;
	};
	const some = part(1, { AMOUNT: '60.00000' });
	expect(await read(some, part(2, { ...without, AMOUNT: '40.00000' }))).toEqual([
		['40', null],
		['60', 'J-1'],
	]);
	expect(await read(some, part(2, { ...without, AMOUNT: '30.00000' }))).toMatch(/add up to 90.00/);
	expect(await read(part(1, { AMOUNT: '100' }), part(2, { ...without, AMOUNT: '0' }))).toEqual([
		['100', 'J-1'],
	]);
	// A product that tells no amounts has no parts.
	expect(await read(part(1, {}), part(2, without))).toEqual([['100', 'J-1']]);
});

test('a document in a state that is not read is not called lost', async () => {
	const register = [{ CNTRLNUM: '1', CNTRLTYP: 0, DOCTYPE: 1, DCSTATUS: 1, DEX_ROW_ID: 9 }];
	const profile = { transactionStates: ['open' as const] };
	const { client } = rowsClient(memory({ register, payableWork: [invoice('1')] }), { profile });
	await expect(client.get('payable', '1;1')).rejects.toThrow(
		/none of the tables that are read \(gpp_payable_open\); "transactionStates"/,
	);
});

test('what no table has is gone only if the register has it no more', async () => {
	let asked = 0;
	const register = [{ CNTRLNUM: '1', CNTRLTYP: 0, DOCTYPE: 1, DCSTATUS: 3, DEX_ROW_ID: 9 }];
	const tables: Record<string, Row[]> = { register, distributionOpen: [line('1')] };
	const inner = memory(tables);
	const moving: RowSource = async (request) => {
		// It moves from open to history behind the reader, once.
		if (request.rows === 'payableHistory' && ++asked === 2)
			tables.payableHistory = [invoice('1', { TransactionState: 'History' })];
		return await inner(request);
	};
	await expect(rowsClient(moving).client.get('payable', '1;1')).resolves.toMatchObject({
		key: '1;1',
		state: 'history',
	});
	const lost = rowsClient(memory({ register })).client;
	await expect(lost.get('payable', '1;1')).rejects.toMatchObject({ code: 'GP_RECORD_MALFORMED' });
	await expect(lost.get('payable', '1;2')).rejects.toMatchObject({ code: 'GP_RECORD_NOT_FOUND' });
});

test('one malformed row is reported, the others are read, and changes go on', async () => {
	const source = memory({ vendor: [vendor('V1'), vendor('V2', { VENDSTTS: 7 }), vendor('V3')] });
	const { client } = rowsClient(source);
	const batch = await client.readChanges('vendor', {
		watermark: EMPTY_WATERMARK,
		limit: 10,
		cursor: null,
	});
	expect(batch.records.map(({ key }) => key)).toEqual(['V1', 'V3']);
	expect(batch.faults).toMatchObject([{ key: 'V2' }]);
});
