import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';

import { dynamicsGpApiTest } from '../../nodes/DynamicsGp/methods/credential-test';
import type { GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { selfSigned } from '../sandbox/gp/self-signed';
import { gpCredential, startSmallGp } from './support/stand-ins';

let gp: GpStandIn;
beforeAll(async () => {
	gp = await startSmallGp();
});
afterAll(async () => await gp.close());
beforeEach(() => gp.reset());

const press = async (change: ICredentialDataDecryptedObject = {}) =>
	await dynamicsGpApiTest.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'GP',
		type: 'dynamicsGpApi',
		data: gpCredential(gp.url, change),
	});

test('a right credential is told to be right', async () => {
	expect(await press()).toEqual({ status: 'OK', message: 'Connected to Dynamics GP' });
	expect(gp.counters.rejectedLogins).toBe(0);
});

test.each([
	[
		'a name nobody knows',
		{ serviceAddress: 'http://no-such-gp.invalid' },
		/no-such-gp\.invalid|name/i,
	],
	['a port nobody listens at', { serviceAddress: 'http://127.0.0.1:9' }, /refused|connect/i],
	['an address that is none', { serviceAddress: 'gp server' }, /service address/i],
	['a company GP does not have', { company: 'Contoso, Ltd.' }, /Contoso, Ltd\..*Fabrikam/s],
	['a user GP does not know', { user: 'nogp' }, /User Setup/],
	['another tenant', { tenant: 'SomeTenant' }, /SomeTenant/],
])('%s is named, with what to do', async (_what, change, message) => {
	const result = await press(change);
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(message);
	expect(result.message).not.toContain('P@ssw0rd-1');
});

test('a wrong password is tried exactly once and not repeated in the message', async () => {
	const result = await press({ password: 'wr0ng-one' });
	expect(result.status).toBe('Error');
	expect(result.message).toMatch(/login/i);
	expect(result.message).not.toContain('wr0ng-one');
	expect(gp.counters.rejectedLogins).toBe(1);
});

test('a certificate nobody vouches for is named; pasting it, or ignoring it, lets the login through', async () => {
	const tls = selfSigned();
	const secure = await startSmallGp({ tls });
	try {
		const at = { serviceAddress: secure.url };
		const refused = await press(at);
		expect(refused.message).toMatch(/certificate/i);
		expect(secure.counters.requests).toBe(0);
		expect(await press({ ...at, trustedAuthority: tls.cert })).toMatchObject({ status: 'OK' });
		expect(await press({ ...at, ignoreTlsProblems: true })).toMatchObject({ status: 'OK' });
	} finally {
		await secure.close();
	}
});
