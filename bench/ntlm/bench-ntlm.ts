import type { Figure } from '../figure';
import { startDelayProxy } from './delay-proxy';
import { axiosNtlmClient, httpntlmClient, thisClient, type Contender } from './contenders';
import { ACCOUNT, startBenchServers } from './servers';

const ROUND_TRIP_MS = 20;
const ROUNDS = 4;
const CALLS_PER_ROUND = 15;

interface Times {
	open: number;
	ours: number;
	httpntlm: number;
	/** Null where it cannot log in at all. */
	axiosNtlm: number | null;
	/** HTTP requests per call once the first two calls are over. */
	requestsPerCall: number;
}

/**
 * What a Windows login costs at a round trip of 20 ms, and of none: this client beside the same client
 * without a login, beside httpntlm and axios-ntlm, in turns, through the same proxy, against the same server.
 */
export async function benchNtlm(): Promise<Figure[]> {
	const servers = await startBenchServers();
	try {
		const http = await measure(servers.http.port, 'http', ROUND_TRIP_MS);
		const https = await measure(servers.https.port, 'https', ROUND_TRIP_MS, servers.ca);
		const perRequest = await measure(servers.perRequest.port, 'http', ROUND_TRIP_MS);
		const near = await measure(servers.http.port, 'http', 0);
		const nearTls = await measure(servers.https.port, 'https', 0, servers.ca);
		const figure = (
			name: string,
			value: number,
			unit: string,
			more: Partial<Figure> = {},
		): Figure => ({
			name: `Windows login (${servers.verifier}): ${name}`,
			value: Math.round(value * 1000) / 1000,
			unit,
			...more,
		});
		const axios = (name: string, { axiosNtlm, ours }: Times, key: string) =>
			axiosNtlm === null ? [] : [figure(name, axiosNtlm / ours, 'x', { key })];
		const noLogin = 'no login at all: 1 x';
		return [
			figure('per connection / no login, 20 ms', http.ours / http.open, 'x', {
				key: 'ntlm.connection.ratioToNoAuth20ms',
				atMost: 1.05,
				floor: noLogin,
			}),
			figure('per connection / no login, 20 ms, https', https.ours / https.open, 'x', {
				key: 'ntlm.connection.ratioToNoAuth20msTls',
				atMost: 1.05,
				floor: noLogin,
			}),
			figure('per request / no login, 20 ms', perRequest.ours / perRequest.open, 'x', {
				key: 'ntlm.perRequest.ratioToNoAuth20ms',
				atMost: 2.1,
				floor: 'two round trips instead of one: 2 x',
			}),
			figure('faster than httpntlm, 20 ms', http.httpntlm / http.ours, 'x', {
				key: 'ntlm.connection.fasterThanHttpntlm',
				atLeast: 2.9,
			}),
			figure('faster than httpntlm, 20 ms, https', https.httpntlm / https.ours, 'x', {
				key: 'ntlm.connection.fasterThanHttpntlmTls',
				atLeast: 4,
			}),
			...axios('faster than axios-ntlm, 20 ms', http, 'ntlm.connection.fasterThanAxiosNtlm'),
			...axios(
				'faster than axios-ntlm, 20 ms, https',
				https,
				'ntlm.connection.fasterThanAxiosNtlmTls',
			),
			figure('faster than httpntlm, per request', perRequest.httpntlm / perRequest.ours, 'x', {
				key: 'ntlm.perRequest.fasterThanHttpntlm',
			}),
			figure('requests per GET, per connection', http.requestsPerCall, 'requests', {
				key: 'ntlm.connection.requestsPerGet',
				atMost: 1,
				floor: '1',
			}),
			figure('requests per GET, per request', perRequest.requestsPerCall, 'requests', {
				key: 'ntlm.perRequest.requestsPerGet',
				atMost: 2,
				floor: '2',
			}),
			figure('per connection / no login, 0 ms', near.ours / near.open, 'x', {
				key: 'ntlm.connection.ratioToNoAuth0ms',
			}),
			figure('per connection / no login, 0 ms, https', nearTls.ours / nearTls.open, 'x', {
				key: 'ntlm.connection.ratioToNoAuth0msTls',
			}),
			figure('faster than httpntlm, 0 ms', near.httpntlm / near.ours, 'x', {
				key: 'ntlm.connection.fasterThanHttpntlm0ms',
			}),
			figure('GET with login per connection, 20 ms', http.ours, 'ms', { floor: '20 ms of wire' }),
			figure('GET by httpntlm, 20 ms', http.httpntlm, 'ms'),
		];
	} finally {
		await servers.stop();
	}
}

/** Times the contenders in turns, so that a busy moment of the machine hits all of them. */
async function measure(
	port: number,
	scheme: 'http' | 'https',
	roundTripMs: number,
	ca?: string,
): Promise<Times> {
	const proxy = await startDelayProxy(port, roundTripMs);
	const origin = `${scheme}://localhost:${proxy.port}`.replace(
		'http://localhost',
		'http://127.0.0.1',
	);
	const windows = { kind: 'windows', ...ACCOUNT } as const;
	const contenders = {
		open: thisClient({ kind: 'none' }, `${origin}/open/ping.json`, ca),
		ours: thisClient(windows, `${origin}/gp/ping.json`, ca),
		httpntlm: httpntlmClient(ACCOUNT, `${origin}/gp/ping.json`, ca),
		axiosNtlm: axiosNtlmClient(ACCOUNT, `${origin}/gp/ping.json`, ca),
	};
	const { axiosNtlm, ...others } = contenders;
	try {
		const times: Record<keyof typeof contenders, number[]> = {
			open: [],
			ours: [],
			httpntlm: [],
			axiosNtlm: [],
		};
		for (const contender of Object.values(others)) await warmUp(contender);
		const axiosLogsIn = await warmUp(axiosNtlm).then(
			() => true,
			(error: Error) => {
				console.error(`axios-ntlm cannot log in (${scheme}, ${roundTripMs} ms): ${error.message}`);
				return false;
			},
		);
		const inTurn = Object.entries(axiosLogsIn ? contenders : others);
		const before = contenders.ours.requests();
		for (let round = 0; round < ROUNDS; round += 1) {
			for (const [name, contender] of inTurn) {
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
			axiosNtlm: axiosLogsIn ? lowerQuartile(times.axiosNtlm) : null,
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
