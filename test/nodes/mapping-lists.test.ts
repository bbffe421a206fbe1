import { startProcoreServer, type ProcoreStandIn } from '../../sandbox/procore/server';
import { runNode, searchList } from './support/engine';
import { procoreCredential } from './support/stand-ins';

let procore: ProcoreStandIn;
beforeAll(async () => {
	procore = await startProcoreServer();
});
afterAll(async () => await procore.close());

const list = async (method: string, more: Partial<Parameters<typeof searchList>[2]> = {}) =>
	(
		await searchList('gpToProcore', method, {
			credentials: { procoreOAuth2Api: procoreCredential(procore) },
			...more,
			// Elsewhere the node has no Procore credential.
			parameters: { resource: 'mapping', operation: 'define', ...more.parameters },
		})
	).results;
const names = async (...args: Parameters<typeof list>) =>
	(await list(...args)).map(({ name }) => name);

describe('the lists in the fields of the mapping', () => {
	test('have the projects, tax codes and standard lists of the account', async () => {
		expect((await names('searchProjects')).length).toBeGreaterThan(1);
		expect(await names('searchTaxCodes')).toContainEqual(expect.stringContaining('CHI'));
		expect((await list('searchStandardCostCodeLists')).length).toBeGreaterThan(0);
	});

	test('have cost types by their code, which is what a line names', async () => {
		const types = await list('searchCostTypeCodes', { filter: 'material' });
		expect(types).toEqual([{ name: expect.stringMatching(/^M · /), value: 'M' }]);
	});

	test('have standard cost codes as long as no project is chosen', async () => {
		expect(await list('searchCostCodeNumbers', { filter: 'cast-in' })).toEqual([
			{ name: '03-300 · Cast-in-Place Concrete', value: '03-300' },
		]);
	});

	test('have the cost codes of the project chosen in the same rule', async () => {
		const [project] = await list('searchProjects', { filter: '100' });
		const codes = await list('searchCostCodeNumbers', {
			path: 'parameters.rules.rule[1].set.costCode',
			parameters: {
				rules: {
					rule: [
						{ set: {} },
						{ set: { projectId: { __rl: true, mode: 'list', value: project.value } } },
					],
				},
			},
		});
		expect(codes).toContainEqual({ name: '5130 · Concrete', value: '5130' });
		expect(codes).not.toContainEqual(expect.objectContaining({ value: '03-300' }));
	});
});

test('what is picked from a list and what is written come out alike', async () => {
	const define = async (set: object) => {
		const { json, error } = await runNode({
			node: 'gpToProcore',
			parameters: {
				resource: 'mapping',
				operation: 'define',
				rules: { rule: [{ name: 'One', when: { vendorClasses: 'SUBS, LABOR' }, set }] } as never,
			},
		});
		expect(error).toBeUndefined();
		return (json()[0].settings as { rules: unknown }).rules;
	};
	const picked = await define({
		costCode: { __rl: true, mode: 'list', value: '03-300', cachedResultName: 'Concrete' },
		projectId: { __rl: true, mode: 'text', value: ' 9001 ' },
		costType: { __rl: true, mode: 'list', value: '' },
	});
	expect(picked).toEqual(await define({ costCode: '03-300', projectId: '9001' }));
	expect(picked).toEqual([
		expect.objectContaining({
			when: expect.objectContaining({ vendorClasses: ['SUBS', 'LABOR'] }),
			set: { costCode: '03-300', projectId: '9001' },
		}),
	]);
});

test('a value of a rule may be an expression, also inside a list field', async () => {
	const { json, error } = await runNode({
		node: 'gpToProcore',
		parameters: {
			resource: 'mapping',
			operation: 'define',
			rules: {
				rule: [
					{
						name: 'One',
						when: {},
						set: { costCode: { __rl: true, mode: 'text', value: "={{ '03-' + 300 }}" } },
					},
				],
			} as never,
		},
	});
	expect(error).toBeUndefined();
	expect((json()[0].settings as { rules: Array<{ set: object }> }).rules[0].set).toEqual({
		costCode: '03-300',
	});
});
