import { limiterFor, RateLimiter } from '../../lib/procore/limiter';
import { fakeClock } from './support/fake-clock';

/** A server that counts by its own fixed windows and answers with Procore's headers. */
function windowedServer(
	clock: ReturnType<typeof fakeClock>,
	windows: Array<{ limit: number; ms: number; offset?: number }>,
) {
	const counts = windows.map(() => new Map<number, number>());
	let refused = 0;
	return {
		get refused() {
			return refused;
		},
		hit(): Record<string, string> {
			const states = windows.map(({ limit, ms, offset = 0 }, index) => {
				const slot = Math.floor((clock.now() - offset) / ms);
				const used = (counts[index].get(slot) ?? 0) + 1;
				counts[index].set(slot, used);
				if (used > limit) refused++;
				return { limit, left: limit - used, reset: Math.ceil(((slot + 1) * ms + offset) / 1000) };
			});
			const nearest = states.reduce((left, right) =>
				right.left / right.limit < left.left / left.limit ? right : left,
			);
			return {
				'X-Rate-Limit-Limit': String(nearest.limit),
				'X-Rate-Limit-Remaining': String(Math.max(0, nearest.left)),
				'X-Rate-Limit-Reset': String(nearest.reset),
			};
		},
	};
}

async function send(
	limiter: RateLimiter,
	clock: ReturnType<typeof fakeClock>,
	server: { hit(): Record<string, string> },
	calls: number,
	workers = 5,
	latencyMs = 150,
) {
	let left = calls;
	const worker = async () => {
		while (left-- > 0) {
			const permit = await limiter.acquire(clock);
			await clock.sleep(latencyMs / 3);
			const headers = server.hit();
			await clock.sleep((latencyMs * 2) / 3);
			permit.answered(headers);
		}
	};
	await Promise.all(Array.from({ length: workers }, worker));
}

test.each([0, 1, 3_777, 9_999])(
	'never sees a 429 in the spike window, however it is aligned (%i ms)',
	async (offset) => {
		const clock = fakeClock();
		const server = windowedServer(clock, [
			{ limit: 25, ms: 10_000, offset },
			{ limit: 3600, ms: 3_600_000 },
		]);
		const start = clock.now();
		await send(new RateLimiter(), clock, server, 280);
		expect(server.refused).toBe(0);
		const floor = (280 / 25) * 10_000;
		expect(clock.now() - start).toBeLessThan(floor * 1.15);
	},
);

test('learns a smaller spike limit from the first answer', async () => {
	const clock = fakeClock();
	const server = windowedServer(clock, [{ limit: 10, ms: 10_000 }]);
	await send(new RateLimiter(), clock, server, 60, 1);
	expect(server.refused).toBe(0);
});

test('keeps to the hourly window when that is the nearer one', async () => {
	const clock = fakeClock();
	const start = clock.now();
	const server = windowedServer(clock, [
		{ limit: 25, ms: 10_000 },
		{ limit: 40, ms: 3_600_000, offset: 1_800_000 },
	]);
	await send(new RateLimiter(), clock, server, 100, 1);
	expect(server.refused).toBe(0);
	expect(clock.now() - start).toBeGreaterThan(3_600_000);
});

test('stops at what others sharing the quota have left', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter();
	const permit = await limiter.acquire(clock);
	permit.answered({
		'X-Rate-Limit-Limit': '25',
		'X-Rate-Limit-Remaining': '0',
		'X-Rate-Limit-Reset': String(clock.now() / 1000 + 7),
	});
	const before = clock.now();
	(await limiter.acquire(clock)).answered();
	expect(clock.now() - before).toBe(7_000);
});

test('a clock that is off by an hour does not stop it for an hour', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter();
	const serverNow = clock.now() + 3_600_000;
	(await limiter.acquire(clock)).answered({
		Date: new Date(serverNow).toUTCString(),
		'X-Rate-Limit-Limit': '25',
		'X-Rate-Limit-Remaining': '0',
		'X-Rate-Limit-Reset': String(serverNow / 1000 + 5),
	});
	const before = clock.now();
	(await limiter.acquire(clock)).answered();
	expect(clock.now() - before).toBe(5_000);
});

test.each([
	['a spike', 25, 10_000, {}],
	['an hour that is used up', 1, 3_600_000, { limit: 3600, left: 0, reset: 1_800 }],
	['the part that is ours', 12, 10_000, { limit: 25, left: 3, reset: 10 }],
	['quiet that was asked for', 1, 120_000, {}],
])(
	'a clock that is set back by a day does not make %s last a day',
	async (what, calls, most, said) => {
		const clock = fakeClock();
		const limiter = new RateLimiter();
		const { limit, left, reset } = said as Record<string, number>;
		for (let call = 0; call < calls; call += 1) {
			const permit = await limiter.acquire(clock);
			const ends = Math.ceil(clock.now() / 1000) + reset;
			permit.answered(
				limit === undefined
					? undefined
					: {
							'x-rate-limit-limit': String(limit),
							'x-rate-limit-remaining': String(left),
							'x-rate-limit-reset': String(ends),
						},
			);
		}
		if (what.startsWith('quiet')) limiter.pause(clock, most);
		clock.advance(-24 * 3_600_000);
		const waits: number[] = [];
		const since = clock.now();
		await limiter.acquire(clock, undefined, (wait) => waits.push(wait));
		expect(clock.now() - since).toBeGreaterThan(0);
		expect(clock.now() - since).toBeLessThanOrEqual(most);
		expect(waits.length).toBeGreaterThan(0);
	},
);

test('requests go out in the order they came', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter(2);
	const order: number[] = [];
	await Promise.all(
		[1, 2, 3, 4, 5, 6].map(async (number) => {
			const permit = await limiter.acquire(clock);
			order.push(number);
			permit.answered();
		}),
	);
	expect(order).toEqual([1, 2, 3, 4, 5, 6]);
});

test('an aborted wait rejects and does not block those behind it', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter(1);
	(await limiter.acquire(clock)).answered();
	const stop = new AbortController();
	const waiting = limiter.acquire(clock, stop.signal);
	const behind = limiter.acquire(clock);
	stop.abort(new Error('stopped'));
	await expect(waiting).rejects.toThrow('stopped');
	(await behind).answered();
});

test('one limiter per key in a process', () => {
	expect(limiterFor('credential 7')).toBe(limiterFor('credential 7'));
	expect(limiterFor('credential 7')).not.toBe(limiterFor('credential 8'));
});

test('a permit given back twice frees one place only', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter(1);
	const permit = await limiter.acquire(clock);
	permit.answered();
	permit.answered();
	await clock.sleep(10_000);
	await limiter.acquire(clock);
	const stop = new AbortController();
	const second = limiter.acquire(clock, stop.signal, () => stop.abort(new Error('waits')));
	await expect(second).rejects.toThrow('waits');
});

test('a full window is waited for once, as long as it lasts', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter(2);
	for (const later of [1_000, 3_000]) {
		(await limiter.acquire(clock)).answered();
		await clock.sleep(later);
	}
	const waits: number[] = [];
	await limiter.acquire(clock, undefined, (ms) => waits.push(ms));
	expect(waits).toEqual([6_000]);
});

test('with everything on its way it looks again after a moment', async () => {
	const clock = fakeClock();
	const limiter = new RateLimiter(1);
	(await limiter.acquire(clock)).answered();
	await clock.sleep(10_000);
	await limiter.acquire(clock);
	const stop = new AbortController();
	const waits: number[] = [];
	const next = limiter.acquire(clock, stop.signal, (ms) => {
		if (waits.push(ms) === 3) stop.abort(new Error('enough'));
	});
	await expect(next).rejects.toThrow('enough');
	expect(waits).toEqual([50, 50, 50]);
});
