import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { type Caller, start } from './client';

let caller: Caller;
let standIn: ProcoreStandIn;
let time = Date.parse('2026-11-01T08:00:00Z');

beforeEach(async () => {
	caller = await start({ now: () => time, switches: { autoConsent: true } });
	standIn = caller.standIn;
});
afterEach(async () => await standIn.close());

const client = () => ({ client_id: standIn.clientId, client_secret: standIn.clientSecret });
const redirect = 'http://localhost:5678/rest/oauth2-credential/callback';
const token = (fields: object) => caller.post('/oauth/token', { ...client(), ...fields });

async function code(): Promise<string> {
	const query = new URLSearchParams({
		response_type: 'code',
		client_id: standIn.clientId,
		redirect_uri: redirect,
		state: 'xyz',
	});
	const answer = await caller.get(`/oauth/authorize?${query}`);
	const target = new URL(answer.headers.get('location')!);
	expect(target.searchParams.get('state')).toBe('xyz');
	return target.searchParams.get('code')!;
}

async function form(body: URLSearchParams | FormData) {
	const response = await fetch(`${standIn.url}/oauth/token`, { method: 'POST', body });
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('client credentials give an access token of 90 minutes and no refresh token', async () => {
	const answer = await token({ grant_type: 'client_credentials' });
	expect(answer.status).toBe(200);
	expect(answer.body).toEqual({
		access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
		token_type: 'bearer',
		expires_in: 5400,
		created_at: Math.floor(time / 1000),
	});
});

test('the token request may be urlencoded or multipart', async () => {
	const fields = { ...client(), grant_type: 'client_credentials' };
	const multipart = new FormData();
	for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
	expect((await form(new URLSearchParams(fields))).body.token_type).toBe('bearer');
	expect((await form(multipart)).body.token_type).toBe('bearer');
});

test('wrong client data is refused as OAuth does', async () => {
	const answer = await token({ grant_type: 'client_credentials', client_secret: 'wrong' });
	expect(answer.status).toBe(401);
	expect(answer.body.error).toBe('invalid_client');
	standIn.switches.oauthErrorBody = 'html';
	expect((await token({ grant_type: 'client_credentials', client_id: 'x' })).body).toContain(
		'<html>',
	);
});

test('an authorization code works once, with its own address, for ten minutes', async () => {
	const once = { grant_type: 'authorization_code', redirect_uri: redirect, code: await code() };
	expect((await token(once)).body.refresh_token).toEqual(expect.any(String));
	expect((await token(once)).status).toBe(400);
	const elsewhere = { ...once, code: await code(), redirect_uri: 'http://localhost/other' };
	expect((await token(elsewhere)).body.error).toBe('invalid_grant');
	const late = { ...once, code: await code() };
	time += 11 * 60 * 1000;
	expect((await token(late)).body.error).toBe('invalid_grant');
});

test('the consent page asks first, and an unregistered address is refused', async () => {
	standIn.switches.autoConsent = false;
	const query = `response_type=code&client_id=${standIn.clientId}&redirect_uri=${encodeURIComponent(redirect)}`;
	const page = await caller.get(`/oauth/authorize?${query}&state=%22%3E%3Cb%3E`);
	expect(page.status).toBe(200);
	expect(page.body).toContain('Allow');
	expect(page.body).not.toContain('"><b>');
	const foreign = `response_type=code&client_id=${standIn.clientId}&redirect_uri=https%3A%2F%2Fevil.example`;
	expect((await caller.get(`/oauth/authorize?${foreign}`)).status).toBe(401);
});

test('a refresh token is rotated and works once, even when the call that used it failed', async () => {
	const refresh = async () => {
		const grant = { grant_type: 'authorization_code', redirect_uri: redirect, code: await code() };
		return (await token(grant)).body.refresh_token as string;
	};
	const first = await refresh();
	const second = await token({ grant_type: 'refresh_token', refresh_token: first });
	expect(second.body.refresh_token).not.toBe(first);
	expect((await token({ grant_type: 'refresh_token', refresh_token: first })).status).toBe(401);
	standIn.switches.refreshTokenReuseStatus = 400;
	expect((await token({ grant_type: 'refresh_token', refresh_token: first })).status).toBe(400);
	const next = second.body.refresh_token;
	standIn.faults.add({ path: '^/oauth/token$', times: 1, action: { kind: 'loseResponse' } });
	await expect(token({ grant_type: 'refresh_token', refresh_token: next })).rejects.toThrow();
	expect((await token({ grant_type: 'refresh_token', refresh_token: next })).status).toBe(400);
});

test('a refresh token shown by another client is refused and spent', async () => {
	const other = { clientId: 'other', clientSecret: 'other-secret' };
	const own = { clientId: 'own', clientSecret: 'own-secret' };
	const two = await start({ clients: [own, other], switches: { autoConsent: true } });
	const post = (one: typeof own, fields: object) =>
		two.post('/oauth/token', {
			client_id: one.clientId,
			client_secret: one.clientSecret,
			...fields,
		});
	const query = new URLSearchParams({
		response_type: 'code',
		client_id: 'own',
		redirect_uri: redirect,
	});
	const answer = await two.get(`/oauth/authorize?${query}`);
	const granted = new URL(answer.headers.get('location')!).searchParams.get('code');
	const grant = { grant_type: 'authorization_code', redirect_uri: redirect, code: granted };
	const { refresh_token } = (await post(own, grant)).body;
	expect((await post(other, { grant_type: 'refresh_token', refresh_token })).status).toBe(401);
	expect((await post(own, { grant_type: 'refresh_token', refresh_token })).status).toBe(401);
	await two.standIn.close();
});

test('an access token dies at its time, on revocation and when the admin says so', async () => {
	expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
	const info = await caller.get('/oauth/token/info');
	expect(info.body).toMatchObject({ expires_in_seconds: 5400, scopes: [] });
	time += 5400 * 1000;
	const late = await caller.get('/rest/v1.0/me');
	expect(late.status).toBe(401);
	expect(late.body).toEqual({ errors: 'The access token is invalid' });
	standIn.switches.tokenTtlSeconds = 2;
	await caller.logIn();
	time += 1000;
	expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
	time += 1000;
	expect((await caller.get('/rest/v1.0/me')).status).toBe(401);
	standIn.switches.tokenTtlSeconds = 5400;
	await caller.logIn();
	await caller.post('/oauth/revoke', { ...client(), token: caller.token });
	expect((await caller.get('/rest/v1.0/me')).status).toBe(401);
	await caller.logIn();
	await caller.admin('POST', '/admin/expire-tokens', {});
	expect((await caller.get('/rest/v1.0/me')).status).toBe(401);
});

test('a person may list companies without naming one; a service account may not', async () => {
	const none = { 'Procore-Company-Id': '' };
	expect((await caller.get('/rest/v1.0/companies', none)).status).toBe(404);
	const grant = { grant_type: 'authorization_code', redirect_uri: redirect, code: await code() };
	caller.token = (await token(grant)).body.access_token;
	standIn.clearTraffic();
	const list = await caller.get('/rest/v1.0/companies', none);
	expect(list.body[0]).toMatchObject({ id: standIn.companyId, name: 'Fabrikam Construction' });
	expect(standIn.health().missingCompanyHeader).toBe(0);
	const path = `/rest/v1.1/projects?company_id=${standIn.companyId}`;
	expect((await caller.get(path, none)).status).toBe(404);
});
