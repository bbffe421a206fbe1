import { fingerprint } from '../../cli/flow/fingerprint';
import { canonical, type InstalledFlow, type Template } from '../../cli/flow/flow';
import { planFlow } from '../../cli/install/plan-flow';
import { readShipped } from '../../cli/shipped/shipped';
import { IDS, asInstalled, change, node, template } from './samples';

const around = (releases: Template[] = []) => ({
	ids: IDS,
	chosen: new Map(),
	existing: new Set(['gp-1']),
	releases: releases.map((one) => fingerprint(one)),
});

/** The next release: the hourly rule is now two-hourly, a node lies in between, one parameter is new. */
function nextRelease(): Template {
	const next = template();
	node(next, 'Every hour').parameters.rule = { hours: 2 };
	node(next, 'Close').parameters.keep = 'all';
	next.nodes.push({
		...node(next, 'Close'),
		id: 'n-check',
		name: 'Check',
		parameters: { of: "={{ $('Map').first() }}" },
	});
	next.connections.Map = { main: [[{ node: 'Check', type: 'main', index: 0 }]] };
	next.connections.Check = { main: [[{ node: 'Close', type: 'main', index: 0 }]] };
	return next;
}

/** Upgrades what people made of the old template to the next release. */
function upgrade(edit: (flow: InstalledFlow) => void) {
	const flow = change(asInstalled(template(), 'A1'), edit);
	return { before: flow, ...planFlow(nextRelease(), flow, around([template()])) };
}

test('a workflow nobody touched becomes exactly the new template', () => {
	const { flow, differs, kept } = upgrade(() => {});
	expect(differs).toBe(true);
	expect(kept).toEqual([]);
	expect(flow.nodes).toEqual(
		nextRelease().nodes.map((one) => expect.objectContaining({ id: one.id, name: one.name })),
	);
	expect(flow.connections).toEqual(nextRelease().connections);
	expect(node(flow, 'Every hour').parameters.rule).toEqual({ hours: 2 });
});

test('the same template again changes nothing', () => {
	const flow = asInstalled(template(), 'A1');
	expect(planFlow(template(), flow, around([template()]))).toMatchObject({
		differs: false,
		changed: [],
		kept: [],
	});
});

test('after an upgrade nothing is left to do, whatever people had changed', () => {
	const { before, flow } = upgrade((flow) => {
		node(flow, 'Every hour').parameters.rule = { hours: 6 };
		node(flow, 'Slack').disabled = false;
	});
	const again = planFlow(nextRelease(), { ...before, ...flow }, around([template()]));
	expect(again.differs).toBe(false);
});

test('a schedule somebody set stays, and is named because the release changed it too', () => {
	const { flow, kept, contested } = upgrade((flow) => {
		node(flow, 'Every hour').parameters.rule = { hours: 6 };
	});
	expect(node(flow, 'Every hour').parameters.rule).toEqual({ hours: 6 });
	expect(kept).toEqual(['Every hour: rule']);
	expect(contested).toEqual(['Every hour: rule']);
});

test('a parameter set back to its default stays so in a mapping node, where n8n leaves defaults out', () => {
	const { flow } = upgrade((flow) => {
		delete node(flow, 'Map').parameters.freight;
	});
	expect(node(flow, 'Map').parameters).not.toHaveProperty('freight');
});

describe('what the editor leaves out on saving, because it is the default', () => {
	const saved = change(template(), (flow) => {
		delete node(flow, 'Close').parameters.keep;
	});
	const upgraded = (edit: (flow: InstalledFlow) => void) =>
		planFlow(nextRelease(), change(asInstalled(template(), 'A1'), edit), {
			...around(),
			releases: [fingerprint(template(), saved)],
		});

	test('is what was shipped', () => {
		const { flow, kept } = upgraded((flow) => {
			delete node(flow, 'Close').parameters.keep;
		});
		expect(node(flow, 'Close').parameters.keep).toBe('all');
		expect(kept).toEqual([]);
	});

	test('is somebody’s wish where it was shipped at another value', () => {
		const { flow, kept } = upgraded((flow) => {
			delete node(flow, 'Close').parameters.text;
		});
		expect(node(flow, 'Close').parameters).not.toHaveProperty('text');
		expect(kept).toEqual(['Close: text']);
	});
});

test('each edited rule and each policy is named by itself', () => {
	const rule = (name: string, costCode: string) => ({ name, set: { costCode } });
	const { kept } = upgrade((flow) => {
		node(flow, 'Map').parameters.rules = {
			rule: [rule('Rebar goes to concrete', '03-200'), rule('', '01-100')],
		};
		node(flow, 'Map').parameters.policies = { unposted: 'sendAsDraft', tax: 'ownLine' };
	});
	expect(kept.sort()).toEqual([
		'Map: policies, tax',
		'Map: policies, unposted',
		'Map: rules, "2"',
		'Map: rules, "Rebar goes to concrete"',
	]);
});

test('credentials, and a notification node somebody switched on and filled in, stay', () => {
	const { flow, kept, contested } = upgrade((flow) => {
		node(flow, 'GP').credentials = { dynamicsGpApi: { id: 'gp-1', name: 'Our GP' } };
		node(flow, 'Slack').disabled = false;
		node(flow, 'Slack').parameters.channel = '#accounting';
	});
	expect(node(flow, 'GP').credentials).toEqual({ dynamicsGpApi: { id: 'gp-1', name: 'Our GP' } });
	expect(node(flow, 'Slack')).toMatchObject({
		disabled: false,
		parameters: { channel: '#accounting' },
	});
	expect(kept.sort()).toEqual(['Slack: channel', 'Slack: disabled']);
	expect(contested).toEqual([]);
});

test('a renamed node keeps its name, and what speaks of it still finds it', () => {
	const { flow } = upgrade((flow) => {
		node(flow, 'Map').name = "Bob's map";
		flow.connections["Bob's map"] = flow.connections.Map;
		delete flow.connections.Map;
		flow.connections.GP.main[0]![0].node = "Bob's map";
		node(flow, 'Close').parameters.text = "={{ $('Bob\\'s map').first() }}";
	});
	expect(node(flow, "Bob's map").id).toBe('n-map');
	expect(node(flow, 'Check').parameters.of).toBe("={{ $('Bob\\'s map').first() }}");
	expect(node(flow, 'Close').parameters.text).toBe("={{ $('Bob\\'s map').first() }}");
	expect(flow.connections["Bob's map"].main[0]).toEqual([
		{ node: 'Check', type: 'main', index: 0 },
	]);
});

test('a node somebody added stays with its arrows', () => {
	const { flow, kept } = upgrade((flow) => {
		flow.nodes.push({
			id: 'mine',
			name: 'Mail me',
			type: 'n8n-nodes-base.emailSend',
			typeVersion: 2,
			position: [0, 0],
			parameters: {},
		});
		flow.connections.Close = { main: [[{ node: 'Mail me', type: 'main', index: 0 }]] };
	});
	expect(flow.connections.Close.main[0]).toContainEqual({
		node: 'Mail me',
		type: 'main',
		index: 0,
	});
	expect(kept).toEqual(['Mail me (your node)']);
});

test('an arrow somebody removed stays removed', () => {
	const { flow } = upgrade((flow) => {
		flow.connections.Close = { main: [[]] };
	});
	expect(flow.connections.Close?.main.flat() ?? []).toEqual([]);
});

test('a deleted node is put back with its arrows', () => {
	const { flow, putBack } = upgrade((flow) => {
		flow.nodes = flow.nodes.filter((one) => one.name !== 'Map');
		flow.connections = { 'Every hour': flow.connections['Every hour'] };
	});
	expect(putBack).toEqual(['Map']);
	expect(flow.connections.GP.main[0]).toEqual([{ node: 'Map', type: 'main', index: 0 }]);
});

test('a deleted schedule comes back switched off, and stays so', () => {
	const { before, flow, putBack } = upgrade((flow) => {
		flow.nodes = flow.nodes.filter((one) => one.name !== 'Every hour');
		delete flow.connections['Every hour'];
	});
	expect(putBack).toEqual(['Every hour (switched off: it starts by itself)']);
	expect(node(flow, 'Every hour').disabled).toBe(true);
	expect(flow.connections['Every hour']!.main[0]).toEqual([{ node: 'GP', type: 'main', index: 0 }]);
	const later = planFlow(nextRelease(), { ...before, ...flow }, around([template()]));
	expect(later).toMatchObject({ differs: false, putBack: [], kept: ['Every hour: disabled'] });
});

describe('n8n knows nodes by their names, and two of one name would be one', () => {
	const own = (name: string, more: object = {}) => ({
		...{ id: 'own', name, type: 'n8n-nodes-base.code', typeVersion: 2 },
		...{ position: [0, 0] as [number, number], parameters: { of: `={{ $('${name}').first() }}` } },
		...more,
	});
	const namesOf = ({ nodes }: { nodes: Array<{ name: string }> }) => nodes.map(({ name }) => name);
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

	test.each([
		['another type', 'n8n-nodes-base.code'],
		['the same type', 'n8n-nodes-base.set'],
	])('a node of somebody’s gives way to a new one of ours, of %s', (_what, type) => {
		const { before, flow, kept } = upgrade((flow) => {
			flow.nodes.push(own('Check', { type }), own('Check 1', { id: 'own 1' }));
			flow.connections.Close = to('Check');
			flow.connections.Check = to('Check 1');
		});
		expect(kept).toEqual(['Check 2 (your node)', 'Check 1 (your node)']);
		expect(namesOf(flow)).toHaveLength(new Set(namesOf(flow)).size);
		expect(node(flow, 'Check')).toMatchObject(node(nextRelease(), 'Check'));
		expect(node(flow, 'Check 2').parameters.of).toBe("={{ $('Check 2').first() }}");
		expect(flow.connections).toMatchObject({ Check: to('Close'), 'Check 2': to('Check 1') });
		expect(flow.connections.Close!.main[0]).toContainEqual(to('Check 2').main[0]![0]);
		const again = planFlow(nextRelease(), { ...before, ...flow }, around([template()]));
		expect(again.differs).toBe(false);
	});

	test('so does one of ours that somebody called as the new one is called', () => {
		const { flow } = upgrade((flow) => {
			node(flow, 'Map').name = 'Check';
			flow.connections.GP = to('Check');
			flow.connections.Check = flow.connections.Map!;
			delete flow.connections.Map;
		});
		expect(namesOf(flow)).toHaveLength(new Set(namesOf(flow)).size);
		expect(node(flow, 'Check').id).toBe('n-check');
		expect(node(flow, 'Check 1').id).toBe('n-map');
		expect(flow.connections).toMatchObject({ GP: to('Check 1'), 'Check 1': to('Check') });
	});

	test('and one of another type that stands where ours stood, which is put back', () => {
		const { flow, kept, putBack } = upgrade((flow) => {
			flow.nodes = flow.nodes.filter(({ name }) => name !== 'Map');
			flow.nodes.push(own('Map'));
		});
		expect(putBack).toEqual(['Map']);
		// What spoke of it before speaks of it still.
		expect(kept).toEqual(['Close: text', 'Map 1 (your node)']);
		expect(node(flow, 'Close').parameters.text).toBe("={{ $('Map 1').first() }}");
		expect(node(flow, 'Map').id).toBe('n-map');
		expect(flow.connections.GP.main[0]).toContainEqual({ node: 'Map', type: 'main', index: 0 });
	});

	test('and one that took the old name of one of ours which has another', () => {
		const { flow } = upgrade((flow) => {
			node(flow, 'Map').name = "Bob's map";
			flow.connections.GP = to("Bob's map");
			flow.connections["Bob's map"] = flow.connections.Map!;
			delete flow.connections.Map;
			flow.nodes.push(own('Map'));
		});
		expect(namesOf(flow)).toHaveLength(new Set(namesOf(flow)).size);
		expect(node(flow, "Bob's map").id).toBe('n-map');
		expect(node(flow, 'Map 1').id).toBe('own');
	});

	test('two of ours may have changed their names with each other', () => {
		const { flow } = upgrade((flow) => {
			node(flow, 'Map').name = 'x';
			node(flow, 'Close').name = 'Map';
			node(flow, 'x').name = 'Close';
			flow.connections = {
				...{ 'Every hour': to('GP'), GP: to('Close') },
				...{ Close: to('Map'), Map: to('Slack') },
			};
		});
		expect(node(flow, 'Close').id).toBe('n-map');
		expect(node(flow, 'Map').id).toBe('n-close');
		expect(flow.connections).toMatchObject({ GP: to('Close'), Close: to('Check') });
	});
});

describe('in the workflow that reads GP by SQL people put nodes of their own in place of ours', () => {
	const shipped = readShipped().templates.find(({ id }) => id === 'gpp-sql-source')!;
	const next = structuredClone(shipped);
	node(next, 'Write SQL').parameters.note = 'new';
	const sql = node(shipped, 'Microsoft SQL');
	const postgres = { ...sql, type: 'n8n-nodes-base.postgres', typeVersion: 2.6 };
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const put = (flow: InstalledFlow, own: typeof sql) => {
		flow.nodes = flow.nodes.map((one) => (one.name === sql.name ? own : one));
		delete flow.connections[sql.name];
		flow.connections['Write SQL'] = to(own.name);
		flow.connections[own.name] = to('Answer');
	};

	test.each<[string, typeof sql, string[]]>([
		[
			'under a name of its own',
			{ ...postgres, id: 'own', name: 'Postgres' },
			['Postgres (your node)', 'without Microsoft SQL'],
		],
		['under the same name', { ...postgres, id: 'own' }, ['Microsoft SQL (your node)']],
		['under the same name and id', postgres, ['Microsoft SQL (your node)']],
	])('one %s stays, and ours is not put back beside it', (_how, own, said) => {
		const flow = change(asInstalled(shipped, 'A1'), (installed) => put(installed, own));
		const plan = planFlow(next, flow, around([shipped]));
		expect(plan).toMatchObject({ kept: said, putBack: [], changed: ['Write SQL'] });
		expect(plan.flow.nodes.filter(({ type }) => /sql$|postgres$/i.test(type))).toEqual([own]);
		expect(plan.flow.connections).toEqual({
			'Rows wanted': to('Write SQL'),
			'Write SQL': to(own.name),
			[own.name]: to('Answer'),
		});
		const again = planFlow(next, { ...flow, ...plan.flow }, around([shipped]));
		expect(again).toMatchObject({ differs: false, putBack: [] });
	});

	test('two nodes that one of their own stands for', () => {
		const flow = change(asInstalled(shipped, 'A1'), (installed) => {
			put(installed, { ...postgres, id: 'own', name: 'Ask the file' });
			installed.nodes = installed.nodes.filter(({ name }) => name !== 'Write SQL');
			delete installed.connections['Write SQL'];
			installed.connections['Rows wanted'] = to('Ask the file');
		});
		const { flow: merged, putBack } = planFlow(next, flow, around([shipped]));
		expect(putBack).toEqual([]);
		expect(merged.connections).toEqual({
			'Rows wanted': to('Ask the file'),
			'Ask the file': to('Answer'),
		});
	});
});

test('a workflow imported in the editor, where n8n gave every node a new id, is known by names', () => {
	const { flow, kept, putBack } = upgrade((flow) => {
		for (const one of flow.nodes) one.id = `new-${one.id}`;
		node(flow, 'Every hour').parameters.rule = { hours: 6 };
	});
	expect(putBack).toEqual([]);
	expect(kept).toEqual(['Every hour: rule']);
	expect(flow.nodes.map((one) => one.id)).toEqual(nextRelease().nodes.map((one) => one.id));
	expect(flow.connections).toEqual(nextRelease().connections);
});

test('references are wired to the ids of this n8n, and wiring them is no change of anybody’s', () => {
	const { flow, kept } = upgrade(() => {});
	expect(flow.settings.errorWorkflow).toBe('E1');
	expect(node(flow, 'Call').parameters.workflowId).toEqual({ __rl: true, mode: 'id', value: 'S1' });
	expect(kept).toEqual([]);
});

test('a reference that leads nowhere is wired, also without an upgrade', () => {
	const flow = change(asInstalled(template(), 'A1'), (flow) => {
		flow.settings.errorWorkflow = 'gpp-errors';
	});
	const plan = planFlow(template(), flow, around([template()]));
	expect(plan).toMatchObject({ differs: true, changed: [] });
	expect(plan.flow.settings.errorWorkflow).toBe('E1');
});

test('another error workflow and a time zone somebody chose stay', () => {
	const { flow, kept } = upgrade((flow) => {
		flow.settings.errorWorkflow = 'their own';
		flow.settings.timezone = 'America/Denver';
	});
	expect(flow.settings).toMatchObject({ errorWorkflow: 'their own', timezone: 'America/Denver' });
	expect(kept).toEqual(['workflow setting errorWorkflow']);
});

describe('a step that moved from GP to Procore to GP to Procore Engine', () => {
	const { templates, releases } = readShipped();
	const PACKAGE = 'n8n-nodes-dynamics-gp-procore';
	/** As release 0.3.0 had it: one node, of version 1. */
	const beforeMove = (template: Template): Template => ({
		...template,
		nodes: template.nodes.map((one) =>
			/\.gpToProcore(Engine)?$/.test(one.type)
				? { ...one, type: `${PACKAGE}.gpToProcore`, typeVersion: 1 }
				: one,
		),
	});

	test.each(templates.map((template) => [template.id, template] as const))(
		'%s: nodes are given their new type, which is nobody’s edit',
		(id, template) => {
			const old = beforeMove(template);
			const plan = planFlow(template, asInstalled(old, 'A1'), {
				...around([old]),
				releases: [fingerprint(old), ...(releases[id] ?? [])],
			});
			expect(plan).toMatchObject({ kept: [], contested: [], putBack: [] });
			expect(plan.flow.nodes.map(({ type, typeVersion }) => [type, typeVersion])).toEqual(
				template.nodes.map(({ type, typeVersion }) => [type, typeVersion]),
			);
			expect(canonical(plan.flow.connections)).toBe(canonical(template.connections));
			const moved = template.nodes.filter(({ type }) => type.endsWith('Engine'));
			expect(plan.changed).toEqual(expect.arrayContaining(moved.map(({ name }) => name)));
		},
	);

	test('keeps the credential, the name and the settings that people gave it', () => {
		const template = templates.find(({ id }) => id === 'gpp-sync')!;
		const installed = change(asInstalled(beforeMove(template), 'A1'), (flow) => {
			const opened = node(flow, 'Open run');
			opened.credentials = { dynamicsGpApi: { id: 'gp-1', name: 'Our GP' } };
			opened.parameters.leaseMinutes = 30;
		});
		const plan = planFlow(template, installed, around([beforeMove(template)]));
		expect(node(plan.flow, 'Open run')).toMatchObject({
			type: `${PACKAGE}.gpToProcoreEngine`,
			credentials: { dynamicsGpApi: { id: 'gp-1' } },
			parameters: { leaseMinutes: 30 },
		});
		expect(plan.kept).toEqual(['Open run: leaseMinutes']);
	});
});
