import { previewer } from '../../lib/mapping/preview';
import { type Crosswalk, DELIVERED_UNTIL_0_3 } from '../../lib/mapping/types';
import type { MappingRule } from '../../lib/mapping/policies.types';
import { compileRules } from '../../lib/mapping/rules';
import { checkSettings } from '../../lib/mapping/settings-check';
import { account, costCodes, directCosts, map, payable, PROJECTS, type Entry } from './samples';

const rule = (when: MappingRule['when'], set: MappingRule['set'], name = 'Rebar'): MappingRule => ({
	name,
	when,
	set,
});
/** A rule without any condition matches nothing; one for every line says so. */
const ANY: MappingRule['when'] = { account: { is: 'pattern', pattern: '.' } };
const line: Entry = ['purchase', '300-5110-02', '10', 'Rebar for JOB 302, code 03-210'];
const document = payable([line], { purchaseOrderNumber: 'PO-77', description: 'Rebar delivery' });

function firstLine(
	rules: MappingRule[],
	given: {
		crosswalk?: Partial<Crosswalk>;
		entries?: Entry[];
		vendorClasses?: Record<string, string>;
	} = {},
) {
	const result = map([given.entries ? payable(given.entries) : document], {
		settings: { rules },
		vendorClasses: given.vendorClasses,
		crosswalk: { projects: [], accounts: [], vendors: [], ...given.crosswalk },
	});
	const [cost] = directCosts(result);
	return { result, cost, line: cost?.lines[0] };
}

describe('a mapping rule', () => {
	test.each<[string, MappingRule['when']]>([
		['an account of a list', { account: { is: 'oneOf', accounts: ['1', '300-5110-02'] } }],
		['a range of accounts', { account: { is: 'range', from: '300-5100-00', to: '300-5199-99' } }],
		['an account segment', { account: { is: 'segment', segment: 2, values: ['5110', '5120'] } }],
		['an account pattern', { account: { is: 'pattern', pattern: '-51\\d0-' } }],
		['the distribution reference', { reference: 'rebar' }],
		['the description', { description: '^rebar' }],
		['the PO number', { purchaseOrder: '^PO-\\d+$' }],
		['the vendor', { vendorIds: ['acme0001'] }],
		['the vendor class', { vendorClasses: ['SUBS'] }],
		['the document type', { documentTypes: ['invoice'] }],
		['any account: every line', ANY],
	])('matches by %s', (_, when) => {
		const { line, cost } = firstLine([rule(when, { costCode: '03-200' })], {
			vendorClasses: { ACME0001: 'SUBS' },
		});
		expect(line).toMatchObject({ costCode: '03-200', costType: 'M', amount: '10.00' });
		expect(cost.source.rule).toContain('rule "Rebar"');
	});

	test.each<[string, MappingRule['when']]>([
		['another account', { account: { is: 'oneOf', accounts: ['300-5110-01'] } }],
		['a range beside it', { account: { is: 'range', from: '300-5111-00', to: '300-5199-99' } }],
		['another segment value', { account: { is: 'segment', segment: 3, values: ['01'] } }],
		['another reference', { reference: 'concrete' }],
		['another vendor', { vendorIds: ['ACME0002'] }],
		['another class', { vendorClasses: ['OFFICE'] }],
		['another document type', { documentTypes: ['return'] }],
		['only some of its conditions', { reference: 'rebar', purchaseOrder: 'other' }],
	])('does not match by %s', (_, when) => {
		const { line } = firstLine([rule(when, { costCode: '03-200' })], {
			vendorClasses: { ACME0001: 'SUBS' },
		});
		expect(line.costCode).toBe('5110');
	});

	test('that asks for a class nobody has looked up lets the document wait, and does not guess', () => {
		const { result } = firstLine([rule({ vendorClasses: ['SUBS'] }, { costCode: '03-200' })]);
		expect(result.desired).toEqual([]);
		expect(result.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'vendor-class-unknown' } },
		]);
	});

	test('goes by the class the document came with; a vendor without class has none', () => {
		const rules = [rule({ vendorClasses: ['subs'] }, { costCode: '03-200' })];
		const codes = ['SUBS', 'OFFICE', null].map((vendorClassId) => {
			const result = map([{ ...document, vendorClassId }], { settings: { rules } });
			return directCosts(result)[0].lines[0].costCode;
		});
		expect(codes).toEqual(['03-200', '5110', '5110']);
	});

	test('fills in what its patterns captured', () => {
		const { cost, line } = firstLine([
			rule(
				{ reference: 'JOB (\\d+), code (?<code>[\\d-]+)', purchaseOrder: 'PO-(\\d+)' },
				{ job: '$1', costCode: '$<code>', costType: 'S', description: 'PO $3 on $<segment1>' },
			),
		]);
		expect(cost.projectId).toBe('9003');
		expect(line).toMatchObject({ costCode: '03-210', costType: 'S', description: 'PO 77 on 300' });
	});

	test('may name the project itself', () => {
		expect(firstLine([rule(ANY, { projectId: '9002' })]).cost.projectId).toBe('9002');
	});

	test('decides each value by the first rule that sets it', () => {
		const { line } = firstLine([
			rule({ reference: 'nails' }, { costCode: '1' }, 'A'),
			rule(ANY, { costType: 'E' }, 'B'),
			rule(ANY, { costCode: '2', costType: 'L' }, 'C'),
			rule(ANY, { costCode: '3' }, 'D'),
		]);
		expect(line).toMatchObject({ costCode: '2', costType: 'E' });
	});

	test.each<[string, MappingRule['when']]>([
		['no condition', {}],
		['only blank conditions', { reference: ' ', vendorIds: [''], documentTypes: [] }],
		['an account condition without accounts', { account: { is: 'oneOf', accounts: [' '] } }],
		['a segment without values', { account: { is: 'segment', segment: 2, values: [] } }],
		['a blank pattern', { account: { is: 'pattern', pattern: '' } }],
	])('with %s matches nothing, and is named among the problems', (_, when) => {
		const rules = [rule(when, { costCode: '9', skip: 'everything' })];
		expect(firstLine(rules).line.costCode).toBe('5110');
		const { problems } = checkSettings({ ...DELIVERED_UNTIL_0_3, rules });
		expect(problems).toEqual([
			expect.stringContaining('The rule "Rebar" has no condition that is filled in'),
		]);
	});

	test('with a condition, or switched off, is no problem', () => {
		const rules = [rule(ANY, { costCode: '9' }), { ...rule({}, {}), enabled: false }];
		expect(checkSettings({ ...DELIVERED_UNTIL_0_3, rules }).problems).toEqual([]);
	});

	test('that is switched off says nothing', () => {
		expect(firstLine([{ ...rule(ANY, { costCode: '9' }), enabled: false }]).line.costCode).toBe(
			'5110',
		);
	});

	test('makes an overhead account job cost by naming a cost code', () => {
		const entries: Entry[] = [['purchase', '000-6150-00', '10', 'JOB 301']];
		expect(firstLine([], { entries }).cost).toBeUndefined();
		const { cost, line } = firstLine([rule({ reference: 'job' }, { costCode: '01-500' })], {
			entries,
		});
		expect([cost.projectId, line.costCode, line.costType]).toEqual(['9002', '01-500', 'O']);
	});

	test('leaves a line out with its reason, and the amount is told', () => {
		const { result } = firstLine([rule({ reference: 'rebar' }, { skip: 'back-charged' })]);
		expect(result.desired).toEqual([]);
		expect(result.notSent[0]).toMatchObject({
			outcome: 'skipped',
			source: { amount: '10.00', rule: 'rule "Rebar"' },
			reason: { code: 'skipped-by-rule', message: expect.stringContaining('back-charged') },
		});
	});

	test('with a pattern that is none is named', () => {
		expect(() => firstLine([rule({ reference: '[' }, {})])).toThrow(/rules\[1\]\.reference/);
	});

	test('about accounts alone also names the cost code the account becomes', () => {
		const result = map([account('300-5110-02', { description: 'Concrete' })], {
			settings: {
				rules: [
					rule(
						{ account: { is: 'segment', segment: 2, values: ['5110'] } },
						{ costCode: '03-$<segment2>' },
					),
				],
			},
		});
		expect(costCodes(result)[0]).toMatchObject({ code: '5110', parent: { code: '03' } });
	});
});

describe('precedence', () => {
	const row = { gp_company: 'TWO', gp_account: '300-5110-02' };

	test('a crosswalk row stands above a rule', () => {
		const { line, cost } = firstLine(
			[rule(ANY, { costCode: '9', costType: 'E', projectId: '9002' })],
			{
				crosswalk: {
					accounts: [{ id: 3, ...row, cost_code: '03-300', cost_type: 'S' }],
					projects: [{ id: 4, gp_company: 'TWO', gp_job: '300', procore_project_id: '9003' }],
				},
			},
		);
		expect([cost.projectId, line.costCode, line.costType]).toEqual(['9003', '03-300', 'S']);
	});

	test('a row that was only proposed does not stand in the way of a later rule', () => {
		const rules = [rule(ANY, { costCode: '9', projectId: '9002' })];
		const first = map([document]);
		const again = map([document], {
			settings: { rules },
			crosswalk: { projects: first.newJobs, accounts: first.newAccounts, vendors: [] },
		});
		expect(directCosts(again)[0]).toMatchObject({ projectId: '9002', lines: [{ costCode: '9' }] });
	});

	test('a row that a person decided stands above a rule that leaves lines out', () => {
		const rules = [rule(ANY, { skip: 'not wanted' })];
		const accounts = [{ id: 3, ...row, cost_code: '03-300', cost_type: 'M' }];
		const projects = [{ id: 4, gp_company: 'TWO', gp_job: '300', procore_project_id: '9003' }];
		expect(firstLine(rules, { crosswalk: { accounts } }).line.costCode).toBe('03-300');
		expect(firstLine(rules, { crosswalk: { projects } }).cost.projectId).toBe('9003');
	});

	test('a crosswalk row set to skip stands above every rule', () => {
		const { result } = firstLine([rule(ANY, { costCode: '9' })], {
			crosswalk: { accounts: [{ ...row, action: 'skip' }] },
		});
		expect(result.notSent[0].reason!.code).toBe('skipped-by-crosswalk');
	});
});

test('the preview tells for each line what decides it', () => {
	const preview = previewer({
		crosswalk: {
			projects: [{ id: 12, gp_company: 'TWO', gp_job: '300', procore_project_id: '9001' }],
			accounts: [],
			vendors: [],
		},
		projects: PROJECTS,
		settings: {
			...DELIVERED_UNTIL_0_3,
			rules: [
				rule({ reference: 'nails' }, { costCode: '06-100' }, 'Nails'),
				{ ...rule(ANY, { skip: 'no' }, 'Off'), enabled: false },
				rule({ vendorIds: ['BOLT0002'] }, { costCode: '05-100' }, 'Bolts'),
				rule({ reference: 'rebar' }, { costCode: '03-210' }),
				rule(ANY, { costCode: '99-999' }, 'Rest'),
			],
		},
	});
	const lines = preview(
		payable([line, ['purchase', '777-5110-02', '5'], ['purchase', '000-6150-00', '2']]),
	);
	expect(lines).toMatchObject([
		{
			account: '300-5110-02',
			decision: 'send',
			projectId: '9001',
			costCode: '03-210',
			decidedBy: 'account segment 1; projects crosswalk row 12; rule "Rebar"',
			passedOver: [
				'accounts crosswalk: has no row for 300-5110-02',
				'rule "Nails": reference does not match nails',
				'rule "Off": is switched off',
				'rule "Bolts": vendor is not BOLT0002',
				'rule "Rest": holds, but the crosswalk or an earlier rule has said it all',
			].join('; '),
		},
		{ account: '777-5110-02', decision: 'park', reasonCode: 'job-without-project' },
		{ account: '000-6150-00', decision: 'park', reasonCode: 'no-job', amount: '2' },
	]);
});

test.each<[string, object, boolean]>([
	['a rule that asks for one', { when: { vendorClasses: ['SUB'] } }, true],
	['none that is switched off', { when: { vendorClasses: ['SUB'] }, enabled: false }, false],
	['none that asks for no class', { when: { vendorClasses: [] } }, false],
	['none that asks for something else', { when: { reference: 'lot' } }, false],
])('vendor classes are looked up for %s', (_what, rule, expected) => {
	const other = { name: 'Other', when: { reference: 'x' }, set: { skip: 'x' } };
	const rules = [other, { name: 'One', set: { skip: 'x' }, ...rule }] as MappingRule[];
	expect(compileRules(rules).askVendorClass).toBe(expected);
});
