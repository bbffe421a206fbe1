import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';

import { dynamicsGpApiTest } from '../../nodes/DynamicsGp/methods/credential-test';
import type { GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { runNode, type NodeRun } from './support/engine';
import { gpCredential, startSmallGp } from './support/stand-ins';

/* The node's operations through each door, with nothing changed but the credential. */
const DOORS = ['sba', 'odata', 'soap'];

let gp: GpStandIn;
beforeAll(async () => {
	gp = await startSmallGp({ company: { vendorCount: 20, documentCount: 50 } });
});
afterAll(async () => await gp.close());
beforeEach(() => gp.reset());

const read = async (
	door: string,
	parameters: NodeRun['parameters'],
	change: ICredentialDataDecryptedObject = {},
) =>
	await runNode({
		node: 'dynamicsGp',
		parameters: { options: { pauseMs: 0 }, ...parameters },
		credentials: { dynamicsGpApi: gpCredential(gp.url, { door, ...change }) },
	});

test.each(DOORS)('%s: get, get many, get changes and find deleted', async (door) => {
	const many = await read(door, { resource: 'payable', operation: 'getAll', returnAll: true });
	expect(many.error).toBeUndefined();
	const [first] = many.json();
	expect(first).toMatchObject({ kind: 'payable', distributions: expect.any(Array) });
	const one = await read(door, {
		resource: 'payable',
		operation: 'get',
		documentType: first.documentType as string,
		voucher: first.voucher as string,
	});
	expect(one.json()).toMatchObject([first]);

	const changes = await read(door, {
		resource: 'payable',
		operation: 'getChanges',
		batchSize: 500,
	});
	expect(changes.json().at(-1)).toMatchObject({
		kind: 'checkpoint',
		completeness: { proven: true },
	});

	const victim = [...gp.company.documents.values()].find(({ state }) => state === 'work')!;
	const knownKeys = [...gp.company.documents.keys()];
	gp.edits.deleteVoucher(`${victim.documentType};${victim.voucher}`);
	const deleted = await read(door, {
		resource: 'payable',
		operation: 'findDeleted',
		mostDeletedPercent: 5,
		knownKeys,
	});
	// Payments among the known keys are no deleted documents, though SOAP lists none.
	expect(knownKeys.some((key) => key.startsWith('6;'))).toBe(true);
	expect(deleted.json().map(({ key }) => key)).toEqual([
		`${victim.documentType};${victim.voucher}`,
	]);
	const used = Object.keys(gp.counters.reads).join();
	expect(used).toMatch({ sba: /payables list/, odata: /odata/, soap: /soap/ }[door]!);
});

test('the option of the node wins over the credential', async () => {
	await read('sba', {
		resource: 'vendor',
		operation: 'getAll',
		limit: 1,
		options: { pauseMs: 0, siteProfile: 'soap' },
	});
	expect(Object.keys(gp.counters.reads)).toContain('soap GetVendorList');
});

test('Survey says what the door lacks, and the right setting for an address of another', async () => {
	const { json } = await read('soap', { resource: 'service', operation: 'survey' });
	expect((json()[0].advice as string[]).join()).toMatch(/retainage/);
	const { error } = await read(
		'sba',
		{ resource: 'service', operation: 'survey' },
		{ serviceAddress: 'http://gp.example.com:48620/Dynamics/GPService' },
	);
	expect(error?.message).toMatch(/native endpoint/);
	expect(error?.description).toContain('Web Services (SOAP)');
});

const press = async (change: ICredentialDataDecryptedObject) =>
	await dynamicsGpApiTest.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'GP',
		type: 'dynamicsGpApi',
		data: gpCredential(gp.url, { door: 'soap', ...change }),
	});

test('the credential test passes through the Web Services', async () => {
	expect(await press({})).toEqual({ status: 'OK', message: 'Connected to Dynamics GP' });
});

test.each<[string, ICredentialDataDecryptedObject, RegExp]>([
	['the native endpoint', { serviceAddress: 'http://gp:48620/Dynamics/GPService' }, /asmx/],
	['a company GP does not have', { company: 'Contoso, Ltd.' }, /Contoso, Ltd\..*Fabrikam/s],
	['a user without a role', { user: 'nogp' }, /Security Console/],
	['a wrong password', { password: 'wr0ng-one' }, /login/i],
])('the credential test names %s, with what to do', async (_what, change, message) => {
	const result = await press(change);
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(message);
	expect(result.message).not.toContain('wr0ng-one');
	expect(gp.counters.rejectedLogins).toBeLessThanOrEqual(1);
});
