import type { FlowNode } from '../../cli/flow/flow';
import { opensToNetwork } from '../../cli/flow/guards';
import { readShipped } from '../../cli/shipped/shipped';
import type { Session } from '../../sandbox/start/session';
import { basicAuth, openSession, waitUntil } from './support';

/** Every address at which the published set listens, as a browser would call it. */
const ADDRESSES = readShipped().templates.flatMap(({ id, nodes }) =>
	nodes.filter(opensToNetwork).flatMap((node) => addressesOf(id, node)),
);

let session: Session;
let end: () => Promise<void> = async () => {};

beforeAll(async () => {
	({ session, end } = await openSession({ vendors: 5, documents: 10, publish: true }));
	const page = `${session.n8n.url}/webhook/gpp-dashboard`;
	await waitUntil('the page', async () => {
		return (await fetch(page, { headers: basicAuth(session.credentials.page.data) })).ok;
	});
});

afterAll(() => end());

test('the set listens at these addresses', () => {
	expect(ADDRESSES.length).toBe(12);
});

describe.each(ADDRESSES)('$name', ({ method, path }) => {
	const call = async (prefix: string, headers: Record<string, string> = {}) => {
		const body = new FormData();
		body.set('field-0', 'No, write to Procore');
		return await fetch(`${session.n8n.url}/${prefix}/${path}`, {
			method,
			headers,
			redirect: 'manual',
			...(method === 'POST' && { body }),
		});
	};
	const production = path.endsWith('-form') ? 'form' : 'webhook';

	it('refuses a stranger and a wrong password', async () => {
		const wrong = `Basic ${Buffer.from('accounting:guess').toString('base64')}`;
		expect((await call(production)).status).toBe(401);
		expect((await call(production, { authorization: wrong })).status).toBe(401);
		expect((await call(production, { authorization: 'Bearer guess' })).status).toBe(401);
	});

	it('says nothing of the firm where it refuses, and lets no other site read its answers', async () => {
		const answer = await call(production, { origin: 'https://elsewhere.example' });
		expect(answer.status).toBe(401);
		expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
		expect(await answer.text()).not.toMatch(/Procore|Dynamics|vendor/i);
	});

	it('has no test address that answers', async () => {
		expect([401, 404]).toContain((await call(`${production}-test`)).status);
	});

	if (method === 'GET')
		it('opens with the login', async () => {
			expect((await call(production, basicAuth(session.credentials.page.data))).status).toBe(200);
		});
});

test('nothing was begun by all this', async () => {
	expect(await session.n8n.tables.rows('gpp_run')).toEqual([]);
	expect(await session.n8n.tables.rows('gpp_request')).toEqual([]);
});

function addressesOf(id: string, node: FlowNode) {
	const form = node.type === 'n8n-nodes-base.formTrigger';
	const methods = form ? ['GET', 'POST'] : [String(node.parameters.httpMethod)];
	const path = form ? String(node.webhookId) : String(node.parameters.path);
	return methods.map((method) => ({ name: `${id}: ${method} ${path}`, method, path }));
}
