import type { MappingRule } from '../../lib/mapping/policies.types';
import { type FindingRow, placesInForce } from '../../lib/mapping/suggest/finding-rows';
import { readFilledPlaces } from '../../nodes/GpToProcore/actions/map/read-places';
import { account, directCosts, map, payable, type Entry } from './samples';

type Given = NonNullable<Parameters<typeof map>[1]>;

const LINE: Entry = ['purchase', '300-5110-02', '100'];
const WHY = 'no part of an account looks like one';
const ON_IT: MappingRule['when'] = { account: { is: 'oneOf', accounts: ['300-5110-02'] } };
/** Setup found no cost type, and nobody filled in where it stands. */
const UNFOUND = { costTypes: {}, defaultCostType: '', unfound: { costType: WHY } };

function outcome(entries: Entry[], given: Given = {}) {
	const result = map([payable(entries)], { ...given, settings: { ...UNFOUND, ...given.settings } });
	return [
		directCosts(result).flatMap(({ lines }) => lines.map(({ costType }) => costType)),
		result.notSent.map(({ outcome: kind, reason }) => `${kind} ${reason?.code}`),
	];
}

describe('where nothing tells the cost type of one account', () => {
	const settings = { costTypes: { '01': 'L' }, defaultCostType: '' };

	test('the document waits, names the account, and a row of it is at hand to be filled in', () => {
		const result = map([payable([LINE])], { settings });
		expect(directCosts(result)).toEqual([]);
		expect(result.notSent).toMatchObject([
			{
				outcome: 'parked',
				reason: { code: 'cost-type-missing', causeKey: 'A:300-5110-02' },
			},
		]);
		expect(result.notSent[0]!.reason!.message).toContain('300-5110-02');
		expect(result.newAccounts).toMatchObject([{ gp_account: '300-5110-02', cost_type: '' }]);
	});

	test('one that may bill an order goes: its line is found there by the cost code alone', () => {
		const given = { settings: { ...settings, commitments: 'requisition' as const } };
		const [billed, other] = ['SC-1', ''].map((purchaseOrderNumber) =>
			map([payable([LINE], { purchaseOrderNumber })], given),
		);
		expect(directCosts(billed!)).toMatchObject([{ commitment: { number: 'SC-1' } }]);
		expect(other!.notSent).toMatchObject([{ reason: { code: 'cost-type-missing' } }]);
	});

	test('a void is told all the same: its lines need none', () => {
		expect(directCosts(map([payable([LINE], { voided: true })], { settings }))).toMatchObject([
			{ projectId: '9001', voided: true, lines: [] },
		]);
	});

	test('a line of its own for freight waits as well, and its account still brings a cost code', () => {
		const freight: Entry = ['freight', '300-5110-02', '10'];
		const given = { settings: { ...settings, freight: 'ownLine' as const } };
		const result = map([payable([['purchase', '300-5110-01', '100'], freight])], given);
		expect(result.notSent).toMatchObject([{ reason: { code: 'cost-type-missing' } }]);
		const codes = map([account('300-5110-02')], given);
		expect(codes.notSent).toEqual([]);
		expect(codes.desired).toMatchObject([{ kind: 'costCode' }]);
	});
});

test('a value of Cost Types counts as GP compares, whatever its case', () => {
	const settings = {
		costAccountPattern: '^300-5',
		costTypePattern: '-([A-Z])$',
		costTypes: { l: 'LABOR', ' M ': 'MAT' },
	};
	const typesOf = (number: string) =>
		directCosts(map([payable([['purchase', number, '100']])], { settings })).flatMap(({ lines }) =>
			lines.map(({ costType }) => costType),
		);
	expect([typesOf('300-5110-L'), typesOf('300-5110-m')]).toEqual([['LABOR'], ['MAT']]);
});

test('who says where the type stands leaves the default as setup found it', () => {
	const row = {
		gp_company: 'TWO',
		subject: 'costType',
		accepted: JSON.stringify({ costTypeSegment: 4, costTypes: { A: 'L' }, defaultCostType: 'O' }),
	};
	const filled = { costTypeSegment: 3, costTypes: { '01': 'L' } };
	const settingsWith = (more: object) =>
		placesInForce({ filled: { ...filled, ...more }, findings: [row as unknown as FindingRow] })
			.settings;
	expect(settingsWith({})).toMatchObject({ ...filled, defaultCostType: 'O' });
	expect(settingsWith({ defaultCostType: 'E' })).toMatchObject({ ...filled, defaultCostType: 'E' });
});

test('an empty Cost Code Pattern is named, not a segment nobody is asked for', () => {
	const fields: Record<string, unknown> = { costCodeFrom: 'pattern', costCodePattern: ' ' };
	const read = () => readFilledPlaces((name, otherwise) => (fields[name] ?? otherwise) as never);
	expect(read).toThrow(/"Cost Code Pattern" cannot be used: it is empty/);
	fields.costCodePattern = '^(5)';
	expect(read()).toMatchObject({ costCodePattern: '^(5)', costCodeFormat: '$1' });
});

describe('where setup has not found the cost type', () => {
	test('a document waits, and is told what setup missed', () => {
		expect(outcome([LINE])).toEqual([[], ['parked place-unknown']]);
		const [{ reason }] = map([payable([LINE])], { settings: UNFOUND }).notSent;
		expect(reason?.message).toContain('where the cost type stands');
		expect(reason?.message).toContain(WHY);
		expect(reason?.remedy).toContain('Default Cost Type');
	});

	test.each<[string, Given, string]>([
		['a default type', { settings: { defaultCostType: 'O' } }, 'O'],
		[
			'a rule',
			{ settings: { rules: [{ name: 'All', when: ON_IT, set: { costType: 'M' } }] } },
			'M',
		],
		[
			'the row of the account',
			{
				crosswalk: {
					projects: [],
					accounts: [{ gp_company: 'TWO', gp_account: '300-5110-02', cost_type: 'S' }],
					vendors: [],
				} as unknown as Given['crosswalk'],
			},
			'S',
		],
	])('it goes where %s names one', (_who, given, type) => {
		expect(outcome([LINE], given)).toEqual([[type], []]);
	});

	test('a line that is no job cost needs none', () => {
		expect(outcome([['purchase', '000-6100-00', '5']])[1]).toEqual(['skipped not-job-cost']);
	});
});

test('a rule without a name is told by its place in the list', () => {
	const rules: MappingRule[] = [
		{
			name: 'First',
			when: { account: { is: 'oneOf', accounts: ['999-9999-99'] } },
			set: { skip: 'x' },
		},
		{ name: ' ', when: ON_IT, set: { costType: 'E' } },
	];
	const [cost] = directCosts(map([payable([LINE])], { settings: { rules } }));
	expect(cost.source.rule).toContain('rule "2"');
});
