import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProcoreClient } from '../../lib/procore/procore-client';
import { upsertRequisition } from '../../lib/procore/resources/commitments';
import { createVendor, listVendors } from '../../lib/procore/resources/vendors';
import { syncRows } from '../../lib/procore/resources/sync-rows';
import type { ProcoreTransport } from '../../lib/procore/transport';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import { clientOf, vendor } from './support/desired';

/** What a server that is no stand-in of ours may answer, and still be a Procore. */
interface Reply {
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
}
type Behaviour = (asked: { method: string; url: URL; body: any }) => Reply;

let server: Server | undefined;
let requests: string[] = [];

afterEach(() => {
	server?.closeAllConnections();
	server?.close();
	server = undefined;
	requests = [];
});

/** A client of a real HTTP server that behaves so. */
async function clientFor(behaviour: Behaviour) {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString('utf8');
			const url = new URL(request.url!, 'http://127.0.0.1');
			requests.push(`${request.method} ${url.pathname}${url.search}`);
			const {
				status = 200,
				headers = {},
				body = [],
			} = behaviour({
				method: request.method!,
				url,
				body: text === '' ? undefined : JSON.parse(text),
			});
			response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
			response.end(JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
	return clientOf(overHttp, {
		apiBaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	});
}

const overHttp: ProcoreTransport = async ({ method, url, headers, body }) => {
	const response = await fetch(url, {
		method,
		headers,
		body: body && JSON.stringify(body),
	} as never);
	const text = await response.text();
	return {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		body: text === '' ? '' : JSON.parse(text),
	};
};

const VENDORS = Array.from({ length: 730 }, (_, index) => ({
	id: index + 1,
	name: `Vendor ${index + 1}`,
	origin_id: index % 2 ? `GP:TWO:V:${index}` : null,
}));

/** The page of `rows` that is asked for, of at most `cap` rows. */
function pageOf<Row>(rows: readonly Row[], url: URL, cap = Infinity): Row[] {
	const size = Math.min(Number(url.searchParams.get('per_page') ?? 10), cap);
	const page = Number(url.searchParams.get('page') ?? 1);
	return rows.slice((page - 1) * size, page * size);
}

describe('a list is read to its end', () => {
	const whole = async (headers: (url: URL) => Record<string, string>) => {
		const client = await clientFor(({ url }) => ({
			headers: headers(url),
			body: pageOf(VENDORS, url, 100),
		}));
		return await listVendors(client);
	};

	test.each<[string, (url: URL) => Record<string, string>]>([
		[
			'a Link that speaks of a deprecation only',
			() => ({ Link: '<https://x/doc>; rel="deprecation"' }),
		],
		[
			'the size that was asked for, though fewer come',
			(url) => ({ 'Per-Page': url.searchParams.get('per_page')! }),
		],
		['an empty Total', () => ({ Total: '' })],
		[
			'a Total with a Link that names no next page',
			() => ({ Total: '730', Link: '<https://x?page=1>; rel="first"' }),
		],
		[
			'a next page in capitals',
			(url) => ({
				LINK:
					Number(url.searchParams.get('page')) < 8
						? '<https://x?page=2>; rel="Next"'
						: '<x>; rel="First"',
			}),
		],
	])('that tells %s', async (_name, headers) => {
		expect(await whole(headers)).toHaveLength(730);
	});
});

describe('a list that ends before the number of rows it tells of', () => {
	const doubts = async (
		pages: (url: URL) => { body: unknown; headers: Record<string, string> },
		read: (client: ProcoreClient) => Promise<unknown> = listVendors,
	) => {
		const client = await clientFor(({ url }) => pages(url));
		await read(client);
		server!.closeAllConnections();
		server!.close();
		return [...client.doubts];
	};
	const told = (total: string) => (url: URL) => ({
		body: pageOf(VENDORS, url),
		headers: { Total: total },
	});
	const short = 'asked to list the vendors, Procore tells of 900 and gave 730';

	test('is read, and not called whole', async () => {
		expect(await doubts(told('900'))).toEqual([short]);
		// It gives its last page for every further one.
		const again = await doubts(() => ({ body: VENDORS, headers: { Total: '900' } }));
		expect(again).toEqual([short]);
	});

	test('nor where the page behind its last row tells nothing', async () => {
		const pages = (url: URL) => {
			const body = pageOf(VENDORS, url);
			return { body, headers: (body.length > 0 ? { Total: '900' } : {}) as Record<string, string> };
		};
		expect(await doubts(pages)).toEqual([short]);
	});

	test.each(['730', '12', ''])('is whole where it tells of %p', async (total) => {
		expect(await doubts(told(total))).toEqual([]);
	});

	test('is whole where rows went while it was read', async () => {
		const pages = (url: URL) =>
			told(Number(url.searchParams.get('page')) === 1 ? '900' : '730')(url);
		expect(await doubts(pages)).toEqual([]);
	});

	test('is not judged where rows were asked for, not all', async () => {
		const one = (client: ProcoreClient) => listVendors(client, { originId: 'GP:TWO:V:5' });
		expect(await doubts(told('900'), one)).toEqual([]);
		expect(await doubts(told('900'), (client) => listVendors(client, {}, 5))).toEqual([]);
		const searched = { path: '/rest/v1.0/vendors', query: { query: 'steel' }, what: 'search' };
		expect(await doubts(told('900'), (client) => client.list(searched))).toEqual([]);
	});
});

describe('a server that knows no page behind the last one', () => {
	const vendors = async (headers: Record<string, string>) => {
		const client = await clientFor(({ url }) => {
			const rows = pageOf(VENDORS, url, 365);
			const beyond = rows.length === 0 || Number(url.searchParams.get('page')) > 2;
			return beyond ? { status: 404, body: { errors: 'Not found' } } : { headers, body: rows };
		});
		return await listVendors(client);
	};

	test('ends a list that told nothing of pages', async () => {
		expect(await vendors({})).toHaveLength(730);
	});

	test('has lost a page where the list told of one', async () => {
		await expect(vendors({ Total: '900' })).rejects.toMatchObject({ details: { httpStatus: 404 } });
	});
});

describe('a page that is too much for the server', () => {
	test.each([408, 500, 502, 504])(
		'(HTTP %i) is asked for in halves, and no row is missed',
		async (status) => {
			const client = await clientFor(({ url }) =>
				Number(url.searchParams.get('per_page')) > 300
					? { status, body: { errors: 'Request timed out' } }
					: { body: pageOf(VENDORS, url), headers: { Total: '730' } },
			);
			const found = (await listVendors(client)) as typeof VENDORS;
			expect(found.map(({ id }) => id)).toEqual(VENDORS.map(({ id }) => id));
			expect(requests.length).toBeLessThanOrEqual(8);
		},
	);

	test('in the middle of a list, goes on where it stands', async () => {
		const many = Array.from({ length: 3_400 }, (_, index) => ({ id: index + 1 }));
		const client = await clientFor(({ url }) => {
			const rows = pageOf(many, url);
			return rows.some(({ id }) => id === 1_777) && rows.length > 250
				? { status: 504, body: '' }
				: { body: rows, headers: { Total: '3400' } };
		});
		const found = (await listVendors(client)) as typeof many;
		expect(found.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
	});

	test('a server that is down is not asked again and again', async () => {
		const client = await clientFor(() => ({ status: 500, body: {} }));
		await expect(listVendors(client)).rejects.toMatchObject({ code: 'procore-server-fault' });
		expect(requests.length).toBeLessThanOrEqual(11);
	});
});

describe('a filter that the list ignores', () => {
	test('does not let another record pass for the one sought', async () => {
		const client = await clientFor(({ url }) => ({
			body: pageOf(VENDORS, url),
			headers: { Total: '730' },
		}));
		expect(await listVendors(client, { originId: 'GP:TWO:V:5' })).toEqual([VENDORS[5]]);
		expect(await listVendors(client, { ids: ['7'] })).toEqual([VENDORS[6]]);
		expect(await listVendors(client, { originId: 'GP:TWO:V:4' })).toEqual([]);
	});

	test('does not let a lost create be taken for done', async () => {
		let creates = 0;
		const client = await clientFor(({ method, url, body }) => {
			if (method === 'GET') return { body: pageOf(VENDORS, url), headers: { Total: '730' } };
			creates += 1;
			return creates === 1
				? { status: 502, body: '' }
				: { status: 201, body: { id: 999, ...body.vendor } };
		});
		expect(await createVendor(client, { name: 'New', origin_id: 'GP:TWO:V:NEW' })).toMatchObject({
			id: 999,
		});
	});

	test('does not let a subcontractor invoice overwrite another one', async () => {
		const standing = [{ id: 1, origin_id: 'GP:TWO:PM:1:OTHER:C:5', items: [] }];
		const writes: string[] = [];
		const client = await clientFor(({ method, url, body }) => {
			if (method === 'GET') return { body: pageOf(standing, url), headers: { Total: '1' } };
			writes.push(`${method} ${url.pathname}`);
			return { status: 201, body: { id: 2, ...body.requisition } };
		});
		const { created } = await upsertRequisition(client, '9', '5', {
			origin_id: 'GP:TWO:PM:1:NEW:C:5',
		});
		expect(created).toBe(true);
		expect(writes).toEqual(['POST /rest/v1.1/requisitions']);
	});
});

test('a complaint of a sync action that names no row is told with the rows nobody answered for', async () => {
	const client = await clientFor(({ body }) => ({
		body: {
			entities: body.updates.slice(1).map((row: object, id: number) => ({ id, ...row })),
			errors: ['Origin is too long (maximum is 64 characters)'],
		},
	}));
	const [first, second] = await syncRows(
		client,
		{ path: '/rest/v1.0/vendors/sync', what: 'write vendors' },
		[{ origin_id: 'a' }, { origin_id: 'b' }],
	);
	expect(first.errors?.base.join('; ')).toMatch(/did not acknowledge.*Origin is too long/);
	expect(second.entity).toBeDefined();
});

describe('texts kept in the server’s own way', () => {
	/** A directory that keeps markup out of names and hands them on as markup. */
	const company = (standing: Array<Record<string, unknown>>) => {
		const written: Array<Record<string, unknown>> = [];
		const shown = (row: Record<string, unknown>) => ({
			...row,
			name: String(row.name).replace(/&/g, '&amp;').replace(/"/g, '&quot;'),
		});
		const client = clientFor(({ method, url, body }) => {
			if (method === 'GET')
				return /inactive/.test(url.pathname)
					? { body: [], headers: { Total: '0' } }
					: { body: standing.map(shown), headers: { Total: String(standing.length) } };
			const entities = body.updates.map((row: Record<string, unknown>) => {
				written.push(row);
				const own = standing.find(({ id, origin_id }) =>
					row.id === undefined ? origin_id === row.origin_id : id === row.id,
				);
				const kept: Record<string, unknown> = {
					id: standing.length + 1,
					is_active: true,
					...own,
					...row,
				};
				kept.name = String(kept.name)
					.replace(/<[^>]*>/g, '')
					.replace(/\s+/g, ' ');
				if (own) Object.assign(own, kept);
				else standing.push(kept);
				return shown(kept);
			});
			return { body: { entities, errors: [] } };
		});
		return { client, written };
	};
	const options = { dryRun: false, drift: 'overwrite' as const, inactivePolicy: 'skip' as const };

	test('a firm shown as markup is taken over, not made again', async () => {
		const { client, written } = company([{ id: 1, name: 'Smith & Daughters', is_active: true }]);
		const [outcome] = await syncVendors(
			await client,
			[vendor('SMITH', { name: 'Smith & Daughters' })],
			options,
		);
		expect(outcome.outcome).toBe('adopted');
		expect(written.map(({ id }) => id)).toEqual([1]);
	});

	test('what it made of a name is no change of somebody’s, and is not written again for ever', async () => {
		const { client, written } = company([]);
		const firm = [vendor('JONES', { name: 'Jones  <b>"Best"</b> & Co' })];
		expect((await syncVendors(await client, firm, options))[0].outcome).toBe('created');
		expect((await syncVendors(await client, firm, options))[0].outcome).toBe('unchanged');
		expect(written).toHaveLength(1);
	});
});

describe('vendors that the sync action answers without an id', () => {
	const company = (isListed: boolean) => {
		const standing: Array<Record<string, unknown>> = [];
		return clientFor(({ method, url, body }) => {
			if (method === 'GET')
				return /inactive/.test(url.pathname) || !isListed
					? { body: [], headers: { Total: '0' } }
					: { body: pageOf(standing, url), headers: { Total: String(standing.length) } };
			const updates = body.updates as Array<Record<string, unknown>>;
			standing.push(...updates.map((row, at) => ({ is_active: true, ...row, id: 70 + at })));
			return { body: { entities: updates.map((row) => ({ ...row, is_active: true })) } };
		});
	};
	const desired = (count: number) =>
		Array.from({ length: count }, (_, at) => vendor(`NEW${at}`, { name: `Firm ${at}` }));

	test.each([1, 12])('%i of them are looked up', async (count) => {
		const outcomes = await syncVendors(await company(true), desired(count), { dryRun: false });
		expect(outcomes.map(({ outcome, procore }) => [outcome, procore?.id])).toEqual(
			desired(count).map((_, at) => ['created', String(70 + at)]),
		);
	});

	test('none is told as made that nobody can name', async () => {
		const [outcome] = await syncVendors(await company(false), desired(1), { dryRun: false });
		expect(outcome).toMatchObject({ outcome: 'failed', reason: { code: 'not-acknowledged' } });
	});

	test('nor as made active again where its mark stood before and the answer passes it over', async () => {
		const standing: Array<Record<string, unknown>> = [];
		let passesOver = false;
		const client = await clientFor(({ method, url, body }) => {
			if (method === 'GET') {
				const inactive = /inactive/.test(url.pathname);
				const rows = standing.filter(({ is_active: active }) => inactive === (active === false));
				return { body: pageOf(rows, url), headers: { Total: String(rows.length) } };
			}
			if (passesOver) return { body: { entities: [], errors: [] } };
			standing.push({ is_active: true, ...body.updates[0], id: 70 });
			return { body: { entities: standing } };
		});
		const sync = async () => (await syncVendors(client, desired(1), { dryRun: false }))[0];
		expect((await sync()).outcome).toBe('created');
		[standing[0].is_active, passesOver] = [false, true];
		expect(await sync()).toMatchObject({
			...{ outcome: 'failed', reason: { code: 'not-acknowledged' } },
		});
	});
});
