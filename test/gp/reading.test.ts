import { EMPTY_WATERMARK, type Watermark } from '../../lib/model/gp-changes';
import type { GpPayable, GpRecord } from '../../lib/model/gp-records';
import type { GpClient } from '../../lib/gp/gp-client';
import type { Entity } from '../../lib/model/desired';
import { accountRow, FakeGp, payableRow, vendorRow } from './support/fake-gp';
import { clientFor } from './support/client';

async function run(
	client: GpClient,
	entity: Entity,
	watermark: Watermark,
	limit = 500,
): Promise<{ records: GpRecord[]; watermark: Watermark }> {
	const records: GpRecord[] = [];
	let cursor: string | null = null;
	let at = watermark;
	do {
		const batch = await client.readChanges(entity, { watermark: at, limit, cursor });
		records.push(...batch.records);
		at = batch.checkpoint.watermark;
		cursor = batch.checkpoint.cursor;
	} while (cursor !== null);
	return { records, watermark: at };
}

function filled(settings: ConstructorParameters<typeof FakeGp>[0] = {}): FakeGp {
	const gp = new FakeGp(settings);
	gp.put(
		'vendor',
		vendorRow('ACME0001', '2026-05-01T10:00:00.000Z'),
		vendorRow('BOLT0002', '2026-05-02T10:00:00.000Z'),
	);
	gp.put('account', accountRow('300-5110-02', '2026-05-01T10:00:00.000Z'));
	gp.put('payable', payableRow('00417', '2026-05-03T09:30:00.000Z'));
	return gp;
}

test('a payables document comes whole, exact and trimmed', async () => {
	const { client } = clientFor(filled());
	const [payable] = (await client.list('payable')) as GpPayable[];
	expect(payable).toMatchObject({
		kind: 'payable',
		key: '1;00417',
		company: 'TWO',
		voucher: '00417',
		documentType: 'invoice',
		documentNumber: 'INV-00417',
		vendorId: 'ACME0001',
		state: 'open',
		voided: false,
		documentDate: '2026-05-31',
		postingDate: null,
		modified: '2026-05-03T09:30:00.000Z',
		amounts: {
			document: '110.25',
			purchases: '100.25',
			tax: '10',
			freight: null,
			miscellaneous: null,
			tradeDiscount: null,
			retainage: null,
		},
	});
	expect(payable!.distributions).toEqual([
		{
			sequence: 16384,
			type: 'purchase',
			account: '300-5110-02',
			debit: '100.25',
			credit: '0',
			reference: 'J100 framing',
		},
		{
			sequence: 32768,
			type: 'taxes',
			account: '000-2300-00',
			debit: '10',
			credit: '0',
			reference: null,
		},
		{
			sequence: 49152,
			type: 'payable',
			account: '000-2100-00',
			debit: '0',
			credit: '110.25',
			reference: null,
		},
	]);
});

test.each(['bare', 'payload', 'nested', 'xml', 'odata'] as const)(
	'the records are the same from a %s answer',
	async (envelope) => {
		const plain = clientFor(filled()).client;
		const { client } = clientFor(filled({ envelope }));
		for (const entity of ['vendor', 'account', 'payable'] as const) {
			expect(await client.list(entity)).toEqual(await plain.list(entity));
			const [first] = await client.list(entity);
			expect(await client.get(entity, first!.key)).toEqual(first);
		}
	},
);

test('a second reading without changes yields nothing, a changed record yields itself', async () => {
	const gp = filled();
	const { client } = clientFor(gp);
	const first = await run(client, 'vendor', EMPTY_WATERMARK);
	expect(first.records.map(({ key }) => key)).toEqual(['ACME0001', 'BOLT0002']);
	expect(first.watermark.since).toBe('2026-05-02T10:00:00.000Z');
	expect((await run(client, 'vendor', first.watermark)).records).toEqual([]);
	gp.put('vendor', vendorRow('ACME0001', '2026-05-02T10:00:00.001Z', { Name: 'ACME CONCRETE' }));
	const third = await run(client, 'vendor', first.watermark);
	expect(third.records.map(({ key }) => key)).toEqual(['ACME0001']);
});

test('summaries lead to one detail call per changed document', async () => {
	const gp = filled({ summary: true });
	const { client } = clientFor(gp);
	const { records, watermark } = await run(client, 'payable', EMPTY_WATERMARK);
	expect((records[0] as GpPayable).distributions).toHaveLength(3);
	const details = () => gp.log.filter((url) => url.includes('Transactions(')).length;
	expect(details()).toBe(1);
	// And one more where the stamp is so fresh that it may hide a later edit.
	expect((await run(client, 'payable', watermark)).records).toEqual([]);
	expect(details()).toBe(2);
});
