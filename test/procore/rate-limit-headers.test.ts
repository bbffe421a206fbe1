import { RateLimiter, readRateLimit } from '../../lib/procore/limiter';
import { fakeClock } from './support/fake-clock';

const NOW = Date.parse('2026-05-01T10:00:00Z');
const AT = NOW / 1000;
const headers = (change: Record<string, string | undefined>) =>
	Object.fromEntries(
		Object.entries({
			'X-Rate-Limit-Limit': '25',
			'X-Rate-Limit-Remaining': '7',
			'X-Rate-Limit-Reset': String(AT + 10),
			...change,
		}).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);

test.each<[string, Record<string, string | undefined>, unknown]>([
	['all there', {}, { limit: 25, remaining: 7, resetInMs: 10_000 }],
	[
		'blanks around',
		{ 'X-Rate-Limit-Limit': ' 25 ' },
		{ limit: 25, remaining: 7, resetInMs: 10_000 },
	],
	[
		'a reset in milliseconds',
		{ 'X-Rate-Limit-Reset': String(NOW + 4000) },
		{ limit: 25, remaining: 7, resetInMs: 4000 },
	],
	[
		'the last second that is not taken for milliseconds',
		{ 'X-Rate-Limit-Reset': '100000000000' },
		{ limit: 25, remaining: 7, resetInMs: 100_000_000_000_000 - NOW },
	],
	['a reset behind us', { 'X-Rate-Limit-Reset': '5' }, { limit: 25, remaining: 7, resetInMs: 0 }],
	['a limit of one', { 'X-Rate-Limit-Limit': '1' }, { limit: 1, remaining: 7, resetInMs: 10_000 }],
	['no limit', { 'X-Rate-Limit-Limit': undefined }, null],
	['nothing that is left', { 'X-Rate-Limit-Remaining': undefined }, null],
	['no reset', { 'X-Rate-Limit-Reset': undefined }, null],
	['a limit of nought', { 'X-Rate-Limit-Limit': '0' }, null],
	['a number with a unit', { 'X-Rate-Limit-Remaining': '7 calls' }, null],
	['a number with a sign', { 'X-Rate-Limit-Remaining': '-7' }, null],
])('%s', (_what, change, expected) => {
	expect(readRateLimit(headers(change), NOW)).toEqual(expected);
});

/** How long the next request waits after one answer with these headers. */
async function waitAfter(change: Record<string, string>): Promise<number> {
	const clock = fakeClock();
	const limiter = new RateLimiter();
	const answer = headers({ 'X-Rate-Limit-Remaining': '0', ...change });
	(await limiter.acquire(clock)).answered({
		...answer,
		'X-Rate-Limit-Reset': String(clock.now() / 1000 + Number(change['X-Rate-Limit-Reset'])),
	});
	const began = clock.now();
	await limiter.acquire(clock);
	return clock.now() - began;
}

test.each([
	['the spike window is never longer than it is', '25', '14', 10_000],
	['an end in fifteen seconds is still that of the spike window', '25', '15', 10_000],
	['the hour by its end', '25', '1800', 1_800_000],
	['the hour by its limit', '3600', '14', 14_000],
	['an unknown limit ten times the spike is an hour', '250', '14', 14_000],
	['an unknown limit below that is a spike', '249', '14', 10_000],
])('%s', async (_what, limit, reset, expected) => {
	const change = { 'X-Rate-Limit-Limit': limit, 'X-Rate-Limit-Reset': reset };
	expect(Math.round((await waitAfter(change)) / 1000) * 1000).toBe(expected);
});

test('who is told to stop while waiting for those before rejects at once, and listens no more', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter(1);
	let letFirstOn = () => {};
	const stuck = { ...clock, sleep: () => new Promise<void>((resolve) => (letFirstOn = resolve)) };
	const permit = await limiter.acquire(clock);
	const first = limiter.acquire(stuck);
	await new Promise(setImmediate);
	const stop = new AbortController();
	const added = jest.spyOn(stop.signal, 'addEventListener');
	const removed = jest.spyOn(stop.signal, 'removeEventListener');
	const second = limiter.acquire(clock, stop.signal);
	const third = limiter.acquire(clock);
	stop.abort(new Error('stopped by hand'));
	await expect(second).rejects.toThrow('stopped by hand');
	expect(removed.mock.calls.length).toBe(added.mock.calls.length);
	permit.answered();
	await clock.sleep(20_000);
	letFirstOn();
	(await first).answered();
	await clock.sleep(20_000);
	await expect(third).resolves.toBeDefined();
});
