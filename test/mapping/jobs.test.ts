import { indexCrosswalk } from '../../lib/mapping/crosswalk-index';
import { jobsOf } from '../../lib/mapping/jobs';
import type { ProjectCandidate, ProjectCrosswalkRow } from '../../lib/mapping/types';
import { PROJECTS } from './samples';

type Rows = Array<Partial<ProjectCrosswalkRow>>;
function jobs(rows: Rows = [], projects: ProjectCandidate[] = PROJECTS, matchProjectNumber = true) {
	const stored = rows.map((row, index) => ({
		id: index + 1,
		gp_company: 'TWO',
		gp_job: '300',
		...row,
	}));
	return jobsOf({
		...{ company: 'TWO', projects, matchProjectNumber },
		crosswalk: indexCrosswalk({ projects: stored, accounts: [], vendors: [] }, 'TWO'),
	});
}
const written = (procore_project_id: string, projects?: ProjectCandidate[]) => {
	const decision = jobs([{ procore_project_id }], projects).decide('300');
	return decision.kind === 'project' ? decision.projectId : decision.reason.message;
};
const named = (name: string, count: number, projectNumber: string | null = null) =>
	Array.from({ length: count }, (_, index) => ({ id: String(index + 1), name, projectNumber }));

describe('the project a person writes into a row', () => {
	test.each([
		['its id', ' 9002 ', '9002'],
		['its number', '301', '9002'],
		['its name, in other spelling', 'lincoln \t school', '9002'],
	])('is found by %s', (_by, text, id) => expect(written(text)).toBe(id));

	test('is that with the id where another has this number', () => {
		expect(written('9002', [...PROJECTS, { id: '1', name: 'X', projectNumber: '9002' }])).toBe(
			'9002',
		);
	});

	test('cannot be checked where no project was read: a number is then taken as id', () => {
		expect(written(' 4711 ', [])).toBe('4711');
		for (const text of ['P4711', '4711a', 'abc'])
			expect(written(text, [])).toContain('none of the 0 active Procore projects');
	});

	test('is refused where several have the name, three of them named', () => {
		expect(written('depot', named('Depot', 2))).toContain(
			'2 projects have it: Depot (1), Depot (2)',
		);
		expect(written('depot', named('Depot', 5))).toMatch(
			/5 projects have it: Depot \(1\), Depot \(2\), Depot \(3\) and 2 more$/,
		);
	});

	test('is refused where it is none, with up to three that it could be', () => {
		expect(written('Nobody Knows This')).toMatch(/has this id, number or name$/);
		const near = [...named('Harbor Towers', 5), ...PROJECTS];
		const message = written('Harbour Tower', near);
		expect(message).toContain(
			'Perhaps Harbor Tower (9001) or Harbor Towers (1) or Harbor Towers (2)?',
		);
		expect(jobs([{ procore_project_id: 'x' }]).decide('300')).toMatchObject({
			kind: 'unknown',
			byRow: true,
			reason: { code: 'project-unknown', causeKey: 'J:300' },
		});
	});

	test('without id, number or name is never meant by a blank', () => {
		const blank = [{ id: '', name: '', projectNumber: '' }, ...PROJECTS];
		expect(written('301', blank)).toBe('9002');
		expect(jobs([{ procore_project_id: ' ' }], blank).decide('777').kind).toBe('unknown');
		expect(jobs([], blank).decide('')).toMatchObject({ kind: 'unknown' });
	});
});

describe('a job', () => {
	test('is told by its row: the name there, else that of the project', () => {
		const of = (row: object) => jobs([{ procore_project_id: '9002', ...row }]).decide('300');
		expect(of({ gp_job_name: ' Garage ' })).toMatchObject({ jobName: 'Garage', chosen: true });
		expect(of({})).toMatchObject({ jobName: 'Lincoln School', rule: 'projects crosswalk row 1' });
		expect(jobs([{ procore_project_id: '5' }], []).decide('300')).toMatchObject({ jobName: '' });
	});

	test('is chosen by a person only where the row says something else than the number', () => {
		expect(jobs([{ procore_project_id: '9001' }]).decide('300')).toMatchObject({ chosen: false });
		expect(jobs([{ procore_project_id: '9001' }], PROJECTS, false).decide('300')).toMatchObject({
			chosen: true,
		});
		expect(jobs().decide('300')).toEqual({
			...{ kind: 'project', projectId: '9001', jobName: 'Harbor Tower', chosen: false },
			rule: 'job 300 = project number',
		});
	});

	test('is found by number only where that is wanted', () => {
		const { decide, met } = jobs([], PROJECTS, false);
		expect(decide('300')).toMatchObject({
			kind: 'unknown',
			reason: { code: 'job-without-project', causeKey: 'J:300' },
		});
		expect(met()).toMatchObject([{ gp_job: '300', procore_project_id: '' }]);
	});

	test('with the number of several projects waits, three of them named', () => {
		const decision = jobs([], named('Twin', 4, '300')).decide('300');
		expect(decision).toMatchObject({
			kind: 'unknown',
			reason: {
				code: 'job-ambiguous',
				message: '4 Procore projects have the number of GP job 300: Twin (1), Twin (2), Twin (3)',
			},
		});
	});

	test('that is left out says so with the note of its row', () => {
		expect(jobs([{ action: 'skip', note: ' shop ' }]).decide('300')).toMatchObject({
			...{ kind: 'skip', rule: 'projects crosswalk row 1' },
			reason: { message: 'Job 300 is set to skip in projects crosswalk row 1: shop' },
		});
		expect(jobs([{ action: 'skip' }]).decide('300')).toMatchObject({
			reason: { message: 'Job 300 is set to skip in projects crosswalk row 1' },
		});
	});

	test('is looked up without being taken down as met', () => {
		const { linked, met, decide } = jobs([{ gp_job: '301', action: 'skip' }]);
		expect([linked('300')?.projectId, linked('301'), linked('777')]).toEqual(['9001', null, null]);
		expect(met()).toEqual([]);
		for (const job of ['777', '300', '777 ', '301', 'a1', 'A1']) decide(job);
		expect(met().map(({ gp_job, note }) => [gp_job, note])).toEqual([
			['777', ''],
			['300', 'Found by project number'],
			['A1', ''],
		]);
		expect(met()[1]).toMatchObject({
			...{ gp_company: 'TWO', gp_job_name: null, procore_project_id: '9001' },
			...{ procore_project_name: 'Harbor Tower', action: 'send' },
		});
	});

	test('without project is told up to three that look like it', () => {
		const like = ['1-300', '2-300', '3-300', '4-300'].map((projectNumber, index) => ({
			...{ id: String(index), name: `P${index}`, projectNumber },
		}));
		const { decide, met } = jobs([], like);
		for (const job of ['300', ' 300'])
			expect(decide(job)).toMatchObject({
				reason: {
					message: expect.stringContaining('. Perhaps P0 (0) or P1 (1) or P2 (2)?'),
				},
			});
		expect(met()[0]!.note).toBe('Perhaps P0 (0) or P1 (1) or P2 (2)');
	});
});
