import type { GpDistribution } from '../../lib/model/gp-records';
import type { MappingRule } from '../../lib/mapping/policies.types';
import type { Crosswalk, MappingSettings } from '../../lib/mapping/types';
import { directCosts, map, payable } from './samples';

type Settings = Partial<MappingSettings>;
/** `project code type`, or `outcome code`, of one line of 40.00 on the account. */
function outcome(
	account: string,
	line: Partial<GpDistribution> = {},
	settings: Settings = {},
	crosswalk: Partial<Crosswalk> = {},
) {
	const document = payable([['purchase', account, '40', 'Rebar']]);
	Object.assign(document.distributions[0]!, line);
	const result = map([document], {
		settings,
		crosswalk: { projects: [], accounts: [], vendors: [], ...crosswalk },
	});
	const [cost] = directCosts(result);
	const [left] = result.notSent;
	if (!cost) return `${left!.outcome} ${left!.reason!.code}`;
	return `${cost.projectId} ${cost.lines[0]!.costCode} ${cost.lines[0]!.costType} by ${cost.source.rule}`;
}
const rules = (set: MappingRule['set']): MappingRule[] => [
	{ name: 'A', when: { reference: 'rebar' }, set },
];
const row = (gp_account: string, given: object) => ({
	accounts: [{ id: 7, gp_company: 'TWO', gp_account, ...given }],
});
const JOB = { job: '301', costCode: '03-100', costType: '01' };
const BY = 'by job of the line in GP; job 301 = project number';
const OWN = 'job cost of the line in GP';

describe('a line with a job of a job product', () => {
	test.each<[string, string, Partial<GpDistribution>, Settings, Partial<Crosswalk>, string]>([
		['brings its own code and type', '300-5110-02', JOB, {}, {}, `9002 03-100 L ${BY}; ${OWN}`],
		['is cost whatever its account', '000-6150-00', JOB, {}, {}, `9002 03-100 L ${BY}; ${OWN}`],
		[
			'keeps a type that is not translated',
			'000-6150-00',
			{ ...JOB, costType: ' X ' },
			{},
			{},
			`9002 03-100 X ${BY}; ${OWN}`,
		],
		[
			'without a type has that of its account',
			'000-6150-02',
			{ ...JOB, costType: '' },
			{},
			{},
			`9002 03-100 M ${BY}; ${OWN}`,
		],
		[
			'without a code has that of its account',
			'000-6150-02',
			{ ...JOB, costCode: '' },
			{},
			{},
			`9002 6150 L ${BY}; ${OWN}`,
		],
		[
			'without either has both',
			'000-6150-02',
			{ job: '301' },
			{},
			{},
			`9002 6150 M ${BY}; account segment 2`,
		],
		[
			'gives way to the row of its account',
			'300-5110-02',
			JOB,
			{},
			row('300-5110-02', { cost_code: 'X1' }),
			`9002 X1 L ${BY}; accounts crosswalk row 7`,
		],
		[
			'gives way to the type of that row',
			'300-5110-02',
			JOB,
			{},
			row('300-5110-02', { cost_type: 'Y' }),
			`9002 03-100 Y ${BY}; ${OWN}`,
		],
		[
			'gives way to a rule',
			'300-5110-02',
			JOB,
			{ rules: rules({ costCode: 'R1' }) },
			{},
			`9002 R1 L ${BY}; rule "A"`,
		],
		[
			'is left out by the row of its account',
			'300-5110-02',
			JOB,
			{},
			row('300-5110-02', { action: 'skip' }),
			'skipped skipped-by-crosswalk',
		],
		[
			'goes where setup found no cost accounts',
			'300-6150-02',
			JOB,
			{ unfound: { costAccounts: 'x' } },
			{},
			`9002 03-100 L ${BY}; ${OWN}`,
		],
		[
			'goes where setup found no cost code',
			'300-5110-02',
			JOB,
			{ costCodeSegment: 0, unfound: { costCode: 'x' } },
			{},
			`9002 03-100 L ${BY}; ${OWN}`,
		],
		[
			'without a code waits there',
			'300-5110-02',
			{ job: '301' },
			{ costCodeSegment: 0, unfound: { costCode: 'x' } },
			{},
			'parked place-unknown',
		],
		[
			'with a type alone waits there',
			'300-5110-02',
			{ job: '301', costType: '01' },
			{ costCodeSegment: 0, unfound: { costCode: 'x' } },
			{},
			'parked place-unknown',
		],
		[
			'has the default type where nothing tells one',
			'300',
			{ job: '301', costCode: 'X' },
			{ costCodeSegment: 2 },
			{},
			`9002 X O ${BY}; ${OWN}`,
		],
	])('%s', (_what, account, line, settings, crosswalk, expected) => {
		expect(outcome(account, line, settings, crosswalk)).toBe(expected);
	});
});

describe('an account of which nothing tells the cost code', () => {
	const ANY: Settings = { costAccountPattern: '.' };

	test('waits, unless a rule names one or leaves the line out', () => {
		expect(outcome('300', {}, ANY)).toBe('parked cost-code-missing');
		expect(outcome('300', {}, { ...ANY, rules: rules({ costCode: 'R1' }) })).toMatch(
			/^9001 R1 O by .*; rule "A"$/,
		);
		expect(outcome('300', {}, { ...ANY, rules: rules({ costType: 'R' }) })).toBe(
			'parked cost-code-missing',
		);
		expect(outcome('300', {}, { ...ANY, rules: rules({ skip: 'no' }) })).toBe(
			'skipped skipped-by-rule',
		);
	});

	test('is no hindrance where the document waits for its job first', () => {
		expect(outcome('777', {}, ANY)).toBe('parked job-without-project');
		expect(outcome('000', {}, ANY)).toBe('parked no-job');
	});
});

describe('a job that a rule names', () => {
	const by = (set: MappingRule['set'], crosswalk: Partial<Crosswalk> = {}) =>
		outcome('300-5110-02', {}, { rules: rules(set) }, crosswalk);
	const skip = { projects: [{ id: 3, gp_company: 'TWO', gp_job: '301', action: 'skip' }] };

	test('goes through the crosswalk as any other', () => {
		expect(by({ job: '301' })).toBe(
			'9002 5110 M by rule "A"; job 301 = project number; account segment 2',
		);
		expect(by({ job: '301' }, skip)).toBe('skipped skipped-by-crosswalk');
		expect(by({ job: '777' })).toBe('parked job-without-project');
		expect(by({ job: '301', projectId: '9003' }, skip)).toBe(
			'9003 5110 M by rule "A"; account segment 2',
		);
	});
});
