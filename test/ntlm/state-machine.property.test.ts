import fc from 'fast-check';
import { ConnectorError } from '../../lib/model/connector-error';
import { createWindowsHttpClient } from '../../lib/ntlm/windows-http-client';
import { ACCOUNT, startNtlmServer, type Fault, type NtlmServer } from './helpers/ntlm-server';

/**
 * A server that misbehaves at random. Whatever it does, every request ends with an answer or a typed
 * error, no login spans two connections, and a refused password is not sent again.
 */
const faults: fc.Arbitrary<Fault | undefined> = fc.oneof(
	{ weight: 6, arbitrary: fc.constant(undefined) },
	{
		weight: 4,
		arbitrary: fc.constantFrom<Fault>(
			'close',
			400,
			401,
			503,
			'connection-close',
			'half-answer',
			'garbage',
		),
	},
);

const scenario = fc.record({
	script: fc.array(faults, { minLength: 1, maxLength: 12 }),
	lasts: fc.constantFrom('connection' as const, 'request' as const),
	oneLoginPerConnection: fc.boolean(),
	offers: fc.constantFrom('NTLM', 'Negotiate', 'Negotiate, NTLM'),
	rightPassword: fc.boolean(),
	requests: fc.array(fc.constantFrom('GET' as const, 'POST' as const), {
		minLength: 1,
		maxLength: 8,
	}),
	callers: fc.constantFrom(1, 3),
});

describe('the state machine of a connection', () => {
	let server: NtlmServer;
	const unhandled: unknown[] = [];
	const note = (reason: unknown) => unhandled.push(reason);

	beforeAll(async () => {
		server = await startNtlmServer();
		process.on('unhandledRejection', note);
		process.on('uncaughtException', note);
	});
	afterAll(async () => {
		process.off('unhandledRejection', note);
		process.off('uncaughtException', note);
		await server.close();
	});

	test('holds its promises under random closes, 400s, 401s and broken answers', async () => {
		const reached = new Set<string>();
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				let step = 0;
				server.seen.length = 0;
				server.type3.length = 0;
				server.refusedLogins.length = 0;
				server.splitHandshakes = 0;
				server.options = {
					lasts: given.lasts,
					oneLoginPerConnection: given.oneLoginPerConnection,
					offers: given.offers,
					fault: () => given.script[step++],
				};
				const client = createWindowsHttpClient({
					authentication: {
						kind: 'windows',
						...ACCOUNT,
						password: given.rightPassword ? ACCOUNT.password : 'wrong',
					},
					maxSockets: given.callers,
				});
				const queue = [...given.requests];
				const outcomes: string[] = [];
				const caller = async () => {
					for (let method = queue.shift(); method !== undefined; method = queue.shift()) {
						try {
							const answer = await client.request({
								method,
								url: `${server.url}/gp`,
								...(method === 'POST' ? { body: 'x' } : {}),
								timeoutMs: 5_000,
							});
							outcomes.push(String(answer.status));
							if (answer.status === 200) expect(answer.body.toString()).toBe('{"ok":true}');
						} catch (error) {
							expect(error).toBeInstanceOf(ConnectorError);
							outcomes.push((error as ConnectorError).code);
						}
					}
				};
				await Promise.all(Array.from({ length: given.callers }, caller));
				client.close();

				for (const outcome of outcomes) reached.add(outcome);
				expect(outcomes).toHaveLength(given.requests.length);
				expect(outcomes).not.toContain('401');
				expect(outcomes).not.toContain('request-timeout');
				expect(server.splitHandshakes).toBe(0);
				// Logins under way at the same moment cannot be called back once one was accepted before.
				const most = given.rightPassword ? given.callers : 1;
				expect(server.refusedLogins.length).toBeLessThanOrEqual(most);
				expect(client.counters.rejectedLogins).toBe(server.refusedLogins.length);
				if (!given.rightPassword) expect(outcomes).not.toContain('200');
				// One POST asked for, at most one body on the wire.
				const bodies = server.seen.filter((seen) => seen.body !== '').length;
				expect(bodies).toBeLessThanOrEqual(
					given.requests.filter((method) => method === 'POST').length,
				);
				// A request needs at most: its first message, then two logins of two messages each.
				expect(server.seen.length).toBeLessThanOrEqual(given.requests.length * 6);
			}),
			{ numRuns: 400 },
		);
		expect(unhandled).toEqual([]);
		expect([...reached]).toEqual(
			expect.arrayContaining(['200', '503', 'windows-login-rejected', 'connection-lost']),
		);
	}, 50_000);
});
