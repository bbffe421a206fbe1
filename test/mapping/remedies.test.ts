import type { GpRecord } from '../../lib/model/gp-records';
import type { Crosswalk } from '../../lib/mapping/types';
import { map, payable, PROJECTS, vendor, type Entry } from './samples';

/**
 * What a record waits for, and what its own sentence says to do about it: done, and nothing waits any
 * more. `says` are the record's cause, and the field or cell, as a person needs them to find both.
 */
interface Remedy {
	code: string;
	record: GpRecord;
	wrong?: Parameters<typeof map>[1];
	/** The same with what the remedy says done. */
	right: NonNullable<Parameters<typeof map>[1]> | { record: GpRecord };
	says: string[];
	/** Left out is what was asked for, too. */
	leaves?: true;
}

const cost = (account: string, ...more: Entry[]) =>
	payable([['purchase', account, '100'], ...more]);
const rows = (given: Partial<Crosswalk>) => ({
	crosswalk: { projects: [], accounts: [], vendors: [], ...given },
});
const job = (gp_job: string, given: object) => ({ id: 7, gp_company: 'TWO', gp_job, ...given });
const account = (gp_account: string, given: object) => ({
	...{ id: 7, gp_company: 'TWO', gp_account },
	...given,
});
/** The pattern is what setup made of a sample. */
const AS_FOUND = { settings: { costAccountsFound: true as const } };
const twins = [...PROJECTS, { id: '9009', name: 'Harbor Tower II', projectNumber: '300' }];

const REMEDIES: Array<[what: string, remedy: Remedy]> = [
	[
		'a job without a project: fill in the cell',
		{
			code: 'job-without-project',
			record: cost('777-5110-02'),
			right: rows({ projects: [job('777', { procore_project_id: '9001' })] }),
			says: ['777', 'procore_project_id', 'projects crosswalk'],
		},
	],
	[
		'a job without a project: give the project its number',
		{
			code: 'job-without-project',
			record: cost('777-5110-02'),
			right: { projects: [...PROJECTS, { id: '9', name: 'New', projectNumber: '777' }] },
			says: ['777', 'the number 777'],
		},
	],
	[
		'two projects of one number: choose one in the cell',
		{
			code: 'job-ambiguous',
			record: cost('300-5110-02'),
			wrong: { projects: twins },
			right: {
				projects: twins,
				...rows({ projects: [job('300', { procore_project_id: '9009' })] }),
			},
			says: ['300', '9001', '9009', 'procore_project_id'],
		},
	],
	[
		'a project that is not there: write an id, a number or a name',
		{
			code: 'project-unknown',
			record: cost('300-5110-02'),
			wrong: rows({ projects: [job('300', { procore_project_id: '4711' })] }),
			right: rows({ projects: [job('300', { procore_project_id: 'Lincoln School' })] }),
			says: ['300', '4711', 'row 7', 'procore_project_id', 'skip'],
		},
	],
	[
		'a project that is not there: or skip the job',
		{
			code: 'project-unknown',
			record: cost('300-5110-02'),
			wrong: rows({ projects: [job('300', { procore_project_id: '4711' })] }),
			right: rows({ projects: [job('300', { procore_project_id: '4711', action: 'skip' })] }),
			says: ['"skip" into action'],
			leaves: true,
		},
	],
	[
		'an account without a cost code: fill in the cell',
		{
			code: 'cost-code-missing',
			record: cost('300'),
			wrong: { settings: { costAccountPattern: '.*' } },
			right: {
				settings: { costAccountPattern: '.*' },
				...rows({ accounts: [account('300', { cost_code: '5110' })] }),
			},
			says: ['300', 'cost_code', 'accounts crosswalk'],
		},
	],
	[
		'a line without a job: set the account to skip',
		{
			code: 'no-job',
			record: cost('300-5110-02'),
			wrong: { settings: { jobRules: [{ from: 'reference', pattern: 'JOB (\\d+)' }] } },
			right: {
				settings: { jobRules: [{ from: 'reference', pattern: 'JOB (\\d+)' }] },
				...rows({ accounts: [account('300-5110-02', { action: 'skip' })] }),
			},
			says: ['300-5110-02', 'reference', 'accounts crosswalk', 'skip'],
			leaves: true,
		},
	],
	[
		'a line without a job: correct the reference in GP',
		{
			code: 'no-job',
			record: cost('300-5110-02'),
			wrong: { settings: { jobRules: [{ from: 'reference', pattern: 'JOB (\\d+)' }] } },
			right: { record: payable([['purchase', '300-5110-02', '100', 'JOB 300']]) },
			says: ['Correct the distribution in GP (account or reference)'],
		},
	],
	[
		'rows that disagree: delete the wrong one',
		{
			code: 'crosswalk-ambiguous',
			record: cost('300-5110-02'),
			wrong: rows({
				projects: [
					job('300', { procore_project_id: '9001' }),
					{ ...job('300', { procore_project_id: '9002' }), id: 8 },
				],
			}),
			right: rows({ projects: [job('300', { procore_project_id: '9001' })] }),
			says: ['Job 300', 'projects crosswalk', 'Delete the wrong row'],
		},
	],
	[
		'an action nobody knows: write one that is known',
		{
			code: 'crosswalk-action-unknown',
			record: cost('300-5110-02'),
			wrong: rows({ projects: [job('300', { procore_project_id: '9001', action: 'hold' })] }),
			right: rows({ projects: [job('300', { procore_project_id: '9001', action: 'send' })] }),
			says: ['hold', '300', 'row 7', '"action"', 'send or skip'],
		},
	],
	[
		'a cost code that a spreadsheet took for a date: write it again',
		{
			code: 'crosswalk-cell-spoilt',
			record: cost('300-5110-02'),
			wrong: rows({ accounts: [account('300-5110-02', { cost_code: '10-Mar' })] }),
			right: rows({ accounts: [account('300-5110-02', { cost_code: '03-10' })] }),
			says: ['300-5110-02', '10-Mar', 'cost_code', 'accounts crosswalk'],
		},
	],
	[
		'an accrual account that is none: send, with a cost code',
		{
			code: 'cost-on-receipt',
			record: cost('300-5110-02'),
			wrong: rows({ accounts: [account('300-5110-02', { action: 'accrual' })] }),
			right: rows({ accounts: [account('300-5110-02', { action: 'send', cost_code: '5120' })] }),
			says: ['300-5110-02', '"action"', 'cost_code', 'accounts crosswalk'],
		},
	],
	[
		'an account setup never saw: give it a cost code',
		{
			code: 'cost-account-unknown',
			record: cost('300-9999-02'),
			wrong: AS_FOUND,
			right: {
				...AS_FOUND,
				...rows({ accounts: [account('300-9999-02', { cost_code: '9999' })] }),
			},
			says: ['300-9999-02', 'job 300', 'Harbor Tower (9001)', 'cost_code', 'accounts crosswalk'],
		},
	],
	[
		'an account setup never saw: or skip it',
		{
			code: 'cost-account-unknown',
			record: cost('300-9999-02'),
			wrong: AS_FOUND,
			right: { ...AS_FOUND, ...rows({ accounts: [account('300-9999-02', { action: 'skip' })] }) },
			says: ['action skip'],
			leaves: true,
		},
	],
	[
		'an account setup never saw: or fill in the cost accounts',
		{
			code: 'cost-account-unknown',
			record: cost('300-9999-02'),
			wrong: AS_FOUND,
			right: { settings: { costAccountPattern: '^\\d+-[59]' } },
			says: ['Cost Accounts', 'node Mapping'],
		},
	],
	[
		'tax without a code: add it',
		{
			code: 'tax-code-missing',
			record: payable(
				[
					['purchase', '300-5110-02', '100'],
					['taxes', '000-2300-00', '8'],
				],
				{ taxes: [{ taxDetailId: 'ILSTATE', account: '000-2300-00', amount: '8' }] },
			),
			wrong: { settings: { tax: 'taxCode', taxCodes: {} } },
			right: { settings: { tax: 'taxCode', taxCodes: { ILSTATE: '1201' } } },
			says: ['ILSTATE', '"Tax Codes" in the policies of the Mapping node'],
		},
	],
	[
		'a vendor without a name: enter it in GP',
		{
			code: 'name-missing',
			record: vendor({ name: '' }),
			right: { record: vendor({ name: 'ACME' }) },
			says: ['name', 'GP'],
		},
	],
	[
		'a document without a vendor: enter it in GP',
		{
			code: 'vendor-missing',
			record: payable([['purchase', '300-5110-02', '100']], { vendorId: '' }),
			right: { record: cost('300-5110-02') },
			says: ['vendor id', 'in GP'],
		},
	],
];

describe('a remedy, done as it says, resolves', () => {
	it.each(REMEDIES)('%s', (_what, { code, record, wrong = {}, right, says, leaves }) => {
		const [waits] = map([record], wrong).notSent;
		expect(waits).toMatchObject({ outcome: 'parked', reason: { code } });
		const sentence = `${waits!.reason!.message} ${waits!.reason!.remedy}`;
		for (const part of says) expect(sentence).toContain(part);

		const done =
			'record' in right ? map([right.record], wrong) : map([record], { ...wrong, ...right });
		expect(done.notSent.filter(({ outcome }) => outcome !== 'skipped')).toEqual([]);
		expect(done.desired).toHaveLength(leaves ? 0 : 1);
	});
});
