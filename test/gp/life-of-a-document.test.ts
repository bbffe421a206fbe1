import { EMPTY_WATERMARK, type Watermark } from '../../lib/model/gp-changes';
import { createGpClient } from '../../lib/gp/gp-client';
import type { GpPayable, GpVendor } from '../../lib/model/gp-records';
import { createWindowsHttpClient } from '../../lib/ntlm/windows-http-client';
import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { readRun } from './support/read-run';
import { siteFor } from './support/client';

/* Each step of a document's life is seen by the run after it, whatever the list rows and stamps tell. */

jest.setTimeout(60_000);

const SUMMARY = { listDetail: 'summary', authMode: 'none' } as const;
const SITES: Array<[string, SwitchChange, 'sba' | 'odata']> = [
	['summary lists, stamps in UTC', { ...SUMMARY, stampMode: 'utcDateTime' }, 'sba'],
	['summary lists, stamps that are dates', { ...SUMMARY, stampMode: 'dateOnly' }, 'sba'],
	['summary lists without stamps', { ...SUMMARY, stampMode: 'absent' }, 'sba'],
	[
		'summary lists, no filter, stamps in UTC',
		{ ...SUMMARY, stampMode: 'utcDateTime', dialect: 'none' },
		'sba',
	],
	['joined tables, stamps in UTC', { authMode: 'none', stampMode: 'utcDateTime' }, 'odata'],
	['joined tables, stamps that are dates', { authMode: 'none', stampMode: 'dateOnly' }, 'odata'],
];

describe.each(SITES)('%s', (_what, switches, profileName) => {
	let gp: GpStandIn;
	let now: number;
	let watermark: Watermark;
	let creditMemo: CompanyDocument;
	let invoice: CompanyDocument;

	beforeEach(async () => {
		now = Date.parse('2026-07-01T09:00:00Z');
		gp = await startGpServer({
			company: { vendorCount: 12, documentCount: 30 },
			switches,
			clock: () => now,
		});
		creditMemo = gp.edits.addInvoice({ documentType: 5, state: 'open', ...lines('300.00') });
		gp.edits.payVoucher(documentKey(creditMemo));
		invoice = gp.edits.addInvoice({ state: 'open', ...lines('1200.00') });
		watermark = EMPTY_WATERMARK;
		await read();
	});
	afterEach(async () => await gp.close());

	const lines = (amount: string) => ({ lines: [{ account: '300-5110-02', amount }] });

	async function read(entity: 'payable' | 'vendor' = 'payable', at = watermark) {
		const http = createWindowsHttpClient({ authentication: { kind: 'none' } as never });
		try {
			const client = createGpClient({
				site: siteFor(
					{},
					{
						serviceAddress: gp.url,
						profileName,
					},
				),
				http,
				effects: { now: () => now, sleep: async () => undefined, random: () => 0 },
				throttle: { gapMs: 0 },
			});
			const run = await readRun(client, entity, at);
			expect(run.faults).toEqual([]);
			if (entity === 'payable') watermark = run.watermark;
			return run;
		} finally {
			await http.close();
		}
	}

	/** Records of the next run, by their keys. */
	async function next(minutes = 1): Promise<Record<string, GpPayable>> {
		now += minutes * 60_000;
		const { records } = await read();
		return Object.fromEntries(records.map((record) => [record.key, record as GpPayable]));
	}

	test('sent: a document comes in the run after it was entered, and not again', async () => {
		const entered = gp.edits.addInvoice({ state: 'work', ...lines('50.00') });
		expect(Object.keys(await next())).toEqual([documentKey(entered)]);
		expect(await next()).toEqual({});
		expect(await next(60)).toEqual({});
	});

	test('voided: a credit memo in history, minutes after it was read', async () => {
		now += 60_000;
		gp.edits.voidVoucher(documentKey(creditMemo));
		expect(await next()).toMatchObject({ [documentKey(creditMemo)]: { voided: true } });
		expect(await next()).toEqual({});
	});

	test('distributions edited: no stamp moves, the open document is found in its turn', async () => {
		await next(26 * 60);
		const [line] = invoice.distributions.filter(({ type }) => type === 6);
		gp.edits.changeDistribution(documentKey(invoice), line!.sequence, { account: '300-5130-02' });
		const found = await next();
		expect(Object.keys(found)).toEqual([documentKey(invoice)]);
		expect(
			found[documentKey(invoice)]!.distributions.some(({ account }) => account === '300-5130-02'),
		).toBe(true);
		expect(await next()).toEqual({});
	});

	test('distributions of an unposted document edited minutes after it was read', async () => {
		const entered = gp.edits.addInvoice({ state: 'work', ...lines('50.00') });
		await next();
		const [line] = entered.distributions.filter(({ type }) => type === 6);
		gp.edits.changeDistribution(documentKey(entered), line!.sequence, { account: '300-5130-02' });
		expect(Object.keys(await next())).toEqual([documentKey(entered)]);
		expect(await next()).toEqual({});
	});

	test('paid: the document moves to history', async () => {
		now += 60_000;
		gp.edits.payVoucher(documentKey(invoice));
		expect(await next()).toMatchObject({ [documentKey(invoice)]: { state: 'history' } });
		expect(await next()).toEqual({});
	});

	test('distributions removed: GP does not keep them when the document is paid', async () => {
		now += 60_000;
		gp.edits.payVoucher(documentKey(invoice));
		gp.company.documents.get(documentKey(invoice))!.distributions = [];
		expect(await next()).toMatchObject({
			[documentKey(invoice)]: { state: 'history', distributions: [] },
		});
		expect(await next()).toEqual({});
	});

	test('deleted: it is not in the run, nor asked for by every run after it', async () => {
		const entered = gp.edits.addInvoice({ state: 'work', ...lines('50.00') });
		await next();
		gp.edits.deleteVoucher(documentKey(entered));
		expect(await next()).toEqual({});
		// Where no list is proven to be whole, none shows that a document is gone: it is kept in mind.
		const proven = switches.dialect !== 'none';
		expect(Object.keys(watermark.seen).includes(documentKey(entered))).toBe(!proven);
	});

	test('a quiet run reads the details of open documents in their turn, and no others', async () => {
		await next(26 * 60);
		await next(60);
		const before = gp.counters.dataRequests;
		expect(await next(60)).toEqual({});
		const open = [...gp.company.documents.values()].filter(
			({ state, voided }) => state !== 'history' && !voided,
		);
		const closed = switches.stampMode === 'absent' ? gp.company.documents.size - open.length : 0;
		// Of each list: the way down to what it accepts, its page, and the two looks that show its end.
		expect(gp.counters.dataRequests - before).toBeLessThanOrEqual(
			Math.min(60, open.length + closed) + 15,
		);
	});

	test('a vendor whose address alone changed comes in the next run', async () => {
		const first = await read('vendor', EMPTY_WATERMARK);
		const vendor = [...gp.company.vendors.values()][3]!;
		now += 60_000;
		const [primary, ...others] = structuredClone(vendor.addresses);
		gp.edits.changeVendor(vendor.vendorId, {
			addresses: [{ ...primary!, line1: '77 New Street' }, ...others] as never,
		});
		now += 60_000;
		const second = await read('vendor', first.watermark);
		expect(second.records.map(({ key }) => key)).toEqual([vendor.vendorId]);
		expect((second.records[0] as GpVendor).addresses[0]!.line1).toBe('77 New Street');
		now += 60_000;
		expect((await read('vendor', second.watermark)).records).toEqual([]);
	});
});
