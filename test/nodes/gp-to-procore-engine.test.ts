import { NodeHelpers, type INodeProperties, type INodeType } from 'n8n-workflow';
import { GpToProcore } from '../../nodes/GpToProcore/GpToProcore.node';
import { GpToProcoreEngine } from '../../nodes/GpToProcoreEngine/GpToProcoreEngine.node';
import { TEMPLATES } from '../../workflows/source/build';
import { runNode } from './support/engine';

const people = new GpToProcore();
const [before, now] = [1, 2].map((version) => NodeHelpers.getVersionedNodeType(people, version));
const engine = new GpToProcoreEngine();

const optionsOf = ({ options = [] }: INodeProperties) =>
	options.map((option) => String((option as { value: unknown }).value));

/** `resource/operation` of everything a node offers. */
const offered = ({ description }: INodeType) =>
	description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) =>
			(property.displayOptions!.show!.resource as string[]).flatMap((resource) =>
				optionsOf(property).map((operation) => `${resource}/${operation}`),
			),
		)
		.sort();

test('people are offered ten actions, the shipped workflows take the others', () => {
	expect(people.description.defaultVersion).toBe(2);
	expect(offered(now)).toEqual([
		'account/map',
		'audit/export',
		'audit/verifyChain',
		'crosswalk/suggest',
		'mapping/define',
		'mapping/previewDocuments',
		'payable/map',
		'payable/preview',
		'reconciliation/compare',
		'vendor/map',
	]);
	expect(offered(engine).length).toBeGreaterThanOrEqual(20);
	expect(engine.description.hidden).toBe(true);
	expect(offered(before)).toEqual([...offered(now), ...offered(engine)].sort());
});

test('the list of resources names each that has operations, and no other', () => {
	for (const node of [before, now, engine]) {
		const listed = optionsOf(node.description.properties.find(({ name }) => name === 'resource')!);
		const used = new Set(offered(node).map((one) => one.split('/')[0]));
		expect([...listed].sort()).toEqual([...used].sort());
	}
});

test('every parameter of a moved operation is in version 1 as it is in the engine', () => {
	const fields = (node: INodeType) =>
		new Set(
			node.description.properties
				.filter(({ name }) => !['resource', 'operation'].includes(name))
				.map((property) => JSON.stringify(property)),
		);
	expect([...fields(engine)].filter((one) => !fields(before).has(one))).toEqual([]);
});

test('a node of an older workflow opens a run as the engine does', async () => {
	const parameters = { resource: 'run', operation: 'open', company: 'TWO', startKind: 'schedule' };
	const [old, moved] = [
		await runNode({ node: 'gpToProcore', typeVersion: 1, parameters }),
		await runNode({ node: 'gpToProcoreEngine', parameters }),
	];
	expect(old.error).toBeUndefined();
	const known = (run: typeof old) => {
		const { state, lease } = run.json()[0] as Record<string, Record<string, unknown>>;
		return { ...state, runId: '', startedAt: '', chain: null, company: lease.gp_company };
	};
	expect(known(old)).toEqual(known(moved));
	const { error } = await runNode({ node: 'gpToProcore', parameters });
	expect(error).toBeDefined();
});

test('the outputs of moved operations stand in the same order, as workflows link by position', () => {
	const outputs = (node: INodeType, resource: string, operation: string) => {
		const text = String(node.description.outputs);
		const at = text.indexOf(
			`$parameter["resource"] === "${resource}" && $parameter["operation"] === "${operation}" ? `,
		);
		return text.slice(at).split(' ? ')[1].split(' : ')[0];
	};
	for (const [resource, operation] of [
		['run', 'recordOutcomes'],
		['run', 'claim'],
		['crosswalk', 'changed'],
	])
		expect(outputs(before, resource, operation)).toBe(outputs(engine, resource, operation));
	expect(outputs(before, 'run', 'claim')).toContain('"Take It"');
});

test('the templates take what is offered, people’s operations from the node for people', () => {
	// As they are written: their files leave defaults out.
	const nodes = Object.values(TEMPLATES).flatMap((build) => build().nodes);
	const taken = nodes.flatMap(({ type, parameters }) => {
		const node = { gpToProcore: now, gpToProcoreEngine: engine }[type.split('.')[1]!];
		return node ? [{ node, operation: `${parameters.resource}/${parameters.operation}` }] : [];
	});
	expect(taken.length).toBeGreaterThan(30);
	expect(taken.filter(({ node, operation }) => !offered(node).includes(operation))).toEqual([]);
	const unused = offered(engine).filter((one) => !taken.some(({ operation }) => operation === one));
	// Workflows of 0.3.0 have it, with a Switch node behind it.
	expect(unused).toEqual(['run/loadParked']);
});
