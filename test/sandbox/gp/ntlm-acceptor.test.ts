import http from 'node:http';

import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { ntHash, ntOneWayV2 } from '../../../sandbox/gp/ntlm/hashes';
import { parseMessage } from '../../../sandbox/gp/ntlm/messages';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { CONTEXT, request } from './request';

// A second implementation of the client side, older than and independent of ours.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- ships no types
const httpntlm = require('httpntlm');
const { ntlm } = httpntlm;

const LOGIN = {
	username: SANDBOX_ACCOUNT.user,
	password: SANDBOX_ACCOUNT.password,
	domain: SANDBOX_ACCOUNT.domain,
	workstation: 'BUILD',
};

let gp: GpStandIn;
let agents: http.Agent[];
let vendors: string;

beforeEach(async () => {
	gp = await startGpServer({ company: { vendorCount: 20, documentCount: 5 } });
	agents = [];
	vendors = `${gp.url}${CONTEXT}/Purchasing/Vendors.json`;
});

afterEach(async () => {
	for (const agent of agents) agent.destroy();
	await gp.close();
});

function oneSocket(): http.Agent {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	agents.push(agent);
	return agent;
}

async function typeTwo(agent: http.Agent, scheme = 'NTLM') {
	const header = ntlm.createType1Message(LOGIN).replace(/^NTLM/, scheme);
	const answer = await request(vendors, { agent, headers: { authorization: header } });
	return { answer, header: String(answer.headers['www-authenticate']) };
}

async function handshake(agent: http.Agent, login: object = LOGIN, scheme = 'NTLM') {
	const { header } = await typeTwo(agent, scheme);
	const second = ntlm.parseType2Message(header.replace(/^Negotiate/, 'NTLM'), () => undefined);
	const third = ntlm.createType3Message(second, login).replace(/^NTLM/, scheme);
	return await request(vendors, { agent, headers: { authorization: third } });
}

function get(login: object): Promise<{ statusCode: number }> {
	return new Promise((resolve, reject) =>
		httpntlm.get(
			{ url: vendors, ...LOGIN, ...login },
			(error: Error | null, response: { statusCode: number }) =>
				error ? reject(error) : resolve(response),
		),
	);
}

describe('the NTLM arithmetic', () => {
	it('gives the figures of MS-NLMP 4.2', () => {
		expect(ntHash('Password').toString('hex')).toBe('a4f49c406510bdcab6824ee7c30fd852');
		expect(ntOneWayV2(ntHash('Password'), 'User', 'Domain').toString('hex')).toBe(
			'0c868a403bfd7a93a3001ef22ef02e3f',
		);
	});

	it('survives any bytes', () => {
		const seed = Buffer.from(ntlm.createType1Message(LOGIN).slice(5), 'base64');
		for (let length = 0; length < 200; length++) {
			for (const type of [1, 2, 3, 255]) {
				const bytes = Buffer.alloc(length, length * 7);
				seed.copy(bytes, 0, 0, Math.min(12, length));
				if (length > 8) bytes[8] = type;
				try {
					parseMessage(bytes);
				} catch (error) {
					expect((error as Error).constructor.name).toBe('MalformedMessage');
				}
			}
		}
	});
});

describe('a Windows login at the stand-in', () => {
	it('lets the right password in', async () => {
		expect((await get({})).statusCode).toBe(200);
		expect(gp.directory.counters['CONTOSO\\gpsvc']).toEqual({
			attempts: 1,
			accepted: 1,
			rejected: 0,
			locked: false,
		});
	});

	it('refuses a wrong password and counts it once', async () => {
		expect((await get({ password: 'wrong' })).statusCode).toBe(401);
		expect(gp.counters.rejectedLogins).toBe(1);
		expect(gp.counters.dataRequests).toBe(0);
	});

	it('refuses an unknown user and a foreign domain', async () => {
		expect((await get({ username: 'nobody' })).statusCode).toBe(401);
		expect((await get({ domain: 'LITWARE' })).statusCode).toBe(401);
	});

	it('locks an account after as many refusals as it was told, and then refuses the right password too', async () => {
		gp.directory.lockOutAfter = 2;
		await get({ password: 'wrong' });
		await get({ password: 'wrong' });
		expect((await get({})).statusCode).toBe(401);
		expect(gp.directory.counters['CONTOSO\\gpsvc'].locked).toBe(true);
	});

	it.each([400, 401] as const)(
		'refuses a handshake split over two sockets with %i, without counting a login',
		async (status) => {
			gp.set({ splitHandshakeStatus: status });
			const { header } = await typeTwo(oneSocket());
			const third = ntlm.createType3Message(
				ntlm.parseType2Message(header, () => undefined),
				LOGIN,
			);
			const answer = await request(vendors, {
				agent: oneSocket(),
				headers: { authorization: third },
			});
			expect(answer.status).toBe(status);
			expect(gp.counters).toMatchObject({ splitHandshakes: 1, rejectedLogins: 0, dataRequests: 0 });
		},
	);

	it('takes a challenge once', async () => {
		const agent = oneSocket();
		const { header } = await typeTwo(agent);
		const third = ntlm.createType3Message(
			ntlm.parseType2Message(header, () => undefined),
			LOGIN,
		);
		expect((await request(vendors, { agent, headers: { authorization: third } })).status).toBe(200);
		expect((await request(vendors, { agent, headers: { authorization: third } })).status).toBe(400);
	});

	it('asks again for every request by default, also on the same socket', async () => {
		const agent = oneSocket();
		expect((await handshake(agent)).status).toBe(200);
		expect((await request(vendors, { agent })).status).toBe(401);
		expect((await handshake(agent)).status).toBe(200);
		expect(gp.counters.connections).toBe(1);
	});

	it('remembers the socket in perConnection mode, and no other', async () => {
		gp.set({ authMode: 'perConnection' });
		const agent = oneSocket();
		expect((await handshake(agent)).status).toBe(200);
		expect((await request(vendors, { agent })).status).toBe(200);
		expect((await request(vendors, { agent: oneSocket() })).status).toBe(401);
	});

	it('offers Negotiate alone in negotiateOnly mode and takes raw NTLM tokens under it', async () => {
		gp.set({ authMode: 'negotiateOnly' });
		expect((await request(vendors)).headers['www-authenticate']).toBe('Negotiate');
		expect((await handshake(oneSocket(), LOGIN, 'Negotiate')).status).toBe(200);
		expect((await typeTwo(oneSocket())).header).toBe('Negotiate');
	});

	it('refuses the 24-byte responses of NTLMv1 and NTLM2 session', async () => {
		gp.set({ ntlm: { targetInfo: false } });
		// Without target information httpntlm falls back to them.
		expect((await handshake(oneSocket())).status).toBe(401);
		expect(gp.log.at(-1)!.login).toContain('NTLMv1');
	});

	it('refuses in strict mode what MS-NLMP forbids: no MIC and an LM response beside a timestamp', async () => {
		gp.set({ ntlm: { strict: true } });
		expect((await handshake(oneSocket())).status).toBe(401);
		expect(gp.counters.rejectedLogins).toBe(1);
	});

	it('refuses a client without a MIC when told to', async () => {
		gp.set({ ntlm: { requireMic: true } });
		expect((await handshake(oneSocket())).status).toBe(401);
		expect(gp.log.at(-1)!.login).toContain('no MIC');
	});

	it('answers junk with 401 and stays up', async () => {
		for (const token of [
			'NTLM',
			'NTLM TlRM',
			`NTLM ${Buffer.from('NTLMSSP\0\x03\0\0\0').toString('base64')}`,
			'Negotiate YIIabc',
		]) {
			expect(
				(await request(vendors, { agent: oneSocket(), headers: { authorization: token } })).status,
			).toBe(401);
		}
		expect(gp.counters.malformedTokens).toBe(4);
	});

	it('drops the line between the legs when told to', async () => {
		gp.set({ dropBetweenLegs: true });
		await expect(handshake(oneSocket())).rejects.toThrow(/hang up|ECONNRESET/);
	});

	it('closes the connection after a challenge when told to', async () => {
		gp.set({ closeAfterChallenge: true });
		expect((await request(vendors, { agent: oneSocket() })).headers.connection).toBe('close');
	});

	it('never writes a token to its log', async () => {
		await handshake(oneSocket());
		expect(JSON.stringify(gp.log)).not.toMatch(/TlRMTVNTUA/);
	});
});
