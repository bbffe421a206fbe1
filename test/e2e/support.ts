import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Flow } from '../../cli/flow/flow';
import { adminCall } from '../../sandbox/start/admin-call';
import { startSession, type Session, type SessionOptions } from '../../sandbox/start/session';

/** A session in a folder of its own; `end` stops it and removes the folder. */
export async function openSession(
	options: Partial<SessionOptions> = {},
): Promise<{ session: Session; end(): Promise<void> }> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-e2e-'));
	const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	try {
		const session = await startSession({ folder, tarball: process.env.E2E_TARBALL, ...options });
		const end = async () => {
			await session.stop();
			remove();
		};
		return { session, end };
	} catch (error) {
		remove();
		throw error;
	}
}

export interface DirectCostView {
	id: number;
	project: string;
	origin_id: string | null;
	invoice_number: string | null;
	grand_total: string;
	updated_at: string;
	line_items: Array<{ amount: string; cost_code: { full_code: string } }>;
}

/** Direct costs in Procore that came from GP. */
export async function syncedDirectCosts(session: Session): Promise<DirectCostView[]> {
	const state = await adminCall<{
		projects: Array<{ project_number: string; directCosts: DirectCostView[] }>;
	}>(session.procore.adminUrl, 'GET', '/admin/state');
	return state.projects
		.flatMap(({ project_number, directCosts }) =>
			directCosts.map((cost) => ({ ...cost, project: project_number })),
		)
		.filter((cost) => cost.origin_id !== null);
}

/** Requests to the Procore stand-in per route since it was started. */
export async function routeCounts(session: Session): Promise<Record<string, number>> {
	return (
		await adminCall<{ byRoute: Record<string, number> }>(
			session.procore.adminUrl,
			'GET',
			'/admin/counters',
		)
	).byRoute;
}

/** Changes something in GP through the stand-in's back door. */
export async function changeGp<T = unknown>(
	session: Session,
	path: string,
	body: object,
): Promise<T> {
	return await adminCall<T>(session.gp.adminUrl, 'POST', path, body);
}

export async function waitUntil(
	what: string,
	holds: () => Promise<boolean>,
	timeout = 120_000,
): Promise<void> {
	const end = Date.now() + timeout;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`${what} did not happen within ${timeout / 1_000} s`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** What a browser sends once somebody typed the page's login. */
export function basicAuth(login: Record<string, unknown>): { authorization: string } {
	const { user, password } = login as { user: string; password: string };
	return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** Takes the clock out of the published sync: at the full hour a run of its own would come between. */
export async function stopClock({ n8n: { workflows }, workflowId }: Session): Promise<void> {
	const workflow = await workflows.get(workflowId);
	for (const node of workflow.nodes) {
		if (node.type === 'n8n-nodes-base.scheduleTrigger') node.disabled = true;
	}
	await workflows.save(workflow);
	await workflows.activate(workflow.id);
}

/** Whether a form opens for somebody with the page's login. */
export async function formOpens({ n8n, credentials }: Session, path: string): Promise<boolean> {
	const headers = basicAuth(credentials.page.data);
	return (await fetch(`${n8n.url}/form/${path}`, { headers })).ok;
}

/** The second page of each form, e.g. "Really replay?". */
const CONFIRMS = /Really [a-z ]+\?/;

/** Fills in a form of n8n as a browser does, confirms it on its second page and waits for its last one. */
export async function submitForm(
	session: Session,
	path: string,
	fields: string[],
	login: Record<string, unknown> = session.credentials.page.data,
): Promise<string> {
	const headers = basicAuth(login);
	const body = new FormData();
	fields.forEach((value, index) => body.set(`field-${index}`, value));
	const address = `${session.n8n.url}/form/${path}`;
	const posted = await fetch(address, { method: 'POST', body, headers });
	if (!posted.ok) throw new Error(`The form ${path} answered ${posted.status}.`);
	const { formWaitingUrl } = (await posted.json()) as { formWaitingUrl?: string };
	if (!formWaitingUrl) throw new Error(`The form ${path} has no second page.`);
	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	await waitUntil('the last page of the form', async () =>
		/form-waiting|success|error/.test(await (await fetch(status)).text()),
	);
	const page = await (await fetch(formWaitingUrl, { headers })).text();
	if (!CONFIRMS.test(page)) throw new Error(`The form ${path} asks for no confirmation: ${page}`);
	const pressed = new FormData();
	pressed.set('field-0', 'yes');
	// The list that has to be opened first; its one option says what the press does.
	const chosen = /<option value=['"](Yes: [^'"]+)['"]/.exec(page)?.[1];
	if (!chosen)
		throw new Error(`The form ${path} has nothing to choose on its second page: ${page}`);
	pressed.set('field-1', chosen);
	await fetch(formWaitingUrl, { method: 'POST', body: pressed, headers });
	let last = page;
	await waitUntil('the page after the confirmation', async () => {
		if (!/form-waiting|success|error/.test(await (await fetch(status)).text())) return false;
		last = await (await fetch(formWaitingUrl, { headers })).text();
		return !CONFIRMS.test(last);
	});
	return last;
}

/** The boxes of a workflow by the names of their nodes: an import gives nodes ids of its own. */
export function groupsOf({ nodes, nodeGroups = [] }: Flow): object[] {
	const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
	return nodeGroups
		.map(({ name, description, nodeIds }) => ({
			name,
			description,
			nodes: nodeIds.map((id) => nameOf.get(id) ?? `no node ${id}`).sort(),
		}))
		.sort((left, right) => (left.name < right.name ? -1 : 1));
}
