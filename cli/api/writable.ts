import type { Flow } from '../flow/flow';

/** Fields of a node that the public API takes; any other makes it refuse the whole workflow. */
const NODE_FIELDS = [
	'id',
	'name',
	'webhookId',
	'disabled',
	'notesInFlow',
	'notes',
	'type',
	'typeVersion',
	'executeOnce',
	'alwaysOutputData',
	'retryOnFail',
	'maxTries',
	'waitBetweenTries',
	'continueOnFail',
	'onError',
	'position',
	'parameters',
	'credentials',
];

/** Every n8n that can be installed into takes these. */
const SETTINGS_OF_ALL = [
	'saveExecutionProgress',
	'saveManualExecutions',
	'saveDataErrorExecution',
	'saveDataSuccessExecution',
	'executionTimeout',
	'errorWorkflow',
	'timezone',
	'executionOrder',
	'callerPolicy',
];

const SETTINGS = [
	...SETTINGS_OF_ALL,
	'binaryMode',
	'callerIds',
	'timeSavedMode',
	'timeSavedPerExecution',
	'redactionPolicy',
	'availableInMCP',
];

/** A workflow with only what the public API takes. Its `id`, `meta` and `tags` are read-only there. */
export function writable(flow: Flow): Flow {
	return {
		name: flow.name,
		nodes: flow.nodes.map((node) => pick(node, NODE_FIELDS)) as Flow['nodes'],
		connections: flow.connections,
		...(flow.nodeGroups && { nodeGroups: flow.nodeGroups }),
		settings: Object.fromEntries(
			Object.entries(pick(flow.settings, SETTINGS)).filter(([, value]) => value !== 'DEFAULT'),
		),
	};
}

/** The same with less in it, for an n8n that refused it; undefined where there is nothing left to leave out. */
export function lessOf<Body extends Flow>(
	{ nodeGroups, ...body }: Body,
	{ reason }: { reason: string },
): (Omit<Body, 'nodeGroups'> & Pick<Flow, 'nodeGroups'>) | undefined {
	const settings = pick(body.settings, SETTINGS_OF_ALL);
	const isMore = Object.keys(body.settings).length > Object.keys(settings).length;
	if (isMore && /settings/i.test(reason)) return { ...body, nodeGroups, settings };
	return nodeGroups?.length ? body : undefined;
}

function pick(object: Record<string, unknown>, fields: string[]): Record<string, unknown> {
	return Object.fromEntries(
		fields.filter((field) => object[field] !== undefined).map((field) => [field, object[field]]),
	);
}
