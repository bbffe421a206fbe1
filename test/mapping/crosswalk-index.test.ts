import { indexCrosswalk, rowName, text } from '../../lib/mapping/crosswalk-index';
import type { Crosswalk } from '../../lib/mapping/types';

const index = (given: Partial<Crosswalk>, company = 'TWO') =>
	indexCrosswalk({ projects: [], accounts: [], vendors: [], ...given }, company);
const job = (given: object) => ({ gp_company: 'TWO', gp_job: '300', ...given });
const account = (given: object) => ({ gp_company: 'TWO', gp_account: '300-5110-02', ...given });
const vendor = (given: object) => ({ gp_company: 'TWO', gp_vendor_id: 'ACME', ...given });

describe('the row of a key', () => {
	test('is the first that decides anything, in the order of the table, else the first', () => {
		const rows = [
			job({ id: 30, procore_project_id: '9001' }),
			job({ id: 4, action: 'send' }),
			job({ id: 12, procore_project_id: '9001', note: 'first' }),
			job({ gp_job: '301', id: 9 }),
			job({ gp_job: '301', id: 8 }),
		];
		const { project, projects } = index({ projects: rows });
		expect(project('300').row).toMatchObject({ id: 12 });
		expect(project('301').row).toMatchObject({ id: 8 });
		expect(project('302')).toEqual({ row: undefined });
		expect(projects.map(({ id }) => id)).toEqual([4, 8, 9, 12, 30]);
		expect(rows[0]).toMatchObject({ id: 30 });
	});

	test('without a number stands behind the numbered ones, as they came among themselves', () => {
		const rows = [account({ note: 'a' }), account({ id: 2 }), account({ note: 'b' })];
		expect(index({ accounts: rows }).accounts.map(({ id, note }) => id ?? note)).toEqual([
			2,
			'a',
			'b',
		]);
	});

	test('is found in any spelling, in rows of the company alone', () => {
		const rows = [
			vendor({ gp_company: ' two', gp_vendor_id: 'acme ' }),
			vendor({ gp_company: 'X' }),
		];
		expect(index({ vendors: rows }).vendor('Acme').row).toBe(rows[0]);
		expect(index({ vendors: rows }, 'x').vendor('ACME').row).toBe(rows[1]);
	});
});

describe('rows of one key', () => {
	test.each<[string, Partial<Crosswalk>, boolean]>([
		[
			'link two projects',
			{ projects: [job({ procore_project_id: '1' }), job({ procore_project_id: '2' })] },
			true,
		],
		[
			'link one and leave out',
			{ projects: [job({ procore_project_id: '1' }), job({ action: 'skip' })] },
			true,
		],
		[
			'leave out twice',
			{ projects: [job({ action: 'skip', procore_project_id: '1' }), job({ action: 'Skip' })] },
			false,
		],
		[
			'say the same',
			{ projects: [job({ procore_project_id: ' 1' }), job({ procore_project_id: 1 })] },
			false,
		],
	])('of a job that %s contradict each other: see the last column', (_what, rows, contradict) => {
		const { problem } = index(rows).project('300');
		expect(problem?.code).toBe(contradict ? 'crosswalk-ambiguous' : undefined);
		if (contradict)
			expect(problem).toMatchObject({
				causeKey: 'J:300',
				message: 'Job 300 stands in 2 rows of the projects crosswalk that decide differently',
				remedy: 'Delete the wrong row in the projects crosswalk table.',
			});
	});

	test.each<[string, object[], boolean]>([
		[
			'another type of one code',
			[
				{ cost_code: '1', cost_type: 'M' },
				{ cost_code: '1', cost_type: 'L' },
			],
			true,
		],
		['another code', [{ cost_code: '1' }, { cost_code: '2' }], true],
		['cost and accrual', [{ cost_code: '1' }, { action: 'accrual' }], true],
		[
			'the same, one without a type',
			[{ cost_code: '1', cost_type: null }, { cost_code: '1' }],
			false,
		],
		['a type alone beside a code', [{ cost_type: 'M' }, { cost_code: '1', cost_type: 'L' }], false],
	])('of an account: %s', (_what, cells, contradict) => {
		const { problem, row } = index({ accounts: cells.map(account) }).account('300-5110-02');
		expect(problem?.causeKey).toBe(contradict ? 'A:300-5110-02' : undefined);
		expect(row).toBeDefined();
	});

	test('of a vendor that are linked to two contradict each other', () => {
		const rows = [vendor({ procore_vendor_id: '1' }), vendor({ procore_vendor_id: '2' })];
		expect(index({ vendors: rows }).vendor('acme').problem).toMatchObject({
			causeKey: 'V:ACME',
			message: expect.stringMatching(/^Vendor acme stands in 2 rows of the vendors crosswalk/),
		});
	});

	test('with a word that nobody knows decide nothing, and the row is named', () => {
		const rows = [vendor({ id: 3, procore_vendor_id: '1' }), vendor({ id: 5, action: ' Accrual' })];
		const { row, problem } = index({ vendors: rows }).vendor('ACME');
		expect(row).toBe(rows[1]);
		expect(problem).toMatchObject({
			code: 'crosswalk-action-unknown',
			causeKey: 'V:ACME',
			message:
				'The action "Accrual" of vendor ACME in vendors crosswalk row 5 is none of send, skip',
			remedy: expect.stringMatching(/^Write send or skip into "action" of vendors crosswalk row 5/),
		});
	});
});

test('the other vendors that rows link to one of Procore are told, those left out and itself not', () => {
	const rows = [
		vendor({ procore_vendor_id: '7' }),
		vendor({ gp_vendor_id: 'beta', procore_vendor_id: 7 }),
		vendor({ gp_vendor_id: 'BETA ', procore_vendor_id: '7' }),
		vendor({ gp_vendor_id: 'GAMMA', procore_vendor_id: '7', action: 'skip' }),
		vendor({ gp_vendor_id: 'DELTA', procore_vendor_id: '8' }),
		vendor({ gp_vendor_id: 'OTHER', gp_company: 'THREE', procore_vendor_id: '7' }),
		vendor({ gp_vendor_id: 'NONE', procore_vendor_id: ' ' }),
	];
	const { alsoLinkedTo } = index({ vendors: rows });
	expect(alsoLinkedTo('7', 'acme')).toEqual(['BETA']);
	expect(alsoLinkedTo('7', 'DELTA')).toEqual(['ACME', 'BETA']);
	expect(alsoLinkedTo('9', 'ACME')).toEqual([]);
	expect(alsoLinkedTo('', 'ACME')).toEqual([]);
});

test('cells are read as text, rows are called as they stand in the grid', () => {
	expect([text(null), text(undefined), text(0), text(' a ')]).toEqual(['', '', '0', 'a']);
	expect(rowName('projects', { id: 12 })).toBe('projects crosswalk row 12');
	expect(rowName('projects', {})).toBe('projects crosswalk');
});

describe('a cost code that a spreadsheet took for something else', () => {
	test.each(['10-Mar', 'Jan-00', '3/10/2000', '10.03.2000', '3.00E+10', '1E+05'])(
		'%s decides nothing',
		(cost_code) => {
			const { problem } = index({ accounts: [account({ id: 3, cost_code })] }).account(
				'300-5110-02',
			);
			expect(problem).toMatchObject({ code: 'crosswalk-cell-spoilt', causeKey: 'A:300-5110-02' });
			expect(problem?.message).toMatch(/^accounts crosswalk row 3 gives account 300-5110-02/);
		},
	);

	test.each([
		'03-10',
		'03-10-00',
		'3E10',
		'10-MAR',
		'MAR-10',
		'2000-03-10',
		'1/10',
		'10.03',
		'5110',
		'10-Con',
		'Gen-01',
		'Lab-10',
		'45-Mar',
		'01.50.2010',
		'13/13/2000',
		'03.30/2000',
	])('%s is one as people write it', (cost_code) => {
		const found = index({ accounts: [account({ cost_code })] }).account('300-5110-02');
		expect(found).toMatchObject({ row: { cost_code } });
		expect(found.problem).toBeUndefined();
	});

	test('is of no account where the row leaves its account out, and in the type no better', () => {
		const skipped = account({ cost_code: '10-Mar', action: 'skip' });
		expect(index({ accounts: [skipped] }).account('300-5110-02').problem).toBeUndefined();
		const type = account({ cost_code: '5110', cost_type: '1-Feb' });
		expect(index({ accounts: [type] }).account('300-5110-02').problem?.message).toMatch(
			/the cost_type "1-Feb"/,
		);
	});
});
