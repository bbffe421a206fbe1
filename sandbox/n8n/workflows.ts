import type { N8nClient } from './n8n-client';

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[field: string]: unknown;
}

export interface Workflow {
	id: string;
	name: string;
	nodes: WorkflowNode[];
	[field: string]: unknown;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** Workflows and the credentials they use, the way the editor handles them. */
export class Workflows {
	constructor(private readonly client: N8nClient) {}

	/** Saves a workflow file as a new workflow under its own id. */
	async import(file: object): Promise<Workflow> {
		const { tags: _tags, ...workflow } = file as Record<string, unknown>;
		return await this.client.rest('POST', '/rest/workflows', workflow);
	}

	async list(): Promise<Array<{ id: string; name: string }>> {
		return await this.client.rest('GET', '/rest/workflows');
	}

	async get(id: string): Promise<Workflow> {
		return await this.client.rest('GET', `/rest/workflows/${id}`);
	}

	/** Saves a changed workflow. */
	async save(workflow: Workflow): Promise<Workflow> {
		const { nodes, connections, settings, name, meta, pinData, versionId } = workflow;
		return await this.client.rest('PATCH', `/rest/workflows/${workflow.id}`, {
			nodes,
			connections,
			settings,
			name,
			meta,
			pinData,
			versionId,
		});
	}

	/**
	 * Fills in the credentials of every node, as the "Set up template" dialogue does.
	 *
	 * @param choose which credentials a node takes
	 */
	async setCredentials(
		id: string,
		choose: (node: WorkflowNode) => Credential[],
	): Promise<Workflow> {
		const workflow = await this.get(id);
		for (const node of workflow.nodes) {
			const credentials = choose(node);
			if (credentials.length === 0) continue;
			node.credentials = Object.fromEntries(
				credentials.map(({ id, name, type }) => [type, { id, name }]),
			);
		}
		return await this.save({
			...workflow,
			meta: { ...(workflow.meta as object), templateCredsSetupCompleted: true },
		});
	}

	/** Presses "Execute workflow" on a trigger; returns the id of the execution. */
	async run(id: string, trigger: string): Promise<string> {
		const workflowData = await this.get(id);
		const { executionId } = await this.client.rest<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{
				workflowData,
				triggerToStartFrom: { name: trigger },
			},
		);
		if (!executionId) throw new Error(`n8n did not start "${trigger}".`);
		return executionId;
	}

	/** Publishes the workflow: its schedule and forms listen from now on. */
	async activate(id: string): Promise<void> {
		await this.client.api('POST', `/workflows/${id}/activate`);
	}

	async deactivate(id: string): Promise<void> {
		await this.client.api('POST', `/workflows/${id}/deactivate`);
	}

	/** Saved credentials, without their secrets. */
	async credentials(): Promise<Array<{ id: string; name: string; type: string }>> {
		return await this.client.rest('GET', '/rest/credentials');
	}

	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<Credential> {
		const { id } = await this.client.rest<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return { id, name, type, data };
	}

	async changeCredential(
		credential: Credential,
		data: Record<string, unknown>,
	): Promise<Credential> {
		const changed = { ...credential, data: { ...credential.data, ...data } };
		const { id: _id, ...body } = changed;
		await this.client.rest('PATCH', `/rest/credentials/${credential.id}`, body);
		return changed;
	}

	/** The Test button of a credential. */
	async testCredential(
		credential: Credential,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.client.rest('POST', '/rest/credentials/test', { credentials: credential });
	}
}
