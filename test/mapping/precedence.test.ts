import fc from 'fast-check';
import type { MappingRule } from '../../lib/mapping/policies.types';
import type { AccountCrosswalkRow, ProjectCrosswalkRow } from '../../lib/mapping/types';
import { directCosts, map, payable } from './samples';

/*
 * Who decides about a line, written down once more as a ladder: a row of the account, what nobody
 * knows, a row of the job, the rules in their order, the segments and the project number.
 */
const ACCOUNTS = {
	'of a job': { account: '300-5110-02', code: '5110', type: 'M' },
	'of the company': { account: '000-5110-02', code: '5110', type: 'M' },
	'no job cost': { account: '300-6150-04', code: '6150', type: 'E' },
	'an accrual by setting': { account: '300-5190-02', code: '5190', type: 'M' },
} as const;
const ACCOUNT_ROWS = {
	none: [],
	blank: [{}],
	'same code': [{ cost_code: 'SAME' }],
	'other code': [{ cost_code: 'X1' }],
	'other type': [{ cost_type: 'T1' }],
	skip: [{ action: ' Skip' }],
	accrual: [{ action: 'ACCRUAL' }],
	'unknown word': [{ action: 'sned' }],
	'two that differ': [{ cost_code: 'X1' }, { cost_code: 'X2' }],
	'two that agree': [{ cost_code: 'X1' }, {}, { cost_code: 'X1' }],
};
const PROJECT_ROWS = {
	none: [],
	blank: [{}],
	'same project': [{ procore_project_id: '9001' }],
	'other project': [{ procore_project_id: '9002' }],
	skip: [{ action: 'skip' }],
	'no such project': [{ procore_project_id: '4711' }],
	'unknown word': [{ action: 'accrual' }],
	'two that differ': [{ procore_project_id: '9001' }, { action: 'skip' }],
};
const keysOf = <Key extends string>(of: Record<Key, unknown>) =>
	fc.constantFrom(...(Object.keys(of) as Key[]));
const maybe = <Value>(...values: Value[]) => fc.constantFrom(undefined, ...values);
const situation = fc.record({
	at: keysOf(ACCOUNTS),
	accountRow: keysOf(ACCOUNT_ROWS),
	projectRow: keysOf(PROJECT_ROWS),
	skip: maybe('not wanted'),
	place: maybe({ projectId: '9003' }, { job: '301' }, { job: '777' }),
	costCode: maybe('R1'),
	costType: maybe('RT'),
	asksUnknownClass: fc.constantFrom(false, false, false, true),
	costAccountsFound: maybe(true as const),
	onlyProjects: fc.constantFrom<string[]>([], [], ['9001', '9003'], ['9002']),
});
type Situation = typeof situation extends fc.Arbitrary<infer Of> ? Of : never;

/** `send project code type`, `leave reason` or `park reason`. */
function ladder(given: Situation): string {
	const { at, accountRow, projectRow, skip, place, costCode, costType, onlyProjects } = given;
	const own = ACCOUNTS[at];
	if (accountRow === 'skip') return 'leave skipped-by-crosswalk';
	if (accountRow === 'unknown word') return 'park crosswalk-action-unknown';
	if (accountRow === 'two that differ') return 'park crosswalk-ambiguous';
	if (accountRow === 'accrual') return 'park cost-on-receipt';
	if (given.asksUnknownClass) return 'park vendor-class-unknown';

	const rowCode = accountRow === 'other code' || accountRow === 'two that agree' ? 'X1' : undefined;
	const rowType = accountRow === 'other type' ? 'T1' : undefined;
	const isCost =
		at === 'no job cost'
			? rowCode !== undefined || accountRow === 'same code'
			: at !== 'an accrual by setting' || rowCode !== undefined;
	// A rule that names a code makes the account job cost.
	if (!isCost && costCode === undefined) {
		if (skip) return 'leave skipped-by-rule';
		if (at === 'an accrual by setting') return 'park cost-on-receipt';
		const linked = {
			...{ none: '9001', blank: '9001', 'same project': '9001', 'other project': '9002' },
			...{ skip: null, 'no such project': null, 'unknown word': null, 'two that differ': null },
		}[projectRow];
		const isChosen = onlyProjects.length === 0 || onlyProjects.includes(linked ?? '');
		return given.costAccountsFound && linked && isChosen
			? 'park cost-account-unknown'
			: 'leave not-job-cost';
	}
	const isJobNamed = at !== 'of the company';
	if (isJobNamed && projectRow === 'skip') return 'leave skipped-by-crosswalk';
	if (isJobNamed && projectRow === 'no such project') return 'park project-unknown';
	if (isJobNamed && projectRow === 'unknown word') return 'park crosswalk-action-unknown';
	if (isJobNamed && projectRow === 'two that differ') return 'park crosswalk-ambiguous';
	const byProjectRow = isJobNamed && projectRow === 'other project' ? '9002' : undefined;
	const byPerson = isCost && (rowCode !== undefined || rowType !== undefined);
	if (skip && !byPerson && !byProjectRow) return 'leave skipped-by-rule';
	if (!byProjectRow && place && 'job' in place && place.job === '777')
		return 'park job-without-project';
	const byRule = place && ('projectId' in place ? place.projectId : '9002');
	const project = byProjectRow ?? byRule ?? (isJobNamed ? '9001' : undefined);
	if (project === undefined) return 'park no-job';
	if (onlyProjects.length > 0 && !onlyProjects.includes(project)) return 'leave project-not-chosen';
	// What a person wrote, then the rule, then the segments: of the code and of the type alike.
	return `send ${project} ${rowCode ?? costCode ?? own.code} ${rowType ?? costType ?? own.type}`;
}

function mapped(given: Situation) {
	const { account, code } = ACCOUNTS[given.at];
	const { skip, costCode, costType, place } = given;
	const set = Object.fromEntries(
		Object.entries({ skip, costCode, costType, ...place }).filter(([, value]) => value),
	);
	const when: MappingRule['when'] = { account: { is: 'pattern', pattern: '.' } };
	const rules: MappingRule[] = [
		...(given.asksUnknownClass
			? [{ name: 'Subs', when: { vendorClasses: ['SUB'] }, set: {} }]
			: []),
		{ name: 'Not this', when: { reference: 'nails' }, set: { skip: 'x', costCode: 'NO' } },
		{ name: 'Mine', when, set },
		{ name: 'Too late', when: { reference: 'rebar', description: 'forms' }, set: { job: '302' } },
	];
	const accounts = ACCOUNT_ROWS[given.accountRow].map(
		(cells: { cost_code?: string }, index): AccountCrosswalkRow => ({
			...{ id: index + 1, gp_company: 'TWO', gp_account: account, ...cells },
			...(cells.cost_code === 'SAME' ? { cost_code: code } : {}),
		}),
	);
	const projects = PROJECT_ROWS[given.projectRow].map(
		(cells, index): ProjectCrosswalkRow => ({
			...{ id: index + 11, gp_company: 'TWO', gp_job: '300', ...cells },
		}),
	);
	const result = map([payable([['purchase', account, '40', 'Rebar']])], {
		crosswalk: { projects, accounts, vendors: [] },
		settings: {
			rules,
			accrualAccounts: ['300-5190-02'],
			costAccountsFound: given.costAccountsFound,
			onlyProjects: given.onlyProjects,
		},
	});
	const [cost] = directCosts(result);
	const [left] = result.notSent;
	if (!cost) return `${left!.outcome === 'parked' ? 'park' : 'leave'} ${left!.reason!.code}`;
	const [line] = cost.lines;
	return `send ${cost.projectId} ${line!.costCode} ${line!.costType}`;
}

test('each line goes as the first who says something about it says', () => {
	const met = new Map<string, number>();
	fc.assert(
		fc.property(situation, (given) => {
			const expected = ladder(given);
			const kind = expected.startsWith('send') ? 'send' : expected;
			met.set(kind, (met.get(kind) ?? 0) + 1);
			expect(mapped(given)).toBe(expected);
		}),
		{ numRuns: 1_500, seed: 5 },
	);
	// Every step of the ladder was taken more than once.
	expect([...met.values()].filter((times) => times < 3)).toEqual([]);
	expect(met.size).toBe(13);
});
