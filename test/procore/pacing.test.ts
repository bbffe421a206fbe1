import { RateLimiter } from '../../lib/procore/limiter';
import { fakeClock } from './support/fake-clock';

/** A limiter, and what Procore says of the window in each answer: how many are left, and seconds to its end. */
function process(limit = 25) {
	const clock = fakeClock();
	const limiter = new RateLimiter(limit);
	const says = (remaining: number, seconds: number, of = 25) => ({
		'X-Rate-Limit-Limit': String(of),
		'X-Rate-Limit-Remaining': String(remaining),
		'X-Rate-Limit-Reset': String(clock.now() / 1000 + seconds),
	});
	return {
		clock,
		limiter,
		says,
		/** One request that is answered at once. */
		async call(...answer: Parameters<typeof says> | []) {
			const permit = await limiter.acquire(clock);
			permit.answered(answer.length > 0 ? says(...(answer as [number, number])) : undefined);
		},
		/** Milliseconds the next request is told to wait first; it is given up then. */
		async nextWait(): Promise<number> {
			let wait = 0;
			const stop = new AbortController();
			const told = (milliseconds: number) => {
				wait = milliseconds;
				stop.abort(new Error('heard'));
			};
			await limiter.acquire(clock, stop.signal, told).catch(() => undefined);
			return Math.round(wait);
		},
	};
}

describe('where others use the quota too, what is left is spread by our part', () => {
	// Of what is left one is kept back for what others sent meanwhile.
	test.each([
		['nobody else', 24, 10, 0],
		['one other request may be rounding', 23, 10, 0],
		['two of three were others: 1.5 of 3.5 of the 21 left', 22, 10, 1_111],
		['five of six were others: 1.5 of 6.5 of the 18 left', 19, 10, 2_407],
		['the same in half the time', 19, 5, 1_204],
		['nearly all by others: two requests in a window remain', 2, 10, 5_000],
		['the last one is kept back', 1, 10, 5_000],
		['with the end of the window all is new', 1, 3, 3_000],
	])('%s', async (_what, remaining, seconds, expected) => {
		const { call, nextWait } = process();
		await call(remaining, seconds);
		expect(await nextWait()).toBe(expected);
	});

	test('time that has passed since our last request counts', async () => {
		const { call, clock, nextWait } = process();
		await call(19, 10);
		clock.advance(1_000);
		// 9 seconds for 18 x 1.5 / 6.5 requests, one second of them gone.
		expect(await nextWait()).toBe(1_167);
	});

	test('of the window before it is remembered how much was ours', async () => {
		const { call, clock, nextWait } = process();
		await call(19, 10);
		clock.advance(10_000);
		await call(21, 10);
		// 2 of 10 in both windows: 2.5 of 10.5 of the 20 left.
		expect(await nextWait()).toBe(2_100);
	});

	test('a second answer in the same window is no other window', async () => {
		const { call, clock, nextWait } = process();
		await call(19, 10);
		clock.advance(4_000);
		await call(17, 6);
		// 2 of 8: 2.5 of 8.5 of the 16 left, in 6 seconds.
		expect(await nextWait()).toBe(1_275);
	});

	test('a request of ours that was answered as the window began is one of it', async () => {
		const { call, clock, nextWait } = process();
		// Windows end on whole seconds, give or take one and a half.
		clock.advance(500);
		await call();
		clock.advance(5_000);
		await call(19, 6.5);
		// 2 of 6: 2.5 of 6.5 of the 18 left, in 6.5 seconds.
		expect(await nextWait()).toBe(939);
	});

	test('requests of ours that are on their way are not taken for those of others', async () => {
		const { call, clock, limiter, nextWait, says } = process();
		await call(24, 10);
		const permits = [];
		for (let count = 0; count < 5; count++) permits.push(await limiter.acquire(clock));
		permits[0].answered(says(19, 10));
		expect(await nextWait()).toBe(0);
	});

	test('a request refused for the rate was not counted by Procore, so it is none of ours', async () => {
		const { clock, limiter, nextWait, says } = process();
		(await limiter.acquire(clock)).answered(says(19, 10), true);
		// None of 6: 0.5 of 6.5 of the 18 left; two in a window remain.
		expect(await nextWait()).toBe(5_000);
		clock.advance(1_000);
		(await limiter.acquire(clock)).answered(says(22, 5));
		// One of 3: 1.5 of 3.5 of the 21 left, in 5 seconds.
		expect(await nextWait()).toBe(556);
	});
});

describe('others that were seen once', () => {
	test.each([
		['are remembered for six windows', 59_000, 1_806],
		['and no longer', 60_000, 0],
	])('%s', async (_what, later, expected) => {
		const { call, clock, nextWait } = process();
		await call(19, 10);
		clock.advance(10_000 + later);
		await call();
		// 1.5 of 6.5 of the 24 of a new window.
		expect(await nextWait()).toBe(expected);
	});

	test.each([
		['are not forgotten for an answer at the beginning of a window', 24, 9, 'waits'],
		['are forgotten once a third of a window has passed without them', 24, 8, 'goes on'],
	])('%s', async (_what, remaining, seconds, expected) => {
		const { call, clock, nextWait } = process();
		await call(19, 10);
		clock.advance(21_000);
		await call(remaining, seconds);
		expect((await nextWait()) > 0 ? 'waits' : 'goes on').toBe(expected);
	});
});

test('until the first answer one request is on its way at a time: others may have used everything', async () => {
	const { clock, limiter, nextWait } = process();
	const first = await limiter.acquire(clock);
	expect(await nextWait()).toBe(50);
	first.answered();
	await limiter.acquire(clock);
	expect(await nextWait()).toBe(0);
});

describe('what the server says is left', () => {
	test('goes down with each request sent', async () => {
		const { call, nextWait } = process();
		await call(2, 1_800, 3_600);
		await call();
		// The second of the two, not answered.
		expect(await nextWait()).toBe(0);
		expect(await nextWait()).toBe(1_800_000);
	});

	test('may not have counted those on their way', async () => {
		const { call, clock, limiter, nextWait, says } = process();
		await call();
		const [one, other] = [await limiter.acquire(clock), await limiter.acquire(clock)];
		one.answered(says(1, 1_800, 3_600));
		expect(await nextWait()).toBe(1_800_000);
		other.answered();
		clock.advance(1_800_000);
		expect(await nextWait()).toBe(0);
	});
});

test('a request on its way counts against the window: the second to leave it is waited for', async () => {
	const { call, clock, limiter, nextWait } = process(3);
	for (let count = 0; count < 3; count++) {
		await call();
		clock.advance(2_000);
	}
	clock.advance(4_000);
	// The first, ten seconds old, has left the window; one more goes out and is not answered.
	await limiter.acquire(clock);
	expect(await nextWait()).toBe(2_000);
	clock.advance(2_000);
	expect(await nextWait()).toBe(0);
});

test('where more is on its way than the limit turns out to be, no place frees before the window has passed', async () => {
	const { call, clock, limiter, nextWait, says } = process();
	await call();
	const [one] = [await limiter.acquire(clock), await limiter.acquire(clock)];
	await limiter.acquire(clock);
	one.answered(says(0, 2, 1));
	clock.advance(2_000);
	expect(await nextWait()).toBe(8_000);
});

describe('a pause the server asks for', () => {
	test('is never made shorter by a later one', async () => {
		const { clock, limiter, nextWait } = process();
		limiter.pause(clock, 9_000);
		limiter.pause(clock, 2_000);
		expect(await nextWait()).toBe(9_000);
	});

	test('is two hours at most, whatever is asked', async () => {
		const { clock, limiter, nextWait } = process();
		limiter.pause(clock, 30 * 86_400_000);
		expect(await nextWait()).toBe(7_200_000);
	});
});
