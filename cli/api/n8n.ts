import { ConnectorError } from '../../lib/model/connector-error';
import type { CredentialEntry } from '../flow/credentials';
import type { Flow, InstalledFlow } from '../flow/flow';
import { N8nRefusedError, ScopeMissingError } from '../errors';
import type { ApiClient } from './api-client';
import {
	CREDENTIAL,
	EXECUTION,
	having,
	listOf,
	maybe,
	ROW,
	shaped,
	shapedFlow,
	shapedFlows,
	TABLE,
	text,
} from './shapes';
import { lessOf, writable } from './writable';

export interface TableEntry {
	id: string;
	name: string;
	projectId: string;
	columns: Array<{ name: string; type: string }>;
}

export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	startedAt: string;
	stoppedAt: string | null;
}

export type Row = Record<string, unknown>;

/**
 * What the installer and the doctor ask of an n8n, by its documented public API only.
 * Shapes: `/api/v1/openapi.yml` of n8n 2.41.
 */
export class N8n {
	constructor(private readonly client: ApiClient) {}

	get address(): string {
		return this.client.address;
	}

	/** What the key may do; null where n8n is too old to say. */
	async scopes(): Promise<string[] | null> {
		try {
			const answer = await this.client.get<{ data: { scopes: string[] } }>('/discover');
			const shape = having({ data: having({ scopes: listOf(text) }) });
			return shaped(answer, shape, 'GET /discover').data.scopes;
		} catch (error) {
			if (error instanceof N8nRefusedError && error.status === 404) return null;
			throw error;
		}
	}

	/** n8n's version as its sign-in page tells it, e.g. `2.41.1`; null when it does not. */
	async version(): Promise<string | null> {
		return versionFrom(await this.client.page('/signin').catch(() => ''));
	}

	/** Names of the fields of a credential type; null when it, and with it the package that brings it, is not known to this n8n. */
	async credentialFields(type: string): Promise<string[] | null> {
		try {
			const path = `/credentials/schema/${type}`;
			const schema = await this.client.get<{ properties?: Row }>(path);
			return Object.keys(
				shaped(schema, having({ properties: maybe(ROW) }), `GET ${path}`).properties ?? {},
			);
		} catch (error) {
			if (error instanceof N8nRefusedError && error.status === 404) return null;
			throw error;
		}
	}

	/** Packages installed on n8n's own page; null when the key may not see them. */
	async packages(): Promise<Array<{ packageName: string; installedVersion: string }> | null> {
		try {
			const packages =
				await this.client.get<Array<{ packageName: string; installedVersion: string }>>(
					'/community-packages',
				);
			const shape = listOf(having({ packageName: text, installedVersion: text }));
			return shaped(packages, shape, 'GET /community-packages');
		} catch (error) {
			if (error instanceof ScopeMissingError || error instanceof N8nRefusedError) return null;
			throw error;
		}
	}

	async workflows(): Promise<InstalledFlow[]> {
		const flows = await this.client.list<InstalledFlow>('/workflows', {
			excludePinnedData: 'true',
		});
		return shapedFlows(flows, 'GET /workflows');
	}

	/** Whether a workflow that is in no list is there all the same, only not for this key. */
	async hasWorkflow(id: string): Promise<boolean> {
		try {
			const flow = await this.client.get<{ isArchived?: unknown } | null>(
				`/workflows/${encodeURIComponent(id)}`,
			);
			return flow?.isArchived !== true;
		} catch (error) {
			if (error instanceof ScopeMissingError) return true;
			if (error instanceof N8nRefusedError) return error.status !== 404;
			throw error;
		}
	}

	async createWorkflow(flow: Flow, projectId?: string): Promise<InstalledFlow> {
		return await this.save('POST', '/workflows', flow, { projectId });
	}

	/**
	 * Saves the workflow; a published one is published again, so that what runs is what is seen.
	 *
	 * @param onlyDraft saves beside what runs and publishes nothing (n8n 2.41; earlier ones refuse)
	 */
	async updateWorkflow(id: string, flow: Flow, onlyDraft = false): Promise<InstalledFlow> {
		const query = onlyDraft ? '?publishIfActive=false' : '';
		return await this.save('PUT', `/workflows/${id}${query}`, flow);
	}

	/**
	 * Groups are only a way to draw: an n8n that does not know them (before 2.41), or that finds them
	 * broken by nodes people added in between, gets the workflow without them. So does one without the settings
	 * that n8n writes itself, where it does not take back what it shows: what is left out stays as it is there.
	 */
	private async save(
		method: 'POST' | 'PUT',
		path: string,
		flow: Flow,
		more: Record<string, unknown> = {},
	): Promise<InstalledFlow> {
		let body = { ...writable(flow), ...more };
		for (;;) {
			try {
				return shapedFlow(await this.client.send(method, path, body), `${method} ${path}`);
			} catch (error) {
				const less =
					error instanceof N8nRefusedError && error.status === 400 && lessOf(body, error);
				if (!less) throw error;
				body = less;
			}
		}
	}

	async publish(id: string): Promise<InstalledFlow> {
		const path = `/workflows/${id}/activate`;
		return shapedFlow(await this.client.send('POST', path, {}), `POST ${path}`);
	}

	/** Puts tags on a workflow beside those it has, making them where they are absent. */
	async tag(flow: InstalledFlow, names: readonly string[]): Promise<void> {
		const shape = having({ id: text, name: text });
		const known = await this.client.list<{ id: string; name: string }>('/tags');
		shaped(known, listOf(shape), 'GET /tags');
		const ids = (flow.tags ?? []).map(({ id }) => ({ id }));
		for (const name of names) {
			const tag =
				known.find((one) => one.name === name) ??
				shaped(
					await this.client.send<{ id: string }>('POST', '/tags', { name }),
					having({ id: text }),
					'POST /tags',
				);
			ids.push({ id: tag.id });
		}
		await this.client.send('PUT', `/workflows/${flow.id}/tags`, ids);
	}

	async credentials(): Promise<CredentialEntry[]> {
		const credentials = await this.client.list<CredentialEntry>('/credentials');
		return shaped(credentials, listOf(CREDENTIAL), 'GET /credentials');
	}

	/**
	 * Makes a credential; n8n encrypts what it holds and gives it out no more. What begins with "=" n8n takes
	 * for an expression and hands on without it: a second one keeps the text as it was typed.
	 */
	async createCredential(
		name: string,
		type: string,
		data: Record<string, string>,
	): Promise<CredentialEntry> {
		const made = await this.client.send<{ id: string }>('POST', '/credentials', {
			name,
			type,
			data: Object.fromEntries(
				Object.entries(data).map(([field, typed]) => [field, typed.replace(/^=/, '==')]),
			),
		});
		const { id } = shaped(made, having({ id: text }), 'POST /credentials');
		return { id, name, type };
	}

	/** What the Test button of a credential says. */
	async testCredential(id: string): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const path = `/credentials/${id}/test`;
		const answer = await this.client.send<{ status: 'OK' | 'Error'; message: string }>(
			'POST',
			path,
			{},
		);
		return shaped(answer, having({ status: text, message: maybe(text) }), `POST ${path}`);
	}

	async tables(): Promise<TableEntry[]> {
		const tables = await this.client.list<TableEntry>('/data-tables');
		return shaped(tables, listOf(TABLE), 'GET /data-tables');
	}

	async createTable(
		name: string,
		columns: Array<{ name: string; type: string }>,
		projectId?: string,
	): Promise<void> {
		await this.client.send('POST', '/data-tables', { name, columns, projectId });
	}

	async addColumn(tableId: string, column: { name: string; type: string }): Promise<void> {
		await this.client.send('POST', `/data-tables/${tableId}/columns`, column);
	}

	/** Rows of a table whose columns equal the given values, newest first; no more than about `most`. */
	async rows(tableId: string, most: number, where: Record<string, string> = {}): Promise<Row[]> {
		const path = `/data-tables/${tableId}/rows`;
		const filters = Object.entries(where).map(([columnName, value]) => ({
			...{ columnName, condition: 'eq', value },
		}));
		const filter = filters.length > 0 && JSON.stringify({ type: 'and', filters });
		const query = { sortBy: 'id:desc', ...(filter ? { filter } : {}) };
		const rows = await this.client.list<Row>(path, query, most);
		return shaped(rows, listOf(ROW), `GET ${path}`);
	}

	/** The last executions of a workflow, newest first; null when the key may not see them. */
	async executions(workflowId: string, limit: number): Promise<Execution[] | null> {
		try {
			const page = await this.client.get<{ data: Execution[] }>('/executions', {
				workflowId,
				limit: String(limit),
			});
			const shape = having({ data: listOf(EXECUTION) });
			return shaped(page, shape, 'GET /executions').data;
		} catch (error) {
			if (error instanceof ScopeMissingError) return null;
			throw error;
		}
	}

	/** What an execution failed with, in n8n's words; null when it says nothing of that, or nothing to this key. */
	async failureOf(executionId: string): Promise<string | null> {
		const path = `/executions/${encodeURIComponent(executionId)}`;
		try {
			const execution = await this.client.get<Failed>(path, { includeData: 'true' });
			const error = execution.data?.resultData?.error;
			const said = [error?.message, error?.description].filter((one) => typeof one === 'string');
			return said.length > 0 ? said.join(' ').slice(0, 500) : null;
		} catch (error) {
			// One line of the doctor's is not worth its end: the execution may be gone, or too large to read.
			if (error instanceof ConnectorError) return null;
			throw error;
		}
	}
}

interface Failed {
	data?: {
		resultData?: { error?: { message?: unknown; description?: unknown } | null } | null;
	} | null;
}

/** The release that n8n's pages carry for its error reports, in base64 of JSON. */
export function versionFrom(page: string): string | null {
	const coded = /name="n8n:config:sentry" content="([A-Za-z0-9+/=]+)"/.exec(page)?.[1];
	if (!coded) return null;
	return (
		/"release":"n8n@(\d+\.\d+\.\d+)/.exec(Buffer.from(coded, 'base64').toString())?.[1] ?? null
	);
}
