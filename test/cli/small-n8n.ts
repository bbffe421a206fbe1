import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import type { CredentialEntry } from '../../cli/flow/credentials';
import type { InstalledFlow } from '../../cli/flow/flow';
import { install } from '../../cli/install/install';
import type { InstallOptions } from '../../cli/install/ledger';
import { readShipped, type Shipped } from '../../cli/shipped/shipped';

type Body = Record<string, unknown>;
export interface Table {
	id: string;
	name: string;
	projectId: string;
	columns: Array<{ name: string; type: string }>;
	rows?: Body[];
}
type Flow = InstalledFlow & Body;

/** An answer other than 200. */
export class Refusal {
	constructor(
		readonly status: number,
		readonly message = 'no',
	) {}
}

/** This package with only these of its workflows. */
export const only = (...ids: string[]): Shipped => {
	const shipped = readShipped();
	return { ...shipped, templates: shipped.templates.filter(({ id }) => ids.includes(id)) };
};

/** As much of n8n's public API as the installer and the doctor speak to, without a server. */
export class SmallN8n {
	workflows: Flow[] = [];
	credentials: CredentialEntry[] = [];
	tables: Table[] = [];
	executions: Body[] = [];
	/** Every call that changes something, e.g. `POST /workflows`. */
	writes: string[] = [];
	/** Looked at before every call; what it gives is the answer. */
	before: (call: string) => unknown = () => undefined;
	private count = 0;
	/** Whether the server has a time limit of its own, `EXECUTIONS_TIMEOUT`. */
	isLimited = false;

	constructor(readonly shipped: Shipped = readShipped()) {}

	client(): N8n {
		const fetch = async (address: unknown, init: RequestInit = {}) => {
			const url = new URL(String(address));
			const path = url.pathname.replace('/api/v1', '');
			const { method = 'GET' } = init;
			const body = init.body ? (JSON.parse(String(init.body)) as Body) : {};
			const answer =
				this.before(`${method} ${path}`) ??
				this.answer(`${method} ${path}`, body, url.searchParams);
			if (method !== 'GET' && !path.endsWith('/test')) this.writes.push(`${method} ${path}`);
			return answer instanceof Refusal
				? new Response(JSON.stringify({ message: answer.message }), { status: answer.status })
				: new Response(JSON.stringify(answer));
		};
		return new N8n(
			new ApiClient({
				address: 'http://n8n',
				apiKey: 'canary-key',
				fetch: fetch as typeof globalThis.fetch,
			}),
		);
	}

	/** Runs the installer; gives its result and what it said. */
	async install(options: Partial<InstallOptions> = {}) {
		const said: string[] = [];
		this.writes = [];
		const result = await install(this.client(), this.shipped, {
			...{ dryRun: false, publish: false, credentials: {} },
			tell: (line) => void said.push(line),
			...options,
		});
		return { ...result, said };
	}

	named(name: string): Flow {
		return this.workflows.find((flow) => flow.name === name && !flow.isArchived)!;
	}

	private answer(call: string, body: Body, query: URLSearchParams): unknown {
		const [, id = '', more = ''] = /^\w+ \/[a-z-]+\/([^/]+)\/?(.*)$/.exec(call) ?? [];
		const flow = this.workflows.find((one) => one.id === id);
		if (call.startsWith('GET /credentials/schema/')) return { properties: { rowsWorkflow: {} } };
		if (/^POST .*\/test$/.test(call)) return { status: 'OK', message: 'Connected' };
		if (call.startsWith('GET /data-tables/'))
			return { data: this.tables.find((one) => one.id === id)?.rows ?? [] };
		switch (call.replace(id, id && '*')) {
			case 'GET /workflows':
				return page(this.workflows, query);
			case 'GET /credentials':
				return page(this.credentials, query);
			case 'GET /data-tables':
				return page(this.tables, query);
			case 'GET /tags':
				return { data: [] };
			case 'GET /executions':
				return { data: this.executions };
			case 'GET /workflows/*':
				return flow ?? new Refusal(404);
			case 'POST /workflows': {
				const { projectId = 'home', ...saved } = body;
				const made = { ...(saved as unknown as Flow), id: `W${++this.count}` };
				Object.assign(made, {
					active: false,
					isArchived: false,
					activeVersionId: null,
					versionId: 'v1',
				});
				made.shared = [{ projectId: String(projectId) }];
				this.workflows.push(made);
				return made;
			}
			case 'PUT /workflows/*': {
				Object.assign(flow!, body, { versionId: `v${++this.count}` });
				// n8n leaves out a time limit that is the server's own.
				if (flow!.settings.executionTimeout === -1 && !this.isLimited)
					delete flow!.settings.executionTimeout;
				const isDraft = query.get('publishIfActive') === 'false';
				if (flow!.active && !isDraft) flow!.activeVersionId = flow!.versionId;
				return flow;
			}
			case 'POST /workflows/*/activate':
				Object.assign(flow!, { active: true, activeVersionId: flow!.versionId });
				return flow;
			case 'PUT /workflows/*/tags':
				flow!.tags = (body as unknown as Array<{ id: string }>).map(({ id: tag }) => ({
					id: tag,
					name: tag,
				}));
				return flow!.tags;
			case 'POST /tags':
				return { id: String(body.name), name: body.name };
			case 'POST /data-tables': {
				const { projectId = 'home', ...table } = body;
				this.tables.push({
					...(table as unknown as Table),
					id: `T${++this.count}`,
					projectId: String(projectId),
				});
				return {};
			}
			case 'POST /data-tables/*/columns':
				this.tables.find((one) => one.id === id)!.columns.push(body as never);
				return {};
			default:
				return new Refusal(404, `${call} ${more}`);
		}
	}
}

/** Few on each page, so that all pages have to be asked for. */
function page(all: readonly unknown[], query: URLSearchParams) {
	const from = Number(query.get('cursor') ?? 0);
	const next = from + 3;
	return { data: all.slice(from, next), nextCursor: next < all.length ? String(next) : null };
}
