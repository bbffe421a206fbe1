import { type Crosswalk, DELIVERED_UNTIL_0_3 } from '../../../lib/mapping/types';
import { runSteps } from '../../../lib/http/read-body';
import {
	fillCrosswalks as fillInSteps,
	jobNameOf,
	unmetRows,
} from '../../../lib/mapping/suggest/fill-crosswalks';
import type { GpAccount, GpPayable, GpVendor } from '../../../lib/model/gp-records';
import { account, payable, vendor } from '../samples';

const fillCrosswalks = (...given: Parameters<typeof fillInSteps>) =>
	runSteps(fillInSteps(...given));

const PROJECTS = [
	{ id: '9001', name: 'Riverfront Parking Garage', projectNumber: '300' },
	{ id: '9002', name: 'Lincoln School', projectNumber: '2026-301' },
	{ id: '9003', name: 'Harbor Offices', projectNumber: null },
];
const VENDORS = [
	{ id: '1', name: 'Acme Concrete, Inc.', originId: null, originCode: null },
	{ id: '2', name: 'Bolt Suply', originId: null, originCode: null },
	{ id: '3', name: 'Taken Vendor', originId: 'GP:TWO:V:TAKEN', originCode: null },
	{ id: '4', name: 'Same Name', originId: null, originCode: null },
];

function fill(
	given: {
		accounts?: GpAccount[];
		payables?: GpPayable[];
		vendors?: GpVendor[];
		crosswalk?: Partial<Crosswalk>;
		automaticFrom?: number;
	} = {},
) {
	const crosswalk = { projects: [], accounts: [], vendors: [], ...given.crosswalk };
	const input = { crosswalk, projects: PROJECTS, settings: DELIVERED_UNTIL_0_3 };
	const accounts = given.accounts ?? [];
	const unmet = { projects: [], accounts: [] };
	unmetRows(accounts, input, unmet);
	unmetRows(given.payables ?? [], input, unmet);
	return fillCrosswalks({
		...input,
		company: 'TWO',
		accounts,
		vendors: given.vendors ?? [],
		jobsAndAccounts: unmet,
		procore: {
			costCodes: [{ projectId: '9001', code: '5110', name: 'Concrete' }],
			costTypes: ['L', 'M'],
			vendors: VENDORS,
		},
		...(given.automaticFrom === undefined ? {} : { automaticFrom: given.automaticFrom }),
	});
}

describe('jobs', () => {
	test('are linked where the Procore project has the same number', () => {
		const [row] = fill({ accounts: [account('300-5110-02')] }).projects;
		expect(row).toMatchObject({
			gp_job: '300',
			procore_project_id: '9001',
			procore_project_name: 'Riverfront Parking Garage',
			note: 'linked: same number, Riverfront Parking Garage',
		});
	});

	test('are never linked below the threshold: the note lists the candidates with their scores', () => {
		const [row] = fill({ accounts: [account('301-5110-02')] }).projects;
		expect(row.procore_project_id).toBe('');
		expect(row.note).toBe('candidates: Lincoln School (9002), 85 % by number');
		const [low] = fill({ accounts: [account('301-5110-02')], automaticFrom: 0.8 }).projects;
		expect(low).toMatchObject({
			procore_project_id: '9002',
			note: 'linked: number alike (85 %), Lincoln School',
		});
	});

	test('are linked by name where the descriptions of their accounts begin with it', () => {
		const accounts = ['5110-01', '5120-02', '5130-03'].map((rest) =>
			account(`77-${rest}`, { description: `Harbor Offices - ${rest}` }),
		);
		const settings = { ...DELIVERED_UNTIL_0_3, costAccountPattern: '^\\d+-5[1-3]' };
		const input = {
			crosswalk: { projects: [], accounts: [], vendors: [] },
			projects: PROJECTS,
			settings,
		};
		const unmet = { projects: [], accounts: [] };
		unmetRows(accounts, input, unmet);
		const { projects } = fillCrosswalks({
			...input,
			company: 'TWO',
			accounts,
			vendors: [],
			jobsAndAccounts: unmet,
			procore: { costCodes: [], costTypes: [], vendors: [] },
		});
		expect(projects[0]).toMatchObject({
			gp_job_name: 'Harbor Offices',
			procore_project_id: '9003',
		});
	});

	test('that only payables name are found there', () => {
		const record = payable([['purchase', '000-5110-02', '5.00', 'JOB 300 slab']]);
		expect(fill({ payables: [record] }).projects.map((row) => row.gp_job)).toEqual(['300']);
	});

	test('that have a row already get none, whatever it says', () => {
		const row = { gp_company: 'TWO', gp_job: '300', procore_project_id: '', action: '' };
		const { projects } = fill({
			accounts: [account('300-5110-02')],
			crosswalk: { projects: [row] },
		});
		expect(projects).toEqual([]);
	});
});

describe('accounts', () => {
	test('say whether Procore has their cost code and cost type', () => {
		const { accounts } = fill({
			accounts: ['300-5110-02', '300-5120-03', '999-5110-01'].map((one) => account(one)),
		});
		expect(Object.fromEntries(accounts.map((row) => [row.gp_account, row.note]))).toEqual({
			'300-5110-02': 'linked: same number, Concrete',
			'300-5120-03':
				'5120 is not in Procore yet: the sync makes it; cost type S is not in Procore: choose one of L, M',
			'999-5110-01': '',
		});
	});
});

describe('vendors', () => {
	const given = (vendorId: string, name: string) => vendor({ vendorId, name });

	test('get a row only where one written alike stands in Procore that the sync would not take', () => {
		const { vendors, linked } = fill({
			vendors: [
				given('ACME0001', 'ACME CONCRETE INCORPORATED'),
				given('BOLT0002', 'Bolt Supply'),
				given('TAKEN', 'Taken Vendor'),
				given('SAME0001', 'SAME NAME'),
				given('NEW0001', 'Nobody Knows Me'),
			],
		});
		expect(vendors).toMatchObject([
			{ gp_vendor_id: 'ACME0001', procore_vendor_id: '1' },
			{ gp_vendor_id: 'BOLT0002', procore_vendor_id: '' },
		]);
		expect(vendors[0].note).toMatch(/linked: name alike \(\d+ %\), Acme Concrete, Inc\./);
		expect(vendors[1].note).toMatch(/candidates: Bolt Suply \(2\), \d+ % by name/);
		expect(linked.vendors).toBe(1);
	});

	test('are never two to one in Procore: neither is linked, and the notes name both firms', () => {
		const { vendors, linked } = fill({
			vendors: [
				given('ACME0001', 'ACME CONCRETE INCORPORATED'),
				given('ACME0002', 'Acme Concrete Inc.'),
				given('NEW0001', 'Nobody Knows Me'),
			],
		});
		expect(linked.vendors).toBe(0);
		expect(vendors.map((row) => [row.gp_vendor_id, row.procore_vendor_id])).toEqual([
			['ACME0001', ''],
			['ACME0002', ''],
		]);
		for (const { note } of vendors) {
			expect(note).toContain('not linked: Acme Concrete, Inc. (1) may be');
			expect(note).toContain('ACME CONCRETE INCORPORATED (ACME0001 in GP)');
			expect(note).toContain('Acme Concrete Inc. (ACME0002 in GP)');
		}
	});

	test.each([
		['the sync takes it for another by its name', [given('ACME0002', 'acme concrete, inc.')], []],
		[
			'a row links it to another',
			[given('ACME0002', 'Acme Holding')],
			[{ gp_company: 'TWO', gp_vendor_id: 'acme0002', procore_vendor_id: '1' }],
		],
		[
			'a row of another company links it',
			[],
			[{ gp_company: 'THREE', gp_vendor_id: 'A9', procore_vendor_id: '1' }],
		],
	])('are not linked to one that is claimed: %s', (_what, others, rows) => {
		const { vendors, linked } = fill({
			vendors: [given('ACME0001', 'ACME CONCRETE INCORPORATED'), ...others],
			crosswalk: { vendors: rows },
		});
		expect(linked.vendors).toBe(0);
		const row = vendors.find(({ gp_vendor_id }) => gp_vendor_id === 'ACME0001')!;
		expect(row.procore_vendor_id).toBe('');
		expect(row.note).toContain(others[0]?.name ?? 'GP vendor A9 of company THREE');
	});

	test('two of one name, one in Procore: nobody chooses in silence', () => {
		const { vendors } = fill({
			vendors: [given('SAME0001', 'SAME NAME'), given('SAME0002', 'Same Name')],
		});
		expect(vendors).toHaveLength(2);
		expect(vendors[0].note).toMatch(/not linked: Same Name \(4\).*SAME0001.*SAME0002/);
	});

	test('a row that leaves its vendor out lays no claim', () => {
		const skip = {
			gp_company: 'TWO',
			gp_vendor_id: 'ACME0002',
			procore_vendor_id: '1',
			action: 'skip',
		};
		const { linked } = fill({
			vendors: [given('ACME0001', 'ACME CONCRETE INCORPORATED')],
			crosswalk: { vendors: [skip] },
		});
		expect(linked.vendors).toBe(1);
	});

	test('are not linked at all when the threshold is above 100 %', () => {
		const { vendors } = fill({
			vendors: [given('ACME0001', 'ACME CONCRETE INCORPORATED')],
			automaticFrom: 1.01,
		});
		expect(vendors).toMatchObject([{ procore_vendor_id: '' }]);
	});
});

test.each([
	[['Riverfront - Concrete', 'Riverfront - Steel', 'riverfront - Wood'], 'Riverfront'],
	[['General conditions', 'Concrete', 'Steel'], null],
	[['Riverfront - Concrete', 'Riverfront - Steel'], null],
	[[null, '', ' '], null],
	[[' Depot - A', null, 'Depot - B', 'Depot (C', ' '], 'Depot'],
	[[null, ' ', 'Depot A', 'Depot B'], null],
])('the name of a job in %j is %s', (descriptions, name) => {
	expect(jobNameOf(descriptions)).toBe(name);
});
