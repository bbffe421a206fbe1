import http from 'node:http';
import https from 'node:https';
import { findChallenge, parseChallenges } from '../../../lib/ntlm/challenge-schemes';
import { createNegotiateMessage } from '../../../lib/ntlm/messages/messages';

/**
 * One login on one connection with a Type 3 of the test's own making; resolves with the last status.
 * For messages the client would never send.
 */
export async function rawHandshake(
	url: string,
	ca: string | undefined,
	makeType3: (type1: Buffer, type2: Buffer) => Buffer,
): Promise<number> {
	const secure = url.startsWith('https:');
	const agent = secure
		? new https.Agent({ keepAlive: true, maxSockets: 1, ca })
		: new http.Agent({ keepAlive: true, maxSockets: 1 });
	const get = (authorization: string) =>
		new Promise<{ status: number; challenge: string }>((resolve, reject) => {
			const request = (secure ? https : http).get(
				url,
				{ agent, headers: { authorization } },
				(response) => {
					response.resume();
					response.on('end', () =>
						resolve({
							status: response.statusCode ?? 0,
							challenge: response.headers['www-authenticate'] ?? '',
						}),
					);
				},
			);
			request.on('error', reject);
		});
	try {
		const type1 = createNegotiateMessage();
		const { challenge } = await get(`NTLM ${type1.toString('base64')}`);
		const token = findChallenge(parseChallenges([challenge]), 'NTLM')?.token;
		if (token === undefined) throw new Error(`The peer sent no challenge: ${challenge}`);
		const type3 = makeType3(type1, Buffer.from(token, 'base64'));
		return (await get(`NTLM ${type3.toString('base64')}`)).status;
	} finally {
		agent.destroy();
	}
}
