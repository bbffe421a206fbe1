import { conditionsOf } from '../../lib/mapping/rule-conditions';
import { indexRules } from '../../lib/mapping/rule-index';
import type { MappingRule, RuleSubject } from '../../lib/mapping/policies.types';
import { SeededRandom } from '../../sandbox/gp/company/seeded-random';

type When = MappingRule['when'];
const conditions = (when: When) => conditionsOf({ name: 'A', when, set: {} }, 'rules[1]');
const LINE: RuleSubject = {
	account: '300-5110-02',
	reference: 'JOB 300 rebar',
	payable: {
		...{ description: 'Forms', purchaseOrderNumber: 'PO-7' },
		...{ vendorId: 'acme', documentType: 'invoice' },
	},
	vendorClass: 'SUB',
};
const NO_DOCUMENT: RuleSubject = { ...LINE, reference: null, payable: null };
const range = (from: string, to: string): When => ({ account: { is: 'range', from, to } });

function index(...rules: When[]) {
	const steps = indexRules(rules.map(conditions));
	for (let yields = 0; ; yields += 1) {
		const step = steps.next();
		if (step.done) return { ...step.value, yields };
	}
}
const found = (subject: Partial<RuleSubject>, ...rules: When[]) =>
	index(...rules).candidates({ ...LINE, ...subject });

describe('a condition', () => {
	const holds = (when: When, given: Partial<RuleSubject> = {}) =>
		conditions(when).map((one) => one.holds({ ...LINE, ...given }, { numbered: [], named: {} }));

	test.each<[string, When, boolean, boolean]>([
		[
			'an account of the list',
			{ account: { is: 'oneOf', accounts: ['x', ' 300-5110-02'] } },
			true,
			true,
		],
		['a range that begins there', range('300-5110-02', '4'), true, true],
		['a range that ends there', range('2', '300-5110-02'), true, true],
		['a range behind it', range('300-5110-03', '4'), false, false],
		['a range before it', range('2', '300-5110-01'), false, false],
		['a range without an end', range('300', ''), false, false],
		['a segment', { account: { is: 'segment', segment: 3, values: ['1', '02'] } }, true, true],
		[
			'a segment that is not there',
			{ account: { is: 'segment', segment: 4, values: ['02'] } },
			false,
			false,
		],
		['a pattern of the account', { account: { is: 'pattern', pattern: '-51' } }, true, true],
		['a reference', { reference: 'rebar$' }, true, false],
		['a description', { description: '^forms$' }, true, false],
		['a PO number', { purchaseOrder: '7' }, true, false],
		['a vendor', { vendorIds: ['', 'ACME '] }, true, false],
		['another vendor', { vendorIds: ['B'] }, false, false],
		['a class', { vendorClasses: ['sub'] }, true, false],
		['another class', { vendorClasses: ['MAT'] }, false, false],
		['a type', { documentTypes: ['return', 'invoice'] }, true, false],
		['another type', { documentTypes: ['return'] }, false, false],
	])(
		'by %s holds for the line, and for an account alone: see the last columns',
		(_what, when, line, alone) => {
			expect([holds(when), holds(when, NO_DOCUMENT)]).toEqual([[line], [alone]]);
		},
	);

	test('by a class is open while nobody has looked it up, and does not hold where there is none', () => {
		const when: When = { vendorClasses: ['SUB'] };
		expect(holds(when, { vendorClass: undefined })).toEqual(['unknown']);
		expect(holds(when, { vendorClass: null })).toEqual([false]);
		expect(holds(when, { vendorClass: undefined, payable: null })).toEqual([false]);
	});

	test('that is left blank is none, whatever its kind', () => {
		for (const when of [
			range(' ', ''),
			{ account: { is: 'pattern', pattern: ' ' } },
			{ vendorIds: [' '] },
		] as When[])
			expect(conditions(when)).toEqual([]);
		expect(conditions(range('', '3'))).toHaveLength(1);
		expect(conditions(range('3', ' '))).toHaveLength(1);
	});

	test.each([0, 11, 1.5, -1])('by segment %s is refused', (segment) => {
		const when: When = { account: { is: 'segment', segment, values: ['1'] } };
		expect(() => conditions(when)).toThrow(
			`"rules[1].account" cannot be used: ${segment} is no segment`,
		);
	});

	test('by segment 1 or 10 is taken', () => {
		for (const segment of [1, 10])
			expect(conditions({ account: { is: 'segment', segment, values: ['1'] } })).toHaveLength(1);
	});
});

describe('the rules a line is put to', () => {
	test('by ranges are those that hold its account, however they lie', () => {
		const random = new SeededRandom('ranges');
		const text = () => String(random.integer(0, 60)).padStart(2, '0');
		for (const count of [1, 2, 3, 7, 40]) {
			const ranges = Array.from({ length: count }, () => [text(), text()] as const);
			const { candidates } = index(...ranges.map(([from, to]) => range(from, to)));
			for (let at = 0; at <= 60; at += 1) {
				const account = String(at).padStart(2, '0');
				const holding = ranges.flatMap(([from, to], rule) =>
					from <= account && account <= to ? [rule] : [],
				);
				expect([account, candidates({ ...LINE, account })]).toEqual([account, holding]);
			}
		}
	});

	test('are looked up by each kind of condition', () => {
		const rules: When[] = [
			{ account: { is: 'oneOf', accounts: ['300-5110-02', 'x'] } },
			{ account: { is: 'segment', segment: 3, values: ['02'] } },
			{ account: { is: 'segment', segment: 1, values: ['02'] } },
			{ vendorIds: ['ACME'] },
			{ vendorClasses: ['SUB'] },
			{ vendorClasses: ['MAT'] },
			{ documentTypes: ['invoice'] },
			{ documentTypes: ['return'] },
			{ reference: 'rebar|nails' },
			{ reference: 'forms' },
			{ description: 'forms' },
			{ purchaseOrder: '[0-9]' },
		];
		expect(found({}, ...rules)).toEqual([0, 1, 3, 4, 6, 8, 10, 11]);
		expect(found({ payable: null, reference: null }, ...rules)).toEqual([0, 1, 11]);
		expect(found({ vendorClass: undefined }, ...rules)).toEqual([0, 1, 3, 4, 5, 6, 8, 10, 11]);
		expect(found({ vendorClass: null }, ...rules)).toEqual([0, 1, 3, 6, 8, 10, 11]);
		expect(found({ account: 'X', reference: 'a NAILS' }, ...rules)).toEqual([
			0, 3, 4, 6, 8, 10, 11,
		]);
	});

	test('are filed under what they share with the fewest others', () => {
		const vendors = (vendorId: string): When => ({
			documentTypes: ['invoice'],
			vendorIds: [vendorId],
		});
		expect(found({}, vendors('A'), vendors('ACME'), vendors('B'))).toEqual([1]);
		// A few that share a text are fewer than ranges, which may all hold.
		expect(
			found(
				{},
				{ ...range('3', '4'), reference: 'nails' },
				{ ...range('3', '4'), reference: 'rebar' },
			),
		).toEqual([1]);
		// Of the texts of one pattern the rarest is enough.
		const lots = ['rebar.*one', 'rebar.*two', 'rebar.*wall'].map(
			(reference): When => ({ reference }),
		);
		expect(found({ reference: 'rebar two' }, ...lots)).toEqual([1]);
		expect(found({ reference: 'rebar of the wall' }, ...lots)).toEqual([2]);
		// Each value of a list finds it, a value that is twice there too.
		expect(
			found({ account: 'y' }, { account: { is: 'oneOf', accounts: ['x', 'Y', 'y'] } }),
		).toEqual([0]);
	});

	test('by a long text are found by its beginning, at either end of the line', () => {
		const long = 'abcdefghijklmnopqrstuvwxyz';
		expect(found({ reference: long }, { reference: long })).toEqual([0]);
		expect(found({ reference: `x ${long.slice(0, 24)}!` }, { reference: long })).toEqual([0]);
		expect(found({ reference: long.slice(0, 23) }, { reference: long })).toEqual([]);
		expect(found({ reference: 'a lot' }, { reference: 'lot' }, { reference: 'a' })).toEqual([0, 1]);
	});

	test('with patterns that come up together are told, the largest group of them', () => {
		const group = (...rules: When[]) => index(...rules).largestPatternGroup;
		expect(group({ reference: '[0-9]' }, { description: '.' }, { reference: 'lot' })).toEqual([
			0, 1,
		]);
		expect(
			group({ reference: 'lot [0-9]' }, { reference: 'lot [a-z]' }, { reference: '[0-9]' }),
		).toEqual([0, 1]);
		expect(group({ vendorIds: ['a'] }, { vendorIds: ['a'] })).toEqual([]);
		// Its text shows that it is about something else: no pattern has to be run.
		const sharing = ['nails', 'rebar'].map((reference): When => ({ vendorIds: ['a'], reference }));
		expect(group(...sharing)).toEqual([0]);
		expect(
			group({ vendorIds: ['a'], reference: '.' }, { vendorIds: ['a'], reference: '[0-9]' }),
		).toEqual([0, 1]);
	});

	test('are indexed in steps of five hundred, twice through', () => {
		const many = (count: number) =>
			Array.from({ length: count }, (): When => ({ documentTypes: ['invoice'] }));
		expect([
			index().yields,
			index(...many(1)).yields,
			index(...many(500)).yields,
			index(...many(501)).yields,
		]).toEqual([...[0, 2, 2, 4]]);
	});
});
