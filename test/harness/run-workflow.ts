import './quiet-n8n';
import './patient-regex';
import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type ExecutionError,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunData,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	mergeRunsPerBranch,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { MemoryDataTables } from './memory-data-tables';
import { NodePackages } from './node-packages';
import { type CredentialValues, TestCredentials } from './test-credentials';

export interface WorkflowFile {
	id: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface RunOptions {
	workflow: WorkflowFile;
	/** Name of the node to start from, as a person presses "Execute workflow" on it. */
	trigger: string;
	/** What the trigger gives, e.g. the answers of a form; one empty item by default. */
	triggerItems?: IDataObject[];
	/** What later pages of a form give, by node, so that nobody has to be waited for; those that confirm are pressed. */
	pages?: Record<string, IDataObject[]>;
	/** Filled into every node that takes them. Tokens fetched are written back here. */
	credentials?: CredentialValues;
	/** Hand the same tables to the next run to go on from this one. */
	tables?: MemoryDataTables;
	/** Other workflows it may call, with the same tables and credentials. */
	others?: WorkflowFile[];
}

export interface WorkflowRun {
	executionId: string;
	status: IRun['status'];
	/** Error that ended the execution. */
	error?: ExecutionError;
	runData: IRunData;
	/** Executions this one started of itself, in order. */
	subRuns: WorkflowRun[];
	tables: MemoryDataTables;
	/** What a calling workflow gets back. */
	lastOutput: Array<INodeExecutionData[] | null>;
	/** Items of the last time `node` ran; `[]` when it did not. */
	items(node: string, output?: number): IDataObject[];
	/** What the Retry button does: starts at the failed node with its saved input. */
	retry(): Promise<WorkflowRun>;
}

let loading: Promise<NodePackages> | undefined;
let executions = 0;

/** Runs a workflow file in n8n's own engine, with its own nodes and expressions, without an n8n. */
export async function runWorkflow(options: RunOptions): Promise<WorkflowRun> {
	const packages = await (loading ??= NodePackages.load());
	const tables = options.tables ?? new MemoryDataTables();
	const credentials = new TestCredentials(packages, options.credentials ?? {});
	const execution = new Engine(packages, tables, credentials, options.workflow, options.others);
	return await execution.start(options.trigger, options.triggerItems ?? [{}], options.pages);
}

class Engine {
	private readonly file: WorkflowFile;

	constructor(
		private readonly packages: NodePackages,
		private readonly tables: MemoryDataTables,
		private readonly credentials: TestCredentials,
		file: WorkflowFile,
		private readonly others: WorkflowFile[] = [],
	) {
		this.file = {
			...file,
			nodes: structuredClone(file.nodes).map((node) => this.withCredentials(node)),
		};
	}

	async start(
		trigger: string,
		items: IDataObject[],
		pages: Record<string, IDataObject[]> = {},
	): Promise<WorkflowRun> {
		const node = this.file.nodes.find((one) => one.name === trigger);
		if (!node) throw new Error(`The workflow has no node "${trigger}".`);
		if (node.type === 'n8n-nodes-base.formTrigger') items = items.map(asSent);
		const data = startingWith(
			node,
			items.map((json) => ({ json })),
		);
		// The trigger's answers are given, so that a form or a schedule need not be waited for.
		data.resultData.pinData = Object.fromEntries(
			Object.entries({ ...this.pressed(), ...pages, [trigger]: items }).map(([name, given]) => [
				name,
				given.map((json) => ({ json })),
			]),
		);
		return await this.process('manual', data);
	}

	/** The pages on which somebody confirms what a form asked for. */
	private pressed(): Record<string, IDataObject[]> {
		const confirms = ({ type, parameters }: INode) =>
			type === 'n8n-nodes-base.form' && JSON.stringify(parameters).includes('"pressed"');
		return Object.fromEntries(
			this.file.nodes.filter(confirms).map(({ name }) => [name, [{ pressed: 'yes' }]]),
		);
	}

	private async process(mode: WorkflowExecuteMode, data: IRunExecutionData): Promise<WorkflowRun> {
		const executionId = String(++executions);
		const subRuns: WorkflowRun[] = [];
		const workflow = new Workflow({
			...this.file,
			active: false,
			nodeTypes: this.packages,
			settings: this.file.settings ?? {},
		});
		const additionalData = this.additionalData(executionId, mode, subRuns);
		const engine = new WorkflowExecute(additionalData, mode, data);
		const run = await engine.processRunExecutionData(workflow);
		return this.describe(executionId, run, subRuns);
	}

	private describe(executionId: string, run: IRun, subRuns: WorkflowRun[]): WorkflowRun {
		const { runData, error } = run.data.resultData;
		return {
			executionId,
			status: run.status,
			error,
			runData,
			subRuns,
			tables: this.tables,
			lastOutput: lastOutput(run),
			items: (node, output = 0) =>
				(runData[node]?.at(-1)?.data?.main?.[output] ?? []).map((item) => item.json),
			retry: async () => await this.process('retry', withoutFailure(run.data)),
		};
	}

	/** Only what nodes of a template ask for; see n8n's workflow-execute-additional-data. */
	private additionalData(
		executionId: string,
		mode: WorkflowExecuteMode,
		subRuns: WorkflowRun[],
	): IWorkflowExecuteAdditionalData {
		const base = 'http://localhost/';
		const { id, name, nodes, connections, settings } = this.file;
		const workflowData = { id, name, nodes, connections, settings, active: false };
		return {
			executionId,
			workflowId: id,
			workflowSettings: settings ?? {},
			currentNodeExecutionIndex: 0,
			hooks: new ExecutionLifecycleHooks(mode, executionId, workflowData as never),
			credentialsHelper: this.credentials,
			variables: {},
			restApiUrl: `${base}rest`,
			instanceBaseUrl: base,
			formWaitingBaseUrl: `${base}form-waiting`,
			webhookBaseUrl: `${base}webhook`,
			webhookWaitingBaseUrl: `${base}webhook-waiting`,
			webhookTestBaseUrl: `${base}webhook-test`,
			externalSecretsProxy: {},
			setExecutionStatus: () => {},
			logAiEvent: () => {},
			getRunExecutionData: async () => undefined,
			executeWorkflow: async (
				info: { id?: string },
				_parent: unknown,
				options: { inputData?: INodeExecutionData[] },
			) => {
				const called = info.id === id ? this : this.other(info.id);
				const run = await called.processSubWorkflow(options.inputData ?? [{ json: {} }]);
				subRuns.push(run);
				if (run.error) throw run.error;
				return { executionId: run.executionId, data: run.lastOutput };
			},
			'data-table': { dataTableProxyProvider: this.tables.provider },
		} as unknown as IWorkflowExecuteAdditionalData;
	}

	private other(id: string | undefined): Engine {
		const file = this.others.find((one) => one.id === id);
		if (!file) throw new Error(`The workflow calls "${id}", which is not here.`);
		return new Engine(this.packages, this.tables, this.credentials, file, this.others);
	}

	private async processSubWorkflow(items: INodeExecutionData[]): Promise<WorkflowRun> {
		const trigger = this.file.nodes.find(
			(node) => node.type === 'n8n-nodes-base.executeWorkflowTrigger' && !node.disabled,
		);
		if (!trigger)
			throw new Error('Missing node to start execution: the workflow cannot be called.');
		return await this.process('integrated', startingWith(trigger, items));
	}

	private withCredentials(node: INode): INode {
		const { description } = this.packages.getByNameAndVersion(node.type, node.typeVersion);
		const taken = (description.credentials ?? []).filter(({ name }) => this.credentials.has(name));
		if (taken.length > 0) {
			node.credentials = Object.fromEntries(taken.map(({ name }) => [name, { id: name, name }]));
		}
		return node;
	}
}

function startingWith(node: INode, items: INodeExecutionData[]): IRunExecutionData {
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
	});
}

/** The saved state of a failed execution as n8n prepares it for a retry. */
function withoutFailure(saved: IRunExecutionData): IRunExecutionData {
	// Stored as text and read again, as n8n does.
	const data = JSON.parse(JSON.stringify(saved)) as IRunExecutionData;
	const { lastNodeExecuted } = data.resultData;
	delete data.resultData.error;
	const runs = lastNodeExecuted ? data.resultData.runData[lastNodeExecuted] : undefined;
	if (runs?.at(-1)?.error !== undefined) runs.pop();
	return data;
}

/** What an Execute Sub-workflow node gets back: all runs of the node that ran last. */
function lastOutput({ data }: IRun): Array<INodeExecutionData[] | null> {
	const { lastNodeExecuted, runData } = data.resultData;
	return mergeRunsPerBranch(lastNodeExecuted ? (runData[lastNodeExecuted] ?? []) : []);
}

/** The answers of a form, with what n8n adds to them. */
const asSent = (answers: IDataObject): IDataObject => ({
	...answers,
	submittedAt: new Date().toISOString(),
	formMode: 'test',
});
