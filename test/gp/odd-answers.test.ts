import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGpClient } from '../../lib/gp/gp-client';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import type { GpPayable } from '../../lib/model/gp-records';
import { plainHttp } from './support/stand-in';
import { siteFor } from './support/client';

/*
 * Services whose answers are of an odd shape, over HTTP: what stands in them is read, or a fault or an
 * error says what happened. What is in an answer never goes by without a word.
 */

const sent = plainHttp();
const servers: http.Server[] = [];
afterAll(() => {
	sent.close();
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
});

interface Question {
	/** The record asked for, null for the list. */
	key: string | null;
	skip: number;
	query: URLSearchParams;
}
type Answer = unknown[] | { status?: number; body: unknown };

async function clientOf(answer: (asked: Question) => Answer) {
	const asked: string[] = [];
	const server = http.createServer((request, response) => {
		const url = new URL(request.url!, 'http://gp');
		asked.push(decodeURIComponent(url.search));
		const key = /(?:Vendors|Transactions)\((.*)\)/.exec(decodeURIComponent(url.pathname))?.[1];
		const skip = Number(url.searchParams.get('$skip') ?? 0);
		const given = answer({ key: key ?? null, skip, query: url.searchParams });
		const { status = 200, body } = Array.isArray(given) ? { body: given.slice(skip) } : given;
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	servers.push(server);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	const client = createGpClient({
		site: siteFor(
			{},
			{
				serviceAddress: `http://127.0.0.1:${port}`,
			},
		),
		http: sent,
		effects: {
			now: () => Date.parse('2026-07-01T06:00:00Z'),
			sleep: async () => undefined,
			random: () => 0.5,
		},
		throttle: { gapMs: 0 },
	});
	return { client, asked };
}

async function read(entity: 'vendor' | 'payable', answer: (asked: Question) => Answer) {
	const { client } = await clientOf(answer);
	const { records, faults, checkpoint } = await client.readChanges(entity, {
		watermark: EMPTY_WATERMARK,
		limit: 100,
		cursor: null,
	});
	return {
		keys: records.map(({ key }) => key),
		lines: records.map((record) => (record as GpPayable).distributions?.length),
		records,
		faults: (faults ?? []).map(({ error }) => error.message),
		proven: checkpoint.completeness?.proven,
	};
}

const vendor = (id: unknown, more: object = {}) => ({
	VendorId: id,
	Name: `Vendor ${String(id)}`,
	AddressLine1: '1 Main St',
	City: 'Chicago',
	IsActive: true,
	ModifiedDate: '2026-05-01T10:00:00',
	...more,
});
const document = (voucher: string, more: object = {}) => ({
	VoucherNumber: voucher,
	Type: 'Invoice',
	VendorKey: { Id: 'ACME' },
	DocumentAmount: 100,
	IsVoided: false,
	TransactionState: 'Open',
	Date: '2026-05-01',
	ModifiedDate: '2026-05-02T10:00:00',
	...more,
});
const line = (type: string, debit: number, credit: number) => ({
	DistributionTypeKey: type,
	GLAccountKey: { Id: '000-1100-00' },
	DebitAmount: debit,
	CreditAmount: credit,
});
const LINES = [line('Purchases', 100, 0), line('Payable', 0, 100)];

describe('rows under one key', () => {
	test('that say different things are a fault of that record: neither is taken, the others go on', async () => {
		const { keys, faults } = await read('vendor', () => [
			vendor('ACME'),
			vendor('acme ', { Name: 'Another firm' }),
			...['B', 'C', 'D'].map((id) => vendor(id)),
		]);
		expect(keys).toEqual(['B', 'C', 'D']);
		expect(faults).toEqual([expect.stringMatching(/vendor ACME .*several rows of one answer/)]);
	});

	test('that are the same row twice are one record', async () => {
		const { keys, faults } = await read('vendor', () => [
			vendor('ACME'),
			vendor('ACME   '),
			vendor('B'),
		]);
		expect(keys).toEqual(['ACME', 'B']);
		expect(faults).toEqual([]);
	});

	test('a number and the same number with zeros before it are two vendors', async () => {
		const { keys } = await read('vendor', () => [vendor(417), vendor('00417')]);
		expect(keys).toEqual(['00417', '417']);
	});
});

describe('a single record that is asked for', () => {
	test('and comes as another one is a fault, never the other under its key', async () => {
		const { keys, faults } = await read('payable', ({ key }) =>
			key === null
				? [document('1'), document('2')]
				: { body: document('777', { Distributions: LINES }) },
		);
		expect(keys).toEqual([]);
		expect(faults).toEqual([
			expect.stringContaining('1;1 cannot be used: what came is not the one'),
			expect.stringContaining('1;2 cannot be used: what came is not the one'),
		]);
	});

	test('and comes with zeros before its number says what to have done about the list', async () => {
		const { client } = await clientOf(({ key }) =>
			key === null ? [] : { body: document('00000417', { Distributions: LINES }) },
		);
		await expect(client.get('payable', '1;417')).rejects.toMatchObject({
			remedy: expect.stringContaining('without the zeros before it'),
		});
		await expect(client.get('payable', '1;418')).rejects.toMatchObject({
			remedy: expect.stringContaining('"keyParts"'),
		});
	});

	test('and comes among the whole list is found there', async () => {
		const all = ['1', '2', '3'].map((voucher) => document(voucher, { Distributions: LINES }));
		const { client } = await clientOf(({ key }) => (key === null ? [] : { body: all }));
		expect(await client.get('payable', '1;2')).toMatchObject({ key: '1;2' });
	});

	test.each([
		['by number', { '1': LINES[0], '2': LINES[1] }],
		['under "results"', { results: LINES }],
		['as one of each kind', { PayablesDistribution: LINES }],
	])('and has its lines %s', async (_how, Distributions) => {
		const { lines } = await read('payable', ({ key }) =>
			key === null ? [document('1')] : { body: document('1', { Distributions }) },
		);
		expect(lines).toEqual([2]);
	});

	test.each([
		['beside it', { Payload: { Transaction: document('1'), Distributions: LINES } }],
		['beside the list it stands in', { Payload: [document('1')], Distributions: LINES }],
	])('and has its lines %s', async (_where, body) => {
		const { lines, faults } = await read('payable', ({ key }) =>
			key === null ? [document('1')] : { body },
		);
		expect([lines, faults]).toEqual([[2], []]);
	});

	test('although it is listed, and is not found, is a fault of that record alone', async () => {
		const { keys, faults } = await read('payable', ({ key }) =>
			key === null
				? [document('1'), document('2')]
				: key.includes('1;1')
					? { status: 404, body: { Message: 'Record not found' } }
					: { body: document('2', { Distributions: LINES }) },
		);
		expect(keys).toEqual(['1;2']);
		expect(faults).toEqual(['GP has no payables document with the key 1;1.']);
	});
});

describe.each([
	['null', null],
	['empty', []],
])('lists whose rows have lines that are %s', (_what, Distributions) => {
	test('are asked for the record', async () => {
		const { lines } = await read('payable', ({ key }) =>
			key === null
				? [document('1', { Distributions })]
				: { body: document('1', { Distributions: LINES }) },
		);
		expect(lines).toEqual([2]);
	});

	test('stand as they are where single records are not offered', async () => {
		const rows = ['1', '2', '3', '4'].map((voucher) => document(voucher, { Distributions }));
		const { lines, faults } = await read('payable', ({ key }) =>
			key === null ? rows : { status: 404, body: { Message: 'nothing here' } },
		);
		expect([lines, faults]).toEqual([[0, 0, 0, 0], []]);
	});
});

describe('an answer', () => {
	test('with two lists of records is an error that names both', async () => {
		const reading = read('vendor', () => ({
			body: { Payload: { Active: [vendor('A')], Inactive: [vendor('B')] } },
		}));
		await expect(reading).rejects.toMatchObject({
			code: 'GP_UNEXPECTED_SHAPE',
			message: expect.stringContaining('Payload.Active, Payload.Inactive'),
			remedy: expect.stringContaining('responsePath'),
		});
	});

	test('with the addresses of its vendors in a list of their own is no riddle', async () => {
		const VendorAddresses = [{ VendorId: 'A', AddressLine1: '2 Side St', City: 'Fargo' }];
		const { keys } = await read('vendor', ({ skip }) => ({
			body: skip > 0 ? [] : { Payload: { Vendors: [vendor('A')], VendorAddresses } },
		}));
		expect(keys).toEqual(['A']);
	});

	test.each<[string, (rows: unknown[]) => unknown]>([
		['a bare list', (rows) => rows],
		['d.results', (rows) => ({ d: { results: rows } })],
		['d', (rows) => ({ d: rows })],
		['value', (rows) => ({ '@odata.context': 'x', value: rows })],
		['value that is one object', (rows) => ({ value: rows[0] })],
		['Items two deep', (rows) => ({ Envelope: { Body: { Items: rows } } })],
		['Records', (rows) => ({ Records: rows, Count: rows.length })],
		['a list behind a byte order mark', (rows) => `\ufeff${JSON.stringify(rows)}`],
	])('of the shape "%s" is read', async (_shape, wrapped) => {
		const { keys, proven } = await read('vendor', ({ skip }) => ({
			body: skip > 0 ? [] : wrapped([vendor('A')]),
		}));
		expect([keys, proven]).toEqual([['A'], true]);
	});

	test.each<[string, { status?: number; body: unknown }]>([
		['204', { status: 204, body: '' }],
		['404', { status: 404, body: { Message: 'no rows' } }],
		['null', { body: 'null' }],
		['nothing at all', { body: '' }],
		['null in an envelope', { body: { Payload: null } }],
	])('that is %s ends a list where nothing is left', async (_what, empty) => {
		const rows = ['A', 'B', 'C'].map((id) => vendor(id));
		const { keys, proven } = await read('vendor', ({ skip }) => (skip < 3 ? rows : empty));
		expect([keys, proven]).toEqual([['A', 'B', 'C'], true]);
	});

	test.each<[string, { status?: number; body: unknown }]>([
		['404', { status: 404, body: { Message: 'no rows' } }],
		['nothing at all', { body: '' }],
	])('that is %s to a filter leads to the list without it', async (_what, empty) => {
		const { client } = await clientOf(({ query }) =>
			query.has('$filter') ? empty : [vendor('A'), vendor('B')],
		);
		const since = { modifiedSince: '2026-06-01' };
		expect(await client.list('vendor', since)).toEqual([]);
		const earlier = await client.list('vendor', { modifiedSince: '2026-04-01' });
		expect(earlier.map(({ key }) => key)).toEqual(['A', 'B']);
	});

	test('of Atom where JSON was asked for is read', async () => {
		const entry = (id: string) =>
			`<entry><content><properties><VENDORID>${id}</VENDORID><VENDNAME>${id}</VENDNAME></properties></content></entry>`;
		const body = `<feed xmlns="http://www.w3.org/2005/Atom"><title>PM00200</title>${entry('A')}${entry('B')}</feed>`;
		expect(await read('vendor', () => ({ body }))).toMatchObject({ keys: ['A', 'B'], faults: [] });
	});
});

test('a range is asked for a day wider on both sides: its ends stay, whatever zone the service compares in', async () => {
	const { client, asked } = await clientOf(({ query }) => {
		// Takes the stamps it keeps for moments of a zone six hours behind, and leaves out the bound itself.
		const since = /ge datetime'([^']+)'/.exec(query.get('$filter') ?? '')?.[1] ?? '';
		const rows = [vendor('A', { ModifiedDate: '2026-05-01T01:00:00' }), vendor('B')];
		return rows.filter(
			({ ModifiedDate }) =>
				Date.parse(`${ModifiedDate}Z`) > Date.parse(`${since}Z`) + 6 * 3_600_000,
		);
	});
	const found = await client.list('vendor', { modifiedSince: '2026-05-01' });
	expect(found.map(({ key }) => key)).toEqual(['A', 'B']);
	expect(asked[0]).toContain('2026-04-30');
});

test.each([
	['9999-12-31', null],
	['9999-12-31T23:59:59.9999999', null],
	['0001-01-01T00:00:00', null],
	['1900-01-01', null],
	['2026-05-01T00:00:00.0000000', '2026-05-01'],
	['2026-05-01T00:00:00-05:00', '2026-05-01'],
	['/Date(1777593600000)/', '2026-05-01'],
])('the date %s is %s', async (Date, expected) => {
	const { records } = await read('payable', () => [document('1', { Date, Distributions: LINES })]);
	expect((records[0] as GpPayable).documentDate).toBe(expected);
});

test.each(['11/29/2026', 46355, '20260501', 1780272000000, '2026-05-01 CST', 'May 1 2026'])(
	'the date %s is refused, with the setting that would explain it',
	async (Date) => {
		const { faults } = await read('payable', () => [document('1', { Date, Distributions: LINES })]);
		expect(faults).toEqual([expect.stringContaining('dateFormat')]);
	},
);

test.each(['1,234.50', '1234,50', '$100.00', '(100.00)', '100.00-', '1.234,50', null, ''])(
	'the amount %s is refused rather than guessed at',
	async (DocumentAmount) => {
		const { keys, faults } = await read('payable', () => [
			document('1', { DocumentAmount, Distributions: LINES }),
		]);
		expect(keys).toEqual([]);
		expect(faults).toEqual([expect.stringMatching(/document amount .*(not a number|missing)/)]);
	},
);

test.each([
	['Y', true],
	['N', false],
	[1, true],
	[0, false],
	['True', true],
	['Yes', true],
])('the void flag %s is %s, and one that is not known is a fault', async (IsVoided, expected) => {
	const { records } = await read('payable', () => [
		document('1', { IsVoided, Distributions: LINES }),
	]);
	expect((records[0] as GpPayable).voided).toBe(expected);
	const unknown = await read('payable', () => [
		document('1', { IsVoided: 'V', Distributions: LINES }),
	]);
	expect(unknown.faults).toEqual([expect.stringContaining('voided flag "V" is not known')]);
});
