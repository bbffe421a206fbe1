import type { AccountFacts } from '../../lib/model/gp-records';
import type { AccountCrosswalkRow, Crosswalk, MappingSettings } from '../../lib/mapping/types';
import { account, costCodes, directCosts, map, payable, type Entry } from './samples';

const LINE: Entry = ['purchase', '300-5110-02', '100.00'];
const BALANCE_SHEET: AccountFacts = {
	postingType: 'balanceSheet',
	active: true,
	description: 'VAT',
};
const EXPENSE: AccountFacts = { postingType: 'profitAndLoss', active: true, description: 'Tax' };

const row = (gp_account: string, given: Partial<AccountCrosswalkRow>): AccountCrosswalkRow => ({
	id: 7,
	gp_company: 'TWO',
	gp_account,
	...given,
});

/** Amount of the cost lines, and what was left out or parked: [outcome, reason code, amount]. */
function outcomeOf(
	entries: Entry[],
	given: {
		accounts?: AccountCrosswalkRow[];
		settings?: Partial<MappingSettings>;
		facts?: AccountFacts | null | 'nobody looked';
	} = {},
) {
	const document = payable(entries);
	const { facts = EXPENSE } = given;
	document.distributions = document.distributions.map((one) => {
		if (one.type !== 'taxes') return one;
		const { accountFacts: _, ...plain } = one;
		return facts === 'nobody looked' ? plain : { ...plain, accountFacts: facts };
	});
	const result = map([document], {
		settings: given.settings,
		crosswalk: { projects: [], accounts: given.accounts ?? [], vendors: [] },
	});
	return {
		sent: directCosts(result).flatMap(({ lines }) => lines.map(({ amount }) => amount)),
		left: result.notSent.map((one) => [one.outcome, one.reason!.code, one.source.amount]),
		reasons: result.notSent.map((one) => one.reason!),
	};
}

describe('a charge asks its account as every line does', () => {
	const skip = { accounts: [row('000-5900-00', { action: 'Skip' })] };

	test.each(['freight', 'miscellaneous', 'tradeDiscount', 'taxes'] as const)(
		'%s on an account set to skip stays out, whatever its policy',
		(type) => {
			for (const policy of ['spread', 'ownLine'] as const) {
				const settings = {
					freight: policy,
					tax: policy,
					miscellaneous: policy,
					tradeDiscount: policy,
				};
				const { sent, left } = outcomeOf([LINE, [type, '000-5900-00', '7.00']], {
					...skip,
					settings,
				});
				expect(sent).toEqual(['100.00']);
				expect(left).toEqual([['skipped', 'skipped-by-crosswalk', '7.00']]);
			}
		},
	);

	test('tax by tax code: lines carry no code for a tax that stays out', () => {
		const document = payable([LINE, ['taxes', '000-5900-00', '7.00']]);
		const result = map([document], {
			settings: { tax: 'taxCode', taxCodes: { '': '55' } },
			crosswalk: { projects: [], accounts: skip.accounts, vendors: [] },
		});
		expect(directCosts(result)[0].lines[0].taxCodeId).toBeUndefined();
	});

	test('a rule leaves it out, too', () => {
		const rules = [
			{
				name: 'No freight',
				when: { account: { is: 'pattern' as const, pattern: '-5900-' } },
				set: { skip: 'overhead' },
			},
		];
		const { sent, left } = outcomeOf([LINE, ['freight', '000-5900-00', '7.00']], {
			settings: { rules },
		});
		expect([sent, left]).toEqual([['100.00'], [['skipped', 'skipped-by-rule', '7.00']]]);
	});

	test('of a job that is set to skip it stays out', () => {
		const crosswalk: Crosswalk = {
			projects: [{ id: 3, gp_company: 'TWO', gp_job: '301', action: 'skip' }],
			accounts: [],
			vendors: [],
		};
		const result = map([payable([LINE, ['freight', '301-5900-00', '7.00']])], { crosswalk });
		expect(directCosts(result)[0].total).toBe('100.00');
		expect(result.notSent[0].reason?.code).toBe('skipped-by-crosswalk');
	});

	test('on any other account it is shared out as before', () => {
		const { sent, left } = outcomeOf([LINE, ['freight', '000-5900-00', '7.00']]);
		expect([sent, left]).toEqual([['107.00'], []]);
	});
});

describe('tax', () => {
	const TAX: Entry = ['taxes', '000-1180-00', '20.00'];
	const SPREAD = [['120.00'], []];
	const LEFT_OUT = [['100.00'], [['skipped', 'recoverable-tax', '20.00']]];
	const WAITS = [[], [['parked', 'tax-account-unknown', '120.00']]];

	test.each<
		[
			string,
			Parameters<typeof outcomeOf>[1] & object,
			typeof SPREAD | typeof LEFT_OUT | typeof WAITS,
		]
	>([
		['of the balance sheet is left out and reported', { facts: BALANCE_SHEET }, LEFT_OUT],
		[
			'of the balance sheet is spread where the setting says so',
			{ facts: BALANCE_SHEET, settings: { balanceSheetTax: 'asTax' } },
			SPREAD,
		],
		[
			'of the balance sheet is spread where a person keeps a row with send',
			{ facts: BALANCE_SHEET, accounts: [row('000-1180-00', { action: 'send' })] },
			SPREAD,
		],
		[
			'of the balance sheet has no line of its own either',
			{
				facts: BALANCE_SHEET,
				settings: { tax: 'ownLine', ownLines: { tax: { costCode: '9' } } },
			},
			LEFT_OUT,
		],
		['of profit and loss is spread', { facts: EXPENSE }, SPREAD],
		['of an account GP does not give waits', { facts: null }, WAITS],
		[
			'of an account with a posting type nobody knows waits',
			{ facts: { ...EXPENSE, postingType: null } },
			WAITS,
		],
		['of an account nobody looked up waits', { facts: 'nobody looked' }, WAITS],
		[
			'of an account nobody looked up is spread where all tax is cost',
			{ facts: 'nobody looked', settings: { balanceSheetTax: 'asTax' } },
			SPREAD,
		],
	])('on an account %s', (_, given, expected) => {
		const { sent, left } = outcomeOf([LINE, TAX], given);
		expect([sent, left]).toEqual(expected);
	});

	test('on a job cost account needs no look into the chart', () => {
		const entries: Entry[] = [LINE, ['taxes', '300-5120-03', '20.00']];
		expect(outcomeOf(entries, { facts: null }).sent).toEqual(['120.00']);
	});

	test('recoverable tax on one of two tax lines leaves out that one only', () => {
		const document = payable([LINE, TAX, ['taxes', '000-5910-00', '5.00']]);
		document.distributions[1].accountFacts = BALANCE_SHEET;
		const result = map([document]);
		expect(directCosts(result)[0].total).toBe('105.00');
		expect(result.notSent.map(({ source }) => source.amount)).toEqual(['20.00']);
	});
});

describe('a purchase accrual account', () => {
	const ACCRUED: Entry[] = [LINE, ['purchase', '000-2105-00', '40.00']];
	const WAITS = [['parked', 'cost-on-receipt', '140.00']];

	test.each<[string, Parameters<typeof outcomeOf>[1]]>([
		['by its row', { accounts: [row('000-2105-00', { action: 'accrual' })] }],
		['by the setting', { settings: { accrualAccounts: ['000-2105-00'] } }],
		['by a pattern of the setting', { settings: { accrualAccounts: ['000-9', '^000-21'] } }],
		[
			'by its row, whatever a rule says',
			{
				accounts: [row('000-2105-00', { action: 'Accrual' })],
				settings: {
					rules: [
						{
							name: 'All',
							when: { reference: '.*', account: { is: 'pattern', pattern: '2105' } },
							set: { costCode: '9', job: '300' },
						},
					],
				},
			},
		],
	])('%s has the document wait, and tells why', (_, given) => {
		const { sent, left, reasons } = outcomeOf(ACCRUED, given);
		expect([sent, left]).toEqual([[], WAITS]);
		expect(reasons[0].message).toContain('000-2105-00 is a purchase accrual account');
		expect(reasons[0].message).toContain('cost stands on the purchase receipt');
	});

	test('an account that only begins like one of the setting is none', () => {
		const { sent } = outcomeOf(ACCRUED, { settings: { accrualAccounts: ['000-2105'] } });
		expect(sent).toEqual(['100.00']);
	});

	test('without any setting it is left out as any account that is no job cost', () => {
		const { left } = outcomeOf(ACCRUED);
		expect(left).toEqual([['skipped', 'not-job-cost', '40.00']]);
	});

	test('a cost code given by a person stands above the setting, a rule too', () => {
		const settings = { accrualAccounts: ['300-2105-02'] };
		const entries: Entry[] = [['purchase', '300-2105-02', '40.00']];
		const accounts = [row('300-2105-02', { cost_code: '5110' })];
		expect(outcomeOf(entries, { settings, accounts }).sent).toEqual(['40.00']);
		const when = { account: { is: 'oneOf' as const, accounts: ['300-2105-02'] } };
		const rules = [{ name: 'Stock', when, set: { costCode: '5110' } }];
		expect(outcomeOf(entries, { settings: { ...settings, rules } }).sent).toEqual(['40.00']);
	});

	test('brings no cost code', () => {
		const result = map([account('300-5110-02')], {
			settings: { accrualAccounts: ['300-5110-02'] },
		});
		expect(costCodes(result)).toEqual([]);
		expect(result.notSent[0]).toMatchObject({
			outcome: 'skipped',
			reason: { code: 'cost-on-receipt' },
		});
	});
});

describe('a document in history whose distributions GP keeps no more', () => {
	const gone = (given = {}) =>
		payable([], {
			state: 'history',
			distributions: [],
			amounts: payable([LINE]).amounts,
			...given,
		});

	test('stays as it was sent', () => {
		const document = gone();
		const result = map([document], { earlierProjects: { [document.key]: ['9001'] } });
		expect(result.desired).toEqual([]);
		expect(result.notSent).toMatchObject([
			{ outcome: 'skipped', reason: { code: 'as-sent' }, source: { amount: '0' } },
		]);
	});

	test('is taken out of the budget when it is voided', () => {
		const document = gone({ voided: true });
		const result = map([document], { earlierProjects: { [document.key]: ['9001'] } });
		expect(directCosts(result)).toMatchObject([{ projectId: '9001', voided: true }]);
	});

	test('waits where it was never sent, and says what to switch on', () => {
		const [outcome] = map([gone()]).notSent;
		expect(outcome).toMatchObject({ outcome: 'parked', reason: { code: 'no-distributions' } });
		expect(outcome.reason!.remedy).toContain('Distribution history');
	});

	test('an open document without distributions waits, sent or not: that is a fault of reading', () => {
		const document = gone({ state: 'open' });
		const [outcome] = map([document], { earlierProjects: { [document.key]: ['9001'] } }).notSent;
		expect(outcome).toMatchObject({ outcome: 'parked', reason: { code: 'no-distributions' } });
	});
});

describe('a line on an account that is inactive in GP', () => {
	const inactive = (settings: Partial<MappingSettings> = {}) => {
		const document = payable([LINE]);
		document.distributions[0].accountFacts = {
			postingType: 'profitAndLoss',
			active: false,
			description: 'Job 300 - Concrete',
		};
		return directCosts(map([document], { settings }))[0].codesOfLines;
	};

	test('names the code that may be missing for it, and whether to make it', () => {
		const code = { costCode: '5110', account: '300-5110-02', name: 'Concrete' };
		expect(inactive()).toEqual([{ ...code, make: true }]);
		expect(inactive({ inactiveCostCodes: 'wait' })).toEqual([{ ...code, make: false }]);
	});

	test('changes nothing in what stands in Procore: lines are as of any account', () => {
		expect(directCosts(map([payable([LINE])]))[0].codesOfLines).toBeUndefined();
	});
});

describe('the account that brings the cost code of a line to its project', () => {
	const accounts = (settings: Partial<MappingSettings>) =>
		directCosts(map([payable([LINE])], { settings }))[0].codeAccounts;
	const OWN = [{ costCode: '5110', account: '300-5110-02' }];

	test('is the one the line books on, where codes go to projects', () => {
		expect(accounts({})).toEqual(OWN);
		expect(accounts({ costCodesGoTo: 'everyProject' })).toEqual(OWN);
	});

	test.each<[string, Partial<MappingSettings>]>([
		['codes go to a standard list', { costCodesGoTo: 'standardList', standardListId: '7' }],
		[
			'a rule about the document chose the code',
			{ rules: [{ name: 'Mine', when: { vendorIds: ['ACME0001'] }, set: { costCode: '5990' } }] },
		],
		[
			'a rule about the document chose the project',
			{ rules: [{ name: 'Mine', when: { vendorIds: ['ACME0001'] }, set: { projectId: '9003' } }] },
		],
	])('is none where %s', (_, settings) => expect(accounts(settings)).toBeUndefined());
});

describe('what people write into the crosswalk tables', () => {
	const withProject = (procore_project_id: string) =>
		map([payable([LINE])], {
			crosswalk: {
				projects: [{ id: 12, gp_company: 'TWO', gp_job: '300', procore_project_id }],
				accounts: [],
				vendors: [],
			},
		});

	test.each([
		['the id', '9002'],
		['the number', '301'],
		['the name', ' lincoln  SCHOOL '],
	])('a project is found by %s', (_, written) => {
		expect(directCosts(withProject(written))[0].projectId).toBe('9002');
	});

	test('a project that is none is refused, with those it could be', () => {
		const [outcome] = withProject('Lincon School').notSent;
		expect(outcome).toMatchObject({ outcome: 'parked', reason: { code: 'project-unknown' } });
		expect(outcome.reason!.message).toContain('projects crosswalk row 12');
		expect(outcome.reason!.message).toContain('Perhaps Lincoln School (9002)?');
	});

	test('a name that two projects have is refused, naming both', () => {
		const twice = ['9101', '9102'].map((id) => ({ id, name: 'Depot', projectNumber: null }));
		const result = map([payable([LINE])], {
			projects: twice,
			crosswalk: {
				projects: [{ gp_company: 'TWO', gp_job: '300', procore_project_id: 'depot' }],
				accounts: [],
				vendors: [],
			},
		});
		expect(result.notSent[0].reason!.message).toContain('Depot (9101), Depot (9102)');
	});

	test('a rule does not send where the row of the job is wrong', () => {
		const when = { account: { is: 'pattern' as const, pattern: '.' } };
		const result = map([payable([LINE])], {
			settings: { rules: [{ name: 'All', when, set: { projectId: '9003' } }] },
			crosswalk: {
				projects: [{ gp_company: 'TWO', gp_job: '300', procore_project_id: '12345' }],
				accounts: [],
				vendors: [],
			},
		});
		expect(result.notSent[0].reason!.code).toBe('project-unknown');
	});

	test.each<[string, Partial<Crosswalk>, string]>([
		[
			'projects',
			{ projects: [{ id: 4, gp_company: 'TWO', gp_job: '300', action: 'skp' }] },
			'projects crosswalk row 4 is none of send, skip',
		],
		[
			'accounts',
			{ accounts: [row('300-5110-02', { action: 'ignore' })] },
			'accounts crosswalk row 7 is none of send, skip, accrual',
		],
		[
			'vendors',
			{ vendors: [{ id: 5, gp_company: 'TWO', gp_vendor_id: 'ACME0001', action: 'no' }] },
			'vendors crosswalk row 5 is none of send, skip',
		],
	])('a word nobody knows as action of the %s is refused aloud', (_, rows, message) => {
		const result = map([payable([LINE])], {
			crosswalk: { projects: [], accounts: [], vendors: [], ...rows },
		});
		expect(result.desired).toEqual([]);
		expect(result.notSent[0]).toMatchObject({
			outcome: 'parked',
			reason: { code: 'crosswalk-action-unknown' },
		});
		expect(result.notSent[0].reason!.message).toContain(message);
	});

	test.each(['', ' SEND ', 'send', null, undefined])('the action %j sends', (action) => {
		const accounts = [row('300-5110-02', { action })];
		expect(outcomeOf([LINE], { accounts }).sent).toEqual(['100.00']);
	});
});
