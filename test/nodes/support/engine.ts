import 'reflect-metadata';
import '../../harness/patient-regex';
import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { DynamicsGp } from '../../../nodes/DynamicsGp/DynamicsGp.node';
import { GpToProcore } from '../../../nodes/GpToProcore/GpToProcore.node';
import { GpToProcoreEngine } from '../../../nodes/GpToProcoreEngine/GpToProcoreEngine.node';
import { Procore } from '../../../nodes/Procore/Procore.node';

const OURS: Record<string, INodeType | IVersionedNodeType> = {
	dynamicsGp: new DynamicsGp(),
	gpToProcore: new GpToProcore(),
	gpToProcoreEngine: new GpToProcoreEngine(),
	procore: new Procore(),
};

/** Puts out the items it is told to, as any node before ours would. */
const source: INodeType = {
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['input'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: '[]' }],
	},
	async execute() {
		const items = JSON.parse(this.getNodeParameter('items', 0) as string) as IDataObject[];
		return [items.map((json, item) => ({ json, pairedItem: { item } }))];
	},
};

export interface NodeRun {
	node: 'dynamicsGp' | 'gpToProcore' | 'gpToProcoreEngine' | 'procore';
	/** Default: the one that a new node has. */
	typeVersion?: number;
	parameters: INodeParameters;
	/** One list per input; default: one empty item. */
	inputs?: object[][];
	/** By credential type; the object is changed when a token is stored. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	onError?: 'continueErrorOutput' | 'continueRegularOutput' | 'stopWorkflow';
	/** What n8n does when the node calls another workflow. */
	executeWorkflow?: IWorkflowExecuteAdditionalData['executeWorkflow'];
}

export interface NodeResult {
	run: IRun;
	/** By output; undefined entries are outputs without items. */
	outputs: INodeExecutionData[][];
	/** Plain JSON of one output, as the next node would see it. */
	json(output?: number): IDataObject[];
	error?: Error & {
		description?: string | null;
		httpCode?: string | null;
		node?: { name: string };
	};
}

/** Runs one of our nodes in n8n's own engine, with its parameter defaults, expressions and HTTP helper. */
export async function runNode({
	node,
	typeVersion = nodeTypes.getByNameAndVersion(node).description.defaultVersion ?? 1,
	parameters,
	inputs = [[{}]],
	credentials = {},
	onError,
	executeWorkflow,
}: NodeRun): Promise<NodeResult> {
	const sources = inputs.map((items, index) => ({
		id: `source-${index}`,
		name: `Source ${index}`,
		type: 'source',
		typeVersion: 1,
		position: [0, index * 100] as [number, number],
		parameters: { items: JSON.stringify(items) },
	}));
	const start = { ...sources[0], id: 'start', name: 'Start', parameters: { items: '[{}]' } };
	const tested = {
		id: 'tested',
		name: 'Tested',
		type: node,
		typeVersion,
		position: [200, 0] as [number, number],
		parameters,
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: type, name: `My ${type}` }]),
		),
		...(onError ? { onError } : {}),
	};
	const link = (name: string, index = 0) => ({ node: name, type: NodeConnectionTypes.Main, index });
	const workflow = new Workflow({
		id: 'test',
		name: 'Test',
		active: false,
		nodes: [start, ...sources, tested],
		connections: {
			Start: { main: [sources.map(({ name }) => link(name))] },
			...Object.fromEntries(
				sources.map(({ name }, index) => [name, { main: [[link('Tested', index)]] }]),
			),
		},
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const additionalData = additionalDataFor(workflow, credentials);
	if (executeWorkflow) additionalData.executeWorkflow = executeWorkflow;
	const run = await new WorkflowExecute(additionalData, 'manual').run({
		workflow,
		startNode: workflow.getNode('Start') ?? undefined,
	});
	const task = run.data.resultData.runData.Tested?.at(-1);
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	return {
		run,
		outputs,
		json: (output = 0) => (outputs[output] ?? []).map((item) => item.json),
		error: (task?.error ?? run.data.resultData.error) as NodeResult['error'],
	};
}

/** What the editor does when somebody opens a *From List* locator of one of our nodes and types. */
export async function searchList(
	node: NodeRun['node'],
	method: string,
	{
		filter,
		token,
		path = 'parameters',
		parameters = {},
		credentials = {},
	}: {
		filter?: string;
		token?: string;
		/** Where the field stands, e.g. `parameters.rules.rule[0].set.costCode`. */
		path?: string;
	} & Partial<NodeRun>,
): Promise<INodeListSearchResult> {
	const opened = {
		id: 'opened',
		name: 'Opened',
		type: node,
		typeVersion: nodeTypes.getByNameAndVersion(node).description.defaultVersion ?? 1,
		position: [0, 0] as [number, number],
		parameters,
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: type, name: `My ${type}` }]),
		),
	};
	const workflow = new Workflow({ nodes: [opened], connections: {}, active: false, nodeTypes });
	const additionalData = {
		...additionalDataFor(workflow, credentials),
		currentNodeParameters: parameters,
	} as IWorkflowExecuteAdditionalData;
	const context = new LoadOptionsContext(workflow, opened, additionalData, path);
	const search = nodeTypes.getByNameAndVersion(node).methods?.listSearch?.[method];
	if (!search) throw new Error(`${node} has no list search ${method}`);
	return await search.call(context, filter, token);
}

function additionalDataFor(
	workflow: Workflow,
	credentials: NonNullable<NodeRun['credentials']>,
): IWorkflowExecuteAdditionalData {
	return {
		hooks: new ExecutionLifecycleHooks('manual', '1', workflow as never),
		credentialsHelper: credentialsHelper(credentials),
		executionId: '42',
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		variables: {},
		logAiEvent() {},
		setExecutionStatus() {},
		externalSecretsProxy: {},
		workflowSettings: workflow.settings,
	} as unknown as IWorkflowExecuteAdditionalData;
}

const nodeTypes: INodeTypes = {
	getByName: (type) => (type === 'source' ? source : OURS[type]),
	getByNameAndVersion: (type, version) =>
		type === 'source' ? source : NodeHelpers.getVersionedNodeType(OURS[type], version),
	getKnownTypes: () => ({}),
};

function credentialsHelper(stored: Record<string, ICredentialDataDecryptedObject>) {
	return {
		getParentTypes: (type: string) => (type === 'procoreOAuth2Api' ? ['oAuth2Api'] : []),
		getDecrypted: async (_data: unknown, _node: unknown, type: string) => ({ ...stored[type] }),
		updateCredentialsOauthTokenData: async (
			_node: unknown,
			type: string,
			data: ICredentialDataDecryptedObject,
		) => void Object.assign(stored[type], { oauthTokenData: data.oauthTokenData }),
		isCredentialUsableByNode: () => true,
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		authenticate: async (_data: unknown, _type: unknown, request: unknown) => request,
	} as unknown as ICredentialsHelper;
}
