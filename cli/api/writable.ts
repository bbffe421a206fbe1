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

const SETTINGS = [
	'saveExecutionProgress',
	'saveManualExecutions',
	'saveDataErrorExecution',
	'saveDataSuccessExecution',
	'executionTimeout',
	'errorWorkflow',
	'timezone',
	'executionOrder',
	'binaryMode',
	'callerPolicy',
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

function pick(object: Record<string, unknown>, fields: string[]): Record<string, unknown> {
	return Object.fromEntries(
		fields.filter((field) => object[field] !== undefined).map((field) => [field, object[field]]),
	);
}
