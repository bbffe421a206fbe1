import {
	codeChoices,
	projectChoices,
	projectsOfAccount,
	vendorChoices,
} from '../../../lib/mapping/suggest/crosswalk-rows';
import { PROJECTS } from '../samples';

const values = ({ choices }: { choices: Array<{ value: string; likely: boolean }> }) =>
	choices.map(({ value, likely }) => (likely ? `${value} likely` : value));

describe('what a person may choose for a row', () => {
	test('of jobs: projects with their number, those that look right first, the others by name', () => {
		const projects = [...PROJECTS, { id: '9004', name: 'Annex', projectNumber: '' }];
		const list = projectChoices({ number: '301', name: '' }, projects);
		expect(values(list)).toEqual(['9002 likely', '9001', '9003', '9004']);
		expect(list).toMatchObject({ costTypes: [], note: '' });
		expect(list.choices.map(({ name }) => name)).toEqual([
			...['301 · Lincoln School', '300 · Harbor Tower', '302 · Mill Street Bridge', 'Annex'],
		]);
	});

	test('of vendors: the likeliest first, the others by name', () => {
		const vendors = [
			{ id: '1', name: 'Zeta Drilling' },
			{ id: '2', name: 'Acme Concrete of Ohio' },
			{ id: '3', name: 'Acme Concrete' },
			{ id: '4', name: 'Bolt' },
		];
		const list = vendorChoices({ vendorId: 'ACME0001', name: 'ACME CONCRETE' }, vendors);
		expect(values(list)).toEqual(['3 likely', '2 likely', '4', '1']);
		expect(list).toMatchObject({ costTypes: [], note: '' });
	});

	test('of accounts: each code once by its first name, those that end in a segment first', () => {
		const codes = [
			{ code: '03-5120', name: 'Steel' },
			{ code: '5110', name: 'Rebar' },
			{ code: '03-5110', name: 'Concrete' },
			{ code: '5110', name: 'Another name' },
			{ code: '51', name: 'Concrete' },
		];
		const list = codeChoices('300-5110-02', codes, ['L', 'M']);
		expect(values(list)).toEqual(['03-5110 likely', '5110 likely', '51', '03-5120']);
		expect(list.choices[1].name).toBe('Rebar');
		expect(list.costTypes).toEqual(['L', 'M']);
		expect(values(codeChoices('300--', [{ code: '', name: 'None' }], []))).toEqual(['']);
	});
});

describe('the projects whose cost codes an account may have', () => {
	const rows = (...jobs: Array<[string, string]>) =>
		jobs.map(([gp_job, procore_project_id]) => ({
			...{ gp_company: 'TWO', gp_job, procore_project_id },
		})) as never;
	const ids = (account: string, of: never) =>
		projectsOfAccount(account, of, PROJECTS).map(({ id }) => id);

	test('are those of jobs that are a part of it', () => {
		expect(ids('301-5110-02', rows(['300', '9001'], ['301', '9002']))).toEqual(['9002']);
	});
	test('else those that any job is linked to, each once, three at most', () => {
		const linked = rows(['1', '9003'], ['2', '9003'], ['3', '9001']);
		expect(ids('999-5110-02', linked)).toEqual(['9003', '9001']);
	});
	test('else the first ones there are', () => {
		expect(ids('999-5110-02', rows(['1', 'not visible'], ['2', '']))).toEqual([
			...['9001', '9002', '9003'],
		]);
		const many = [...PROJECTS, { id: '9004', name: 'Annex', projectNumber: '303' }];
		expect(projectsOfAccount('999', [], many)).toHaveLength(3);
	});
});
