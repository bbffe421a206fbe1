import { startProcoreServer, type ProcoreStandIn } from '../../../sandbox/procore/server';
import type { ProcoreStandInOptions } from '../../../sandbox/procore/options';

export interface Answer {
	status: number;
	headers: Headers;
	// Tests read whatever they expect to be there.
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	body: any;
}

/** A plain caller with a token and the company header; nothing is retried or hidden. */
export class Caller {
	token = '';

	constructor(readonly standIn: ProcoreStandIn) {}

	async logIn(): Promise<this> {
		const answer = await this.post('/oauth/token', {
			grant_type: 'client_credentials',
			client_id: this.standIn.clientId,
			client_secret: this.standIn.clientSecret,
		});
		this.token = answer.body.access_token;
		return this;
	}

	get = (path: string, headers?: Record<string, string>) =>
		this.send('GET', path, undefined, headers);
	post = (path: string, body: unknown) => this.send('POST', path, body);
	patch = (path: string, body: unknown) => this.send('PATCH', path, body);
	delete = (path: string) => this.send('DELETE', path);

	async send(
		method: string,
		path: string,
		body?: unknown,
		extra: Record<string, string> = {},
	): Promise<Answer> {
		const headers: Record<string, string> = {
			Authorization: `Bearer ${this.token}`,
			'Procore-Company-Id': String(this.standIn.companyId),
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...extra,
		};
		for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name];
		const response = await fetch(this.standIn.url + path, {
			method,
			headers,
			body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
			redirect: 'manual',
		});
		const text = await response.text();
		const json = response.headers.get('content-type')?.includes('json');
		return {
			status: response.status,
			headers: response.headers,
			body: json ? JSON.parse(text) : text,
		};
	}

	/** A request to the admin port. */
	async admin(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await fetch(this.standIn.adminUrl + path, {
			method,
			headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		const json = response.headers.get('content-type')?.includes('json');
		return {
			status: response.status,
			headers: response.headers,
			body: json ? JSON.parse(text) : text,
		};
	}
}

/** Starts a stand-in without rate limits and logs in. */
export async function start(options: ProcoreStandInOptions = {}): Promise<Caller> {
	const switches = { hourlyLimit: null, spikeLimit: null, ...options.switches };
	return await new Caller(await startProcoreServer({ ...options, switches })).logIn();
}

/** The project with this number, and the cost type and cost code ids a line needs. */
export async function ids(caller: Caller, number = '100') {
	const company = caller.standIn.companyId;
	const projects = await caller.get(`/rest/v1.1/projects?company_id=${company}`);
	const project = projects.body.find(
		(one: { project_number: string }) => one.project_number === number,
	);
	const types = await caller.get(
		`/rest/v1.0/line_item_types?company_id=${company}&project_id=${project.id}`,
	);
	const materials = types.body.find((one: { code: string }) => one.code === 'M').id as number;
	const codes = await caller.get(`/rest/v1.0/cost_codes?project_id=${project.id}`);
	const concrete = codes.body.find((one: { code: string }) => one.code === '5110')?.id as number;
	const vendors = await caller.get(`/rest/v1.0/vendors?company_id=${company}`);
	return {
		company,
		project: project.id as number,
		materials,
		concrete,
		vendor: vendors.body[0].id as number,
	};
}
