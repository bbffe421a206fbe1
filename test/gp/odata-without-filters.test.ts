import { createGpClient } from '../../lib/gp/gp-client';
import type { GpHttp } from '../../lib/gp/site';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import type { GpPayable } from '../../lib/model/gp-records';
import { fakeClock } from '../procore/support/fake-clock';
import { readRun } from './support/read-run';
import { siteFor } from './support/client';

/*
 * An OData service that knows no $filter, as that of GP 2016, and says so as the protocol asks (501) or
 * as a bad request: documents still come with their own distributions, and records by their keys.
 */
const NONE = '1900-01-01T00:00:00Z';
const header = (voucher: string, amount: number) => ({
	...{ VCHRNMBR: voucher.padEnd(21), DOCTYPE: 1, VENDORID: 'ACME', DOCNUMBR: `I-${voucher}` },
	...{ DOCAMNT: amount, DOCDATE: '2026-04-01T00:00:00Z', PSTGDATE: '2026-04-01T00:00:00Z' },
	...{ POSTEDDT: '2026-04-02T00:00:00Z', DUEDATE: NONE, VOIDED: 0, RETNAGAM: 0 },
	...{ DEX_ROW_TS: '2026-04-02T10:00:00.123Z' },
});
const line = (voucher: string, sequence: number, type: number, debit: number, credit: number) => ({
	...{ VCHRNMBR: voucher.padEnd(21), CNTRLTYP: 0, APTVCHNM: '', SPCLDIST: 0, INTERID: 'TWO' },
	...{ DSTSQNUM: sequence, DISTTYPE: type, DSTINDX: type === 2 ? 1 : 2 },
	...{ DEBITAMT: debit, CRDTAMNT: credit },
});
const vouchers = Array.from({ length: 60 }, (_, n) => String(1000 + n));
const TABLES: Record<string, object[]> = {
	PM10000: [],
	PM20000: vouchers.map((voucher, n) => header(voucher, 10 + n)),
	PM30200: [],
	PM10100: vouchers.flatMap((voucher, n) => [
		line(voucher, 16384, 2, 0, 10 + n),
		line(voucher, 32768, 6, 10 + n, 0),
	]),
	PM30600: [],
	GL00105: [
		{ ACTINDX: 1, ACTNUMST: '000-2100-00' },
		{ ACTINDX: 2, ACTNUMST: '300-5130-02' },
	],
};

function service(refusal: number): GpHttp & { asked: string[] } {
	const asked: string[] = [];
	return {
		asked,
		async request({ url }) {
			const { pathname, searchParams: query } = new URL(url);
			asked.push(decodeURIComponent(url));
			const answer = (status: number, body: object) => ({
				status,
				headers: { 'content-type': 'application/json' },
				body: Buffer.from(JSON.stringify(body)),
				url,
			});
			if (query.has('$filter'))
				return answer(refusal, { error: { message: 'The option $filter is not supported.' } });
			const table = TABLES[pathname.split('/').at(-1)!];
			if (!table) return answer(404, { error: { message: 'Resource not found.' } });
			const skip = Number(query.get('$skip') ?? 0);
			const top = Math.min(25, Number(query.get('$top') ?? 25));
			return answer(200, { '@odata.count': table.length, value: table.slice(skip, skip + top) });
		},
	};
}

const clientOf = (http: GpHttp) =>
	createGpClient({
		site: siteFor(
			{},
			{
				serviceAddress: 'https://gp.example',
				profileName: 'odata',
			},
		),
		http,
		effects: fakeClock(),
		throttle: { gapMs: 0 },
	});

describe.each([501, 400])('a filter is refused with %i', (refusal) => {
	test('documents come with their own distributions', async () => {
		const { records, faults } = await readRun(
			clientOf(service(refusal)),
			'payable',
			EMPTY_WATERMARK,
		);
		expect(faults).toEqual([]);
		expect(records).toHaveLength(60);
		for (const record of records as GpPayable[]) {
			expect(record.distributions).toMatchObject([
				{ type: 'payable', account: '000-2100-00', credit: record.amounts.document },
				{ type: 'purchase', account: '300-5130-02', debit: record.amounts.document },
			]);
		}
	});

	test('a document is read by its key', async () => {
		const record = (await clientOf(service(refusal)).get('payable', '1;1042')) as GpPayable;
		expect(record).toMatchObject({ voucher: '1042', amounts: { document: '52' } });
		expect(record.distributions).toHaveLength(2);
	});

	test('it is asked for a condition once a table, not each time', async () => {
		const http = service(refusal);
		const client = clientOf(http);
		await client.get('payable', '1;1001');
		const before = http.asked.filter((url) => url.includes('$filter')).length;
		await client.get('payable', '1;1002');
		expect(http.asked.filter((url) => url.includes('$filter'))).toHaveLength(before);
	});
});

describe('a table that is kept from the account', () => {
	const without = (refused: string, status: number): GpHttp => {
		const whole = service(501);
		return {
			async request(asked) {
				if (!new URL(asked.url).pathname.endsWith(refused)) return await whole.request(asked);
				const body = Buffer.from('{"error":{"message":"no"}}');
				return { status, headers: { 'content-type': 'application/json' }, body, url: asked.url };
			},
		};
	};

	test.each([
		['PM10100', 403, /role that begins with OD_ and may read table PM10100/],
		['PM20000', 404, /Publish table PM20000 for this company/],
	])('%s, with %i: the remedy names it', async (table, status, remedy) => {
		const read = readRun(clientOf(without(table, status)), 'payable', EMPTY_WATERMARK);
		await expect(read).rejects.toMatchObject({ remedy: expect.stringMatching(remedy) });
	});
});
