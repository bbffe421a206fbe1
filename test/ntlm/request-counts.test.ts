import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../lib/ntlm/windows-http-client';
import { ACCOUNT, startNtlmServer, type NtlmServer } from './helpers/ntlm-server';

describe('requests on the wire', () => {
	let server: NtlmServer;
	let client: WindowsHttpClient;

	const start = async (options: Parameters<typeof startNtlmServer>[0], maxSockets?: number) => {
		server = await startNtlmServer(options);
		client = createWindowsHttpClient({
			authentication: { kind: 'windows', ...ACCOUNT },
			maxSockets,
		});
	};
	const get = (path = '/gp') => client.request({ method: 'GET', url: server.url + path });
	afterEach(async () => {
		client.close();
		await server.close();
	});

	test('a server that authenticates the connection gets one request per GET after the login', async () => {
		await start({ lasts: 'connection' });
		expect((await get()).status).toBe(200);
		expect(server.seen.map((seen) => seen.leg)).toEqual(['plain', 'type1', 'type3']);
		for (let index = 0; index < 50; index += 1) expect((await get()).status).toBe(200);
		expect(server.seen).toHaveLength(3 + 50);
		expect(server.seen.slice(3).every((seen) => seen.leg === 'plain' && seen.socket === 1)).toBe(
			true,
		);
		expect(client.counters).toEqual({ requests: 53, handshakes: 1, rejectedLogins: 0 });
	});

	test('a server that authenticates each request gets two requests per GET once that is learnt', async () => {
		await start({ lasts: 'request' });
		await get();
		await get();
		const learnt = server.seen.length;
		expect(learnt).toBe(3 + 3);
		for (let index = 0; index < 50; index += 1) expect((await get()).status).toBe(200);
		expect(server.seen).toHaveLength(learnt + 2 * 50);
		expect(new Set(server.seen.map((seen) => seen.socket))).toEqual(new Set([1]));
	});

	test.each(['connection', 'request'] as const)(
		'twelve callers at once get 500 answers out of 500 from a per-%s server',
		async (lasts) => {
			await start({ lasts }, 12);
			let left = 500;
			const statuses: number[] = [];
			const caller = async () => {
				while (left > 0) {
					left -= 1;
					statuses.push((await get()).status);
				}
			};
			await Promise.all(Array.from({ length: 12 }, caller));
			expect(statuses).toHaveLength(500);
			expect(statuses.every((status) => status === 200)).toBe(true);
			expect(server.splitHandshakes).toBe(0);
			expect(new Set(server.seen.map((seen) => seen.socket)).size).toBeLessThanOrEqual(12);
			if (lasts === 'connection') expect(client.counters.handshakes).toBeLessThanOrEqual(12);
		},
	);
});
