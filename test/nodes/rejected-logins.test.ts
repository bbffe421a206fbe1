import type { IDataObject, INode } from 'n8n-workflow';

import { GpLoginRefused } from '../../lib/gp/errors/refusals';
import {
	forgetLogins,
	noteLogin,
	refuseRemembered,
} from '../../nodes/DynamicsGp/transport/rejected-logins';

const NODE = { name: 'GP vendors', type: 'dynamicsGp', typeVersion: 1 } as INode;
const LOGIN = {
	serviceAddress: 'https://gp',
	user: 'gpsvc',
	domain: 'CONTOSO',
	password: 'secret-7',
};
const refusal = () => new GpLoginRefused({ address: 'https://gp/GPService', httpStatus: 401 });

beforeEach(forgetLogins);

test('a refused login is not tried again, by any workflow of this process', () => {
	noteLogin(LOGIN, refusal(), {});
	expect(() => refuseRemembered(NODE, LOGIN, {})).toThrow(/not tried again by schedule/);
});

test('it is remembered over a restart, without the password or a quick hash of it', () => {
	const stored: IDataObject = {};
	noteLogin(LOGIN, refusal(), stored);
	noteLogin(LOGIN, refusal(), stored);
	forgetLogins();
	const kept = JSON.parse(JSON.stringify(stored)) as IDataObject;
	expect(JSON.stringify(kept)).not.toContain(LOGIN.password);
	expect(kept.refusedGpLogins).toHaveLength(1);
	expect(() => refuseRemembered(NODE, LOGIN, kept)).toThrow(/not tried again by schedule/);
});

test('another password, user or server is another login', () => {
	const stored: IDataObject = {};
	noteLogin(LOGIN, refusal(), stored);
	for (const change of [{ password: 'other' }, { user: 'gp2' }, { serviceAddress: 'https://gp2' }])
		refuseRemembered(NODE, { ...LOGIN, ...change }, stored);
});

test('once it was taken, after a person tried it, the schedule uses it again', () => {
	const stored: IDataObject = {};
	noteLogin(LOGIN, refusal(), stored);
	noteLogin(LOGIN, null, stored);
	refuseRemembered(NODE, LOGIN, stored);
	forgetLogins();
	refuseRemembered(NODE, LOGIN, stored);
	expect(stored.refusedGpLogins).toEqual([]);
});

test('any other fault says nothing about the login', () => {
	noteLogin(LOGIN, new Error('the server is away'), {});
	refuseRemembered(NODE, LOGIN, {});
});
