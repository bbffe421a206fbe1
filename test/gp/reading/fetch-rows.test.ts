import { fetchListRows, fetchRows } from '../../../lib/gp/reading/fetch-rows';
import { type Answer, servicesOf } from '../support/services';

const ANY = { knownFields: (raw: object) => ('A' in raw ? 2 : 0), hasKey: () => true };
const ADDRESS = 'https://gp.example.com/GPOData/PM00200';

function service(...answers: Answer[]) {
	let given = 0;
	const { services, asked, slept } = servicesOf(
		() => answers[Math.min(given++, answers.length - 1)]!,
	);
	return { services, asked, slept };
}
const once = async (answer: Answer, responsePath: string | null = null) =>
	await fetchRows(service(answer).services, ADDRESS, ANY, responsePath, { entity: 'vendor' });

describe('one answer', () => {
	test('is its rows', async () => {
		expect(await once([{ A: 1 }])).toMatchObject({ rows: [{ A: 1 }], path: 'value', next: null });
	});

	test('without content holds none', async () => {
		expect(await once({ status: 204 })).toEqual({
			...{ rows: [], path: '', beside: {}, next: null, unreadable: false, total: null, more: null },
		});
	});

	test('is read at the place that is told', async () => {
		const body = { a: [{ A: 1 }], b: [{ A: 2 }] };
		expect((await once({ body }, 'b')).rows).toEqual([{ A: 2 }]);
	});

	test('counts its rows in a header, too', async () => {
		const headers = { 'x-total-count': '7' };
		expect(await once({ body: [{ A: 1 }], headers })).toMatchObject({ total: { count: 7 } });
	});

	test('links to the next page on our server, whatever name the service believes to have', async () => {
		const next = { value: [{ A: 1 }], '@odata.nextLink': 'http://inside:8080/GPOData/PM00200?p=2' };
		expect((await once({ body: next })).next).toBe('https://gp.example.com/GPOData/PM00200?p=2');
		const below = { value: [{ A: 1 }], '@odata.nextLink': 'PM00200?p=3' };
		expect((await once({ body: below })).next).toBe('https://gp.example.com/GPOData/PM00200?p=3');
	});

	test.each([
		['no text', 7],
		['no address', 'http://['],
	])('with a link that is %s is refused, with the place and what came', async (why, link) => {
		const body = { value: [{ A: 1 }], '@odata.nextLink': link };
		await expect(once({ body })).rejects.toMatchObject({
			code: 'GP_NEXT_LINK_UNUSABLE',
			message: expect.stringContaining(`it is ${why}`),
			details: {
				...{ entity: 'vendor', address: ADDRESS, httpStatus: 200 },
				excerpt: expect.stringContaining('nextLink'),
			},
		});
	});

	test('that is a refusal says where', async () => {
		await expect(once({ status: 403, body: {} })).rejects.toMatchObject({
			details: { address: ADDRESS, httpStatus: 403, entity: 'vendor' },
		});
	});
});

describe('an answer of a list that may be a passing fault', () => {
	const GOOD: Answer = [{ A: 1 }];
	const read = async (...answers: Answer[]) => {
		const { services, asked, slept } = service(...answers);
		const result = await fetchListRows(services, ADDRESS, ANY, null, { entity: 'vendor' }).catch(
			(error: { code: string }) => error.code,
		);
		return { asked: asked.length, slept, rows: typeof result === 'string' ? result : result.rows };
	};
	const page = { type: 'text/html', body: '<html><body>Service Unavailable</body></html>' };
	const message = { body: { Message: 'Could not open the table' } };

	test.each<[string, Answer]>([
		['half an answer', { body: '{"value":[{"A":' }],
		['nothing at all', { body: '' }],
		['a web page', page],
		['a web page of an error', { ...page, status: 502 }],
		['an error in success', message],
		['a fault with status 500', { ...message, status: 500 }],
	])('%s is asked for again, after a pause', async (_what, fault) => {
		expect(await read(fault, GOOD)).toEqual({ asked: 2, slept: [1_000], rows: [{ A: 1 }] });
	});

	test.each<[string, Answer, string]>([
		['a bad request', { ...message, status: 400 }, 'GP_BUSINESS_ERROR'],
		['a web page of a bad request', { ...page, status: 400 }, 'GP_HTML_PAGE'],
		['a web page of a choice', { ...page, status: 300 }, 'GP_HTML_PAGE'],
		['a web page of a redirection', { ...page, status: 302 }, 'GP_HTML_PAGE'],
		['a picture', { body: 'GIF89a', type: 'image/gif' }, 'GP_WRONG_CONTENT_TYPE'],
		['a path that is not offered', { status: 404, body: {} }, 'GP_RESOURCE_NOT_OFFERED'],
		['a refused user', { status: 403, body: {} }, 'GP_USER_NOT_ALLOWED'],
	])('%s is none: it is believed at once', async (_what, fault, code) => {
		expect(await read(fault, GOOD)).toEqual({ asked: 1, slept: [], rows: code });
	});

	test('that comes three times is believed', async () => {
		expect(await read(page, page, GOOD)).toMatchObject({ asked: 3, slept: [1_000, 2_000] });
		expect(await read(page, page, page, GOOD)).toEqual({
			...{ asked: 3, slept: [1_000, 2_000], rows: 'GP_HTML_PAGE' },
		});
	});

	test('is not waited for once the run was stopped', async () => {
		const { services } = service(page);
		const stopped = AbortSignal.abort(new Error('stopped'));
		services.signal = stopped;
		services.effects = { random: () => 0, sleep: async (_, signal) => signal?.throwIfAborted() };
		await expect(fetchListRows(services, ADDRESS, ANY, null, {})).rejects.toThrow('stopped');
	});
});
