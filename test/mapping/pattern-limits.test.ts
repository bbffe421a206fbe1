import { compile, MappingSettingsError } from '../../lib/mapping/patterns';
import { translatePattern } from '../../lib/mapping/pattern-syntax';

const refusal = (pattern: string) => {
	try {
		compile('x', pattern);
		return 'taken';
	} catch (error) {
		return (error as Error).message;
	}
};

describe('a repetition', () => {
	test.each<[string, string]>([
		// A capture that some rounds go without keeps no certain text.
		['(?:(a)?b)+', 'some rounds'],
		['(?:(a)*b)*', 'some rounds'],
		['(?:(a){0,2}b){2}', 'some rounds'],
		['(?:(?:(a)?b)c)+', 'some rounds'],
		['((a)|b)*', 'some rounds'],
		['(?:x|(a)b)+', 'some rounds'],
		// In one round, or none, it does.
		['(?:(a)?b)?', 'taken'],
		['(?:(a)+b)+', 'taken'],
		['(?:(a){1,2}b)+', 'taken'],
		['(?:ab?)+', 'taken'],
		['(a)?', 'taken'],
		['(?:a?b)+(c)?', 'taken'],
		['(?:a|b)+', 'taken'],
		['(a|b)+', 'taken'],
		// What may match nothing is repeated where it captures nothing and decides nothing.
		['(a?)+', 'may match nothing'],
		['(a*)*', 'may match nothing'],
		['(?:a|)+', 'may match nothing'],
		['(?:a??)*', 'may match nothing'],
		['(?:a?)+', 'taken'],
		['(?:a?b)*', 'taken'],
		['(?:^)*', 'taken'],
		['(^)*', 'may match nothing'],
		['(a|b|)c', 'taken'],
		// A thousand times at most, those of enclosing groups multiplied.
		['a{1000}', 'taken'],
		['a{1001}', 'more than 1000'],
		['a{2,1001}', 'more than 1000'],
		['a{1001,}', 'more than 1000'],
		['a{1000,}', 'taken'],
		['(?:a{10}){100}', 'taken'],
		['(?:a{10}){101}', 'more than 1000'],
		['(?:a{10}b{101}){10}', 'more than 1000'],
		['(?:(?:a{10}){10}){11}', 'more than 1000'],
		['(?:a{500})*', 'taken'],
	])('%s is %s', (pattern, expected) => expect(refusal(pattern)).toContain(expected));
});

describe('what a pattern may not do', () => {
	test.each<[string, string]>([
		['(a)\\1', 'refers back'],
		['(?<n>a)\\k<n>', 'refers back'],
		['\\k', 'taken'],
		['(?i)a', 'taken'],
		['(?<!a)b', 'looks ahead or behind'],
		['[\\1]', 'octal number; write \\x01'],
		['\\01', 'octal number; write \\x00'],
		['\\0', 'taken'],
		['\\b\\B', 'taken'],
		['x'.repeat(2000), 'taken'],
		['x'.repeat(2001), '2001 signs, more than 2000'],
		['(', 'cannot be used'],
		['\\p{Nonsense}', 'taken'],
	])('%s: %s', (pattern, expected) => {
		const got = refusal(pattern);
		if (pattern === '(?i)a') expect(got).toMatch(/cannot be used/);
		else expect(got).toContain(expected);
	});

	test('is said with the setting it stands in', () => {
		try {
			compile('rules[1].reference', '(a)\\1');
			throw new Error('taken');
		} catch (error) {
			expect(error).toBeInstanceOf(MappingSettingsError);
			expect(error).toMatchObject({
				...{ code: 'mapping-settings', scope: 'configuration' },
				message: expect.stringContaining(
					'The mapping setting "rules[1].reference" cannot be used: it refers back',
				),
				cause: expect.any(Error),
			});
		}
	});
});

describe('a pattern as the engine takes it', () => {
	const made = (pattern: string, unicode = true) => translatePattern(pattern, unicode);

	test.each<[string, string[][]]>([
		['rebar', [['rebar']]],
		['REBAR wall', [['rebar wall']]],
		['rebar|nails', [['rebar'], ['nails']]],
		['lot .*wall', [['lot ', 'wall']]],
		['ab?c', [['a', 'c']]],
		['ab+c', [['a', 'c']]],
		['x(abc)y', [['x', 'y']]],
		['^job [0-9]$', [['job ']]],
		['rebar|.', []],
		['\\d', []],
		['aéb', [['a', 'b']]],
		['\\x41\\u0042', [['ab']]],
		[[...'abcdefghij'].join('.'), [[...'abcdefgh']]],
	])('%s: the texts that stand in what it finds', (pattern, texts) => {
		expect(made(pattern).fixedTexts).toEqual(texts);
	});

	test('numbers its groups and keeps their names', () => {
		expect(made('(a)(?<n>b)(?:c)(?<m>d)').names).toEqual([
			['n', 2],
			['m', 3],
		]);
		expect(made('(?:a)').names).toEqual([]);
	});

	test.each<[string, string]>([
		['.', '[^\\x{a}\\x{d}\\x{2028}\\x{2029}]'],
		['a', '\\x{61}'],
		['[]', '[^\\x{0}-\\x{10ffff}]'],
		['[^]', '[\\x{0}-\\x{10ffff}]'],
		['[a-c]', '[\\x{61}-\\x{63}]'],
		['[a-]', '[\\x{61}\\x{2d}]'],
		['[\\d-x]', '[\\d\\x{2d}\\x{78}]'],
		['[\\b]', '[\\x{8}]'],
		['[^a]', '[^\\x{61}]'],
		['\\t\\n\\v\\f\\r\\0', '\\x{9}\\x{a}\\x{b}\\x{c}\\x{d}\\x{0}'],
		['\\cA', '\\x{1}'],
		['\\x4a\\u004B\\u{4c}', '\\x{4a}\\x{4b}\\x{4c}'],
		['\\ud83d\\ude00', '\\x{1f600}'],
		['\\ud83dx', '\\x{d83d}\\x{78}'],
		['\\.', '\\x{2e}'],
		['\\p{Letter}', '\\p{L}'],
		['\\P{Lu}', '\\P{Lu}'],
		['\\p{Script=Greek}', '\\p{Greek}'],
		['\\w\\W\\D', '\\w\\W\\D'],
		['a*?', '\\x{61}*?'],
		['\u{1f600}', '\\x{1f600}'],
	])('%s is written %s', (pattern, source) => expect(made(pattern).source).toBe(source));

	test('of the older syntax takes the backslash of a lone \\c, and braces as they are', () => {
		expect(made('\\c', false).source).toBe('\\x{5c}\\x{63}');
		expect(made('a{', false).source).toBe('\\x{61}\\x{7b}');
		expect(made('\\u{61}', false).source).toBe('\\x{75}{61}');
		expect(made('\\pL', false).source).toBe('\\x{70}\\x{4c}');
	});

	test('is uncertain by a property or by many repetitions only', () => {
		expect(
			['\\p{L}', 'a{21}', 'a{20}', 'a*', '(?:a{5}){5}'].map((one) => made(one).uncertain),
		).toEqual([...[true, true, false, false, true]]);
	});
});
