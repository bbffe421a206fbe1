import type { GpHttp, GpHttpResponse } from '../../lib/gp/site';
import {
	CIRCUIT_PAUSE_MS,
	CIRCUIT_THRESHOLD,
	ServerLimiter,
} from '../../lib/gp/transport/server-state';
import { retryDelay, shouldRetry } from '../../lib/gp/transport/sender';
import { readRetryAfter } from '../../lib/http/request-rules';
import { FakeGp, html, json, payableRow, vendorRow } from './support/fake-gp';
import { clientFor, siteFor } from './support/client';
import { fakeClock } from './support/fake-clock';

const stamp = '2026-06-01T08:00:00.000Z';

/** Effects whose sleepers wake in order of time, however many wait at once. */
function simulation() {
	let time = 0;
	const sleepers: Array<{ until: number; wake: () => void }> = [];
	return {
		now: () => time,
		random: () => 0.5,
		sleep: (milliseconds: number) =>
			new Promise<void>((wake) => sleepers.push({ until: time + milliseconds, wake })),
		async run(done: Promise<unknown>): Promise<void> {
			let finished = false;
			void done.finally(() => (finished = true)).catch(() => undefined);
			for (;;) {
				for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
				if (finished) return;
				sleepers.sort((left, right) => left.until - right.until);
				const next = sleepers.shift();
				if (!next) throw new Error('nothing happens any more');
				time = Math.max(time, next.until);
				next.wake();
			}
		},
	};
}

test.each([
	[1, 200],
	[2, 100],
	[5, 50],
])(
	'%i at once with %i ms between: never more, never sooner, whichever client asks',
	async (concurrency, gapMs) => {
		const effects = simulation();
		const starts: number[] = [];
		let active = 0;
		let most = 0;
		const http: GpHttp = {
			async request() {
				starts.push(effects.now());
				most = Math.max(most, (active += 1));
				await effects.sleep(330);
				active -= 1;
				return json(200, { Key: { Id: 'ACME' }, Name: 'x', City: 'y' });
			},
		};
		const site = siteFor();
		const clients = [1, 2, 3].map(
			() => clientFor(http, { site, effects, throttle: { concurrency, gapMs } }).client,
		);
		await effects.run(
			Promise.all(
				clients.flatMap((client) => Array.from({ length: 6 }, () => client.get('vendor', 'ACME'))),
			),
		);
		expect(starts).toHaveLength(18);
		expect(most).toBe(concurrency);
		for (let index = 1; index < starts.length; index += 1)
			expect(starts[index]! - starts[index - 1]!).toBeGreaterThanOrEqual(gapMs);
		if (concurrency === 1)
			for (let index = 1; index < starts.length; index += 1)
				expect(starts[index]! - starts[index - 1]!).toBeGreaterThanOrEqual(330 + gapMs);
	},
);

test.each<[string, number, number[]]>([
	['where the last answer was short, the next question follows as soon after it', 30, [30]],
	['where it was long, after the whole pause', 900, [200]],
	['where the clock was set back while it came, that is not waited for', -60_000, []],
])('a server that rests no longer than it worked: %s', async (_what, took, rest) => {
	const limiter = new ServerLimiter();
	const clock = fakeClock();
	const spacing = { concurrency: 1, gapMs: 200, shorter: true };
	await limiter.run(async () => clock.advance(took), spacing, clock);
	await limiter.run(async () => undefined, spacing, clock);
	expect(clock.slept).toEqual(rest);
});

test('a clock that is set back does not stop reading', async () => {
	const limiter = new ServerLimiter();
	const clock = fakeClock();
	await limiter.run(async () => 1, { concurrency: 1, gapMs: 200 }, clock);
	clock.advance(-3_600_000);
	await expect(limiter.run(async () => 2, { concurrency: 1, gapMs: 200 }, clock)).resolves.toBe(2);
	expect(clock.slept).toEqual([]);
});

test('a service that comes up after a reboot is waited for, longer each time', async () => {
	const gp = new FakeGp().put('vendor', vendorRow('ACME', stamp));
	const outages: Array<() => GpHttpResponse> = [
		() => {
			throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		},
		() => html(503, 'Service Unavailable', ''),
		() => json(502, {}),
		() => json(429, {}),
	];
	gp.before = (_url, count) => outages[count - 1]?.();
	const { client, clock } = clientFor(gp);
	await expect(client.get('vendor', 'ACME')).resolves.toMatchObject({ key: 'ACME' });
	expect(clock.slept).toEqual([500, 1000, 2000, 4000]);
	expect(client.counters.requests).toBe(5);
});

test('a wait the service names is kept', async () => {
	const gp = new FakeGp().put('vendor', vendorRow('ACME', stamp));
	gp.before = (_url, count) =>
		count === 1 ? html(503, 'Starting', '', { 'retry-after': '17' }) : undefined;
	const { client, clock } = clientFor(gp);
	await client.get('vendor', 'ACME');
	expect(clock.slept).toEqual([17_000]);
});

test.each([
	['a rejected login', 401],
	['a user without rights', 403],
	['a record that is not there', 404],
	['an error of GP', 500],
])('%s is asked for once', async (_what, status) => {
	const gp = new FakeGp();
	gp.before = () => json(status, { Message: 'no' });
	const { client } = clientFor(gp);
	await expect(client.get('vendor', 'ACME')).rejects.toBeInstanceOf(Error);
	expect(gp.log).toHaveLength(1);
});

test('a rejected login thrown by the transport is neither repeated nor hidden', async () => {
	const rejected = new (class extends Error {})('The Windows login was rejected');
	const gp = new FakeGp();
	gp.before = () => {
		throw rejected;
	};
	const { client } = clientFor(gp);
	await expect(client.get('vendor', 'ACME')).rejects.toBe(rejected);
	expect(gp.log).toHaveLength(1);
});

test('after ten failures in a row the server is left alone for a minute, then tried once', async () => {
	const gp = new FakeGp().put('vendor', vendorRow('ACME', stamp));
	gp.before = () => html(503, 'Service Unavailable', '');
	const { client, clock } = clientFor(gp);
	for (let round = 0; round < CIRCUIT_THRESHOLD / 5; round += 1) {
		await expect(client.get('vendor', 'ACME')).rejects.toMatchObject({
			code: 'GP_SERVICE_UNAVAILABLE',
		});
	}
	expect(gp.log).toHaveLength(CIRCUIT_THRESHOLD);
	await expect(client.get('vendor', 'ACME')).rejects.toMatchObject({
		code: 'GP_CIRCUIT_OPEN',
		scope: 'transport',
	});
	expect(gp.log).toHaveLength(CIRCUIT_THRESHOLD);
	clock.advance(CIRCUIT_PAUSE_MS);
	await expect(client.get('vendor', 'ACME')).rejects.toMatchObject({ code: 'GP_CIRCUIT_OPEN' });
	expect(gp.log).toHaveLength(CIRCUIT_THRESHOLD + 1);
	clock.advance(CIRCUIT_PAUSE_MS);
	gp.before = () => undefined;
	await expect(client.get('vendor', 'ACME')).resolves.toMatchObject({ key: 'ACME' });
	await expect(client.get('vendor', 'ACME')).resolves.toMatchObject({ key: 'ACME' });
});

test('a wrong setting, tried again and again, does not open the circuit', async () => {
	const gp = new FakeGp();
	gp.before = () => {
		throw Object.assign(new Error('tls'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
	};
	const { client } = clientFor(gp);
	for (let attempt = 0; attempt < 15; attempt += 1) {
		await expect(client.get('vendor', 'ACME')).rejects.toMatchObject({
			code: 'GP_UNREACHABLE',
			details: { reason: 'tls' },
		});
	}
});

test('an abort ends reading at once and sends nothing more', async () => {
	const controller = new AbortController();
	const gp = new FakeGp({ summary: true });
	for (let index = 0; index < 20; index += 1) gp.put('payable', payableRow(String(index), stamp));
	gp.before = (_url, count) => {
		if (count === 5) controller.abort(new Error('stopped by the user'));
	};
	const { client } = clientFor(gp, {
		signal: controller.signal,
		throttle: { gapMs: 0, concurrency: 3 },
	});
	await expect(client.list('payable')).rejects.toThrow('stopped by the user');
	expect(gp.log.length).toBeLessThanOrEqual(5);
});

test('long reads report how far they are', async () => {
	const gp = new FakeGp().put(
		'vendor',
		...Array.from({ length: 50 }, (_, index) => vendorRow(`V${index}`, stamp)),
	);
	const told: Array<{ entity: string; read: number; requests: number }> = [];
	const { client } = clientFor(gp, {
		site: siteFor({ query: { pageSize: 20 } }),
		onProgress: (progress) => told.push(progress),
	});
	await client.list('vendor');
	expect(told.at(-1)).toEqual({ entity: 'vendor', read: 50, requests: gp.log.length });
	// Four pages, and one more that shows that nothing is behind the last.
	expect(told.map(({ requests }) => requests)).toEqual([1, 2, 3, 4, 5, 5]);
});

test.each([
	[{ concurrency: 6 }, 'concurrency'],
	[{ concurrency: 0 }, 'concurrency'],
	[{ timeoutMs: 700_000 }, 'timeoutMs'],
	[{ gapMs: -1 }, 'gapMs'],
])('%j is out of range', (throttle, setting) => {
	expect(() => clientFor(new FakeGp(), { throttle })).toThrow(
		expect.objectContaining({
			code: 'GP_SETTING_INVALID',
			details: expect.objectContaining({ setting }),
		}),
	);
});

test('decisions about repeating are plain functions', () => {
	expect([
		shouldRetry('unavailable', 4, 4),
		shouldRetry('unavailable', 5, 4),
		shouldRetry('timeout', 1, 4),
		shouldRetry('login', 1, 4),
		shouldRetry('tls', 1, 4),
		shouldRetry('unavailable', 1, 4, 300_000),
		shouldRetry('unavailable', 1, 4, 300_001),
	]).toEqual([true, false, false, false, false, true, false]);
	expect([
		retryDelay(1, 0, null),
		retryDelay(1, 0.999, null),
		retryDelay(20, 0.999, null),
		retryDelay(1, 0.5, 9_000),
	]).toEqual([0, 999, 29_970, 9_000]);
	const now = Date.parse('2026-06-01T08:00:00Z');
	expect([
		readRetryAfter('5', now),
		readRetryAfter('Mon, 01 Jun 2026 08:00:09 GMT', now),
		readRetryAfter('soon', now),
		readRetryAfter(undefined, now),
	]).toEqual([5000, 9000, null, null]);
});
