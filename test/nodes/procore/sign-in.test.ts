import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { DesiredCostCode } from '../../../lib/model/desired';
import { runNode } from '../support/engine';
import { procoreCredential } from '../support/stand-ins';
import { byId, useBench } from './support';

const bench = useBench();

/** A credential a person has connected: an access token and a refresh token that works once. */
function connected(): ICredentialDataDecryptedObject {
	const { tokens, clientId, state } = bench.procore;
	const pair = tokens.issue(clientId, 'authorization_code');
	state.commit();
	return procoreCredential(bench.procore, {
		grantType: 'authorizationCode',
		oauthTokenData: pair as never,
	});
}
const run = async (
	credential: ICredentialDataDecryptedObject,
	parameters: object,
	inputs?: object[][],
) =>
	await runNode({
		node: 'procore',
		parameters: parameters as never,
		credentials: { procoreOAuth2Api: credential },
		...(inputs ? { inputs } : {}),
	});
const grants = () => bench.procore.log().flatMap(({ grant }) => grant ?? []);
const refreshTokenOf = (credential: ICredentialDataDecryptedObject) =>
	(credential.oauthTokenData as unknown as { refresh_token: string }).refresh_token;
const listVendors = { resource: 'vendor', operation: 'getAll', limit: 1 };

test('an expired token is refreshed once, and the new pair is kept: the old one would not work again', async () => {
	bench.mayBeRefused();
	const credential = connected();
	const before = refreshTokenOf(credential);
	for (let time = 0; time < 2; time++) {
		bench.procore.tokens.expireAll();
		bench.procore.state.commit();
		expect((await run(credential, listVendors)).error).toBeUndefined();
	}
	expect(grants()).toEqual(['refresh_token', 'refresh_token']);
	expect(refreshTokenOf(credential)).not.toBe(before);
	expect((await run(credential, listVendors)).error).toBeUndefined();
	expect(grants()).toHaveLength(2);
});

test('requests of several projects that meet an expired token at once refresh it once', async () => {
	bench.mayBeRefused();
	const credential = connected();
	const codes = bench.procore.state.projects.all().map(
		({ id }): DesiredCostCode => ({
			kind: 'costCode',
			originId: `GP:TWO:A:700:P:${id}`,
			source: { company: 'TWO', entity: 'account', key: '700', label: '700', hash: 'h' },
			projectId: String(id),
			code: '700',
			name: 'Account 700',
			active: true,
		}),
	);
	// The first answers are good; then the token dies while five projects are worked on at once.
	let answers = 0;
	const { tokens, state, switches } = bench.procore;
	switches.latencyMs = 20;
	bench.onAnswer(() => {
		if (++answers !== 3) return;
		tokens.expireAll();
		state.commit();
	});
	const { json, error } = await run(credential, { resource: 'costCode', operation: 'sync' }, [
		codes,
	]);
	expect(error).toBeUndefined();
	expect(json().map(({ outcome }) => outcome)).toEqual(codes.map(() => 'created'));
	expect(grants()).toEqual(['refresh_token']);
});

test('a login that was taken back says to connect again, after one try', async () => {
	bench.mayBeRefused();
	const credential = connected();
	bench.procore.tokens.expireAll();
	bench.procore.tokens.revoke(refreshTokenOf(credential));
	bench.procore.state.commit();
	const { error } = await run(credential, listVendors);
	expect(error?.description).toContain('connect it again');
	expect(grants()).toEqual(['refresh_token']);
});

test('a page of another server in place of a token is no answer to the request, which was never sent', async () => {
	const server = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Back soon</html>');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	try {
		const accessTokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/token`;
		const credential = procoreCredential(bench.procore, { accessTokenUrl });
		const { error, json } = await run(credential, {
			...{ resource: 'directCost', operation: 'delete' },
			...{ project: byId(bench.project()), directCost: byId(7) },
		});
		expect(json()).toEqual([]);
		expect(error?.description).toContain('check client id, client secret and environment');
		expect(error?.message).toContain(
			'gave no token but another answer (HTTP 200), which says "Back soon"',
		);
		expect(bench.calls()).toEqual([]);
	} finally {
		server.close();
	}
});
