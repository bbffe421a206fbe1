import { crosswalkChanges, type SeenDecision } from '../../lib/mapping/crosswalk-changes';
import type { Crosswalk, MappingInput, MappingSettings } from '../../lib/mapping/types';
import { DELIVERED_UNTIL_0_3 } from '../../lib/mapping/types';
import { account, costCodes, map, PROJECTS } from './samples';

type Given = Partial<MappingSettings>;
const rows = (accounts: object[], projects: object[] = []): Crosswalk => ({
	accounts: accounts.map((one) => ({ gp_company: 'TWO', ...one })) as never,
	projects: projects.map((one) => ({ gp_company: 'TWO', ...one })) as never,
	vendors: [],
});
/** `code name → project` of each code sent, and `outcome code` of each account that is not. */
function outcome(records: MappingInput['records'], settings: Given = {}, crosswalk?: Crosswalk) {
	const result = map(records, { settings, crosswalk });
	return [
		...costCodes(result).map((one) => `${one.code} ${one.name} → ${one.projectId}`),
		...result.notSent.map(({ outcome: kind, reason }) => `${kind} ${reason!.code}`),
	];
}
const one = (number: string, description = 'Concrete', active: boolean | null = true) =>
	account(number, { description, active });

describe('accounts behind one cost code', () => {
	test('of two jobs in one project are one code there', () => {
		const crosswalk = rows([], [{ gp_job: '301', procore_project_id: '9001' }]);
		const both = [one('300-5110-02', 'Slabs on grade'), one('301-5110-02', 'Slabs above')];
		expect(outcome(both, {}, crosswalk)).toEqual(['5110 Slabs → 9001', 'skipped same-cost-code']);
		// Each project has its own.
		expect(outcome(both)).toEqual(['5110 Slabs on grade → 9001', '5110 Slabs above → 9002']);
	});

	test('the active one brings it; an inactive one alone gives way to one known from before', () => {
		const pair = [one('300-5110-01', 'A', false), one('300-5110-02', 'B')];
		const sent = costCodes(map(pair));
		expect(sent.map(({ source, active }) => [source.key, active])).toEqual([['300-5110-02', true]]);
		const known = rows([{ gp_account: '300-5110-02' }, { gp_account: '300-5110-01' }]);
		expect(outcome([pair[0]!], {}, known)).toEqual(['skipped shared-cost-code']);
		expect(outcome([pair[0]!], {}, rows([{ gp_account: ' 300-5110-01' }]))).toEqual([
			'5110 A → 9001',
		]);
		// Another job, another code, an account that is none: no sibling.
		const others = [
			{ gp_account: '301-5110-02' },
			{ gp_account: '300-5120-02' },
			{ gp_account: '000-5110-02' },
		];
		expect(outcome([pair[0]!], {}, rows([...others, { gp_account: '300-6150-00' }]))).toEqual([
			'5110 A → 9001',
		]);
		// Where all projects get the codes alike, the job makes no difference.
		const everywhere = outcome([pair[0]!], { costCodesGoTo: 'everyProject' }, rows(others));
		expect(everywhere).toEqual(['skipped shared-cost-code']);
	});

	test('are called as a row of any of them says', () => {
		const crosswalk = rows([
			{ gp_account: '300-5110-01', cost_code_name: ' Floors ' },
			{ gp_account: '300-5110-02' },
		]);
		expect(outcome([one('300-5110-02')], {}, crosswalk)).toEqual(['5110 Floors → 9001']);
	});
});

describe('an account becomes no cost code', () => {
	test.each<[string, MappingInput['records'][number], Given, Crosswalk | undefined, string]>([
		[
			'while the place of the code is not known',
			one('300'),
			{ unfound: { costCode: 'x' } },
			undefined,
			'skipped not-job-cost',
		],
		[
			'while nobody knows which accounts are cost',
			one('300-6150-00'),
			{ unfound: { costAccounts: 'x' } },
			undefined,
			'parked place-unknown',
		],
		[
			'of the company, while the place of the job is not known',
			one('000-5110-02'),
			{ unfound: { job: 'x' } },
			undefined,
			'parked place-unknown',
		],
		['of the company', one('000-5110-02'), {}, undefined, 'skipped company-level-account'],
		[
			'of a job to leave out',
			one('300-5110-02'),
			{},
			rows([], [{ gp_job: '300', action: 'skip' }]),
			'skipped skipped-by-crosswalk',
		],
		[
			'of a project that is not chosen',
			one('300-5110-02'),
			{ onlyProjects: ['9002'] },
			undefined,
			'skipped project-not-chosen',
		],
		[
			'where no project is linked',
			one('300-5110-02'),
			{ costCodesGoTo: 'linkedProjects' },
			undefined,
			'skipped no-job',
		],
		[
			'where all projects are not chosen',
			one('300-5110-02'),
			{ costCodesGoTo: 'everyProject', onlyProjects: ['1'] },
			undefined,
			'skipped no-job',
		],
		[
			'called an accrual',
			one('300-5110-02'),
			{},
			rows([{ gp_account: '300-5110-02', action: 'accrual' }]),
			'skipped cost-on-receipt',
		],
		[
			'set to skip',
			one('300-5110-02'),
			{},
			rows([{ gp_account: '300-5110-02', action: 'skip' }]),
			'skipped skipped-by-crosswalk',
		],
		[
			'with rows that contradict',
			one('300-5110-02'),
			{ costCodesGoTo: 'everyProject' },
			rows([{ gp_account: '300-5110-02', action: 'x' }]),
			'parked crosswalk-action-unknown',
		],
	])('%s', (_what, record, settings, crosswalk, expected) => {
		expect(outcome([record], settings, crosswalk)).toEqual([expected]);
	});

	test('but is proposed as a row with its description all the same', () => {
		const met = (number: string) =>
			map([one(number)]).newAccounts.map(({ gp_description }) => gp_description);
		expect([met('777-5110-02'), met('000-5110-02'), met('300-5110-02')]).toEqual(
			Array(3).fill(['Concrete']),
		);
	});

	test('the other accounts stay where one has no place', () => {
		const sent = outcome([one('300-5110-02'), one('777-5120-02'), one('301-5130-02', 'Steel')]);
		expect(sent).toEqual([
			'5110 Concrete → 9001',
			'5130 Steel → 9002',
			'parked job-without-project',
		]);
	});
});

describe('what is remembered of the crosswalk', () => {
	const changes = (crosswalk: Crosswalk, seen: SeenDecision[] = [], mappingVersion = 'v') =>
		crosswalkChanges({
			crosswalk,
			projects: PROJECTS,
			settings: DELIVERED_UNTIL_0_3,
			mappingVersion,
			company: 'TWO',
			seen,
		});
	const decided = (crosswalk: Crosswalk) =>
		changes(crosswalk)
			.remember.filter(({ kind }) => kind !== 'M')
			.map(({ kind, gp_key, decision }) => `${kind} ${gp_key}: ${decision}`);
	const at = (gp_account: string, given: object) => rows([{ gp_account, ...given }]);

	test('is what each row brings about, and nothing of those that repeat what holds without them', () => {
		expect(decided(at('300-5110-02', { action: 'skip' }))).toEqual(['A 300-5110-02: skip']);
		expect(decided(at('300-5110-02', { action: 'accrual' }))).toEqual(['A 300-5110-02: accrual']);
		expect(decided(at('300-5110-02', { action: 'x' }))).toEqual(['A 300-5110-02: ambiguous']);
		expect(decided(at('300-5110-02', { cost_code: 'X' }))).toEqual(['A 300-5110-02: X M']);
		expect(decided(at('300-5110-02', { cost_code: '5110', cost_type: 'M' }))).toEqual([]);
		expect(decided(at('000-6150-00', {}))).toEqual([]);
		expect(decided(rows([], [{ gp_job: '300', procore_project_id: '9001' }]))).toEqual([]);
		const vendor = (given: object) =>
			({ ...rows([]), vendors: [{ gp_company: 'TWO', gp_vendor_id: 'a', ...given }] }) as Crosswalk;
		expect(decided(vendor({ procore_vendor_id: ' 7 ' }))).toEqual(['V A: 7']);
		expect(decided(vendor({ action: 'skip', procore_vendor_id: '7' }))).toEqual(['V A: skip']);
		expect(decided(vendor({ action: 'x' }))).toEqual(['V A: ambiguous']);
		expect(decided(vendor({ gp_company: 'THREE', procore_vendor_id: '7' }))).toEqual([]);
	});

	test('of another company is not looked at, and older rows of one key are forgotten with it', () => {
		const crosswalk = at('300-5110-02', { cost_code: 'X' });
		const seen = (given: Partial<SeenDecision>): SeenDecision => ({
			...{ gp_company: 'TWO', kind: 'A', gp_key: '300-5110-02', decision: 'Y M', name: '' },
			...given,
		});
		const M = { kind: 'M', gp_key: 'M', decision: 'v' };
		const twice = [
			seen({ id: 1 }),
			seen({ id: 2, gp_key: '300-5110-02 ' }),
			seen({ id: 3, ...M }),
			seen({ id: 4, gp_company: 'THREE' }),
		];
		const { changed, forget, remember } = changes(crosswalk, twice);
		expect(changed.map(({ token }) => token)).toEqual(['|A:300-5110-02|']);
		expect([forget, remember.map(({ decision }) => decision)]).toEqual([[1, 2], ['X M']]);
		expect(changes(crosswalk, [seen({ decision: 'X M' }), seen({ id: 3, ...M })]).forget).toEqual(
			[],
		);
		expect(changes(crosswalk, [seen({ decision: 'X M' }), seen(M)])).toEqual({
			changed: [],
			remember: [],
			forget: [],
		});
	});

	test('after a change of the mapping only rows that a person wrote again are a change', () => {
		const M: SeenDecision = {
			id: 3,
			gp_company: 'TWO',
			kind: 'M',
			gp_key: 'M',
			decision: 'old',
			name: '',
		};
		const times = {
			createdAt: '2026-07-01T00:00:00Z',
			updatedAt: new Date('2026-07-02T00:00:00Z'),
		};
		const job = { gp_job: '300', procore_project_id: '9002' };
		const tokens = (crosswalk: Crosswalk) =>
			changes(crosswalk, [M]).changed.map(({ token }) => token);
		expect(tokens(rows([{ gp_account: '300-5110-02', cost_code: 'X' }], [job]))).toEqual([]);
		expect(
			tokens(
				rows([{ gp_account: '300-5110-02', cost_code: 'X', ...times }], [{ ...job, ...times }]),
			),
		).toEqual(['|J:300|', '|A:300-5110-02|']);
		const vendors = [{ gp_company: 'TWO', gp_vendor_id: 'a', procore_vendor_id: '7' }] as never;
		expect(tokens({ ...rows([]), vendors })).toEqual(['|V:A|']);
	});
});
