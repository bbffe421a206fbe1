import { runSteps } from '../../../lib/http/read-body';
import type { GpAccount } from '../../../lib/model/gp-records';
import { proposeAccounts } from '../../../lib/mapping/suggest/propose-accounts';
import { proposeCodeAndType } from '../../../lib/mapping/suggest/propose-code';
import { proposeJob } from '../../../lib/mapping/suggest/propose-job';
import type { ProcoreNumbers, Sample } from '../../../lib/mapping/suggest/propose-types';
import { TYPES } from '../layouts/layout';
import { account } from '../samples';

type Chart = Record<string, Partial<GpAccount>>;
const SHEET = { postingType: 'balanceSheet' as const, category: 'Assets' };
const COST = { category: 'Cost' };
const JOBS = ['301', '302', '303'];
const NATURALS = ['5110', '5120', '5130'];
const KINDS: Record<string, string> = { '01': 'Labor', '02': 'Materials' };

/** What is proposed for lines written as `account reference*lines`. */
function company(written: string[], chart: Chart, given: Partial<ProcoreNumbers> = {}) {
	const lines = written.map((text) => {
		const [, number, reference, count] = /^([^ *]+)(?: ([^*]+))?(?:\*(\d+))?$/.exec(text)!;
		return {
			...{ account: number!, reference: reference ?? null, lines: Number(count ?? 1) },
			...{ description: null, purchaseOrder: null },
		};
	});
	const sample: Sample = {
		...{ payables: 1, lines, taxAccounts: new Map() },
		costLines: lines.reduce((sum, one) => sum + one.lines, 0),
		accounts: Object.entries(chart).map(([number, more]) => account(number, more)),
	};
	const procore: ProcoreNumbers = {
		projects: [...JOBS, '304'].map((one) => ({ id: `p${one}`, name: one, projectNumber: one })),
		costCodes: [...NATURALS, '5140'].map((code) => ({ projectId: 'p301', code, name: code })),
		costTypes: TYPES,
		...given,
	};
	const job = runSteps(proposeJob(sample, procore));
	const accounts = proposeAccounts(sample, job);
	return { job, accounts, ...proposeCodeAndType({ sample, procore, job, accounts }) };
}
const grid = (jobs = JOBS, naturals = NATURALS, kinds = ['01', '02']) =>
	jobs.flatMap((job) => naturals.flatMap((one) => kinds.map((kind) => `${job}-${one}-${kind}`)));
const CHART: Chart = {
	...Object.fromEntries(
		grid().map((one) => [one, { ...COST, description: KINDS[one.slice(-2)]! }]),
	),
	...{ '000-1100-00': SHEET, '000-2100-00': SHEET, '000-6100-00': { category: 'Admin' } },
};
const said = (...given: Parameters<typeof company>) => company(...given).accounts.finding.said;

describe('which accounts are job cost', () => {
	test('is told by the natural accounts that jobs stand on', () => {
		const { finding, isCost, costLines } = company([...grid(), '000-6100-00*3'], CHART).accounts;
		expect(finding).toMatchObject({
			...{ subject: 'costAccounts', sure: true, covered: 18, of: 21 },
			said: 'Job cost are the accounts whose account segment 2 begins with 5',
			examples: ['301-5110-01', '301-5110-02', '301-5120-01'],
		});
		expect(costLines).toHaveLength(18);
		expect(['301-5110-01', '999-5990-07', '000-6100-00'].map(isCost)).toEqual([true, true, false]);
	});

	test('from a fifth of their lines on; below that on a job only', () => {
		const at = (company_: number) => [...grid(), `000-6100-00*${company_}`, '301-6100-00*2'];
		expect(said(at(8), CHART)).toMatch(/begins with 5, 6$/);
		const { finding, isCost } = company(at(9), CHART).accounts;
		expect(finding).toMatchObject({ covered: 20, of: 29 });
		expect(finding.said).toMatch(/begins with 5, and of a job also 6100$/);
		expect(['301-6100-00', '0301-6100-00', '000-6100-00', '301-6101-00'].map(isCost)).toEqual([
			...[true, true, false, false],
		]);
	});

	test('may name several that are cost on a job only, and a job behind the natural account', () => {
		const more = ['000-6200-00*99', '302-6200-00', '000-6100-00*9', '301-6100-00*2'];
		expect(said([...grid(), ...more], CHART)).toMatch(
			/begins with 5, and of a job also 6100, 6200$/,
		);
		const turned = (text: string) => text.replace(/^(\d+)-(\d+)-(\d+)/, '$2-$3-$1');
		const chart = Object.fromEntries(Object.entries(CHART).map(([one, of]) => [turned(one), of]));
		const { isCost } = company([...grid(), ...more].map(turned), chart).accounts;
		expect(
			['6100-00-301', '6200-00-302', '6100-00-000', '6300-00-301', '5110-01-000'].map(isCost),
		).toEqual([true, true, false, false, true]);
	});

	test('is not sure where more than one of twenty lines with a job stand elsewhere', () => {
		const reference = (others: number) => [
			...grid(['1', '2']).map((one, index) => `${one} job ${JOBS[index % 3]}*5`),
			...['9-6100-00*99', `9-6100-00 job 301*${others}`],
		];
		const chart = { ...CHART, '9-1100-00': SHEET, '9-2100-00': SHEET, '9-6100-00': {} };
		const sure = company(reference(3), chart).accounts;
		expect(sure.finding.said).toBe(
			'Job cost are the accounts whose account segment 2 begins with 5. 3 lines name a job on another account and stay out: 9-6100-00',
		);
		const { finding, isCost, costLines } = company(reference(4), chart).accounts;
		expect(finding).toMatchObject({ sure: false, settings: {}, covered: 0 });
		expect(finding.said).toBe(
			'Not sure which accounts are job cost: only 93.7 % of 64 lines that name a job are on accounts of one kind',
		);
		expect([isCost('1-5110-01'), costLines]).toEqual([false, []]);
	});

	test('is not known where the job is not', () => {
		const { accounts, costCode, costType } = company(['1-1-1', '2-2-2'], {});
		expect(accounts.finding.said).toMatch(/where the job stands is not known$/);
		expect([costCode.said, costType.said]).toEqual([
			'Not sure where the cost code stands: which lines are job cost is not known',
			'Not sure where the cost type stands: which lines are job cost is not known',
		]);
	});

	test.each<[string, Partial<GpAccount>, string[], boolean]>([
		['on all jobs, of the category of cost', COST, JOBS, true],
		['on a third of the jobs', COST, ['301'], true],
		['on no job', COST, ['000'], false],
		['on a job of another company', COST, ['304'], false],
		['of another category', { category: 'Gain' }, JOBS, false],
		['on the balance sheet', { ...COST, ...SHEET }, JOBS, false],
		['called revenue', { ...COST, description: 'Contract revenue' }, JOBS, false],
	])('an account that no line shows, %s', (_what, given, jobs, isCost) => {
		const chart = { ...CHART, ...Object.fromEntries(jobs.map((job) => [`${job}-7100-01`, given])) };
		const proposed = company([...grid(), '000-6100-00*3'], chart).accounts;
		expect(proposed.isCost('301-7100-01')).toBe(isCost);
		expect(proposed.finding.said).toMatch(isCost ? /begins with 5, 7$/ : /begins with 5$/);
	});

	test('without a chart is told by the segment that best parts the lines', () => {
		expect(said([...grid(), '000-6100-01*3', '000-6200-02*3'], {})).toMatch(
			/segment 2 begins with 5$/,
		);
		// A single value stands whole.
		expect(said([...grid(JOBS, ['1']), '000-6-01*3', '000-7-02*3'], {})).toMatch(/segment 2 is 1$/);
	});
});

describe('job and natural account in one segment', () => {
	const SOME = ['4110', '5220', '6330'];
	const NUMBERS = ['301', '302', '1303', '1304'];
	const projects = NUMBERS.map((one) => ({ id: `p${one}`, name: one, projectNumber: one }));
	const codes = SOME.map((code) => ({ projectId: 'p301', code, name: code }));
	const both = (write: (job: string, natural: string) => string, numbers: string[]) =>
		company(
			[
				...numbers.flatMap((job) => SOME.map((one) => `${write(job, one)}-10`)),
				...[`${write('000', '7100')}-10*3`, `${write('000', '8800')}-10*3`],
			],
			{},
			{ projects, costCodes: codes },
		);

	test('the job first, as long as it is, with four signs behind it', () => {
		const { job, accounts, costCode } = both((one, natural) => one + natural, NUMBERS);
		expect(job.finding.said).toMatch(/all but the last 4 of account segment 1/);
		expect(accounts.finding.said).toMatch(/the last 4 of account segment 1 begins with 4, 5, 6$/);
		const cost = ['3014110-10', '13046330-10', '4447100-10', '0007100-10', '5558800-10'];
		expect(cost.map(accounts.isCost)).toEqual([true, true, false, false, false]);
		expect(costCode.settings.costCodePattern).toBe('^[A-Z0-9]*([A-Z0-9]{4})(?:[^A-Z0-9]|$)');
	});

	test('the job last, of three signs', () => {
		const three = ['301', '302', '305'];
		const others = three.map((one) => ({ id: `p${one}`, name: one, projectNumber: one }));
		const { job, accounts } = company(
			[
				...three.flatMap((one) => SOME.map((natural) => `${natural}${one}-10`)),
				...['7100000-10*3', '8800000-10*3'],
			],
			{},
			{ projects: others, costCodes: codes },
		);
		expect(job.finding.said).toMatch(/the last 3 of account segment 1/);
		expect(accounts.finding.said).toMatch(
			/all but the last 3 of account segment 1 begins with 4, 5, 6$/,
		);
		expect(['4110301-10', '7100301-10', '8100400-10'].map(accounts.isCost)).toEqual([
			true,
			false,
			false,
		]);
	});
});

describe('where the cost code stands', () => {
	test('is told by the codes of Procore, or, where there are few, by what is left', () => {
		const lines = [...grid(), '000-6100-00*3'];
		expect(company(lines, CHART).costCode).toMatchObject({
			...{ sure: true, covered: 18, of: 18, settings: { costCodeSegment: 2, costCodePattern: '' } },
		});
		const none = company(lines, CHART, { costCodes: [] }).costCode;
		expect(none).toMatchObject({ sure: true, covered: 18, settings: { costCodeSegment: 2 } });
		expect(none.said).toMatch(
			/^The cost code is account segment 2: Procore has no cost codes to compare/,
		);
		expect(none.examples[0]).toBe('account 301-5110-01: 5110');
		const two = company(lines, CHART, {
			costCodes: [{ projectId: 'p301', code: 'X1', name: 'x' }],
		});
		expect(two.costCode.said).toContain('Procore has too few cost codes to compare with');
		const strange = ['X1', 'X2', 'X3'].map((code) => ({ projectId: 'p301', code, name: code }));
		expect(company(lines, CHART, { costCodes: strange }).costCode).toMatchObject({
			...{ sure: false, settings: {} },
			said: "Not sure where the cost code stands: none of Procore's cost codes stands in any place",
		});
	});

	test('is not told where a text holds it, but how a rule reads it there is', () => {
		const codes = ['03-300', '03-310', '09-250', '26-050'];
		const procore = {
			costCodes: codes.map((code) => ({ projectId: 'p301', code, name: code })),
		};
		const lines = grid().map((one, at) => `${one} Pour / ${codes[at % 4]}`);
		const { costCode } = company([...lines, '000-6100-00*3'], CHART, procore);
		expect(costCode).toMatchObject({ sure: false, settings: {} });
		const [, pattern, format] = /\. But .* by the pattern (.*) as (\S+)$/.exec(costCode.said)!;
		const [found] = new RegExp(pattern!, 'i').exec('Pour / 09-250')!;
		expect(found.replace(new RegExp(pattern!, 'i'), format!).trim()).toBe('09-250');
		const rare = grid().map((one, at) =>
			at % 4 ? `${one} Pour` : `${one} Pour / ${codes[at % 3]}`,
		);
		expect(company([...rare, '000-6100-00*3'], CHART, procore).costCode.said).not.toContain('03');
	});

	test('is not told by what is left where two segments are, or the type shares it', () => {
		const kinds = (chart: Chart) =>
			Object.fromEntries(
				Object.keys(chart).map((one) => [one, { ...chart[one], description: 'x' }]),
			);
		const lines = [...grid(), '000-6100-00*3'];
		const { costCode, costType } = company(lines, kinds(CHART), { costCodes: [] });
		expect(costType.settings.costTypeSegment).toBe(0);
		expect(costCode.said).toBe(
			'Not sure where the cost code stands: Procore has no cost codes to compare with',
		);
	});
});

describe('where the cost type stands', () => {
	test('is told by the descriptions of the accounts', () => {
		const { costType } = company([...grid(), '000-6100-00*3'], CHART);
		expect(costType).toMatchObject({
			...{ sure: true, covered: 18, of: 18, others: [] },
			said: 'The cost type stands in account segment 3: 01 is L, 02 is M',
			settings: {
				costTypeSegment: 3,
				costTypePattern: '',
				costTypes: { '01': 'L', '02': 'M' },
				defaultCostType: 'O',
			},
		});
		expect(costType.examples).toHaveLength(2);
	});

	test('says how many lines tell none, and what becomes of them', () => {
		const lines = [...grid(), '301-5110-09*2', '000-6100-00*3'];
		expect(company(lines, CHART).costType.said).toMatch(
			/02 is M\. 2 lines tell none and become O$/,
		);
		const waits = company(lines, CHART, { costTypes: TYPES.slice(0, 2) }).costType;
		expect(waits.said).toMatch(/02 is M\. 2 lines tell none and wait$/);
		expect(waits.settings).not.toHaveProperty('defaultCostType');
		// Most lines have to tell theirs.
		const most = [...grid(), '301-5110-09*13', '000-6100-00*3'];
		expect(company(most, CHART).costType.said).toMatch(/^No part of the account tells/);
	});

	test('is nowhere where one type is all there is, and not known without one for that', () => {
		const one = company([...grid(JOBS, NATURALS, ['01']), '000-6100-00*3'], CHART);
		expect(one.costType).toMatchObject({
			...{
				sure: true,
				covered: 9,
				said: 'No part of the account tells the cost type: all lines become O',
			},
			settings: { costTypeSegment: 0, costTypePattern: '', costTypes: {}, defaultCostType: 'O' },
		});
		const none = company([...grid(JOBS, NATURALS, ['01']), '000-6100-00*3'], CHART, {
			costTypes: TYPES.slice(0, 2),
		});
		expect(none.costType).toMatchObject({ sure: false, covered: 0, settings: {} });
		expect(none.costType.said).toMatch(
			/^Not sure where the cost type stands: no part of the account/,
		);
	});
});
