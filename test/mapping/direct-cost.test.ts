import { documentCosts, monthOf } from '../../lib/mapping/direct-cost';
import { DELIVERED_UNTIL_0_3, type MappingSettings } from '../../lib/mapping/types';
import type { GpDistribution, GpPayable } from '../../lib/model/gp-records';
import { directCosts, map, payable, type Entry } from './samples';

const LINE: Entry = ['purchase', '300-5110-02', '40', ' Rebar '];
type Settings = Partial<MappingSettings>;
const cost = (document: GpPayable, settings: Settings = {}) =>
	directCosts(map([document], { settings }))[0]!;
const withLines = (
	entries: Entry[],
	change: (line: GpDistribution, index: number) => Partial<GpDistribution>,
) => {
	const document = payable(entries);
	return {
		...document,
		distributions: document.distributions.map((line, index) => ({
			...line,
			...change(line, index),
		})),
	};
};

describe('the header of a direct cost', () => {
	const header = (given: Partial<GpPayable>, settings: Settings = {}) =>
		cost(payable([LINE], given), settings).header;

	test('tells the day it was paid, that it is not paid, or nothing where GP does not tell', () => {
		expect(header({ paidOn: '2026-03-09' })).toMatchObject({ payment_date: '2026-03-09' });
		expect(header({ paidOn: null })).toMatchObject({ payment_date: '' });
		expect(header({})).not.toHaveProperty('payment_date');
	});

	test('has the other date where the one it goes by is missing', () => {
		const date = (given: Partial<GpPayable>, costDate: 'document' | 'posting') =>
			header(given, { costDate }).direct_cost_date;
		expect(date({ documentDate: null }, 'document')).toBe('2026-02-28');
		expect(date({ postingDate: null }, 'posting')).toBe('2026-02-27');
		expect(header({ documentDate: null, postingDate: null })).not.toHaveProperty(
			'direct_cost_date',
		);
		expect(header({}, { receivedDate: 'posted' }).received_date).toBe('2026-02-28');
		expect(header({}, { receivedDate: 'posting' }).received_date).toBe('2026-02-28');
	});

	test.each<[string, Partial<GpPayable>, Settings, string | undefined]>([
		['what needs a name stands in brackets', {}, {}, 'Rebar (batch AP0228)'],
		['or alone', { description: ' ' }, {}, 'batch AP0228'],
		['free texts alone', { batch: null }, {}, 'Rebar'],
		[
			'an expense begins with its number',
			{ documentType: 'financeCharge' },
			{ financeCharges: 'expense' },
			'Rebar (document INV-88, batch AP0228)',
		],
		[
			'an expense has its number once',
			{ documentType: 'miscellaneousCharge' },
			{ descriptionParts: ['voucher', 'documentNumber', 'terms', 'currency'] },
			'document INV-88, voucher 00000000000000417, terms Net 30, currency Z-US$',
		],
		[
			'an invoice shows it where asked',
			{},
			{ descriptionParts: ['documentNumber'] },
			'document INV-88',
		],
	])('puts its description together: %s', (_what, given, settings, expected) => {
		const entries: Entry[] =
			given.documentType === undefined ? [LINE] : [['financeCharge', LINE[1], '40']];
		const got = cost(payable(entries, given), settings).header;
		expect(got.description).toBe(expected);
	});

	test('is pending where the policy says so, and never while it is not posted', () => {
		expect(header({}, { postedStatus: 'pending' }).status).toBe('pending');
		const draft = { unposted: 'sendAsDraft', postedStatus: 'pending' } as const;
		expect(header({ state: 'unposted' }, draft).status).toBe('draft');
	});

	test('bills the order of an invoice only', () => {
		const order = { purchaseOrderNumber: ' PO-7 ' };
		expect(cost(payable([LINE], order), { commitments: 'skip' }).commitment).toEqual({
			...{ number: 'PO-7', then: 'skip' },
		});
		const expense = payable([['financeCharge', LINE[1], '40']], {
			...order,
			documentType: 'miscellaneousCharge',
		});
		expect(cost(expense, { commitments: 'skip' })).not.toHaveProperty('commitment');
	});
});

describe('a line of a direct cost', () => {
	test('is described by its reference and account, by the account alone, or by a rule', () => {
		const description = (entry: Entry, settings: Settings = {}) =>
			cost(payable([entry]), settings).lines[0]!.description;
		expect(description(LINE)).toBe('Rebar (300-5110-02)');
		expect(description(['purchase', '300-5110-02', '40', '  '])).toBe('300-5110-02');
		expect(description(['purchase', '300-5110-02', '40'])).toBe('300-5110-02');
		const rules = [{ name: 'A', when: { reference: 'rebar' }, set: { description: 'Steel' } }];
		expect(description(LINE, { rules })).toBe('Steel');
	});

	test('carries no tax code unless one was chosen, and no field that is not known', () => {
		const [line] = cost(payable([LINE])).lines;
		expect(Object.keys(line!).sort()).toEqual(
			['amount', 'costCode', 'costType', 'description', 'originId'].sort(),
		);
	});

	test('of many that were decided differently, three ways are named', () => {
		const entries = ['01', '02', '03', '04', '05'].map(
			(type): Entry => ['purchase', `300-5110-${type}`, '1'],
		);
		const accounts = entries.map(([, gp_account], index) => ({
			...{ id: index + 1, gp_company: 'TWO', gp_account, cost_code: `X${index}` },
		}));
		const [one] = directCosts(
			map([payable(entries)], { crosswalk: { projects: [], accounts, vendors: [] } }),
		);
		expect(one!.source.rule!.split(' | ')).toHaveLength(3);
	});
});

describe('cost codes that may be missing in Procore', () => {
	const inactive = {
		postingType: 'profitAndLoss',
		active: false,
		description: 'Job 300 - Slabs',
	} as const;

	test('because their account is inactive are named once, by the first account', () => {
		const entries: Entry[] = [
			LINE,
			['purchase', '300-5110-01', '2'],
			['purchase', '300-5120-01', '3'],
		];
		const document = withLines(entries, (_line, index) =>
			index < 2 ? { accountFacts: { ...inactive, description: `Slabs ${index}` } } : {},
		);
		expect(cost(document)).toMatchObject({
			codesOfLines: [{ costCode: '5110', account: '300-5110-02', name: 'Slabs 0', make: true }],
			codeAccounts: [{ costCode: '5120', account: '300-5120-01' }],
		});
	});

	test('are named as their row or their account says, the job taken off', () => {
		const name = (description: string | null, row: object[] = []) =>
			directCosts(
				map([withLines([LINE], () => ({ accountFacts: { ...inactive, description } }))], {
					crosswalk: { projects: [], accounts: row as never, vendors: [] },
				}),
			)[0]!.codesOfLines![0]!.name;
		expect(name('Job 300 - Slabs')).toBe('Slabs');
		expect(name(null)).toBe('5110');
		expect(
			name('Slabs', [{ gp_company: 'TWO', gp_account: '300-5110-02', cost_code_name: ' Floors ' }]),
		).toBe('Floors');
	});

	test('on an account without a job keep its whole description', () => {
		const rules = [{ name: 'A', when: { reference: 'rebar' }, set: { job: '300' } }];
		const entry: Entry = ['purchase', '000-5110-02', '40', 'Rebar'];
		const document = withLines([entry], () => ({ accountFacts: inactive }));
		expect(cost(document, { rules }).codesOfLines).toMatchObject([{ name: 'Job 300 - Slabs' }]);
	});

	test('are brought by an account that is active, the first one of each', () => {
		const entries: Entry[] = [
			LINE,
			['purchase', '300-5110-01', '2'],
			['purchase', '300-5120-01', '3'],
		];
		const facts = { ...inactive, active: true };
		const document = withLines(entries, () => ({ accountFacts: facts }));
		expect(cost(document).codeAccounts).toEqual([
			{ costCode: '5110', account: '300-5110-02' },
			{ costCode: '5120', account: '300-5120-01' },
		]);
		const first = withLines(entries, (_line, index) =>
			index === 0 ? { accountFacts: inactive } : {},
		);
		expect(cost(first).codeAccounts).toEqual([
			{ costCode: '5110', account: '300-5110-01' },
			{ costCode: '5120', account: '300-5120-01' },
		]);
	});

	describe('where jobs stand in texts alone', () => {
		const IN_TEXTS: Settings = { jobRules: [{ from: 'reference', pattern: '\\bJOB (\\d+)' }] };
		const entry: Entry = ['purchase', '000-5110-02', '40', 'JOB 300'];
		const codes = (settings: Settings = {}, document = payable([entry])) =>
			cost(document, { ...IN_TEXTS, ...settings }).codesOfLines;

		test('no account belongs to a project: the cost has its code made', () => {
			expect(codes()).toEqual([
				{ costCode: '5110', account: '000-5110-02', name: '5110', make: true },
			]);
			const row = { gp_company: 'TWO', gp_account: '000-5110-02', gp_description: 'Slabs' };
			const crosswalk = { projects: [], accounts: [row as never], vendors: [] };
			const named = map([payable([entry])], {
				crosswalk,
				settings: { ...DELIVERED_UNTIL_0_3, ...IN_TEXTS },
			});
			expect(directCosts(named)[0]!.codesOfLines).toMatchObject([{ name: 'Slabs' }]);
		});

		test('a policy about inactive accounts holds for those alone', () => {
			const facts = withLines([entry], () => ({ accountFacts: inactive }));
			expect(codes({ inactiveCostCodes: 'wait' }, facts)).toMatchObject([{ make: false }]);
			expect(codes({ inactiveCostCodes: 'wait' })).toMatchObject([{ make: true }]);
		});

		test.each<[string, Settings]>([
			['another policy brings it', { costCodesGoTo: 'everyProject' }],
			[
				'some accounts name a job',
				{
					jobRules: [
						...IN_TEXTS.jobRules!,
						{ from: 'accountSegment', segment: 1, ignore: ['000'] },
					],
				},
			],
			[
				'a rule about the document says it',
				{
					rules: [{ name: 'A', when: { reference: 'JOB' }, set: { costCode: '5110-1' } }] as never,
				},
			],
		])('but not where %s', (_why, settings) => expect(codes(settings)).toBeUndefined());
	});

	test('are not named for a void', () => {
		const document = { ...withLines([LINE], () => ({ accountFacts: inactive })), voided: true };
		expect(cost(document)).toMatchObject({ voided: true, lines: [] });
		expect(cost(document)).not.toHaveProperty('codesOfLines');
		expect(cost(document)).not.toHaveProperty('codeAccounts');
	});

	test.each<[string, Settings, boolean]>([
		['to the project of the job', {}, true],
		['to each project', { costCodesGoTo: 'everyProject' }, true],
		['to linked projects, and none is', { costCodesGoTo: 'linkedProjects' }, false],
		['to a list that is not named', { costCodesGoTo: 'standardList' }, false],
		['to a list', { costCodesGoTo: 'standardList', standardListId: '5' }, false],
	])('are brought by the account where codes go %s', (_where, settings, brings) => {
		expect(cost(payable([LINE]), settings).codeAccounts).toEqual(
			brings ? [{ costCode: '5110', account: '300-5110-02' }] : undefined,
		);
	});
});

describe('what a document costs in the books of GP', () => {
	const of = (document: GpPayable, settings: Settings = {}) =>
		documentCosts('TWO', {
			crosswalk: { projects: [], accounts: [], vendors: [] },
			projects: [],
			settings: { ...DELIVERED_UNTIL_0_3, ...settings },
		})(document);

	test('is its cost with its month, whatever the mapping makes of it', () => {
		expect(of(payable([LINE, ['purchase', '000-6150-00', '2.005']]))).toEqual({
			...{ label: 'Invoice INV-88 of ACME0001, voucher 00000000000000417', cost: '42.01' },
			...{ month: '2026-02', vendorOriginId: 'GP:TWO:V:ACME0001' },
		});
	});

	test('is nothing once it is voided, nor for a payment, unless payments are sent', () => {
		expect(of(payable([LINE], { voided: true })).cost).toBe('0');
		const payment = payable([LINE], { documentType: 'payment' });
		expect(of(payment).cost).toBe('0');
		expect(of(payment, { payments: 'expense' }).cost).toBe('40.00');
		expect(of(withLines([LINE], () => ({ debit: 'x' }))).cost).toBeNull();
	});

	test('counts in the month of the date the settings go by', () => {
		const dates = { documentDate: '2026-02-27', postingDate: '2026-03-02' };
		expect(monthOf(dates, { costDate: 'document' })).toBe('2026-02');
		expect(monthOf(dates, { costDate: 'posting' })).toBe('2026-03');
		expect(monthOf({ documentDate: null, postingDate: null }, { costDate: 'posting' })).toBe('');
	});
});
