import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';

import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { runNode } from '../support/engine';
import { procoreCredential } from '../support/stand-ins';
import { byId } from './support';

/** What stands in place of Procore: gives tokens, and one answer to everything else. */
let given = { status: 200, type: 'text/html', body: '' };
const asked: string[] = [];
const server = createServer((request, response) => {
	request.resume();
	const isLogin = request.url!.startsWith('/oauth');
	if (!isLogin) asked.push(`${request.method} ${request.url!.replace(/\?.*/, '')}`);
	const { status, type, body } = isLogin
		? { status: 200, type: 'application/json', body: '{"access_token":"t","token_type":"bearer"}' }
		: given;
	response.writeHead(status, { 'content-type': type }).end(body);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());
beforeEach(() => void asked.splice(0));

async function run(parameters: object, clientId: string) {
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const procore = { url, companyId: 1, clientId, clientSecret: 's' } as unknown as ProcoreStandIn;
	return await runNode({
		node: 'procore',
		parameters: parameters as INodeParameters,
		credentials: { procoreOAuth2Api: procoreCredential(procore) },
	});
}

const project = byId(5);
const one = byId(7);
const READS_AND_WRITES: Array<[string, object]> = [
	['reads a direct cost', { resource: 'directCost', operation: 'get', project, directCost: one }],
	['reads a vendor', { resource: 'vendor', operation: 'get', vendor: one }],
	['creates a vendor', { resource: 'vendor', operation: 'create', name: 'A' }],
	[
		'updates a vendor',
		{ resource: 'vendor', operation: 'update', vendor: one, updateFields: { name: 'B' } },
	],
	['deactivates a vendor', { resource: 'vendor', operation: 'deactivate', vendor: one }],
	['reactivates a vendor', { resource: 'vendor', operation: 'reactivate', vendor: one }],
	[
		'creates a cost code',
		{ resource: 'costCode', operation: 'create', project, code: '1', name: 'x' },
	],
	[
		'updates a cost code',
		{ ...{ resource: 'costCode', operation: 'update', project, costCode: one }, updateFields: {} },
	],
	[
		'reads a subcontractor invoice',
		{ resource: 'requisition', operation: 'get', project, requisition: one },
	],
];
const DELETES = { resource: 'directCost', operation: 'delete', project, directCost: one };
const ADDS = { resource: 'vendor', operation: 'addToProject', project, vendor: one };

const PAGE = { status: 200, type: 'text/html', body: '<html>Sign in to the network</html>' };
const NOTHING = { status: 200, type: 'application/json', body: '' };

test.each([...READS_AND_WRITES, ['deletes a direct cost', DELETES], ['adds a vendor', ADDS]])(
	'a page of a proxy with status 200 is no answer to what %s',
	async (what, parameters) => {
		given = PAGE;
		const { error, json } = await run(parameters as object, String(what));
		expect(json()).toEqual([]);
		expect(error?.message).toMatch(/answered something else \(HTTP 200\)/);
		expect(error?.description).toContain('look in Procore before you send it again');
	},
);

test.each(READS_AND_WRITES)('neither is nothing at all, where it %s', async (what, parameters) => {
	given = NOTHING;
	const { error, json } = await run(parameters, `nothing ${what}`);
	expect(json()).toEqual([]);
	expect(error?.message).toMatch(/answered (nothing|something that is no list)/);
});

test.each([
	['says which', { status: 200, body: '{"id":7}' }, 1],
	['has nothing to say', { status: 204, body: '' }, 1],
])('a delete whose answer %s is believed', async (what, { status, body }, calls) => {
	given = { status, type: 'application/json', body };
	const { error, json } = await run(DELETES, `delete ${what}`);
	expect(error).toBeUndefined();
	expect(json()).toEqual([{ deleted: true }]);
	expect(asked).toHaveLength(calls);
});

test('a delete that is answered by an empty 200 is looked at', async () => {
	given = NOTHING;
	const { error, json } = await run(DELETES, 'looked at');
	expect(json()).toEqual([]);
	expect(error?.message).toMatch(/answered nothing/);
	const path = '/rest/v1.1/projects/5/direct_costs/7';
	expect(asked).toEqual([`DELETE ${path}`, `GET ${path}`]);
});

test('what is asked freely may answer anything, and gives an item all the same', async () => {
	given = { status: 200, type: 'text/plain', body: 'pong' };
	const free = {
		resource: 'apiRequest',
		operation: 'send',
		method: 'GET',
		path: '/rest/v1.0/ping',
	};
	expect((await run(free, 'free')).json()).toEqual([{ answer: 'pong' }]);
	given = { status: 201, type: 'application/json', body: '' };
	expect((await run(ADDS, 'added')).json()).toEqual([{ answer: '' }]);
});
