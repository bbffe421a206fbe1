import { ALL_LINES, type FindingRow } from '../../../lib/mapping/suggest/finding-rows';
import { sampleOf } from '../../../lib/mapping/suggest/propose-types';
import {
	findingsInWords,
	jobCounts,
	lookThrough,
} from '../../../lib/mapping/suggest/setup-findings';
import { DELIVERED_UNTIL_0_3 } from '../../../lib/mapping/types';
import { account, payable, PROJECTS, type Entry } from '../samples';

type Found = Parameters<typeof findingsInWords>[0];
const GOOD: Found = {
	accounts: { read: 9, found: 8, without: ['1-1'] },
	payables: 5,
	lines: { read: 10, found: 6, without: ['account 1-1'] },
	linesWithNumber: 7,
	jobs: { linked: 3, open: 1, skipped: 1 },
	...{ vendorsRead: 12, vendorsAlike: 2, projectsRead: 4 },
};
const words = (given: Partial<Found> = {}) => findingsInWords({ ...GOOD, ...given });
const row = (given: Partial<FindingRow>): FindingRow => ({
	...{ gp_company: 'TWO', subject: 'job', status: 'proposed', found: 'In segment 1' },
	...{ coverage: '90 % of 10 lines', examples: 'account 1\naccount 2', others: '' },
	...{ accepted: '', accepted_at: '', found_at: '', settings: '{"a":1}' },
	...given,
});

describe('what setup says it looked at', () => {
	test('in counts, one sentence each', () => {
		expect(words().text).toBe(
			[
				'9 GP accounts read: a cost code was found for 8.',
				'5 payables with 10 cost lines looked through: a job number was read from 7, that of a linked or skipped job from 6.',
				'3 jobs are linked to their Procore project (4 projects read); 1 wait for you: fill in procore_project_id in gpp_project_crosswalk.',
				'12 GP vendors read: 2 added that are written alike in Procore: look through gpp_vendor_crosswalk.',
			].join(' '),
		);
	});

	test('asks for nothing where nothing is open', () => {
		const { text } = words({
			payables: null,
			jobs: { linked: 3, open: 0, skipped: 0 },
			vendorsAlike: 0,
		});
		expect(text).toContain('Payables were not looked through.');
		expect(text).toContain('0 wait for you. ');
		expect(text).toMatch(/0 added that are written alike in Procore\.$/);
	});

	test('with what was found about places before it, a line each', () => {
		const { text } = words({
			rows: [
				row({ subject: ALL_LINES, found: 'Of 10 lines', coverage: '', status: 'counted' }),
				row({}),
				row({ status: 'not sure', found: 'Not sure' }),
				row({ status: 'accepted', examples: '', settings: '' }),
				row({ status: 'not found any more' }),
			],
		});
		expect(text.split('\n').slice(0, 4)).toEqual([
			'Of 10 lines.',
			'In segment 1 (90 % of 10 lines). For example account 1.',
			'Not sure. For example account 1.',
			'In segment 1 (90 % of 10 lines). Accepted.',
		]);
		expect(text.split('\n')[4]).toBe('9 GP accounts read: a cost code was found for 8.');
	});
});

describe('the title of what setup found', () => {
	const NOT_FIT = 'The tables are made, but the mapping does not fit this company yet';
	test.each<[string, Partial<Found>, string]>([
		['everything', {}, 'The tables are ready'],
		['something to accept', { rows: [row({})] }, 'Look at what was found, and accept it'],
		['all accepted', { rows: [row({ accepted: '{"a":1}' })] }, 'The tables are ready'],
		['something to look at', { leftOut: 1 }, 'The tables are filled, with something to look at'],
		['no cost account', { accounts: { read: 9, found: 0, without: ['1'] } }, NOT_FIT],
		['no job', { jobs: { linked: 0, open: 0, skipped: 0 } }, NOT_FIT],
		[
			'no job, and something to accept',
			{ jobs: { linked: 0, open: 0, skipped: 0 }, rows: [row({})] },
			NOT_FIT,
		],
		['only skipped jobs', { jobs: { linked: 0, open: 0, skipped: 1 } }, 'The tables are ready'],
		[
			'only open jobs',
			{ jobs: { linked: 0, open: 2, skipped: 0 } },
			'The tables are filled, with something to look at',
		],
	])('where it found %s', (_what, given, title) => expect(words(given).title).toBe(title));
});

describe('what is named as a problem', () => {
	test.each<[string, Partial<Found>, RegExp | null]>([
		['half of the lines with a job', { lines: { read: 10, found: 5, without: ['x'] } }, null],
		[
			'fewer',
			{ lines: { read: 10, found: 4, without: ['x', 'y'] } },
			/^6 of 10 cost lines show no linked job .*example x; y: /,
		],
		[
			'no cost line',
			{ lines: { read: 0, found: 0, without: [] } },
			/^None of the 5 payables has a cost line/,
		],
		[
			'no cost line where none were asked for',
			{ payables: null, lines: { read: 0, found: 0, without: [] } },
			null,
		],
		[
			'no payable',
			{ payables: 0, lines: { read: 0, found: 0, without: [] } },
			/^No payables are dated/,
		],
		[
			'no job, with accounts to show',
			{ jobs: { linked: 0, open: 0, skipped: 0 } },
			/linked; accounts are written as 1-1: change/,
		],
		[
			'no job, and no account to show',
			{ jobs: { linked: 0, open: 0, skipped: 0 }, accounts: { read: 9, found: 9, without: [] } },
			/so none could be linked: change Job Found In/,
		],
		['open jobs beside linked ones', { jobs: { linked: 1, open: 5, skipped: 0 } }, null],
		['jobs that are all skipped', { jobs: { linked: 0, open: 0, skipped: 5 } }, null],
		['a list that may be cut', { notProven: 'x' }, /\(x\)/],
	])('%s', (_what, given, problem) => {
		const { problems, text } = words(given);
		expect(problems).toEqual(problem ? [expect.stringMatching(problem)] : []);
		if (problem) expect(text.endsWith(problems[0]!)).toBe(true);
	});
});

describe('records looked through', () => {
	const look = () =>
		lookThrough('TWO', {
			crosswalk: { projects: [], accounts: [], vendors: [] },
			projects: PROJECTS,
			settings: DELIVERED_UNTIL_0_3,
		});
	const sample = (...entries: Entry[]) => {
		const gather = sampleOf();
		gather.payables([payable(entries, { description: null })]);
		return gather.sample();
	};

	test('are counted over all parts, with three examples at most and none twice', () => {
		const looked = look();
		looked.accounts(['1', '1', '2'].map((one) => account(one)));
		looked.accounts(['3', '4', '300-5110-02'].map((one) => account(one)));
		looked.payables(sample(['purchase', '000-6150-00', '1'], ['purchase', '000-6160-00', '1']));
		looked.payables(sample(['purchase', '000-6150-00', '2'], ['purchase', '300-6150-00', '2']));
		expect(looked.findings()).toEqual({
			accounts: { read: 6, found: 1, without: ['1', '2', '3'] },
			payables: 2,
			lines: { read: 4, found: 1, without: ['account 000-6150-00', 'account 000-6160-00'] },
			linesWithNumber: 1,
		});
	});

	test('without payables say that none were looked at', () => {
		expect(look().findings()).toMatchObject({
			payables: null,
			lines: { read: 0 },
			linesWithNumber: 0,
		});
	});

	test('name one line of each job that is not known', () => {
		const looked = look();
		looked.payables(sample(['purchase', '777-6150-00', '1'], ['purchase', '777-6160-00', '1']));
		looked.payables(sample(['purchase', '778-6150-00', '1'], ['purchase', '779-6150-00', '1']));
		looked.payables(sample(['purchase', '780-6150-00', '1']));
		expect(looked.findings().lines).toEqual({
			...{ read: 5, found: 0 },
			without: ['account 777-6150-00', 'account 778-6150-00', 'account 779-6150-00'],
		});
	});
});

test('jobs are counted by what their rows say', () => {
	const of = (given: object) => ({
		gp_company: 'TWO',
		gp_job: '1',
		procore_project_id: '',
		...given,
	});
	const rows = [of({}), of({}), of({ procore_project_id: '1' }), of({ action: 'skip' })];
	expect(jobCounts(rows)).toEqual({ linked: 1, open: 2, skipped: 1 });
});
