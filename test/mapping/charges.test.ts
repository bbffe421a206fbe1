import type { AccountFacts, GpPayable } from '../../lib/model/gp-records';
import type { Crosswalk, MappingSettings } from '../../lib/mapping/types';
import { directCosts, map, payable, type Entry } from './samples';

type Settings = Partial<MappingSettings>;
const LINE: Entry = ['purchase', '300-5110-02', '100'];
const OTHER: Entry = ['purchase', '301-5110-02', '100'];
const FREIGHT: Entry = ['freight', '000-5900-00', '10'];
const PARTS = { freight: 'ownLine' as const };

/** `project code type amount` of each line sent, and `outcome code amount` of what is not. */
function outcome(
	document: GpPayable | Entry[],
	settings: Settings = {},
	crosswalk: Partial<Crosswalk> = {},
) {
	const result = map([Array.isArray(document) ? payable(document) : document], {
		settings,
		crosswalk: { projects: [], accounts: [], vendors: [], ...crosswalk },
	});
	return [
		...directCosts(result).flatMap(({ projectId, lines }) =>
			lines.map((line) => `${projectId} ${line.costCode} ${line.costType} ${line.amount}`),
		),
		...result.notSent.map((one) => `${one.outcome} ${one.reason!.code} ${one.source.amount}`),
	];
}
const rule = (set: object, when: object = { account: { is: 'pattern', pattern: '-5900-' } }) =>
	[{ name: 'A', when, set }] as MappingSettings['rules'];
const project = (given: object) => ({ projects: [{ gp_company: 'TWO', gp_job: '301', ...given }] });
const row = (given: object, gp_account = '000-5900-00') => ({
	accounts: [{ id: 7, gp_company: 'TWO', gp_account, ...given }],
});

describe('a charge that is shared out over the lines', () => {
	const onJob: Entry[] = [LINE, ['freight', '301-5900-00', '10']];

	test.each<[string, Settings, Partial<Crosswalk>, string[]]>([
		['follows the cost whatever its account', {}, {}, ['9001 5110 M 110.00']],
		[
			'waits where a word in its row is not known',
			{},
			row({ action: 'x' }),
			['parked crosswalk-action-unknown 110.00'],
		],
		[
			'waits on an accrual, by row',
			{},
			row({ action: 'accrual' }),
			['parked cost-on-receipt 110.00'],
		],
		[
			'waits on an accrual, by setting',
			{ accrualAccounts: ['000-5900-00'] },
			{},
			['parked cost-on-receipt 110.00'],
		],
		[
			'waits where a rule asks for a class nobody looked up',
			{ rules: rule({}, { vendorClasses: ['S'], account: { is: 'pattern', pattern: '5900' } }) },
			{},
			['parked vendor-class-unknown 110.00'],
		],
		[
			'is left out by a rule',
			{ rules: rule({ skip: 'no' }) },
			{},
			['9001 5110 M 100.00', 'skipped skipped-by-rule 10.00'],
		],
		[
			'is left out by a rule on an accrual of the setting',
			{ rules: rule({ skip: 'no' }), accrualAccounts: ['000-5900-00'] },
			{},
			['9001 5110 M 100.00', 'skipped skipped-by-rule 10.00'],
		],
		[
			'is not left out by a rule where a person gave its account a code',
			{ rules: rule({ skip: 'no' }) },
			row({ cost_code: 'X1' }),
			['9001 5110 M 110.00'],
		],
		[
			'nor where a person gave a cost account another type',
			{ rules: rule({ skip: 'no' }), costAccountPattern: '.' },
			row({ cost_type: 'X' }),
			['9001 5110 M 110.00'],
		],
		[
			'is left out by a rule where the row says the same as the segments',
			{ rules: rule({ skip: 'no' }), costAccountPattern: '.' },
			row({ cost_code: '5900' }),
			['9001 5110 M 100.00', 'skipped skipped-by-rule 10.00'],
		],
	])('%s', (_what, settings, crosswalk, expected) => {
		expect(outcome([LINE, FREIGHT], settings, crosswalk)).toEqual(expected);
	});

	test('on an account of a job follows what is decided about the job', () => {
		expect(outcome(onJob)).toEqual(['9001 5110 M 110.00']);
		expect(outcome(onJob, { onlyProjects: ['9001'] })).toEqual([
			'9001 5110 M 100.00',
			'skipped project-not-chosen 10.00',
		]);
		expect(outcome(onJob, {}, project({ action: 'skip' }))).toEqual([
			'9001 5110 M 100.00',
			'skipped skipped-by-crosswalk 10.00',
		]);
		// A job nobody knows keeps no charge from its cost.
		expect(outcome([LINE, ['freight', '777-5900-00', '10']])).toEqual(['9001 5110 M 110.00']);
	});

	test('credits and discounts lower the lines they are shared over', () => {
		expect(outcome([LINE, OTHER, ['tradeDiscount', '000-4500-00', '-0.01']])).toEqual([
			'9001 5110 M 99.99',
			'9002 5110 M 100.00',
		]);
	});
});

describe('a charge with a line of its own', () => {
	test.each<[string, Entry, Settings, Partial<Crosswalk>, string[]]>([
		[
			'is in each project by its cost, what is left out bearing its part',
			FREIGHT,
			{},
			{},
			['9001 5110 M 100.00', '9001 5900 O 3.33', 'skipped not-job-cost 206.67'],
		],
		[
			'has the code of the row of its account',
			FREIGHT,
			{},
			row({ cost_code: 'X1', cost_type: 'X' }),
			['9001 5110 M 100.00', '9001 X1 X 3.33', 'skipped not-job-cost 206.67'],
		],
		[
			'has the code and type of a rule',
			FREIGHT,
			{ rules: rule({ costCode: 'R1', costType: 'R' }) },
			{},
			['9001 5110 M 100.00', '9001 R1 R 3.33', 'skipped not-job-cost 206.67'],
		],
		[
			'has the code and type of the policy',
			FREIGHT,
			{ ownLines: { freight: { costCode: ' P1 ', costType: ' P ' } } },
			{},
			['9001 5110 M 100.00', '9001 P1 P 3.33', 'skipped not-job-cost 206.67'],
		],
		[
			'has the type of the policy alone',
			FREIGHT,
			{ ownLines: { freight: { costType: 'P' } } },
			{},
			['9001 5110 M 100.00', '9001 5900 P 3.33', 'skipped not-job-cost 206.67'],
		],
		[
			'waits where nobody knows a code',
			['freight', '000', '10'],
			{},
			{},
			['parked cost-code-missing 310.00'],
		],
		[
			'takes the code of the policy where there is none',
			['freight', '000', '10'],
			{ ownLines: { freight: { costCode: 'P1' } } },
			{},
			['9001 5110 M 100.00', '9001 P1 O 3.33', 'skipped not-job-cost 206.67'],
		],
	])('%s', (_what, charge, settings, crosswalk, expected) => {
		const overhead: Entry = ['purchase', '000-6150-00', '200'];
		expect(outcome([LINE, overhead, charge], { ...PARTS, ...settings }, crosswalk)).toEqual(
			expected,
		);
	});

	test('stays where its account names a job', () => {
		expect(
			outcome([LINE, ['freight', '301-5900-00', '10']], { ...PARTS, costAccountPattern: '.' }),
		).toEqual(['9001 5110 M 100.00', '9002 5900 O 10.00']);
	});

	test('is left out where no line goes to a project', () => {
		expect(outcome([['purchase', '000-6150-00', '5'], FREIGHT], PARTS)).toEqual([
			'skipped not-job-cost 15.00',
		]);
	});

	test('counts a credit line by its size', () => {
		const entries: Entry[] = [
			LINE,
			['purchase', '301-5110-02', '-50'],
			['freight', '000-5900-00', '15'],
		];
		expect(outcome(entries, PARTS)).toEqual([
			...['9001 5110 M 100.00', '9001 5900 O 10.00'],
			...['9002 5110 M -50.00', '9002 5900 O 5.00'],
		]);
	});

	test('of two lines of one project is one line there', () => {
		expect(outcome([LINE, ['purchase', '300-5120-01', '50'], FREIGHT], PARTS)).toEqual([
			...['9001 5110 M 100.00', '9001 5120 L 50.00', '9001 5900 O 10.00'],
		]);
	});
});

describe('tax', () => {
	const facts = (postingType: AccountFacts['postingType'] | undefined) =>
		postingType === undefined ? undefined : { postingType, active: true, description: null };
	const taxed = (known: AccountFacts | null | undefined, given: Partial<GpPayable> = {}) => {
		const document = payable([LINE, ['taxes', '000-1180-00', '8']], given);
		const { accountFacts: _, ...tax } = document.distributions[1]!;
		document.distributions[1] = known === undefined ? tax : { ...tax, accountFacts: known };
		return document;
	};

	test('says whether nobody looked its account up, or GP does not know it', () => {
		const message = (known: AccountFacts | null | undefined) =>
			map([taxed(known)]).notSent[0]!.reason!;
		expect(message(undefined)).toMatchObject({
			message: expect.stringContaining('Nobody looked up whether tax account 000-1180-00'),
			remedy: expect.stringMatching(/^Press Replay .*, or add account/),
		});
		expect(message(null)).toMatchObject({
			message: expect.stringContaining('GP does not say whether tax account 000-1180-00'),
			remedy: expect.stringMatching(/^Add account 000-1180-00/),
		});
		expect(message(facts('unknown')!)).toMatchObject({ causeKey: 'A:000-1180-00' });
	});

	test('by tax code asks nobody what kind of account it is', () => {
		const settings: Settings = { tax: 'taxCode', taxCodes: { '': ' 12 ' } };
		expect(outcome(taxed(undefined), settings)).toEqual([
			'9001 5110 M 100.00',
			'skipped tax-by-code 8.00',
		]);
		expect(map([taxed(undefined)], { settings }).desired[0]).toMatchObject({
			lines: [{ taxCodeId: '12' }],
		});
	});

	test('by tax code waits where no one code is set, and names the details', () => {
		const taxes = ['IL ', 'il', '', 'CHI'].map((taxDetailId) => ({
			taxDetailId,
			account: null,
			amount: '0',
		}));
		const reason = (given: Partial<GpPayable>, taxCodes: Record<string, string>) =>
			map([taxed(undefined, given)], { settings: { tax: 'taxCode', taxCodes } }).notSent[0]!
				.reason!;
		expect(reason({ taxes }, { IL: '1' })).toMatchObject({
			...{ code: 'tax-code-missing', causeKey: 'TAX:IL CHI' },
			message:
				'line 32768 (000-1180-00): No one Procore tax code is set for the tax detail IL with CHI',
		});
		expect(reason({ taxes: undefined as never }, {}).message).toMatch(
			/: The tax of the document came without/,
		);
		expect(reason({ taxes: [] }, { IL: '1' }).causeKey).toBe('');
		// Details that all have the same code are one.
		expect(
			outcome(taxed(undefined, { taxes }), { tax: 'taxCode', taxCodes: { IL: '1', '': '1' } }),
		).toEqual(['9001 5110 M 100.00', 'skipped tax-by-code 8.00']);
	});
});

test('of many lines that wait or are left out three are named', () => {
	const many = (of: (index: number) => string, count: number) =>
		map([payable(Array.from({ length: count }, (_, at): Entry => ['purchase', of(at), '1']))])
			.notSent[0]!.reason!.message;
	const waiting = (count: number) => many((at) => `77${at}-5110-02`, count);
	expect(waiting(3)).toMatch(/job 770; line 32768 \(771-5110-02\): .*job 772$/);
	expect(waiting(5)).toMatch(/^line 16384 \(770-5110-02\): .*job 772; and 2 more$/);
	const left = (count: number) => many((at) => `000-6${at}00-00`, count);
	expect(left(3)).toBe(
		'Account 000-6000-00 is not a job cost account; Account 000-6100-00 is not a job cost account; Account 000-6200-00 is not a job cost account',
	);
	expect(left(4)).toMatch(/000-6200-00 is not a job cost account; and 1 more$/);
	expect(many(() => '000-6000-00', 4)).toBe('Account 000-6000-00 is not a job cost account');
});
