import type {
	Purchasing,
	PurchaseInvoice,
	PurchaseReceipt,
	PurchaseReceiptLine,
} from '../../../lib/gp/doors/door';
import { GpInvalidBody } from '../../../lib/gp/errors/gp-error';
import { GpUserNotAllowed } from '../../../lib/gp/errors/refusals';
import { withReceiptLines } from '../../../lib/gp/reading/add-facts';
import type { GpPayable, GpRecord } from '../../../lib/model/gp-records';
import { payable, vendor } from '../../mapping/samples';

const line = (number: number, more: Partial<PurchaseReceiptLine> = {}): PurchaseReceiptLine => ({
	...{ line: number, order: null, account: '300-5110-02', description: 'Rebar' },
	...{ quantity: '10', unitCost: '2.5', cost: '25', accrualAccount: null },
	...{ job: null, project: null, costCode: null, costCategory: null, costType: null },
	...more,
});
const paid = (key: string, number: number, quantity: string | null, more: object = {}) => ({
	...{ key, line: number, quantity, varianceAccount: null, ...more },
});
type Paying = PurchaseInvoice['lines'][number];
const paying = (cost: string | null, receipts: unknown[], more: object = {}): Paying =>
	({ line: 1, cost, varianceAccount: null, receipts, ...more }) as never;

const invoice = payable([['purchase', '000-2111-00', '25']]);

async function read(
	lines: Paying[] | null,
	receipts: Record<string, PurchaseReceiptLine[]>,
	records: GpRecord[] = [invoice],
) {
	const asked: string[] = [];
	const purchasing = {
		invoicesOf: async (documents: GpPayable[]) => {
			asked.push(`invoices of ${documents.map(({ key }) => key).join(' ')}`);
			return await Promise.resolve(new Map(lines ? [[invoice.key, { lines }]] : []));
		},
		getMany: async (kind: string, keys: string[]) => {
			asked.push(`${kind} ${keys.join(' ')}`);
			const found = Object.entries(receipts).map(
				([key, own]) => [key, { lines: own } as PurchaseReceipt] as const,
			);
			return await Promise.resolve(new Map(found));
		},
	} as unknown as Purchasing;
	const found = (await withReceiptLines(records, purchasing)) as GpPayable[];
	return { found, asked, lines: found[0]!.receiptLines, unread: found[0]!.receiptsUnread };
}

describe('the receipt lines an invoice pays', () => {
	test('come with the cost they were received at, their account and what they say of the job', async () => {
		const own = line(2, {
			job: 'J1',
			costCode: '03-100',
			costType: 'M',
			project: 'P',
			costCategory: 'C',
		});
		const { lines, asked } = await read([paying('25', [paid('R1', 2, '10')])], {
			R1: [line(1), own],
		});
		expect(lines).toEqual([
			{
				...{ receipt: 'R1', line: 2, account: '300-5110-02', description: 'Rebar' },
				...{ cost: '25', variance: '0', varianceAccount: null },
				...{ job: 'J1', costCode: '03-100', costType: 'M' },
			},
		]);
		expect(asked).toEqual([`invoices of ${invoice.key}`, 'receipt R1']);
	});

	test('name the project and category where they name no job', async () => {
		const own = line(1, { project: 'P1', costCategory: 'CONC' });
		const { lines } = await read([paying(null, [paid('R1', 1, '10')])], { R1: [own] });
		expect(lines).toMatchObject([{ job: 'P1', costCode: 'CONC', costType: null }]);
	});

	test.each<[string, Partial<PurchaseReceiptLine>, string, string]>([
		['the whole quantity, the cost it was booked with', { cost: '25.01' }, '10', '25.01'],
		['a part, that part at the unit cost', {}, '3', '7.50'],
		['a part, to the cent', { unitCost: '0.3333' }, '3', '1.00'],
		['the whole, without a booked cost at the unit cost', { cost: null }, '10', '25.00'],
		['a quantity nobody booked at the unit cost', { quantity: null }, '4', '10.00'],
		['for nothing', { unitCost: '0', cost: null }, '4', '0.00'],
	])('%s', async (_what, own, quantity, cost) => {
		const { lines } = await read([paying(null, [paid('R1', 1, quantity)])], { R1: [line(1, own)] });
		expect(lines).toMatchObject([{ cost, variance: '0' }]);
	});

	test.each<[string, Partial<PurchaseReceiptLine>, string | null]>([
		['a quantity that is not told', {}, null],
		['a part, without a unit cost', { unitCost: null }, '3'],
		['a part, of a line with a cost and no unit cost', { unitCost: '0' }, '3'],
	])('%s, are told to have no cost', async (_what, own, quantity) => {
		const { lines, unread } = await read([paying(null, [paid('R1', 1, quantity)])], {
			R1: [line(1, own)],
		});
		expect(lines).toBeUndefined();
		expect(unread).toBe('line 1 of purchase receipt R1 has no cost');
	});

	test('that are gone are told by their number', async () => {
		const gone = 'GP has no line 9 of purchase receipt R1 any more';
		const asked = [paying('25', [paid('R1', 9, '10')])];
		expect((await read(asked, { R1: [line(1)] })).unread).toBe(gone);
		expect((await read(asked, {})).unread).toBe(gone);
	});

	test('carry what the invoice asks beyond the cost on the first of each of its lines', async () => {
		const lines = [
			paying('60', [paid('R1', 1, '10'), paid('R1', 2, '10', { varianceAccount: 'own' })], {
				varianceAccount: 'of the invoice',
			}),
			paying('24', [paid('R2', 1, '10')]),
			paying('5', []),
		];
		const found = await read(lines, { R1: [line(1), line(2)], R2: [line(1)] });
		expect(
			found.lines!.map(({ variance, varianceAccount }) => [variance, varianceAccount]),
		).toEqual([
			...[
				['10', 'of the invoice'],
				['0', 'own'],
				['-1', null],
			],
		]);
		expect(found.asked[1]).toBe('receipt R1 R1 R2');
	});

	test('are found by the key of the receipt in any spelling', async () => {
		const found = await read([paying('25', [paid(' r1', 1, '10')])], { R1: [line(1)] });
		expect(found.lines).toHaveLength(1);
	});
});

describe('receipts are looked up', () => {
	const other = (more: Partial<GpPayable>) => payable([], { ...more });

	test('for invoices that stand; one that pays none has an empty list', async () => {
		const records = [
			...[invoice, vendor(), other({ documentType: 'creditMemo' }), other({ voided: true })],
		];
		const { found, asked, lines } = await read(null, {}, records);
		expect(lines).toEqual([]);
		expect(found.slice(1)).toEqual(records.slice(1));
		expect(asked[0]).toBe(`invoices of ${invoice.key}`);
	});

	test('for none where there are no such documents, or the door has no receipts', async () => {
		const records = [vendor(), other({ voided: true })];
		expect(await read(null, {}, records)).toMatchObject({ found: records, asked: [] });
		expect(await withReceiptLines([invoice], null)).toEqual([invoice]);
	});

	test('in vain where this user may not: that stands in the record, and what needs none goes on', async () => {
		const failing = (error: Error) =>
			({ invoicesOf: () => Promise.reject(error) }) as unknown as Purchasing;
		const refused = new GpUserNotAllowed({ entity: 'payable' });
		const [found, firm] = await withReceiptLines([invoice, vendor()], failing(refused));
		expect(found).toEqual({ ...invoice, receiptsUnread: refused.message });
		expect(firm).toEqual(vendor());
		const away = new GpInvalidBody({}, 'JSON', 'it stops in the middle');
		await expect(withReceiptLines([invoice], failing(away))).rejects.toBe(away);
		const bug = new TypeError('no such thing');
		await expect(withReceiptLines([invoice], failing(bug))).rejects.toBe(bug);
	});
});
