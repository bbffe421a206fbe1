import fc from 'fast-check';
import { RateLimiter } from '../../lib/procore/limiter';
import { fakeClock } from './support/fake-clock';

/*
 * Workers of n8n's queue mode, each with a limiter of its own, on one Procore app: nothing tells them of
 * each other but the headers of Procore's answers. Time is simulated.
 */
type Clock = ReturnType<typeof fakeClock>;
const START = Date.UTC(2026, 8, 30, 12);

const KINDS = ['fixed', 'opened by a request', 'sliding'] as const;

interface Sharing {
	processes: number;
	/** Requests of a process at once. */
	atOnce: number;
	kind: (typeof KINDS)[number];
	limit?: number;
	latencyMs?: number;
	/** Between the starts of two processes. */
	apartMs?: number;
	seed?: number;
	calls?: number;
}

/** Counts as Procore may; what it refuses does not count. */
function server(clock: Clock, kind: Sharing['kind'], limit: number) {
	const period = 10_000;
	let taken: number[] = [];
	let begins = -Infinity;
	return {
		refused: 0,
		total: 0,
		hit(): { allowed: boolean; headers: Record<string, string> } {
			const now = clock.now();
			this.total++;
			if (kind === 'sliding') taken = taken.filter((at) => at > now - period);
			else if (now >= begins + period) {
				begins = kind === 'fixed' ? now - (now % period) : now;
				taken = [];
			}
			const allowed = taken.length < limit;
			if (allowed) taken.push(now);
			else this.refused++;
			const ends = (kind === 'sliding' ? taken[0] : begins) + period;
			return {
				allowed,
				headers: {
					Date: new Date(now).toUTCString(),
					'X-Rate-Limit-Limit': String(limit),
					'X-Rate-Limit-Remaining': String(limit - taken.length),
					'X-Rate-Limit-Reset': String(Math.ceil(ends / 1000)),
				},
			};
		},
	};
}

/** Share of requests refused, and the time all took against that of the allowed rate. */
async function share(sharing: Sharing): Promise<{ refused: number; time: number }> {
	const { processes, atOnce, kind, limit = 25, latencyMs = 150, apartMs = 300 } = sharing;
	const clock = fakeClock(START + 3777);
	let state = sharing.seed ?? 12_345;
	const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
	const procore = server(clock, kind, limit);
	const calls = Math.round((sharing.calls ?? 24 * limit) / processes);
	const began = clock.now();
	const send = async (limiter: RateLimiter) => {
		for (;;) {
			const permit = await limiter.acquire(clock);
			await clock.sleep((latencyMs * (0.5 + random())) / 3);
			const { allowed, headers } = procore.hit();
			await clock.sleep((latencyMs * (1 + 2 * random())) / 3);
			permit.answered(headers, !allowed);
			if (allowed) return;
			// As the client does: until the window ends, and a little more.
			const ends = Number(headers['X-Rate-Limit-Reset']) * 1000;
			limiter.pause(clock, ends - clock.now() + 250 + random() * 1000);
		}
	};
	await Promise.all(
		Array.from({ length: processes }, async (_, index) => {
			await clock.sleep(index * apartMs);
			const limiter = new RateLimiter();
			let left = calls;
			const worker = async () => {
				while (left-- > 0) await send(limiter);
			};
			await Promise.all(Array.from({ length: atOnce }, worker));
		}),
	);
	const atAllowedRate = ((calls * processes) / limit) * 10_000;
	const atItsLatency = (processes - 1) * apartMs + (calls / atOnce) * latencyMs;
	const floor = Math.max(atAllowedRate, atItsLatency);
	return { refused: procore.refused / procore.total, time: (clock.now() - began) / floor };
}

describe.each(KINDS)('windows that are %s', (kind) => {
	test.each([1, 5])(
		'one process alone is refused nothing and loses no time (%i at once)',
		async (atOnce) => {
			const { refused, time } = await share({ processes: 1, atOnce, kind, calls: 1000 });
			expect(refused).toBe(0);
			// Windows that begin with a request lose the second to which their end is rounded up, paced or not.
			expect(time).toBeLessThan(kind === 'fixed' ? 1.05 : 1.1);
		},
	);

	// Before processes paced themselves by their part: 9 to 13 %, 15 to 22 %, 45 to 50 %.
	test.each([
		[2, 0.05],
		[3, 0.06],
		[8, 0.2],
	])('%i processes that load at once are refused little', async (processes, most) => {
		const { refused, time } = await share({ processes, atOnce: 5, kind });
		expect(refused).toBeLessThan(most);
		expect(time).toBeLessThan(1.15);
	});
});

test('a process that is alone again takes up the whole rate', async () => {
	const clock = fakeClock(START);
	const procore = server(clock, 'opened by a request', 25);
	const limiter = new RateLimiter();
	const call = async () => {
		const permit = await limiter.acquire(clock);
		const { allowed, headers } = procore.hit();
		await clock.sleep(100);
		permit.answered(headers, !allowed);
	};
	for (let other = 0; other < 20; other++) procore.hit();
	await call();
	const began = clock.now();
	for (let count = 0; count < 100; count++) await call();
	expect(procore.refused).toBe(0);
	// Four windows of its own, the rest of the shared one, and half a one until it hears that nobody else is left.
	expect(clock.now() - began).toBeLessThan(65_000);
});

test('any number of processes: all calls go through, few are refused, little time is lost', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				processes: fc.integer({ min: 2, max: 6 }),
				atOnce: fc.integer({ min: 1, max: 6 }),
				kind: fc.constantFrom(...KINDS),
				limit: fc.constantFrom(25, 40, 100),
				latencyMs: fc.integer({ min: 30, max: 600 }),
				apartMs: fc.integer({ min: 0, max: 4_000 }),
				seed: fc.nat(),
			}),
			async (sharing) => {
				const { refused, time } = await share({ ...sharing, calls: 12 * sharing.limit });
				expect(refused).toBeLessThan(0.2);
				expect(time).toBeLessThan(1.5);
			},
		),
		{ numRuns: 40 },
	);
}, 60_000);
