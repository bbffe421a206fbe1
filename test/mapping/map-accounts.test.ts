import { costCodeName, splitCostCode } from '../../lib/mapping/cost-codes';
import { account, costCodes, map } from './samples';

describe('GL accounts', () => {
	test('of a job become cost codes of its project', () => {
		const record = account('300-5110-02', { description: 'Job 300 - Concrete' });
		const result = map([record]);
		expect(costCodes(result)).toEqual([
			{
				kind: 'costCode',
				originId: 'GP:TWO:CC:5110:P:9001',
				source: expect.objectContaining({
					entity: 'account',
					key: '300-5110-02',
					label: '300-5110-02 Job 300 - Concrete',
				}),
				record,
				projectId: '9001',
				code: '5110',
				name: 'Concrete',
				active: true,
			},
		]);
		expect(result.newAccounts).toEqual([
			{
				gp_company: 'TWO',
				gp_account: '300-5110-02',
				gp_description: 'Job 300 - Concrete',
				cost_code: '5110',
				cost_code_name: 'Concrete',
				cost_type: 'M',
				action: 'send',
				note: '',
			},
		]);
	});

	test('that differ in cost type only share one code, whatever their order', () => {
		const labor = account('300-5110-01', { description: 'Concrete - Labor' });
		const material = account('300-5110-02', { description: 'Concrete - Material' });
		for (const records of [
			[labor, material],
			[material, labor],
		]) {
			const result = map(records);
			expect(costCodes(result)).toMatchObject([{ code: '5110', name: 'Concrete' }]);
			expect(result.notSent).toMatchObject([
				{ outcome: 'skipped', reason: { code: 'same-cost-code' } },
			]);
			expect(result.newAccounts.map((row) => row.cost_code_name)).toEqual(['Concrete', 'Concrete']);
		}
	});

	test('named once in the crosswalk keep that name, whichever account is read', () => {
		const accounts = [
			{
				id: 1,
				gp_company: 'TWO',
				gp_account: '300-5110-01',
				cost_code: '5110',
				cost_code_name: 'Slabs',
				cost_type: 'L',
			},
			{
				id: 2,
				gp_company: 'TWO',
				gp_account: '300-5110-02',
				cost_code: '5110',
				cost_code_name: 'Concrete',
				cost_type: 'M',
			},
		];
		const nameless = [{ ...accounts[0], cost_code_name: ' ' }, accounts[1]];
		for (const number of ['300-5110-01', '300-5110-02']) {
			const named = (rows: typeof accounts) =>
				map([account(number, { description: 'Whatever' })], {
					crosswalk: { projects: [], accounts: rows, vendors: [] },
				});
			expect(costCodes(named(accounts))[0].name).toBe('Slabs');
			expect(named(accounts).newAccounts).toEqual([]);
			// The first that has a name.
			expect(costCodes(named(nameless))[0].name).toBe('Concrete');
		}
	});

	test('with a division in the crosswalk bring the division along', () => {
		const result = map([account('300-5110-02', { description: 'Concrete' })], {
			crosswalk: {
				projects: [],
				accounts: [
					{ gp_company: 'TWO', gp_account: '300-5110-02', cost_code: '03-300', cost_type: 'M' },
				],
				vendors: [],
			},
		});
		expect(costCodes(result)[0]).toMatchObject({
			originId: 'GP:TWO:CC:03-300:P:9001',
			code: '300',
			parent: { code: '03', name: 'Division 03', originId: 'GP:TWO:CC:03:P:9001' },
		});
	});

	test('that are inactive deactivate the code, unless another account stands behind it', () => {
		const inactive = account('300-5110-02', { active: false });
		expect(costCodes(map([inactive]))[0].active).toBe(false);

		const beside = map([inactive, account('300-5110-01')]);
		expect(costCodes(beside)).toMatchObject([{ active: true, source: { key: '300-5110-01' } }]);

		const known = map([inactive], {
			crosswalk: {
				projects: [],
				accounts: [
					{ gp_company: 'TWO', gp_account: '300-5110-01', cost_code: '5110', cost_type: 'L' },
				],
				vendors: [],
			},
		});
		expect(known.desired).toEqual([]);
		expect(known.notSent[0].reason!.code).toBe('shared-cost-code');
	});

	test('of the company itself make no code but are proposed for the crosswalk', () => {
		const result = map([account('000-5110-02')]);
		expect(result.notSent[0]).toMatchObject({
			outcome: 'skipped',
			reason: { code: 'company-level-account' },
		});
		expect(result.newAccounts.map((row) => [row.gp_account, row.cost_code, row.cost_type])).toEqual(
			[['000-5110-02', '5110', 'M']],
		);
	});

	test('where jobs stand in texts alone, a cost makes the code', () => {
		const said = (settings: object) =>
			map([account('000-5110-02')], { settings } as never).notSent[0].reason!.message;
		expect(said({})).toMatch(/made by the accounts of each job$/);
		const jobRules = [{ from: 'purchaseOrder', pattern: '^(\\d{3})-PO' }];
		expect(said({ jobRules })).toMatch(/made in each project a cost needs it$/);
	});

	test('that are not job cost are skipped, and not proposed', () => {
		const result = map([account('000-1100-00')]);
		expect(result.notSent[0].reason!.code).toBe('not-job-cost');
		expect(result.newAccounts).toEqual([]);
	});

	test('of a job without project wait', () => {
		const record = account('777-5110-02');
		expect(map([record]).notSent[0]).toMatchObject({
			outcome: 'parked',
			record,
			reason: { code: 'job-without-project' },
		});
	});

	test('keep their place among the results', () => {
		const result = map([account('300-5120-01'), account('000-1100-00'), account('301-5110-02')]);
		expect(costCodes(result).map((one) => one.source.key)).toEqual(['300-5120-01', '301-5110-02']);
	});
});

test.each([
	['300 - Concrete', 'Concrete'],
	['Job #300: Concrete', 'Concrete'],
	['Concrete - Job 300', 'Concrete'],
	['Concrete (300)', 'Concrete'],
	['Harbor Tower - Concrete', 'Concrete'],
	['Concrete 3000 psi', 'Concrete 3000 psi'],
	['3000 psi concrete', '3000 psi concrete'],
	['Concrete - 300 / Job 300 (300)', 'Concrete'],
	['300', '5110'],
	[null, '5110'],
])('the account description %p names the cost code %p', (description, name) => {
	expect(costCodeName([description], { number: '300', name: 'Harbor Tower' }, '5110')).toBe(name);
});

test('a description of any length is taken apart in no time', () => {
	const job = { number: '300', name: '-' };
	const long = `Concrete${' '.repeat(1_000_000)}x`;
	const from = performance.now();
	expect(costCodeName([long], job, '5110')).toBe('Concrete x');
	costCodeName([`x${'-'.repeat(290)}x`], job, '5110');
	expect(performance.now() - from).toBeLessThan(5_000);
});

test.each([
	['5110', null, '5110'],
	['03-300', '03', '300'],
	['01-500-010', '01', '500-010'],
	['-5', null, '-5'],
	['5-', null, '5-'],
])('the cost code %s is under %p as %s', (full, parent, code) => {
	expect(splitCostCode(full)).toEqual({ parent, code });
});

describe('by policy', () => {
	const concrete = account('300-5110-02', { description: 'Job 300 - Concrete' });
	const slabs = account('301-5110-02', { description: 'Job 301 - Concrete slabs' });
	const overhead = account('000-5110-02', { description: 'Concrete' });

	test('a job number with a dash is taken off the name as any other', () => {
		expect(
			costCodeName(['24-015 Concrete'], { number: '24-015', name: 'Lakeside (North)' }, '03-100'),
		).toBe('Concrete');
	});

	test('the code of an account goes to every project, once, whatever its job', () => {
		const result = map([concrete, slabs, overhead], {
			settings: { costCodesGoTo: 'everyProject', costAccountPattern: '-5110-' },
		});
		expect(costCodes(result).map(({ projectId, code, name }) => [projectId, code, name])).toEqual([
			['9001', '5110', 'Concrete'],
			['9002', '5110', 'Concrete'],
			['9003', '5110', 'Concrete'],
		]);
		expect(result.notSent.map(({ reason }) => reason!.code)).toEqual([
			'same-cost-code',
			'same-cost-code',
		]);
	});

	test('or only to projects that the crosswalk links to a job', () => {
		const row = (gp_job: string, procore_project_id: string, action = 'send') => ({
			gp_company: 'TWO',
			gp_job,
			procore_project_id,
			action,
		});
		const projects = [
			row('300', '9001'),
			row('301', '9002', 'skip'),
			row('302', ''),
			row('303', '9001'),
		];
		const result = map([slabs], {
			settings: { costCodesGoTo: 'linkedProjects' },
			crosswalk: { projects, accounts: [], vendors: [] },
		});
		expect(costCodes(result).map(({ projectId }) => projectId)).toEqual(['9001']);
	});

	test('or to the standard list of the company, whose ID must be known', () => {
		const settings = { costCodesGoTo: 'standardList' as const, standardListId: '77' };
		expect(costCodes(map([concrete], { settings }))).toMatchObject([
			{ originId: 'GP:TWO:SCC:5110', projectId: '', standardListId: '77', code: '5110' },
		]);
		const without = map([concrete], { settings: { ...settings, standardListId: '' } });
		expect(without.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'standard-list-missing' } },
		]);
	});

	test('the cost code comes by pattern, with its division and that division named', () => {
		const settings = {
			costCodePattern: '^\\d{3}-(\\d{2})(\\d{2})-',
			costCodeFormat: '$1-$2',
			divisionNames: { '51': 'Site work' },
		};
		expect(costCodes(map([concrete], { settings }))).toMatchObject([
			{
				code: '10',
				parent: { code: '51', name: 'Site work', originId: 'GP:TWO:CC:51:P:9001' },
			},
		]);
		const other = map([concrete], { settings: { ...settings, costCodePattern: '^X(.)' } });
		expect(other.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'cost-code-missing' } },
		]);
	});

	test('inactive accounts are left out', () => {
		const inactive = { ...concrete, active: false };
		expect(costCodes(map([inactive]))).toMatchObject([{ active: false }]);
		expect(map([inactive], { settings: { inactiveAccounts: 'leaveOut' } }).notSent).toMatchObject([
			{ outcome: 'skipped', reason: { code: 'inactive-account' } },
		]);
	});
});
