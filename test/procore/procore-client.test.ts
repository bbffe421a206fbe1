import { createProcoreClient } from '../../lib/procore/procore-client';
import type { ProcoreRequest } from '../../lib/procore/transport';
import { fakeClock } from './support/fake-clock';
import { reply, silence } from './support/fake-procore';
import { clientOf } from './support/desired';

/** A transport that answers with each of `answers` in turn, the last one for ever. */
function scripted(...answers: Array<ReturnType<typeof reply> | Error>) {
	const requests: ProcoreRequest[] = [];
	return {
		requests,
		transport: async (request: ProcoreRequest) => {
			requests.push(request);
			const answer = answers[Math.min(requests.length, answers.length) - 1];
			if (answer instanceof Error) throw answer;
			return answer;
		},
	};
}

const list = { method: 'GET' as const, path: '/rest/v1.0/vendors', what: 'list the vendors' };

test('every request names the company', async () => {
	const { transport, requests } = scripted(reply(200, []));
	await clientOf(transport, { companyId: ' 42 ' }).call(list);
	expect(requests[0].headers['Procore-Company-Id']).toBe('42');
	expect(requests[0].headers).not.toHaveProperty('Authorization');
});

test('arrays become repeated parameters, undefined ones are left out', async () => {
	const { transport, requests } = scripted(reply(200, []));
	await clientOf(transport).call({
		...list,
		query: { 'filters[id][]': ['1', '2'], view: undefined, 'filters[search]': 'A&B Café' },
	});
	expect(new URL(requests[0].url).searchParams.getAll('filters[id][]')).toEqual(['1', '2']);
	expect(new URL(requests[0].url).searchParams.get('filters[search]')).toBe('A&B Café');
	expect(requests[0].url).not.toContain('view');
});

test('counts calls, writes and waits', async () => {
	const { transport } = scripted(reply(503, '', { 'retry-after': '2' }), reply(200, {}));
	const client = clientOf(transport);
	await client.call({ ...list, method: 'PATCH', body: {} });
	expect(client.counters).toMatchObject({ calls: 2, writes: 2 });
	expect(client.counters.waitsMs).toBeGreaterThanOrEqual(2000);
});

describe('waiting', () => {
	test.each([
		['Retry-After alone', { 'retry-after': '4' }, 4_000],
		[
			'the window reset alone',
			{ 'x-rate-limit-limit': '25', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': 'in 9' },
			9_000,
		],
		[
			'the later of both',
			{
				'retry-after': '3',
				'x-rate-limit-limit': '25',
				'x-rate-limit-remaining': '0',
				'x-rate-limit-reset': 'in 9',
			},
			9_000,
		],
	])('on 429 waits for %s', async (_name, headers: Record<string, string>, expected) => {
		const effects = fakeClock();
		const start = effects.now();
		const real = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [
				name,
				value.replace('in 9', String(start / 1000 + 9)),
			]),
		);
		const { transport } = scripted(
			reply(429, { error: { code: 'TOO_MANY_REQUESTS' } }, real),
			reply(200, []),
		);
		await clientOf(transport, { effects }).call(list);
		expect(effects.now() - start).toBeGreaterThanOrEqual(expected);
		expect(effects.now() - start).toBeLessThan(expected + 1_500);
	});

	test.each([
		[429, 'its rate limit'],
		[503, 'its load'],
	])('a %i stops all nodes of the app for as long as %s asks', async (status) => {
		const effects = fakeClock();
		const limiterKey = `shared ${status}`;
		const start = effects.now();
		const one = scripted(reply(status, '', { 'retry-after': '30' }), reply(200, []));
		const other = scripted(reply(200, []));
		const asking = clientOf(one.transport, { effects, limiterKey }).call(list);
		await new Promise(setImmediate);
		await clientOf(other.transport, { effects, limiterKey, companyId: '2' }).call(list);
		expect(effects.now() - start).toBeGreaterThanOrEqual(30_000);
		await asking;
		expect([one.requests.length, other.requests.length]).toEqual([2, 1]);
	});

	test('apps do not wait for one another', async () => {
		const effects = fakeClock();
		const start = effects.now();
		const one = scripted(reply(429, '', { 'retry-after': '30' }), reply(200, []));
		const asking = clientOf(one.transport, { effects, limiterKey: 'app A' }).call(list);
		await clientOf(scripted(reply(200, [])).transport, { effects, limiterKey: 'app B' }).call(list);
		expect(effects.now() - start).toBeLessThan(1_000);
		await asking;
	});

	test('a 429 that never ends is given up and says so', async () => {
		const { transport, requests } = scripted(
			reply(429, { error: { code: 'TOO_MANY_REQUESTS', message: 'slow down' } }),
		);
		await expect(clientOf(transport).call(list)).rejects.toMatchObject({
			code: 'procore-rate-limited',
			scope: 'transport',
		});
		expect(requests).toHaveLength(10);
	});
});

describe('retrying', () => {
	test.each([408, 409, 500, 502, 503, 504])(
		'status %i is tried five times in all',
		async (status) => {
			const { transport, requests } = scripted(reply(status, ''));
			await expect(clientOf(transport).call({ ...list, method: 'PATCH' })).rejects.toMatchObject({
				details: { httpStatus: status },
			});
			expect(requests).toHaveLength(5);
		},
	);

	test.each([400, 401, 403, 404, 406, 413, 422])('status %i is not tried again', async (status) => {
		const { transport, requests } = scripted(reply(status, ''));
		await expect(clientOf(transport).call(list)).rejects.toMatchObject({
			details: { httpStatus: status },
		});
		expect(requests).toHaveLength(1);
	});

	test.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED'])(
		'silence (%s) is tried five times and ends as transport error',
		async (code) => {
			const { transport, requests } = scripted(silence(code));
			await expect(clientOf(transport).call(list)).rejects.toMatchObject({
				code: 'procore-unreachable',
				scope: 'transport',
				details: { networkCode: code },
			});
			expect(requests).toHaveLength(5);
		},
	);

	test('a refused certificate is not tried again', async () => {
		const { transport, requests } = scripted(silence('CERT_HAS_EXPIRED'));
		await expect(clientOf(transport).call(list)).rejects.toThrow(/CERT_HAS_EXPIRED/);
		expect(requests).toHaveLength(1);
	});

	test('a POST that may have taken effect is not sent again by itself', async () => {
		for (const answer of [reply(500, ''), reply(504, ''), silence('ECONNRESET')]) {
			const { transport, requests } = scripted(answer);
			await expect(clientOf(transport).call({ ...list, method: 'POST' })).rejects.toThrow();
			expect(requests).toHaveLength(1);
		}
	});

	test('a POST that never arrived, or was told to wait, is sent again', async () => {
		for (const answer of [silence('ECONNREFUSED'), reply(429, '', { 'retry-after': '1' })]) {
			const { transport, requests } = scripted(answer, reply(201, {}));
			await clientOf(transport).call({ ...list, method: 'POST' });
			expect(requests).toHaveLength(2);
		}
	});

	test('abort ends the waiting at once with the reason given', async () => {
		const stop = new AbortController();
		const { transport } = scripted(reply(503, '', { 'retry-after': '100' }));
		const client = clientOf(transport, { signal: stop.signal });
		const call = client.call(list);
		await Promise.resolve();
		stop.abort(new Error('the user stopped it'));
		await expect(call).rejects.toThrow('the user stopped it');
	});
});

describe('paging', () => {
	const rows = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => ({ id: from + index }));

	test('follows Link until there is no next', async () => {
		const { transport, requests } = scripted(
			reply(200, rows(0, 2), {
				Link: '<https://api.example/x?page=2>; rel="next", <https://api.example/x?page=3>; rel="last"',
			}),
			reply(200, rows(2, 2), {
				Link: '<https://api.example/x?page=1>; rel="prev", <https://api.example/x?page=3>; rel="next"',
			}),
			reply(200, rows(4, 1), { Link: '<https://api.example/x?page=2>; rel="prev"' }),
		);
		expect(await clientOf(transport).list({ ...list, perPage: 2 })).toHaveLength(5);
		expect(requests.map(({ url }) => new URL(url).searchParams.get('page'))).toEqual([
			'1',
			'2',
			'3',
		]);
	});

	test('unwraps v2 envelopes, which tell nothing of pages, and goes on until one is empty', async () => {
		const { transport, requests } = scripted(
			reply(200, { data: rows(0, 2) }),
			reply(200, { data: rows(2, 1) }),
			reply(200, { data: [] }),
		);
		expect(await clientOf(transport).list({ ...list, perPage: 2 })).toHaveLength(3);
		expect(requests).toHaveLength(3);
	});

	test('a page capped below what was asked for, without a word, is not taken for the end', async () => {
		const { transport } = scripted(
			reply(200, rows(0, 50)),
			reply(200, rows(50, 50)),
			reply(200, rows(100, 7)),
			reply(200, []),
		);
		expect(await clientOf(transport).list({ ...list, perPage: 1000 })).toHaveLength(107);
	});

	test('a page as full as the size it names has a next one', async () => {
		const { transport, requests } = scripted(
			reply(200, rows(0, 3), { 'Per-Page': '3' }),
			reply(200, rows(3, 1), { 'Per-Page': '3' }),
		);
		expect(await clientOf(transport).list({ ...list, perPage: 1000 })).toHaveLength(4);
		expect(requests).toHaveLength(2);
	});

	test('a list without a word that repeats itself in another order ends, too', async () => {
		const { transport, requests } = scripted(
			reply(200, rows(0, 4)),
			reply(200, rows(0, 4).reverse()),
		);
		expect(await clientOf(transport).list(list)).toHaveLength(4);
		expect(requests).toHaveLength(2);
	});

	test('a page capped below what was asked for still has a next one by Total', async () => {
		const { transport } = scripted(
			reply(200, rows(0, 3), { Total: '5', 'Per-Page': '3' }),
			reply(200, rows(3, 2), { Total: '5', 'Per-Page': '3' }),
		);
		expect(await clientOf(transport).list({ ...list, perPage: 1000 })).toHaveLength(5);
	});

	test('a list that ignores paging ends instead of repeating itself', async () => {
		const { transport, requests } = scripted(reply(200, rows(0, 2)));
		expect(await clientOf(transport).list({ ...list, perPage: 2 })).toHaveLength(2);
		expect(requests).toHaveLength(2);
	});

	test('a limit asks for no more than it needs', async () => {
		const { transport, requests } = scripted(reply(200, rows(0, 3)));
		expect(await clientOf(transport).list({ ...list, limit: 3 })).toHaveLength(3);
		expect(new URL(requests[0].url).searchParams.get('per_page')).toBe('3');
		expect(requests).toHaveLength(1);
	});

	test('a login page instead of a list is an error, not an empty list', async () => {
		const { transport } = scripted(reply(200, '<html><body>Please sign in</body></html>'));
		await expect(clientOf(transport).list(list)).rejects.toMatchObject({
			code: 'procore-unexpected-answer',
			details: { excerpt: 'Please sign in' },
		});
	});
});

test('batch size and concurrency stay within what Procore takes', () => {
	const client = createProcoreClient({
		transport: async () => reply(200, []),
		apiBaseUrl: 'https://api.example/',
		companyId: '1',
		effects: fakeClock(),
		batchSize: 5000,
		projectConcurrency: 50,
	});
	expect(client).toMatchObject({
		batchSize: 1000,
		projectConcurrency: 6,
		apiBaseUrl: 'https://api.example',
	});
});
