import {
	costLineOf,
	documentOf,
	otherType,
	sampleOf,
	typeDescribed,
	typesOfValues,
	unsure,
} from '../../../lib/mapping/suggest/propose-types';
import { account, payable, type Entry } from '../samples';
import { TYPES } from '../layouts/layout';

const LINE: Entry = ['purchase', '300-5110-02', '1', 'Rebar'];

describe('a sample of cost lines', () => {
	const sampled = (...payables: Array<ReturnType<typeof payable>>) => {
		const gather = sampleOf();
		gather.accounts([account('1'), account('2')]);
		for (const one of payables) gather.payables([one]);
		return gather.sample();
	};

	test('counts each way a line is written, and the lines that are', () => {
		const sample = sampled(
			payable([LINE, LINE, ['purchase', '300-5120-02', '2']]),
			payable([LINE], { description: null, purchaseOrderNumber: 'PO-7' }),
		);
		const way = { description: 'Rebar', purchaseOrder: null };
		expect(sample).toMatchObject({ payables: 2, costLines: 4 });
		expect(sample.lines).toEqual([
			{ ...way, account: '300-5110-02', reference: 'Rebar', lines: 2 },
			{ ...way, account: '300-5120-02', reference: null, lines: 1 },
			...[
				{
					account: '300-5110-02',
					reference: 'Rebar',
					description: null,
					purchaseOrder: 'PO-7',
					lines: 1,
				},
			],
		]);
		expect(sample.accounts.map((one) => one.account)).toEqual(['1', '2']);
	});

	test('takes a chart of more accounts than a function takes arguments', () => {
		const gather = sampleOf();
		const one = account('1');
		gather.accounts(Array.from({ length: 300_000 }, () => one));
		expect(gather.sample().accounts).toHaveLength(300_000);
	});

	test('leaves out voids, payments, charges, other companies, and what cannot be read', () => {
		const foreign = payable([LINE, LINE]);
		foreign.distributions[0]!.company = 'THREE';
		const unreadable = payable([LINE]);
		unreadable.distributions[0]!.debit = 'x';
		const sample = sampled(
			payable([LINE], { voided: true }),
			payable([LINE], { documentType: 'payment' }),
			payable([LINE, ['freight', '000-5900-00', '1']]),
			foreign,
			unreadable,
		);
		expect(sample).toMatchObject({ payables: 5, costLines: 2 });
		expect(sample.lines).toMatchObject([{ account: '300-5110-02', lines: 2 }]);
	});

	test('takes what settles in one company for cost: which accounts are cost is not known yet', () => {
		expect(sampled(payable([LINE, ['other', '000-2110-00', '-1']])).lines).toHaveLength(2);
	});

	test('counts the accounts that tax of this company was posted to', () => {
		const document = payable([
			LINE,
			['taxes', '9', '1'],
			['gst', '9', '1'],
			['freight', '8', '1'],
			['taxes', '7', '1'],
		]);
		document.distributions[4]!.company = 'THREE';
		expect([...sampled(document, document).taxAccounts]).toEqual([['9', 4]]);
	});
});

test('a line of the sample is put to the mapping with what the chart says of its account', () => {
	const way = { account: '1', reference: 'r', description: 'd', purchaseOrder: 'p', lines: 9 };
	expect(costLineOf(way)).toEqual({
		...{ sequence: 0, account: '1', reference: 'r', amount: '1', charge: null, accountFacts: null },
	});
	const known = account('1', { postingType: 'balanceSheet', active: false, description: 'Stock' });
	expect(costLineOf(way, known).accountFacts).toEqual({
		...{ postingType: 'balanceSheet', active: false, description: 'Stock' },
	});
	expect(documentOf(way, 'TWO')).toMatchObject({
		...{ company: 'TWO', description: 'd', purchaseOrderNumber: 'p', vendorClassId: null },
	});
	expect(unsure('job', 7, 'why')).toEqual({
		...{ subject: 'job', sure: false, said: 'why', covered: 0, of: 7 },
		...{ examples: [], others: [], settings: {} },
	});
});

describe('the cost type that descriptions tell', () => {
	const told = (types: typeof TYPES, ...descriptions: Array<string | null>) =>
		typeDescribed(
			descriptions.map((description) => account('1', { description })),
			types,
		);

	test.each<[string, string | undefined]>([
		['Concrete - Labor', 'L'],
		['Payroll burden', 'L'],
		['Supplies', 'M'],
		['Subs', 'S'],
		['Rentals', 'E'],
		['Sundry', 'O'],
		// The last word counts.
		['Equipment rental - Labor', 'L'],
		['Labor for equipment', 'E'],
		['Concrete', undefined],
		['Laborious', undefined],
	])('%s is %s', (description, type) => expect(told(TYPES, description)).toBe(type));

	test('of several accounts is the one that three of four name', () => {
		expect(told(TYPES, 'Labor', 'Wages', 'Payroll', 'Materials')).toBe('L');
		expect(told(TYPES, 'Materials', 'Labor', 'Wages', 'Payroll')).toBe('L');
		expect(told(TYPES, 'Labor', 'Wages', 'Materials')).toBeUndefined();
		expect(told(TYPES, 'Labor', 'Wages', 'Payroll', null)).toBe('L');
		expect(told(TYPES, 'Labor', 'Wages', 'Concrete')).toBeUndefined();
		expect(told(TYPES)).toBeUndefined();
	});

	test('is that of Procore with such a name, else with its letter, where it is one', () => {
		const named = (name: string, code: string) => ({ name, code });
		expect(told([named('Payroll', '1'), named('X', 'L')], 'Labor')).toBe('1');
		expect(told([named('X', ' l'), named('Y', 'M')], 'Labor')).toBe(' l');
		expect(told([named('Payroll', '1'), named('Wages', '2')], 'Labor')).toBeUndefined();
		expect(
			told([named('Payroll', '1'), named('Wages', '2'), named('X', 'L')], 'Labor'),
		).toBeUndefined();
		expect(told([named('X', 'l'), named('Y', 'L')], 'Labor')).toBeUndefined();
		expect(told([named('X', 'Q')], 'Labor')).toBeUndefined();
	});

	test('for what is told apart nowhere is the only one, or that for the rest', () => {
		expect(otherType([{ code: 'L', name: 'Labor' }])).toBe('L');
		expect(otherType(TYPES)).toBe('O');
		expect(otherType(TYPES.filter(({ code }) => code !== 'O'))).toBeUndefined();
		expect(otherType([])).toBeUndefined();
	});

	test('of a value is its own code or name, before what its accounts say', () => {
		const accounts = [account('1', { description: 'Labor' })];
		const groups = new Map([
			['e', accounts],
			['MATERIALS', accounts],
			['01', accounts],
			['02', []],
		]);
		expect([...typesOfValues(groups, TYPES)]).toEqual([
			['e', 'E'],
			['MATERIALS', 'M'],
			['01', 'L'],
		]);
	});
});
