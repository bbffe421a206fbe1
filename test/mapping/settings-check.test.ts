import { findJob, jobOfAccount } from '../../lib/mapping/mapping-context';
import { checkSettings, mappingVersion } from '../../lib/mapping/settings-check';
import {
	DEFAULT_MAPPING_SETTINGS,
	DELIVERED_UNTIL_0_3,
	type JobRule,
	type MappingSettings,
} from '../../lib/mapping/types';

const checked = (given: Partial<MappingSettings> = {}) =>
	checkSettings({ ...DELIVERED_UNTIL_0_3, ...given });
const refusal = (given: Partial<MappingSettings>) => {
	try {
		checked(given);
		return 'taken';
	} catch (error) {
		return (error as Error).message;
	}
};

describe('settings that can work for no record are refused by their name', () => {
	test.each<[string, Partial<MappingSettings>, string]>([
		['a day that is none', { documentsFrom: '2026-02-30' }, '"2026-02-30" is no day'],
		['a day without its zeros', { documentsFrom: '2026-2-03' }, '"2026-2-03" is no day'],
		['a year of two digits', { documentsFrom: '26-02-03' }, '"26-02-03" is no day'],
		['a day with something before', { documentsFrom: 'x2026-02-03' }, 'is no day'],
		['a day with a time behind', { documentsFrom: '2026-02-03T00' }, 'is no day'],
		['words', { documentsFrom: 'year-mm-dd' }, 'is no day'],
		['segment 0 of the cost code', { costCodeSegment: 0 }, '"costCodeSegment" cannot be used: 0'],
		['segment 11 of the cost code', { costCodeSegment: 11 }, '11 is no account segment'],
		['segment 11 of the cost type', { costTypeSegment: 11 }, '"costTypeSegment"'],
		['segment 1.5', { costTypeSegment: 1.5 }, '1.5 is no account segment'],
		[
			'segment 0 of the job',
			{ jobRules: [{ from: 'accountSegment', segment: 0, ignore: [] }] },
			'"jobRules[1].segment"',
		],
		[
			'a pattern of a job that is none',
			{ jobRules: [...DELIVERED_UNTIL_0_3.jobRules, { from: 'account', pattern: '(' }] },
			'"jobRules[4].pattern"',
		],
		['a pattern of cost codes', { costCodePattern: '(' }, '"costCodePattern"'],
		['a pattern of cost types', { costTypePattern: '(' }, '"costTypePattern"'],
		['a pattern of commitments', { commitmentPattern: '(' }, '"commitmentPattern"'],
		['a pattern of accruals', { accrualAccounts: ['000-2105-00', '^('] }, '"accrualAccounts"'],
	])('%s', (_what, given, message) => expect(refusal(given)).toContain(message));

	test.each<[string, Partial<MappingSettings>]>([
		['segment 10', { costCodeSegment: 10, costTypeSegment: 10 }],
		['no segment of the cost type', { costTypeSegment: 0 }],
		[
			'no segment of the code where a pattern tells it',
			{ costCodeSegment: 0, costCodePattern: '(.)' },
		],
		[
			'no segment of the code where no account is cost',
			{ costCodeSegment: 0, costAccountPattern: '' },
		],
		[
			'no segment of the code where nobody found it',
			{ costCodeSegment: 0, unfound: { costCode: 'x' } },
		],
		['a day', { documentsFrom: '2024-02-29' }],
		['no rules', { rules: undefined }],
	])('taken is %s', (_what, given) => expect(refusal(given)).toBe('taken'));
});

test('what is not given is as delivered, what is given stays', () => {
	const { freight, tax, rules: _none, ...rest } = DEFAULT_MAPPING_SETTINGS;
	const sparse = { ...rest, freight: undefined, tax: 'ownLine' } as unknown as MappingSettings;
	expect(checkSettings(sparse)).toMatchObject({ freight, tax: 'ownLine' });
	expect(tax).toBe('spread');
});

describe('what the settings make of an account', () => {
	test('without a pattern no account is cost', () => {
		expect(checked({ costAccountPattern: '' }).isCostAccount('300-5110-02')).toBe(false);
		expect(checked().isCostAccount('300-5110-02')).toBe(true);
	});

	test('its code and type by segment, or by pattern with its groups put together', () => {
		const plain = checked();
		expect([plain.costCodeOf('300-5110-02'), plain.costCodeOf('300')]).toEqual(['5110', '']);
		expect([plain.typeValueOf('300-5110-02'), plain.typeValueOf('300')]).toEqual(['02', '']);
		const groups = '(.)'.repeat(11);
		const made = checked({ costCodePattern: `^${groups}`, costCodeFormat: ' $11-$1-$12 ' });
		expect(made.costCodeOf('abcdefghijklm')).toBe('k-a-');
		expect(made.costCodeOf('short')).toBe('');
		const typed = checked({ costTypePattern: '-(\\d+)?( \\w) *$' });
		expect([
			typed.typeValueOf('300-02 A '),
			typed.typeValueOf('300- A'),
			typed.typeValueOf('x'),
		]).toEqual(['02', '- A', '']);
	});

	test.each<[string, boolean]>([
		['000-2105-00', true],
		['000-2110-00', true],
		['acc_1.x', true],
		['000-2105-001', false],
		['300-5110-02', false],
	])('an accrual is one as it is written, or by pattern: %s %s', (account, is) => {
		const accrualAccounts = [' 000-2105-00 ', '^000-211', 'ACC_1.X', ' ', ''];
		expect(checked({ accrualAccounts }).isAccrualAccount(account)).toBe(is);
	});

	test('the number of a commitment is the PO number, or what the pattern finds in it', () => {
		const found = (commitmentPattern: string, order: string) =>
			checked({ commitmentPattern }).commitmentNumber(order);
		expect([found('', 'PO-7'), found('', ''), found('.*', '')]).toEqual(['PO-7', null, null]);
		expect([found('PO-(\\d+)', 'x PO-7'), found('PO-\\d+', 'x PO-7'), found('PO(-)', 'x')]).toEqual(
			['7', 'PO-7', null],
		);
		expect(found('PO( *)', 'PO ')).toBeNull();
	});
});

describe('the places of the job', () => {
	const JOB = { description: 'job 12', purchaseOrderNumber: '34-PO' };
	const found = (rule: JobRule, account: string, reference: string | null = null) =>
		findJob({ account, reference }, JOB, { settings: checked({ jobRules: [rule] }) })?.job ?? null;

	test.each<[string, JobRule, string, string | null]>([
		['a segment', { from: 'accountSegment', segment: 1, ignore: [] }, 'a1-5110', 'a1'],
		[
			'a segment that is not there',
			{ from: 'accountSegment', segment: 3, ignore: ['x'] },
			'A1-5110',
			null,
		],
		[
			'a segment that means none',
			{ from: 'accountSegment', segment: 1, ignore: [' ab '] },
			'Ab-5110',
			null,
		],
		['the account', { from: 'account', pattern: '^(\\w+)-' }, 'a1-5110', 'a1'],
		[
			'the account, put together',
			{ from: 'account', pattern: '(..)-(..)', format: '$2/$1' },
			'a1-b2',
			'b2/a1',
		],
		[
			'the account, where it means none',
			{ from: 'account', pattern: '^(\\w+)-', ignore: [' Gl '] },
			'gL-5110',
			null,
		],
		['the description', { from: 'description', pattern: 'job (\\d+)' }, 'x', '12'],
		['the PO number', { from: 'purchaseOrder', pattern: '^\\d+' }, 'x', '34'],
		['a reference that is not there', { from: 'reference', pattern: '.*' }, 'x', null],
	])('%s', (_where, rule, account, job) => expect(found(rule, account)).toBe(job));

	test('are asked in order, and called by what people know them as', () => {
		const jobRules: JobRule[] = [
			{ from: 'accountSegment', segment: 2, ignore: ['0'] },
			{ from: 'reference', pattern: 'J(\\d)' },
			{ from: 'purchaseOrder', pattern: '^\\d+' },
		];
		const context = { settings: checked({ jobRules }) };
		const at = (account: string, reference: string | null) =>
			findJob({ account, reference }, JOB, context);
		expect(at('1-7', 'J5')).toEqual({ job: '7', rule: 'account segment 2' });
		expect(at('1-0', 'J5')).toEqual({ job: '5', rule: 'reference' });
		expect(at('1-0', 'x')).toEqual({ job: '34', rule: 'PO number' });
		expect(jobOfAccount('1-0', context)).toBeNull();
		const job = { account: '1-7', reference: null, job: ' 300 ' };
		expect(findJob(job, JOB, context)).toEqual({ job: '300', rule: 'job of the line in GP' });
		expect(findJob({ ...job, job: ' ' }, JOB, context)?.job).toBe('7');
	});

	test('in the account alone only the account is asked', () => {
		const jobRules: JobRule[] = [
			{ from: 'reference', pattern: '.+' },
			{ from: 'account', pattern: '^J(\\d)' },
			{ from: 'accountSegment', segment: 2, ignore: [] },
		];
		const context = { settings: checked({ jobRules }) };
		expect(jobOfAccount('J5-7', context)).toEqual({ job: '5', rule: 'account' });
		expect(jobOfAccount('X5-7', context)).toEqual({ job: '7', rule: 'account segment 2' });
		expect(jobOfAccount('X', context)).toBeNull();
	});

	test('say which values mean no job', () => {
		const [bySegment, byText] = checked({
			jobRules: [
				{ from: 'accountSegment', segment: 1, ignore: ['00a'] },
				{ from: 'account', pattern: '^(\\w+)-', ignore: ['00a'] },
			],
		}).jobFinders;
		for (const finder of [bySegment!, byText!])
			expect(['00A-1', '00b-1', 'x'].map((one) => finder.ignores(one))).toEqual([
				true,
				false,
				false,
			]);
		const [none] = checked({ jobRules: [{ from: 'account', pattern: '^(\\w*)-' }] }).jobFinders;
		expect(none!.ignores('-1')).toBe(false);
	});
});

describe('the version of the settings', () => {
	const plain = mappingVersion(DELIVERED_UNTIL_0_3);
	const version = (given: Partial<MappingSettings>) =>
		mappingVersion({ ...DELIVERED_UNTIL_0_3, ...given });

	test.each<[string, Partial<MappingSettings>]>([
		['the company', { company: 'OTHER' }],
		['empty choices', { documentsFrom: '', onlyProjects: [], unfound: {} }],
		[
			'choices nobody made',
			{ onlyProjects: undefined, unfound: undefined, costAccountsFound: undefined },
		],
	])('is twelve digits, and is not changed by %s', (_what, given) => {
		expect(plain).toMatch(/^[0-9a-f]{12}$/);
		expect(version(given)).toBe(plain);
	});

	test.each<[string, Partial<MappingSettings>]>([
		['a first day', { documentsFrom: '2026-01-01' }],
		['chosen projects', { onlyProjects: ['9001'] }],
		['a place that is not known', { unfound: { job: 'x' } }],
		['accounts that setup found', { costAccountsFound: true }],
		['a rule', { rules: [{ name: 'A', when: { reference: 'x' }, set: { skip: 'y' } }] }],
		['a policy', { freight: 'ownLine' }],
	])('is changed by %s', (_what, given) => expect(version(given)).not.toBe(plain));

	test('is that of what decides, not of its order or its words', () => {
		expect(version({ onlyProjects: ['2', '1'] })).toBe(version({ onlyProjects: ['1', '2'] }));
		expect(version({ onlyProjects: ['1'] })).not.toBe(version({ onlyProjects: ['2'] }));
		expect(version({ documentsFrom: '2026-01-01' })).not.toBe(
			version({ documentsFrom: '2026-01-02' }),
		);
		expect(version({ unfound: { job: 'a', costCode: 'b' } })).toBe(
			version({ unfound: { costCode: 'c', job: 'd' } }),
		);
		expect(version({ unfound: { job: 'a' } })).not.toBe(version({ unfound: { costCode: 'a' } }));
		const rule = (name: string) =>
			version({ rules: [{ name, when: { reference: 'x' }, set: {} }] });
		expect(rule('A')).not.toBe(rule('B'));
	});
});
