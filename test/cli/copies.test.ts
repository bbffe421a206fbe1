import { credentialsOf } from '../../cli/flow/credentials';
import { fingerprint } from '../../cli/flow/fingerprint';
import type { InstalledFlow, Template } from '../../cli/flow/flow';
import { planFlow } from '../../cli/install/plan-flow';
import { IDS, asInstalled, change, node, template } from './samples';

const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
const namesOf = ({ nodes }: { nodes: Array<{ name: string }> }) => nodes.map(({ name }) => name);

/** As *Duplicate* makes one of what is installed: other ids, the same names. */
const duplicate = (of: Template, edit: (flow: InstalledFlow) => void = () => {}) =>
	change({ ...asInstalled(of, 'A2'), name: 'Second company: a' }, (flow) => {
		flow.nodes.forEach((one) => (one.id = `new-${one.id}`));
		edit(flow);
	});

/** Brings a copy made of `before` to `next`. */
function bring(copy: InstalledFlow, next: Template, before = template()) {
	const plan = planFlow(next, copy, {
		ids: IDS,
		chosen: credentialsOf(copy),
		existing: new Set<string>(),
		releases: [fingerprint(before)],
		isCopy: true,
	});
	return { ...plan, upgraded: { ...copy, ...plan.flow } };
}

/** Two steps between, one of which the next release does without. */
const longer = () =>
	change(template(), (flow) => {
		flow.nodes.push({ ...node(flow, 'Close'), id: 'n-check', name: 'Check', parameters: {} });
		flow.connections.Map = to('Check');
		flow.connections.Check = to('Close');
	});

test('a step that a release does without is taken out of a copy too', () => {
	const { flow, kept, upgraded } = bring(duplicate(longer()), template(), longer());
	expect(namesOf(flow)).toEqual(namesOf(template()));
	expect(flow.connections).toEqual(template().connections);
	expect(kept).toEqual([]);
	expect(bring(upgraded, template(), longer()).differs).toBe(false);
});

test('a node of somebody’s that has the name of such a step and is another type stays', () => {
	const copy = duplicate(longer(), (flow) => (node(flow, 'Check').type = 'n8n-nodes-base.code'));
	expect(bring(copy, template(), longer()).kept).toEqual(['Check (your node)']);
});

test('a step that a release gives another name keeps what people set in it', () => {
	const next = change(template(), (flow) => {
		node(flow, 'Map').name = 'Mapping';
		flow.connections.Mapping = flow.connections.Map!;
		delete flow.connections.Map;
		flow.connections.GP = to('Mapping');
		node(flow, 'Close').parameters.text = "={{ $('Mapping').first() }}";
	});
	const copy = duplicate(template(), (flow) => (node(flow, 'Map').parameters.freight = 'own line'));
	const { flow, kept, putBack } = bring(copy, next);
	expect(namesOf(flow)).toEqual(namesOf(next));
	expect(node(flow, 'Mapping').parameters.freight).toBe('own line');
	expect({ kept, putBack }).toEqual({ kept: ['Mapping: freight'], putBack: [] });
});

describe('a node that somebody renamed in a copy is the one it was, and is not put in twice', () => {
	const renamed = (edit: (flow: InstalledFlow) => void = () => {}) =>
		duplicate(template(), (flow) => {
			node(flow, 'Map').name = 'Map of the second';
			flow.connections['Map of the second'] = flow.connections.Map!;
			delete flow.connections.Map;
			flow.connections.GP = to('Map of the second');
			node(flow, 'Close').parameters.text = "={{ $('Map of the second').first() }}";
			edit(flow);
		});

	test.each<[string, (flow: InstalledFlow) => void]>([
		['as it stands', () => {}],
		['moved elsewhere', (flow) => flow.nodes.forEach((one) => (one.position = [9, 9]))],
		['set otherwise', (flow) => (node(flow, 'Map of the second').parameters.freight = 'own line')],
	])('%s', (_how, edit) => {
		const copy = renamed(edit);
		const { flow, kept, putBack, upgraded } = bring(copy, template());
		expect(namesOf(flow)).toEqual(namesOf(copy));
		expect(putBack).toEqual([]);
		expect(kept.join()).not.toMatch(/your node|Close/);
		expect(flow.connections).toMatchObject({ GP: to('Map of the second') });
		expect(bring(upgraded, template()).differs).toBe(false);
	});

	test('but one of their own of the same type, elsewhere and set otherwise, is theirs', () => {
		const copy = duplicate(template(), (flow) => {
			flow.nodes = flow.nodes.filter(({ name }) => name !== 'Close');
			delete flow.connections.Close;
			flow.nodes.push({
				...{ id: 'own', name: 'Mine', type: 'n8n-nodes-base.set', typeVersion: 1 },
				...{ position: [7, 7] as [number, number], parameters: { mine: 1 } },
			});
		});
		const { kept, putBack } = bring(copy, template());
		expect({ kept, putBack }).toEqual({ kept: ['Mine (your node)'], putBack: ['Close'] });
	});
});

test('a form that is new in a copy has an address of its own, so that both can be published', () => {
	const form = {
		...{ id: 'n-form', name: 'Check', type: 'n8n-nodes-base.formTrigger', typeVersion: 2.5 },
		...{ position: [0, 0] as [number, number], webhookId: 'gpp-check' },
		parameters: { path: 'gpp-check', authentication: 'basicAuth' },
	};
	const next = change(template(), (flow) => void flow.nodes.push(form));
	const { flow, upgraded } = bring(duplicate(template()), next);
	const { webhookId, parameters } = node(flow, 'Check');
	expect(parameters).toMatchObject({ authentication: 'basicAuth', path: webhookId });
	expect(webhookId).toMatch(/^[0-9a-f]{8}-/);
	const again = bring(upgraded, next);
	expect(again.differs).toBe(false);
	expect(node(again.flow, 'Check').parameters.path).toBe(webhookId);
	// One that stood there keeps the address it has.
	const own = change(upgraded, (copy) => (node(copy, 'Check').parameters.path = 'second-check'));
	expect(node(bring(own, next).flow, 'Check').parameters.path).toBe('second-check');
});
