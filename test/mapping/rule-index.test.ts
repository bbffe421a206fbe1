import fc from 'fast-check';
import { runSteps } from '../../lib/http/read-body';
import { RE2JS } from 're2js';
import { conditionsOf, type Groups } from '../../lib/mapping/rule-conditions';
import { indexRules } from '../../lib/mapping/rule-index';
import type { MappingRule, RuleSubject, RuleValues } from '../../lib/mapping/policies.types';
import { compileRules } from '../../lib/mapping/rules';

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);
const some = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 1, maxLength: 2 });
const accountText = fc
	.tuple(oneOf('100', '300', ''), oneOf('5100', '51 10'), oneOf('-', '.'))
	.map(([first, second, mark]) => `${first}${mark}${second}`);
const pattern = oneOf(
	...['lot', 'LOT 1', 'lot [0-9]+', '^[a-z]+$', 'lot|rebar', '(lot|rebar) 1', 'a?b', '\\d', '.'],
	...['lot|.', 'job.*lot', '1', 'kelvin', 'ſ', '[1-3]00', '^300|^100-51', 'lo{1,2}t', '(?:)'],
);
const account: fc.Arbitrary<MappingRule['when']['account']> = fc.oneof(
	some(accountText).map((accounts) => ({ is: 'oneOf' as const, accounts })),
	fc.tuple(accountText, accountText).map(([from, to]) => ({ is: 'range' as const, from, to })),
	fc
		.tuple(oneOf(1, 2, 3), some(oneOf('300', '5100', '', ' ')))
		.map(([segment, values]) => ({ is: 'segment' as const, segment, values })),
	pattern.map((written) => ({ is: 'pattern' as const, pattern: written })),
);
const one: fc.Arbitrary<MappingRule['when']> = fc.oneof(
	fc.record({ account }),
	fc.record({ reference: pattern }),
	fc.record({ description: pattern }),
	fc.record({ purchaseOrder: pattern }),
	fc.record({ vendorIds: some(oneOf('acme', 'B1', ' ')) }),
	fc.record({ vendorClasses: some(oneOf('SUB', 'mat', '')) }),
	fc.record({ documentTypes: some(oneOf('invoice' as const, 'creditMemo' as const)) }),
);
const when = fc
	.array(one, { maxLength: 3 })
	.map((all): MappingRule['when'] => Object.assign({}, ...all));
const rule: fc.Arbitrary<MappingRule> = fc.record({
	name: oneOf('', 'A rule'),
	enabled: oneOf(true, true, true, false),
	when,
	set: fc.record(
		{ job: oneOf('1', '$1'), costCode: oneOf('c1', 'c2', ''), skip: oneOf('why') },
		{ requiredKeys: [] },
	),
});
const text = oneOf(null, '', 'Lot 1', 'LOT 12 rebar', 'job 3 LoT', '\u212aelvin', 'ſ', 'ab', '300');
const subject: fc.Arbitrary<RuleSubject> = fc.record({
	account: accountText,
	reference: text,
	payable: fc.option(
		fc.record({
			description: text,
			purchaseOrderNumber: text,
			vendorId: oneOf('ACME', 'b1', ' '),
			documentType: oneOf('invoice' as const, 'creditMemo' as const),
		}),
	) as fc.Arbitrary<RuleSubject['payable']>,
	vendorClass: oneOf(undefined, null, 'SUB', 'MAT', ''),
});

/** Every rule in its order, as it is written down for people: the first that holds and sets a value gives it. */
function oneAfterTheOther(rules: readonly MappingRule[], line: RuleSubject): string[] {
	const held: string[] = [];
	rules.forEach((one, index) => {
		if (one.enabled === false) return;
		const conditions = conditionsOf(one, 'x');
		const groups: Groups = { numbered: [], named: {} };
		const all = conditions.map((condition) => condition.holds(line, groups));
		if (conditions.length === 0 || all.includes(false)) return;
		held.push(all.includes('unknown') ? `${index}?` : `${index}`);
	});
	return held;
}

test('gives what all rules give one after the other, for any rules and any line', () => {
	let hits = 0;
	fc.assert(
		fc.property(
			fc.array(rule, { maxLength: 12 }),
			fc.array(subject, { minLength: 5 }),
			(rules, lines) => {
				const numbered = rules.map((one, index) => ({ ...one, name: String(index) }));
				const compiled = compileRules(numbered);
				for (const line of lines) {
					const held = oneAfterTheOther(numbered, line);
					hits += held.length;
					const values: RuleValues = compiled.valuesFor(line);
					const sure = held.filter((name) => !name.endsWith('?'));
					const unsure = held.find((name) => name.endsWith('?'));
					expect(values.unknownClass?.rule).toBe(unsure && `rule "${unsure.slice(0, -1)}"`);
					for (const field of ['costCode', 'skip'] as const) {
						const first = sure.find((name) => (numbered[Number(name)]!.set[field] ?? '') !== '');
						expect(values[field]?.rule).toBe(first && `rule "${first}"`);
					}
					expect(
						compiled.explain(line).flatMap(({ unmet }, at) => (unmet === null ? [`${at}`] : [])),
					).toEqual(sure);
				}
			},
		),
		{ numRuns: 700, seed: 13 },
	);
	expect(hits).toBeGreaterThan(2_000);
});

const many = (whenOf: (index: number) => MappingRule['when'], count: number): MappingRule[] =>
	Array.from({ length: count }, (_, index) => ({
		name: `${index}`,
		when: whenOf(index),
		set: { costCode: `c${index}` },
	}));
const LINE: RuleSubject = {
	account: '300-4123-01',
	reference: 'JOB 300 LOT 4123 pump and pipe',
	payable: {
		description: 'Delivery 4123 of rebar',
		purchaseOrderNumber: 'PO-04123',
		vendorId: 'V4123',
		documentType: 'invoice',
	},
	vendorClass: 'C4123',
};

describe.each<[string, (index: number) => MappingRule['when'], number?]>([
	['accounts', (index) => ({ account: { is: 'oneOf', accounts: [`300-${index}-01`] } })],
	[
		'ranges',
		(index) => ({ account: { is: 'range', from: `300-${index}-`, to: `300-${index}-99` } }),
	],
	['segments', (index) => ({ account: { is: 'segment', segment: 2, values: [`${index}`] } })],
	['account patterns', (index) => ({ account: { is: 'pattern', pattern: `^\\d+-${index}-` } })],
	['references', (index) => ({ reference: `\\bLOT ${index}\\b` })],
	['references after a pattern', (index) => ({ reference: `lot\\s+${index} pump` }), 100_000],
	['alternatives', (index) => ({ reference: `^${index}x|lot ${index} |y${index}$` })],
	['descriptions', (index) => ({ description: `delivery ${index} ` })],
	['PO numbers', (index) => ({ purchaseOrder: `^PO-0?${index}$` })],
	['vendors', (index) => ({ vendorIds: [`v${index}`] }), 100_000],
	['classes', (index) => ({ vendorClasses: [`C${index}`] })],
	[
		'vendors, each with a pattern for all',
		(index) => ({ vendorIds: [`v${index}`], reference: '[0-9]' }),
	],
	['vendors of one type', (index) => ({ documentTypes: ['invoice'], vendorIds: [`v${index}`] })],
])('as many rules as can be, by %s', (_, whenOf, count = 5_000) => {
	test('a line is put to a few, and each pattern is read at most once', () => {
		const rules = many(whenOf, count);
		const made = jest.spyOn(RE2JS, 'compile');
		const compiled = compileRules(rules);
		expect(compiled.valuesFor(LINE).costCode).toEqual({ value: 'c4123', rule: 'rule "4123"' });
		const first = made.mock.calls.length;
		expect(first).toBeLessThanOrEqual(25);
		for (let again = 0; again < 20; again += 1) compiled.valuesFor(LINE);
		expect(made.mock.calls.length).toBe(first);
		// The same rules come with the next batch.
		expect(compileRules(structuredClone(rules))).toBe(compiled);
		made.mockRestore();
		const { candidates } = runSteps(indexRules(rules.map((one) => conditionsOf(one, 'x'))));
		expect(candidates(LINE)).toContain(4_123);
		expect(candidates(LINE).length).toBeLessThanOrEqual(25);
	});
});

describe('rules that nothing tells apart', () => {
	const alike = (count: number, whenOf: (index: number) => MappingRule['when']) =>
		compileRules(many(whenOf, count));

	test('are taken up to a thousand, and their patterns are read once', () => {
		const made = jest.spyOn(RE2JS, 'compile');
		const compiled = alike(1_000, (index) => ({
			reference: `^[a-z]{${(index % 9) + 1}}x?[${index % 10}]$`,
		}));
		compiled.valuesFor(LINE);
		const first = made.mock.calls.length;
		compiled.valuesFor(LINE);
		expect(made.mock.calls.length).toBe(first);
		made.mockRestore();
	});

	test.each<[string, (index: number) => MappingRule['when']]>([
		['patterns without a text', (index) => ({ reference: `[${index % 10}]` })],
		['patterns with the same text', (index) => ({ reference: `lot [${index % 10}]` })],
		[
			'one segment and such patterns',
			(index) => ({
				account: { is: 'segment', segment: 1, values: ['300'] },
				reference: `[${index % 10}]`,
			}),
		],
	])('beyond that %s are refused with the reason', (_, whenOf) => {
		expect(() => alike(1_001, whenOf)).toThrow(
			/1001 rules have patterns .*There may be 1000\. Add a condition/,
		);
	});

	test('may be many where no pattern is to be run', () => {
		const compiled = compileRules(many(() => ({ documentTypes: ['invoice'] }), 20_000));
		expect(compiled.valuesFor(LINE).costCode).toEqual({ value: 'c0', rule: 'rule "0"' });
	});
});
