import { chooseCredential, credentialsOf, fillCredentials } from '../../cli/flow/credentials';
import { findCopies, findInstalled } from '../../cli/flow/find-installed';
import { fingerprint } from '../../cli/flow/fingerprint';
import { planFlow } from '../../cli/install/plan-flow';
import { calledFirst } from '../../cli/flow/publish-order';
import { isOlder } from '../../cli/install/check-n8n';
import { planTables } from '../../cli/install/plan-tables';
import { IDS, asInstalled, change, node, template } from './samples';

describe('finding the workflow of a template', () => {
	const sample = template();
	const installed = asInstalled(sample, 'A1');

	test('by its id after an import on the command line, whatever it is called now', () => {
		const flow = { ...installed, id: 'gpp-a', name: 'Renamed' };
		expect(findInstalled(sample, [{ ...installed, name: sample.name }, flow], [])).toEqual({
			kind: 'one',
			flow,
		});
	});

	test('by its nodes when it was renamed', () => {
		const flow = { ...installed, name: 'Renamed' };
		expect(findInstalled(sample, [flow], [])).toEqual({ kind: 'one', flow });
	});

	test('by its name when the editor gave its nodes new ids', () => {
		const flow = change(installed, ({ nodes }) =>
			nodes.forEach((one) => (one.id = `new-${one.id}`)),
		);
		expect(findInstalled(sample, [flow], [])).toEqual({ kind: 'one', flow });
	});

	test('not by one node somebody copied into a workflow of his own', () => {
		const flow = change(installed, (flow) => {
			flow.name = 'Mine';
			flow.nodes = [flow.nodes[0], ...['a', 'b'].map((id) => ({ ...flow.nodes[0], id, name: id }))];
		});
		expect(findInstalled(sample, [flow], [])).toEqual({ kind: 'none' });
	});

	test('not in the archive', () => {
		expect(findInstalled(sample, [{ ...installed, isArchived: true }], [])).toEqual({
			kind: 'none',
		});
	});

	test('a trial copy yields to the one that has the name, and else to the published one', () => {
		const copy = { ...installed, id: 'A2', name: 'GP to Procore: a copy' };
		expect(findInstalled(sample, [copy, installed], [])).toEqual({ kind: 'one', flow: installed });
		const published = { ...installed, id: 'A3', active: true };
		expect(findInstalled(sample, [published, installed], [])).toEqual({
			kind: 'one',
			flow: published,
		});
	});

	test('nobody guesses between two that are alike', () => {
		expect(findInstalled(sample, [installed, { ...installed, id: 'A2' }], [])).toMatchObject({
			kind: 'several',
		});
	});
});

describe('copies for a second company', () => {
	const sample = template();
	const installed = asInstalled(sample, 'A1');
	/** As *Duplicate* makes one: other ids, the same names. */
	const copy = change({ ...installed, id: 'A2', name: 'Second company: a' }, (flow) => {
		flow.nodes.forEach((one) => (one.id = `new-${one.id}`));
		node(flow, 'GP').credentials = { dynamicsGpApi: { id: 'gp-2', name: 'Second GP' } };
	});

	test('are known by the names and types of their nodes', () => {
		const mine = change({ ...installed, id: 'A3', name: 'Mine' }, (flow) => {
			flow.nodes = [flow.nodes[0]!, { ...flow.nodes[0]!, id: 'x', name: 'Another' }];
		});
		const flows = [installed, copy, mine, { ...copy, id: 'A4', isArchived: true }];
		expect(findCopies(sample, flows, [], new Set(['A1']))).toEqual([copy]);
	});

	test('follow the template, keep their ids, and take new credentials from their own nodes', () => {
		const next = change(sample, (flow) => {
			node(flow, 'Every hour').parameters.rule = { hours: 2 };
			flow.nodes.push({ ...node(flow, 'GP'), id: 'n-gp2', name: 'GP again' });
		});
		const plan = planFlow(next, copy, {
			ids: IDS,
			chosen: credentialsOf(copy),
			existing: new Set(['gp-1', 'gp-2']),
			releases: [fingerprint(sample)],
			isCopy: true,
		});
		expect(plan).toMatchObject({ differs: true, kept: [] });
		expect(plan.flow.name).toBe('Second company: a');
		expect(node(plan.flow, 'Every hour').parameters.rule).toEqual({ hours: 2 });
		for (const name of ['GP', 'GP again'])
			expect(node(plan.flow, name).credentials).toEqual({
				dynamicsGpApi: { id: 'gp-2', name: 'Second GP' },
			});
		const ids = plan.flow.nodes.map(({ id }) => id);
		expect(ids.filter((id) => next.nodes.some((one) => one.id === id))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
		// Upgraded, it is still the copy, and nothing is left to do.
		const upgraded = { ...copy, ...plan.flow };
		expect(findInstalled(next, [installed, upgraded], [fingerprint(sample)])).toMatchObject({
			flow: { id: 'A1' },
		});
		expect(
			planFlow(next, upgraded, {
				ids: IDS,
				chosen: credentialsOf(upgraded),
				existing: new Set(['gp-1', 'gp-2']),
				releases: [fingerprint(sample)],
				isCopy: true,
			}),
		).toMatchObject({ differs: false });
	});
});

describe('choosing credentials', () => {
	const gp = { id: 'gp-1', name: 'Our GP', type: 'dynamicsGpApi' };
	const other = { id: 'gp-2', name: 'Trial', type: 'dynamicsGpApi' };
	const basic = { id: 'b-1', name: 'Somebody else’s', type: 'httpBasicAuth' };

	test('takes the only one of our types', () => {
		expect(chooseCredential('dynamicsGpApi', [gp, basic], undefined)).toEqual({
			kind: 'chosen',
			credential: gp,
		});
	});

	test('does not guess between several, and takes the one that is named', () => {
		expect(chooseCredential('dynamicsGpApi', [gp, other], undefined)).toEqual({
			kind: 'several',
			names: ['Our GP', 'Trial'],
		});
		expect(chooseCredential('dynamicsGpApi', [gp, other], 'Trial')).toEqual({
			kind: 'chosen',
			credential: other,
		});
		expect(chooseCredential('dynamicsGpApi', [gp], 'Live')).toEqual({
			kind: 'unknown name',
			name: 'Live',
		});
	});

	test('never opens the page with somebody else’s Basic Auth', () => {
		expect(chooseCredential('httpBasicAuth', [basic], undefined)).toEqual({ kind: 'none' });
		expect(chooseCredential('httpBasicAuth', [basic], basic.name)).toMatchObject({
			kind: 'chosen',
		});
	});

	test('knows the login of the page again that the installer made', () => {
		const ours = { id: 'b-2', name: 'GP to Procore page', type: 'httpBasicAuth' };
		expect(chooseCredential('httpBasicAuth', [basic, ours], undefined)).toEqual({
			kind: 'chosen',
			credential: ours,
		});
	});

	test('fills empty nodes and ones whose credential is gone, and leaves what somebody chose', () => {
		const flow = template();
		const fill = (existing: string[]) =>
			fillCredentials(flow, new Map([['dynamicsGpApi', gp]]), new Set(existing));
		expect(fill([]).filled.map(({ node }) => node)).toEqual(['GP']);
		node(flow, 'GP').credentials = { dynamicsGpApi: { id: 'gp-2', name: 'Trial' } };
		expect(fill(['gp-2']).filled).toEqual([]);
		expect(node(fill(['gp-1']).flow, 'GP').credentials).toEqual({
			dynamicsGpApi: { id: 'gp-1', name: 'Our GP' },
		});
	});
});

test('whoever is called is published before its caller, and a circle ends', () => {
	const make = (id: string, calls: string[]) =>
		change(template(), (flow) => {
			flow.id = id;
			flow.settings = {};
			flow.nodes = calls.map((value, index) => ({
				...node(template(), 'Call'),
				id: `${index}`,
				name: `${index}`,
				parameters: { workflowId: { __rl: true, mode: 'id', value } },
			}));
		});
	const order = calledFirst([
		make('replay', ['sync']),
		make('sync', ['errors', '={{ $workflow.id }}']),
		make('errors', ['replay']),
	]);
	expect(order.map(({ id }) => id)).toEqual(['errors', 'sync', 'replay']);
});

describe('tables', () => {
	const definition = {
		name: 'gpp_run',
		columns: [
			{ name: 'run_id', type: 'string' as const },
			{ name: 'calls', type: 'number' as const },
		],
	};
	const present = {
		id: 'T1',
		name: 'gpp_run',
		projectId: 'P1',
		columns: [{ name: 'run_id', type: 'string' }],
	};

	test('lack columns that a newer version brought', () => {
		const [plan] = planTables([definition], [present]);
		expect(plan.missing).toEqual([definition.columns[1]]);
	});

	test('are told apart from others with the name in theirs, which are named because n8n is not so careful', () => {
		const [plan] = planTables(
			[definition],
			[{ ...present, id: 'T2', name: 'old_gpp_run' }, present],
		);
		expect(plan).toMatchObject({ present: { id: 'T1' }, confusable: ['old_gpp_run'] });
	});

	test('keep a column of another kind, which only a person may move', () => {
		const columns = [...present.columns, { name: 'calls', type: 'string' }];
		const [plan] = planTables([definition], [{ ...present, columns }]);
		expect(plan).toMatchObject({
			missing: [],
			wrong: [{ name: 'calls', is: 'string', wanted: 'number' }],
		});
	});

	test('are those of the given project when two have them', () => {
		const [plan] = planTables(
			[definition],
			[present, { ...present, id: 'T2', projectId: 'P2' }],
			'P2',
		);
		expect(plan.present?.id).toBe('T2');
	});
});

test.each([
	['2.9.4', true],
	['2.10.0', false],
	['2.41.1', false],
	['3.0.0', false],
	['1.114.0', true],
])('n8n %s is too old: %s', (version, old) => {
	expect(isOlder(version, '2.10.0')).toBe(old);
});
