import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asShipped, fingerprint, hash, settingsOf } from '../../cli/flow/fingerprint';
import { canonical, type FlowNode, type Template } from '../../cli/flow/flow';
import { planFlow } from '../../cli/install/plan-flow';
import { readShipped } from '../../cli/shipped/shipped';
import { asEditorSaves } from '../../workflows/source/editor-form';
import { TEMPLATES } from '../../workflows/source/build';
import { asInstalled, change, node } from './samples';

const { templates, releases } = readShipped();
/** As `asInstalled` wires them. */
const ids = new Map([
	...templates.map(({ id }): [string, string] => [id, id]),
	['gpp-errors', 'E1'],
	['gpp-sync', 'S1'],
]);

describe.each(templates.map((template) => [template.id, template] as const))(
	'%s',
	(id, template) => {
		const around = {
			ids,
			chosen: new Map(),
			existing: new Set<string>(),
			releases: releases[id] ?? [],
		};
		const installed = asInstalled(template, ids.get(id)!);

		test('opened and saved in the editor is as it was, with addresses n8n adds', () => {
			const saved = change(installed, (flow) => {
				flow.nodes = flow.nodes.map((one) => ({ ...asEditorSaves(one), webhookId: 'made by n8n' }));
			});
			expect(planFlow(template, saved, around)).toMatchObject({
				...{ differs: false, changed: [], kept: [], contested: [], putBack: [] },
			});
		});

		test('installed before templates had the editor’s form becomes today’s, and nothing is called an edit', () => {
			const source = Object.values(TEMPLATES)
				.map((build) => build())
				.find((one) => one.id === id)!;
			const before = asInstalled({ ...template, nodes: source.nodes }, installed.id);
			const base = { ...around, releases: [fingerprint(before, installed)] };
			for (const flow of [before, installed]) {
				const plan = planFlow(template, flow, base);
				expect(plan.kept).toEqual([]);
				const other = plan.flow.nodes.filter(
					(one, at) => canonical(one) !== canonical(installed.nodes[at]),
				);
				expect(other.map(({ name }) => name)).toEqual([]);
			}
		});
	},
);

test('every release tells what the editor makes of what it shipped', () => {
	const lacking = Object.entries(releases).flatMap(([id, prints]) =>
		prints.flatMap(({ saved }, index) => (saved ? [] : [`${id} ${index}`])),
	);
	expect(lacking).toEqual([]);
	// 0.4.0 wrote the hour of the schedule out, which the editor leaves out.
	const sync = releases['gpp-sync']![3]!;
	const schedule = templates
		.find(({ id }) => id === 'gpp-sync')!
		.nodes.find(({ name }) => name === 'Every hour')!;
	const rule = (interval: object) =>
		asShipped(sync, schedule.id, 'parameters.rule', { interval: [interval] });
	expect(rule({ field: 'hours', hoursInterval: 1 })).toBe(true);
	expect(rule({ field: 'hours' })).toBe(true);
	expect(rule({ field: 'hours', hoursInterval: 6 })).toBe(false);
	expect(settingsOf(schedule).map(([name]) => name)).toContain('parameters.rule');
});

describe.each(['0.2.0', '0.3.0'])(
	'the sync of %s, of which much is no longer shipped',
	(version) => {
		const file = path.join(__dirname, '..', 'harness', 'releases', `sync-${version}.json.gz`);
		const then = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Template;
		const today = templates.find(({ id }) => id === 'gpp-sync')!;
		const around = {
			...{ ids, chosen: new Map(), existing: new Set<string>(), releases: releases['gpp-sync']! },
		};
		const flow = asInstalled(then, 'S1');
		const imported = change(flow, ({ nodes }) =>
			nodes.forEach((one, at) => (one.id = `new ${at}`)),
		);

		test.each([
			['installed', flow, false],
			['imported in the editor', imported, false],
			['copied for a second company', imported, true],
		])('%s, becomes today’s, and no node of then is left in it', (_how, before, isCopy) => {
			const plan = planFlow(today, before, { ...around, isCopy });
			expect(plan).toMatchObject({ kept: [], contested: [], putBack: [] });
			const shape = ({ id: _id, webhookId: _webhookId, ...one }: FlowNode) => one;
			const wanted = asInstalled(today, 'S1');
			expect(plan.flow.nodes.map(shape)).toEqual(wanted.nodes.map(shape));
			expect(plan.flow.connections).toEqual(wanted.connections);
			const again = planFlow(today, { ...before, ...plan.flow }, { ...around, isCopy });
			expect(again).toMatchObject({ differs: false, kept: [] });
		});
	},
);

test('one edited rule and one policy are exactly two', () => {
	const template = templates.find(({ id }) => id === 'gpp-sync')!;
	const flow = change(asInstalled(template, 'S1'), (flow) => {
		flow.nodes = flow.nodes.map(asEditorSaves);
		const mapping = node(flow, 'Mapping').parameters;
		mapping.rules = { rule: [{ name: 'Rebar goes to concrete', when: { reference: 'rebar' } }] };
		mapping.policies = { unposted: 'sendAsDraft' };
	});
	const plan = planFlow(template, flow, {
		...{ ids, chosen: new Map(), existing: new Set<string>(), releases: releases['gpp-sync']! },
	});
	expect(plan.differs).toBe(false);
	expect(plan.kept.sort()).toEqual([
		'Mapping: policies, unposted',
		'Mapping: rules, "Rebar goes to concrete"',
	]);
});

test('a workflow of today is compared with today, not with a release that wrote more out', () => {
	const template = templates.find(({ id }) => id === 'gpp-sync')!;
	const title = (flow: typeof template, text: string) =>
		change(flow, (one) => (node(one, 'Run with options').parameters.formTitle = text));
	const installed = asInstalled(title(template, 'A newer title'), 'S1');
	const plan = planFlow(title(template, 'The newest title'), installed, {
		...{ ids, chosen: new Map(), existing: new Set<string>() },
		releases: [...releases['gpp-sync']!, fingerprint(title(template, 'A newer title'))],
	});
	expect(plan.kept).toEqual([]);
	expect(node(plan.flow, 'Run with options').parameters.formTitle).toBe('The newest title');
});

test('the errors workflow still has the node behind which people of 0.9.1 put theirs', () => {
	const template = templates.find(({ id }) => id === 'gpp-errors')!;
	const last = node(template, 'All is read');
	const print = releases['gpp-errors']!.at(-1)!.nodes[last.id];
	expect(print?.type).toBe(hash(last.type));
});
