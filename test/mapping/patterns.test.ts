import fc from 'fast-check';
import { DELIVERED_UNTIL_0_3 } from '../../lib/mapping/types';
import { compile, foldedText, splitAccount } from '../../lib/mapping/patterns';
import { checkSettings } from '../../lib/mapping/settings-check';

/** The same pattern as JavaScript runs it: the meaning every pattern had before. */
function javascript(pattern: string): RegExp {
	try {
		return new RegExp(pattern, 'iu');
	} catch {
		return new RegExp(pattern, 'i');
	}
}

const TEXTS = [
	'',
	'Rebar for JOB 302, code 03-210',
	'job no. 17',
	'PO-77',
	'po-0077/12',
	'300-5110-02',
	'000-6150-00',
	'300_5110.02',
	'5110 Concrete 300 psi',
	'Müller & Söhne GmbH, STRASSE',
	'ÉCOLE 12',
	'a\u00a0b',
	'first\nsecond',
	'cr\rlf\u2028end',
	'#4 {x} [y] (z) a/b $5 ^ | \\',
	'tab\tz',
];

describe("a person's pattern", () => {
	test.each([
		'rebar',
		'^rebar',
		'psi$',
		'^300-51\\d0-0[1-9]$',
		'^(\\d{3})-(\\d{4})-(\\d{2})$',
		'^\\d{3}-(\\d{2})(\\d{2})',
		'JOB\\s*(?:no\\.?\\s*)?#?\\s*(\\d+)',
		'JOB (?<job>\\d+), code (?<code>[\\d-]+)',
		'PO-?(\\d+)(?:/(\\d+))?',
		'(?:po|purchase order)[ -]*0*(\\d+)',
		'\\bconcrete\\b',
		'\\Boncrete',
		'^[^-]+-(?!x)?'.replace('(?!x)?', ''),
		'^(?:300|000)-',
		'.+?-',
		'.{3,5}0',
		'^.*$',
		'[A-Z]{2,}\\d*',
		'[\\w.-]+',
		'[^\\s\\d]+',
		'a\\sb',
		'[\\s]b',
		'r.l',
		'\\S+\\s\\S+$',
		'söhne|école',
		'straße|strasse',
		'\\p{L}+',
		'\\p{Lu}',
		'^\\P{L}+$',
		'\\u00e9\\x63',
		'\\u{e9}cole',
		'\\-5110\\-',
		'\\#\\d',
		'a\\/b',
		'[-_.]',
		'[_-]',
		'[[:alpha:]]',
		'[]a]'.replace(']a', '^'),
		'\\{x\\}',
		'{x}',
		'\\A300',
		'\\Qjob\\E',
		'\\$\\d',
		'\\^ \\| \\\\',
		'\\t',
		'(a|b)+',
		'(?:-(\\d+))*$',
		'(\\d+)(-|_)(\\d+)',
		'()',
		'x*',
	])('finds what JavaScript finds: %s', (pattern) => {
		const [ours, theirs] = [compile('x', pattern), javascript(pattern)];
		for (const text of TEXTS) {
			const [found, wanted] = [ours.exec(text), theirs.exec(text)];
			expect(found?.parts ?? null).toEqual(wanted ? [...wanted] : null);
			expect({ ...found?.named }).toEqual({ ...wanted?.groups });
			expect(ours.test(text)).toBe(wanted !== null);
		}
	});

	test('may name its groups in both spellings', () => {
		for (const pattern of ['JOB (?<job>\\d+)', 'JOB (?P<job>\\d+)']) {
			expect({ ...compile('x', pattern).exec('Job 302')?.named }).toEqual({ job: '302' });
		}
	});

	test('made of any usual parts finds what JavaScript finds, or is refused', () => {
		const atom = fc.constantFrom(
			...[
				'a',
				'B',
				'0',
				' ',
				'-',
				'\\d',
				'\\w',
				'\\s',
				'\\S',
				'\\W',
				'.',
				'[ab]',
				'[^a]',
				'[\\d-]',
			],
			...['[^\\s]', '\\b', '^', '$', 'é', '\\u00e9', '\\p{L}', '#', ':'],
		);
		const repeat = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,3}', '*?', '+?', '??');
		const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
			pattern: fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).chain((one) =>
				fc.oneof(
					fc.constant(one.join('')),
					atom.map((other) => `${one.join('')}|${other}`),
				),
			),
			piece: fc.oneof(
				{ depthSize: 'small', withCrossShrink: true },
				fc
					.tuple(atom, repeat)
					.map(([one, times]) => (/^(\^|\$|\\b)$/.test(one) ? one : one + times)),
				fc.tuple(tie('pattern'), repeat).map(([inner, times]) => `(${inner})${times}`),
				fc.tuple(tie('pattern'), repeat).map(([inner, times]) => `(?:${inner})${times}`),
			),
		}));
		const text = fc
			.array(fc.constantFrom(...'aAbB01 -é#:_\n\u00a0'), { maxLength: 9 })
			.map((all) => all.join(''));
		let checked = 0;
		fc.assert(
			fc.property(pattern, fc.array(text, { minLength: 4, maxLength: 4 }), (written, texts) => {
				let ours;
				try {
					ours = compile('x', written);
				} catch {
					return;
				}
				checked += 1;
				for (const one of texts) {
					const wanted = javascript(written).exec(one);
					expect(ours.exec(one)?.parts ?? null).toEqual(wanted ? [...wanted] : null);
					if (wanted && ours.fixedTexts.length > 0)
						expect(
							ours.fixedTexts.some((all) => all.every((fixed) => foldedText(one).includes(fixed))),
						).toBe(true);
				}
			}),
			{ numRuns: 1_500, seed: 13 },
		);
		expect(checked).toBeGreaterThan(500);
	});

	test.each([
		['(?=a)b', /looks ahead or behind/],
		['(?!a)b', /looks ahead or behind/],
		['(?<=a)b', /looks ahead or behind/],
		['(?<!a)b', /looks ahead or behind/],
		['(a)\\1', /refers back/],
		['(?<x>a)\\k<x>', /refers back/],
		['(?:(a)|b)*', /some rounds only/],
		['(a|)*', /may match nothing/],
		['a{1001}', /repeats more than 1000/],
		['(?:a{100}){100}', /repeats more than 1000/],
		['(a', /Unterminated group/],
		['a'.repeat(2001), /2001 signs/],
	])('is refused with the reason where it cannot be run in limited time: %s', (pattern, why) => {
		expect(() => compile('rules[1].reference', pattern)).toThrow(why);
		for (const settings of [
			{ rules: [{ name: 'A', when: { reference: pattern }, set: { skip: 'x' } }] },
			{ rules: [{ name: 'A', when: { description: pattern }, set: { skip: 'x' } }] },
			{ rules: [{ name: 'A', when: { purchaseOrder: pattern }, set: { skip: 'x' } }] },
			{
				rules: [
					{ name: 'A', when: { account: { is: 'pattern' as const, pattern } }, set: { skip: 'x' } },
				],
			},
			{ jobRules: [{ from: 'reference' as const, pattern }] },
			{ costAccountPattern: pattern },
			{ costCodePattern: pattern },
			{ commitmentPattern: pattern },
			{ accrualAccounts: [`(?:${pattern})`] },
		]) {
			const all = { ...DELIVERED_UNTIL_0_3, ...settings };
			expect(() => checkSettings(all)).toThrow(
				expect.objectContaining({ code: 'mapping-settings', scope: 'configuration' }),
			);
		}
	});

	test.each(['^(\\w+\\s?)*$', '(a+)+$', '^(?:a|a)*$', '(.*)(.*)(.*)(.*)(.*)x$', '([a-z]+)*!$'])(
		'takes time in proportion to the text: %s',
		(pattern) => {
			const compiled = compile('x', pattern);
			compiled.exec('warm');
			const began = performance.now();
			expect(compiled.exec('a'.repeat(20_000) + '?')).toBeNull();
			// The engine of JavaScript needs ten seconds for thirty letters.
			expect(performance.now() - began).toBeLessThan(5_000);
		},
	);
});

describe('segments of an account', () => {
	test.each([
		['300-5110-02', ['300', '5110', '02']],
		['300.5110.02', ['300', '5110', '02']],
		['300 5110 02', ['300', '5110', '02']],
		['01.00/4000_B', ['01', '00', '4000', 'B']],
		['(01)-4000', ['01', '4000']],
		// A blank segment keeps its place: the code of the third is not taken for the second.
		['300--02', ['300', '', '02']],
		['300-    -02', ['300', '', '02']],
		['300---02', ['300', '', '', '02']],
		['-5110-02', ['', '5110', '02']],
		[' 300-5110 ', ['300', '5110']],
	])('of %s', (account, segments) => expect(splitAccount(account)).toEqual(segments));

	test('a blank one is no job, no cost code and no type', () => {
		const settings = checkSettings({ ...DELIVERED_UNTIL_0_3, costTypeSegment: 3 });
		expect(settings.costCodeOf('300--02')).toBe('');
		expect(settings.typeValueOf('300--02')).toBe('02');
		expect(settings.jobFinders[0]!.find('-5110-02')).toBeNull();
	});
});
