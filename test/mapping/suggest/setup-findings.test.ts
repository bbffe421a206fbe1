import type { GpPayable } from '../../../lib/model/gp-records';
import { DELIVERED_UNTIL_0_3 } from '../../../lib/mapping/types';
import {
	findingsInWords,
	jobCounts,
	lookThrough,
} from '../../../lib/mapping/suggest/setup-findings';
import { sampleOf } from '../../../lib/mapping/suggest/propose-types';
import { account, payable, PROJECTS } from '../samples';

const input = {
	crosswalk: { projects: [], accounts: [], vendors: [] },
	projects: PROJECTS,
	settings: DELIVERED_UNTIL_0_3,
};
function sampled(...payables: GpPayable[]) {
	const gather = sampleOf();
	gather.payables(payables);
	return gather.sample();
}
const rest = { vendorsRead: 12, vendorsAlike: 0, projectsRead: 3 };

describe('a company whose accounts fit the mapping', () => {
	const look = lookThrough('TWO', input);
	look.accounts([account('300-5110-02'), account('000-2100-00')]);
	look.payables(
		sampled(
			payable([
				['purchase', '300-5110-02', '5.00'],
				['purchase', '000-6100-00', '2.00'],
			]),
			payable([['purchase', '301-5110-02', '5.00']], { voided: true }),
		),
	);

	test('is counted: accounts, payables and cost lines, each with what was found', () => {
		expect(look.findings()).toEqual({
			accounts: { read: 2, found: 1, without: ['000-2100-00'] },
			payables: 2,
			lines: { read: 2, found: 1, without: ['account 000-6100-00, description "Rebar"'] },
			linesWithNumber: 1,
		});
	});

	test('is told that the tables are ready', () => {
		const words = findingsInWords({
			...look.findings(),
			...rest,
			jobs: { linked: 1, open: 0, skipped: 0 },
		});
		expect(words).toMatchObject({ title: 'The tables are ready', problems: [] });
		expect(words.text).toContain('2 GP accounts read: a cost code was found for 1.');
		expect(words.text).toContain(
			'2 payables with 2 cost lines looked through: a job number was read from 1, that of a linked or skipped job from 1.',
		);
	});
});

describe('a company whose accounts look different', () => {
	const look = lookThrough('TWO', input);
	look.accounts([account('01.A204.71000'), account('01.0000.20000')]);
	look.payables(
		sampled(
			payable([['purchase', '01.A204.71000', '5.00', 'A204 slab']], { purchaseOrderNumber: 'P-7' }),
		),
	);
	const words = findingsInWords({
		...look.findings(),
		...rest,
		jobs: { linked: 0, open: 0, skipped: 0 },
	});

	test('is never told that the tables are ready', () => {
		expect(words.title).toBe('The tables are made, but the mapping does not fit this company yet');
		expect(words.text).not.toMatch(/ready|success/i);
	});

	test('is told why, with its own numbers and the field to change', () => {
		const all = words.problems.join('\n');
		expect(all).toMatch(/none of the 2 fits Cost Accounts .* 01\.A204\.71000; 01\.0000\.20000/);
		expect(all).toMatch(
			/cost lines show no linked job .*account 01\.A204\.71000, reference "A204 slab", PO number "P-7".* change Job Found In/,
		);
		expect(all).toMatch(/No job was found in GP/);
	});
});

test.each([
	['no payables in the months', { payables: 0 }, /choose an earlier date in Look Through/],
	[
		'lists that may be cut',
		{ notProven: 'vendors: exactly 100 rows came' },
		/not proven complete \(vendors: exactly 100/,
	],
	['records that were not understood', { leftOut: 2 }, /2 GP records could not be understood/],
	['no accounts', { accounts: { read: 0, found: 0, without: [] } }, /GP gave no accounts/],
	['no projects', { projectsRead: 0 }, /Procore gave no projects/],
	['no job linked', { jobs: { linked: 0, open: 4, skipped: 0 } }, /None of the 4 open jobs/],
])('%s is named as what it is', (_, changed, expected) => {
	const good = {
		accounts: { read: 9, found: 8, without: ['1'] },
		payables: 5,
		lines: { read: 5, found: 5, without: [] },
		linesWithNumber: 5,
		jobs: { linked: 3, open: 1, skipped: 1 },
		...rest,
	};
	expect(findingsInWords(good).problems).toEqual([]);
	const { problems, title } = findingsInWords({ ...good, ...changed });
	expect(problems).toHaveLength(1);
	expect(problems[0]).toMatch(expected);
	expect(title).not.toBe('The tables are ready');
});

test('lines whose job was linked by this very run count as found', () => {
	const look = lookThrough('TWO', input);
	look.payables(sampled(payable([['purchase', '777-5110-02', '5.00']])));
	expect(look.findings().lines).toMatchObject({ read: 1, found: 0 });
	const row = { gp_company: 'TWO', gp_job: '777', procore_project_id: '9001' };
	expect(look.findings([row]).lines).toEqual({ read: 1, found: 1, without: [] });
});

test('a skipped job counts neither as linked nor as open', () => {
	const row = { gp_company: 'TWO', gp_job: '1' };
	expect(
		jobCounts([
			{ ...row, procore_project_id: '9001' },
			{ ...row, procore_project_id: '' },
			{ ...row, procore_project_id: '9002', action: 'skip' },
		]),
	).toEqual({ linked: 1, open: 1, skipped: 1 });
});
