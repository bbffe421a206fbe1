import { createServer, get } from 'node:http';
import { NodeApiError } from 'n8n-workflow';
import type { IExecuteFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';

import { redactText } from '../../lib/model/redact';
import { createN8nTransport } from '../../nodes/Procore/transport/procore-transport';

const node = {
	id: '1',
	name: 'Procore',
	type: 'procore',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;
const request = {
	method: 'GET' as const,
	url: 'https://api.test/rest',
	headers: {},
	timeoutMs: 1000,
};

/** Answers in turn what n8n's helper would: a full response, or an error as n8n wraps it. */
function transportThat(...answers: unknown[]) {
	const asked: IHttpRequestOptions[] = [];
	const helper = async (_type: string, options: IHttpRequestOptions) => {
		asked.push(options);
		const answer = answers.shift();
		if (answer instanceof Error) throw new NodeApiError(node, answer as never);
		return answer;
	};
	const renew = async () => Promise.reject(answers.shift());
	const context = {
		getCredentials: async () => ({}),
		helpers: { httpRequestWithAuthentication: helper, refreshOAuth2Token: renew },
	} as unknown as IExecuteFunctions;
	return { send: createN8nTransport(context), asked };
}
const failure = (fields: object) => Object.assign(new Error('something of n8n'), fields);

test('n8n hands every status on, a 401 too: several requests would each renew the token', async () => {
	const { send, asked } = transportThat({ statusCode: 200, headers: {}, body: [] });
	await send(request);
	expect(asked[0]).toMatchObject({
		...{ json: true, returnFullResponse: true, timeout: 1000 },
		ignoreHttpStatusErrors: true,
	});
});

/**
 * Procore behind n8n before 2.30, which renews for each caller: a refresh token works once, and whoever
 * uses it again ends the login.
 */
function rotatingLogin({ takesMs = 5, answersMs = [1] } = {}) {
	let token = 1;
	let renewals = 0;
	let dead = false;
	let asked = 0;
	const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
	const ask = async () => {
		const [mine, at] = [token, asked++];
		await later(answersMs[at % answersMs.length]);
		const good = mine > 1 && !dead;
		return { statusCode: good ? 200 : 401, headers: {}, body: good ? [] : { message: 'expired' } };
	};
	const renew = async (mine: number) => {
		renewals += 1;
		await later(takesMs);
		if (dead || mine !== token) {
			dead = true;
			throw failure({ code: 'EAUTH', body: { error: 'invalid_grant' } });
		}
		token += 1;
	};
	const context = {
		getCredentials: async () => ({ oauthTokenData: { access_token: `T${token}` } }),
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				const mine = token;
				options.headers!.Authorization = `Bearer T${mine}`;
				const answer = await ask();
				if (answer.statusCode !== 401 || options.ignoreHttpStatusErrors === true) return answer;
				await renew(mine);
				return await ask();
			},
			refreshOAuth2Token: async () => await renew(token),
		},
	} as unknown as IExecuteFunctions;
	/** As another worker does. */
	const renewElsewhere = () => (token += 1);
	return { context, renewals: () => renewals, renewElsewhere };
}

test('requests that meet an expired token renew it once, also those that hear of it later', async () => {
	const { context, renewals } = rotatingLogin({ answersMs: [1, 30, 2, 60, 3] });
	const [one, other] = ['C1', 'C1'].map((credentialId) =>
		createN8nTransport(context, { credentialId }),
	);
	const all = [one(request), other(request), one(request), other(request), one(request)];
	expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
	expect(renewals()).toBe(1);
});

test('a renewal goes on when the request that asked for it is over: its token is the only one', async () => {
	const { context, renewals } = rotatingLogin({ takesMs: 60 });
	const send = createN8nTransport(context, { credentialId: 'C2' });
	await expect(send({ ...request, timeoutMs: 20 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
	expect((await send(request)).status).toBe(200);
	expect(renewals()).toBe(1);
});

test('a token that another worker has renewed meanwhile is not renewed again', async () => {
	const { context, renewals, renewElsewhere } = rotatingLogin({ answersMs: [20, 1] });
	const sending = createN8nTransport(context, { credentialId: 'C3' })(request);
	renewElsewhere();
	expect((await sending).status).toBe(200);
	expect(renewals()).toBe(0);
});

test('any other status is an answer', async () => {
	const { send } = transportThat({ statusCode: 503, headers: { 'Retry-After': 7 }, body: 'busy' });
	expect(await send(request)).toEqual({
		status: 503,
		headers: { 'retry-after': '7' },
		body: 'busy',
	});
});

test('a second 401 becomes an answer without the request that carried the token', async () => {
	const response = {
		status: 401,
		data: { message: 'The access token is invalid' },
		headers: { 'x-request-id': 'r1', 'set-cookie': 'c' },
	};
	const { send } = transportThat(
		failure({ response, config: { headers: { Authorization: 'Bearer abc' } } }),
	);
	expect(await send(request)).toEqual({
		status: 401,
		headers: { 'x-request-id': 'r1' },
		body: { message: 'The access token is invalid' },
	});
});

test.each([
	['a named refusal', failure({ code: 'EAUTH', body: { error: 'invalid_client' } }), 401],
	['a bare 400', failure({ code: 'ESTATUS', status: 400, body: 'no' }), 401],
	['a login server that is down', failure({ code: 'ESTATUS', status: 503, body: '' }), 503],
	['a page with status 200', failure({ code: 'ESTATUS', status: 200, body: '<html>Soon' }), 401],
	['a redirect', failure({ code: 'ESTATUS', status: 302, body: '' }), 401],
	['a token that is no longer there', failure({ message: 'No refresh token' }), 401],
	[
		'a token that cannot be renewed',
		failure({ message: 'OAuth access token expired. Please reconnect the credentials.' }),
		401,
	],
	['an answer without a token', failure({ message: 'Unable to sign without access token' }), 401],
	[
		'a grant that was revoked',
		failure({ message: 'The credential "P" needs to be reconnected.' }),
		401,
	],
])('%s of the login server becomes an answer', async (_what, error, status) => {
	const { send, asked } = transportThat(error);
	expect(await send(request)).toMatchObject({ status });
	expect(asked).toHaveLength(1);
	const renewing = transportThat({ statusCode: 401, headers: {}, body: {} }, error);
	expect(await renewing.send(request)).toMatchObject({ status });
	expect(renewing.asked).toHaveLength(1);
});

test('silence tells the reason and nothing else', async () => {
	const { send } = transportThat(
		failure({ code: 'ECONNREFUSED', config: { headers: { Authorization: 'Bearer abc' } } }),
	);
	const error = await send(request).catch((caught: unknown) => caught);
	expect(error).toMatchObject({ code: 'ECONNREFUSED' });
	expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('Bearer');
});

test('requests that start together wait for the first, which fetches the token', async () => {
	const full = { statusCode: 200, headers: {}, body: [] };
	const { send, asked } = transportThat(full, full, full);
	const all = [send(request), send(request), send(request)];
	expect(asked).toHaveLength(1);
	await Promise.all(all);
	expect(asked).toHaveLength(3);
});

test('an id too long for a number comes digit by digit, as another one would be another record', async () => {
	const server = createServer((_, response) =>
		response.end('[{"id":9007199254740993,"amount":12.5,"other":562949953442334}]'),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	try {
		const { port } = server.address() as { port: number };
		const body = await new Promise<unknown>((resolve) => get(`http://127.0.0.1:${port}/`, resolve));
		const { send } = transportThat({ statusCode: 200, headers: {}, body });
		expect((await send(request)).body).toEqual([
			{ id: '9007199254740993', amount: 12.5, other: 562949953442334 },
		]);
	} finally {
		server.close();
	}
});

test('the token n8n puts on is known from then on: a server may repeat it', async () => {
	const context = {
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				options.headers!.Authorization = 'Bearer renewed.7';
				return { statusCode: 200, headers: {}, body: [] };
			},
		},
	} as unknown as IExecuteFunctions;
	expect(redactText('you sent renewed.7')).toBe('you sent renewed.7');
	await createN8nTransport(context)(request);
	expect(redactText('you sent renewed.7')).toBe('you sent [hidden]');
});
