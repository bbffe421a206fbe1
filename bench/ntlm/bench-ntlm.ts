import { startDelayProxy } from './delay-proxy';
import { httpntlmClient, thisClient, type Contender } from './contenders';
import { ACCOUNT, startBenchServers } from './servers';

export interface BenchRow {
	name: string;
	value: number;
	unit: string;
	goal?: string;
	met?: boolean;
}

const ROUND_TRIP_MS = 20;
const ROUNDS = 4;
const CALLS_PER_ROUND = 15;

interface Times {
	open: number;
	ours: number;
	httpntlm: number;
	/** HTTP requests per call once the first two calls are over. */
	requestsPerCall: number;
}

/**
 * What a Windows login costs at a round trip of 20 ms: this client beside the same client without a
 * login and beside httpntlm, in turns, through the same proxy, against the same server.
 */
export async function benchNtlm(): Promise<BenchRow[]> {
	const servers = await startBenchServers();
	try {
		const http = await measure(servers.http.port, 'http');
		const https = await measure(servers.https.port, 'https', servers.ca);
		const perRequest = await measure(servers.perRequest.port, 'http');
		const row = (name: string, value: number, unit: string): BenchRow => ({
			name: `NTLM (${servers.verifier}, ${ROUND_TRIP_MS} ms): ${name}`,
			value: Math.round(value * 1000) / 1000,
			unit,
		});
		const atMost = (limit: number, base: BenchRow): BenchRow => ({
			...base,
			goal: `<= ${limit}`,
			met: base.value <= limit,
		});
		const atLeast = (limit: number, base: BenchRow): BenchRow => ({
			...base,
			goal: `>= ${limit}`,
			met: base.value >= limit,
		});
		return [
			row('GET without login, kept connection, http', http.open, 'ms'),
			row('GET with login per connection, http', http.ours, 'ms'),
			row('GET with login per connection, https', https.ours, 'ms'),
			row('GET with login per request, http', perRequest.ours, 'ms'),
			row('GET by httpntlm, http', http.httpntlm, 'ms'),
			row('GET by httpntlm, https', https.httpntlm, 'ms'),
			atMost(1.05, row('login per connection / no login, http', http.ours / http.open, 'x')),
			atMost(1.05, row('login per connection / no login, https', https.ours / https.open, 'x')),
			atMost(2.1, row('login per request / no login', perRequest.ours / perRequest.open, 'x')),
			atLeast(2.9, row('faster than httpntlm, http', http.httpntlm / http.ours, 'x')),
			atLeast(4, row('faster than httpntlm, https', https.httpntlm / https.ours, 'x')),
			row('faster than httpntlm, login per request', perRequest.httpntlm / perRequest.ours, 'x'),
			atMost(1, row('requests per GET, login per connection', http.requestsPerCall, 'requests')),
			atMost(2, row('requests per GET, login per request', perRequest.requestsPerCall, 'requests')),
		];
	} finally {
		await servers.stop();
	}
}

/** Times the three contenders in turns, so that a busy moment of the machine hits all of them. */
async function measure(port: number, scheme: 'http' | 'https', ca?: string): Promise<Times> {
	const proxy = await startDelayProxy(port, ROUND_TRIP_MS);
	const origin = `${scheme}://localhost:${proxy.port}`.replace(
		'http://localhost',
		'http://127.0.0.1',
	);
	const windows = { kind: 'windows', ...ACCOUNT } as const;
	const contenders = {
		open: thisClient({ kind: 'none' }, `${origin}/open/ping.json`, ca),
		ours: thisClient(windows, `${origin}/gp/ping.json`, ca),
		httpntlm: httpntlmClient(ACCOUNT, `${origin}/gp/ping.json`, ca),
	};
	try {
		const times: Record<keyof typeof contenders, number[]> = { open: [], ours: [], httpntlm: [] };
		for (const contender of Object.values(contenders)) await warmUp(contender);
		const before = contenders.ours.requests();
		for (let round = 0; round < ROUNDS; round += 1) {
			for (const [name, contender] of Object.entries(contenders)) {
				for (let call = 0; call < CALLS_PER_ROUND; call += 1) {
					const start = performance.now();
					await contender.get();
					times[name as keyof typeof contenders].push(performance.now() - start);
				}
			}
		}
		return {
			open: lowerQuartile(times.open),
			ours: lowerQuartile(times.ours),
			httpntlm: lowerQuartile(times.httpntlm),
			requestsPerCall: (contenders.ours.requests() - before) / (ROUNDS * CALLS_PER_ROUND),
		};
	} finally {
		for (const contender of Object.values(contenders)) contender.close();
		await proxy.close();
	}
}

/** The first call logs in, the second shows whether the login lasts; a third lets the JIT settle. */
async function warmUp(contender: Contender): Promise<void> {
	for (let call = 0; call < 3; call += 1) await contender.get();
}

/**
 * The time a quarter of the calls stayed below: what the wire and both ends cost, with less of what
 * else the machine was doing at the moment. The same measure for every contender.
 */
function lowerQuartile(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[sorted.length >> 2];
}
