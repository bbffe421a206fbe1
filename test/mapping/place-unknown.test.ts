import type { MappingRule } from '../../lib/mapping/policies.types';
import { directCosts, map, payable, type Entry } from './samples';

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
