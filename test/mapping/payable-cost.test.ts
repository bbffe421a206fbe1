import type { GpDistribution, GpPayable } from '../../lib/model/gp-records';
import { costOfPayable } from '../../lib/mapping/payable-cost';
import { payable, type Entry } from './samples';

const LINE: Entry = ['purchase', '300-5110-02', '100'];
const isJobCost = (account: string) => account.startsWith('300-5');
const costOf = (document: GpPayable | Entry[]) =>
	costOfPayable(Array.isArray(document) ? payable(document) : document, isJobCost)!;
const parts = (document: GpPayable | Entry[]) => {
	const { lines, charges, total, imbalance, retainage } = costOf(document);
	return {
		lines: lines.map(({ account, amount }) => `${account} ${amount}`),
		charges: charges.map(({ charge, amount }) => `${charge} ${amount}`),
		...{ total, imbalance, retainage },
	};
};

test('of each type of distribution what is cost is taken, the rest settles', () => {
	const entries: Entry[] = [
		LINE,
		...([
			['other', '300-5190-00', '-7'],
			['financeCharge', '1', '2'],
			['unit', '1', '9999'],
		] as Entry[]),
		...([
			['freight', '2', '3'],
			['taxes', '2', '4'],
			['gst', '2', '5'],
			['miscellaneous', '2', '6'],
		] as Entry[]),
		...([
			['tradeDiscount', '2', '-1'],
			['cash', '3', '-50'],
			['writeOff', '3', '1'],
			['purchase', '4', '0'],
		] as Entry[]),
	];
	expect(parts(entries)).toEqual({
		lines: ['300-5110-02 100', '300-5190-00 -7', '1 2'],
		charges: ['freight 3', 'tax 4', 'tax 5', 'miscellaneous 6', 'tradeDiscount -1'],
		total: '112',
		// Units count things: the money balances without them.
		...{ imbalance: '-9999', retainage: '0' },
	});
});

test('what is held back is "other" against the cost, off the job accounts, in this company', () => {
	const held: Entry = ['other', '000-2110-00', '-10'];
	expect(parts([LINE, held])).toMatchObject({
		lines: ['300-5110-02 100'],
		total: '100',
		retainage: '10',
	});
	expect(parts([LINE, ['other', '000-2110-00', '10']])).toMatchObject({
		total: '110',
		retainage: '0',
	});
	expect(parts([LINE, ['purchase', '000-2110-00', '-10']])).toMatchObject({
		total: '90',
		retainage: '0',
	});
	expect(parts([LINE, ['other', '300-5110-02', '-10']])).toMatchObject({
		total: '90',
		retainage: '0',
	});
	const foreign = payable([LINE, held]);
	foreign.distributions[1]!.company = 'THREE';
	expect(parts(foreign)).toMatchObject({ total: '90', retainage: '0' });
	for (const documentType of ['return', 'creditMemo'] as const) {
		const credit = (amount: string) =>
			payable(
				[
					['purchase', '300-5110-02', '-100'],
					['other', '000-2110-00', amount],
				],
				{ documentType },
			);
		expect(parts(credit('10'))).toMatchObject({ total: '-100', retainage: '-10' });
		expect(parts(credit('-10'))).toMatchObject({ total: '-110', retainage: '0' });
	}
});

test('the document tells what is held back where no line does', () => {
	const of = (retainage: string, given: Partial<GpPayable> = {}) => {
		const document = payable([LINE], given);
		return parts({ ...document, amounts: { ...document.amounts, retainage } }).retainage;
	};
	expect([
		of('5'),
		of('5', { documentType: 'return' }),
		of('5', { documentType: 'creditMemo' }),
	]).toEqual(['5', '-5', '-5']);
	expect([of('x'), of('0')]).toEqual(['0', '0']);
	expect(parts({ ...payable([LINE]), amounts: undefined as never }).retainage).toBe('0');
});

test('without a purchase of this company its charges are the cost itself', () => {
	const document = payable([
		['purchase', '1', '9'],
		['freight', '2', '3'],
		['taxes', '3', '4'],
	]);
	document.distributions[0]!.company = 'THREE';
	document.distributions[2]!.company = 'THREE';
	expect(parts(document)).toMatchObject({ lines: ['1 9', '2 3'], charges: ['tax 4'], total: '16' });
	expect(costOf(document).lines[1]!.charge).toBeNull();
});

test('an amount that is no number makes the cost unknown, on either side', () => {
	for (const field of ['debit', 'credit'] as const) {
		const document = payable([LINE]);
		document.distributions[0]![field] = 'n/a';
		expect(costOfPayable(document, isJobCost)).toBeNull();
	}
});

test('a line keeps what is known of it, and nothing that is not', () => {
	const document = payable([['purchase', '1', '1', 'r']]);
	expect(costOf(document).lines).toEqual([
		{ sequence: 16384, account: '1', reference: 'r', amount: '1', charge: null },
	]);
	expect(Object.keys(costOf(document).lines[0]!).sort()).toEqual(
		['account', 'amount', 'charge', 'reference', 'sequence'].sort(),
	);
	const more: Partial<GpDistribution> = {
		company: 'X',
		job: '1',
		costCode: '2',
		costType: '3',
		accountFacts: null,
	};
	Object.assign(document.distributions[0]!, more);
	expect(costOf(document).lines[0]).toMatchObject(more);
});
