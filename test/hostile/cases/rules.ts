import type { HostileCase } from '../case.types';

const long = (repeat: string, times = 5_000, after = '') => ({ repeat, times, after });
const REFUSED = 'mapping-settings';

/** Patterns that take a search of unlimited time elsewhere, with the text they take it on. */
const CATASTROPHES: Array<[pattern: string, text: unknown, ends?: HostileCase['ends']]> = [
	['^(\\w+\\s?)*$', long('a', 5_000, '!')],
	['(a+)+$', long('a', 5_000, '!')],
	['(a|aa)+$', long('a', 5_000, '!')],
	['(a|a?)+$', long('a', 5_000, '!'), REFUSED],
	['([a-z]+)*@', long('a')],
	['^(([a-z])+.)+[A-Z]([a-z])+$', long('a'), ['done', REFUSED]],
	['(.*)*x', long('a'), REFUSED],
	['(x+x+)+y', long('x')],
	['^(.*?,){20}P', long('1,')],
	['(.*a){25}', long('a', 3_000, 'b')],
	['a?'.repeat(100) + 'a'.repeat(100), long('a', 100)],
	['(?=a)b', 'a', REFUSED],
	['(a)\\1', 'aa', REFUSED],
	['(?<!a)b', 'b', REFUSED],
	['a{1001}', 'a', REFUSED],
	['((a{100}){100}){100}', 'a', REFUSED],
	['[', 'a', REFUSED],
	['('.repeat(1_900), 'a', REFUSED],
	['(?:'.repeat(400) + 'a' + ')'.repeat(400), long('a'), ['done', REFUSED]],
	['x*'.repeat(900), long('x'), 'done'],
	['\\p{L}+\\p{N}+$', long('é')],
	['[\\s\\S]*[\\s\\S]*[\\s\\S]*x', long('a')],
	['\\bLOT (?<lot>\\d+)\\b', long('LOT 1 ')],
	['(?<constructor>a)(?<__proto__>b)', 'ab'],
];

const cases: Array<Omit<HostileCase, 'kind'>> = [
	...CATASTROPHES.map(
		([pattern, text, ends], index): Omit<HostileCase, 'kind'> => ({
			name: `pattern ${index + 1}: ${pattern.slice(0, 40)}`,
			input: { when: { reference: pattern }, text },
			ends: ends ?? 'done',
		}),
	),
	...(['costAccountPattern', 'costCodePattern', 'commitmentPattern'] as const).flatMap(
		(setting) => [
			{
				name: `${setting} that takes for ever`,
				input: { settings: { [setting]: '^(\\w+\\s?)*$' }, text: long('a', 20_000, '!') },
				ends: 'done',
			},
			{
				name: `${setting} that is none`,
				input: { settings: { [setting]: '(' } },
				ends: REFUSED,
			},
		],
	),
	{
		name: 'a pattern of two thousand and one signs',
		input: { when: { reference: long('a', 2_001) } },
		ends: REFUSED,
	},
	{
		name: 'a place of the job with a pattern that takes for ever',
		input: {
			settings: { jobRules: [{ from: 'reference', pattern: '(\\d+)+x' }] },
			text: long('1', 20_000),
		},
		ends: 'done',
	},
	{
		name: 'segment -1',
		input: { when: { account: { is: 'segment', segment: -1, values: ['1'] } } },
		ends: REFUSED,
	},
	{
		name: 'segment 1e9',
		input: { when: { account: { is: 'segment', segment: 1e9, values: ['1'] } } },
		ends: REFUSED,
	},
	{
		name: 'ten thousand rules of references, and a text of all of them',
		input: { when: { reference: 'lot {n}x' }, count: 10_000, text: long('lot 9999x ') },
		ends: 'done',
	},
	{
		name: 'a hundred thousand rules of accounts',
		input: {
			when: { account: { is: 'oneOf', accounts: ['300-{n}-01'] } },
			count: 100_000,
			lines: 200,
		},
		ends: 'done',
		heapMb: 512,
	},
	{
		name: 'a hundred thousand rules of ranges',
		input: {
			when: { account: { is: 'range', from: '300-{n}', to: '300-{n}-99' } },
			count: 100_000,
			lines: 200,
		},
		ends: 'done',
		heapMb: 512,
	},
	{
		name: 'a hundred thousand rules of vendors and classes',
		input: { when: { vendorIds: ['V{n}'], vendorClasses: ['C{n}'] }, count: 100_000 },
		ends: 'done',
		heapMb: 768,
	},
	{
		name: 'a hundred thousand rules of references',
		input: { when: { reference: 'lot {n} \\d+' }, count: 100_000, text: 'lot 99999 7' },
		ends: 'done',
		heapMb: 768,
	},
	{
		name: 'two thousand rules that nothing tells apart',
		input: { when: { reference: '[0-9]x?{n}?' }, count: 2_000, text: 'a' },
		ends: ['done', REFUSED],
	},
	{
		name: 'two thousand rules of the same text',
		input: { when: { reference: 'lot [0-{n}]*' }, count: 2_000, text: 'lot 1' },
		ends: REFUSED,
	},
	{
		name: 'a value of groups without end',
		input: {
			when: { reference: '(a*)' },
			set: { job: long('$1', 2_000) },
			text: long('a', 5_000),
		},
		ends: 'done',
	},
	{
		name: 'a value of names of the engine',
		input: {
			when: { reference: '(?<a>x)' },
			set: { job: '$<__proto__>$<constructor>$<toString>$99' },
			text: 'x',
		},
		ends: 'done',
	},
	{
		name: 'an account of a million signs',
		input: {
			when: { account: { is: 'range', from: '1', to: '3' } },
			account: long('1-', 500_000),
			lines: 2,
		},
		ends: 'done',
	},
];

export const RULE_CASES: HostileCase[] = cases.map((test) => ({ ...test, kind: 'rule' }));
