import { batchesOf, syncRows, type SyncRow } from '../../lib/procore/resources/sync-rows';
import { clientOf } from './support/desired';
import { reply, silence } from './support/fake-procore';
import type { ProcoreAnswer, ProcoreRequest } from '../../lib/procore/transport';

const target = { path: '/rest/v1.0/vendors/sync', what: 'write vendors' };
const rows = (count: number): SyncRow[] =>
	Array.from({ length: count }, (_, index) => ({ origin_id: `row ${index}` }));

/** Answers sync calls row by row, unless `fault` has something else to say about the batch. */
function server(
	fault: (batch: SyncRow[], call: number) => ProcoreAnswer | Error | undefined = () => undefined,
) {
	const batches: SyncRow[][] = [];
	const landed = new Set<string>();
	return {
		batches,
		landed,
		transport: async (request: ProcoreRequest) => {
			if (request.method === 'GET') return reply(200, []);
			const batch = (request.body as { updates: SyncRow[] }).updates;
			batches.push(batch);
			const answer = fault(batch, batches.length);
			if (answer instanceof Error) throw answer;
			if (answer) return answer;
			for (const { origin_id } of batch) landed.add(String(origin_id));
			return reply(200, {
				entities: [...batch].reverse().map((row, index) => ({ ...row, id: index + 1 })),
				errors: [],
			});
		},
	};
}

test('sends at most the batch size per call, and answers in the order of the rows', async () => {
	const { transport, batches } = server();
	const sent = rows(1201);
	const results = await syncRows(clientOf(transport, { batchSize: 500 }), target, sent);
	expect(batches.map(({ length }) => length)).toEqual([500, 500, 201]);
	expect(results.map(({ entity }) => entity?.origin_id)).toEqual(
		sent.map(({ origin_id }) => origin_id),
	);
});

test.each([408, 413, 500, 502, 504, 400, 422])(
	'one poison row (HTTP %i) is found in at most 2·log2(n)+2 calls, wherever it stands',
	async (status) => {
		for (const at of [0, 1, 255, 256, 300, 511]) {
			const poison = `row ${at}`;
			const { transport, batches, landed } = server((batch) =>
				batch.some(({ origin_id }) => origin_id === poison)
					? reply(status, { errors: ['no'] })
					: undefined,
			);
			const results = await syncRows(clientOf(transport, { batchSize: 1000 }), target, rows(512));
			expect(batches.length).toBeLessThanOrEqual(2 * Math.log2(512) + 2);
			expect(results.filter(({ fault }) => fault).map(({ row }) => row.origin_id)).toEqual([
				poison,
			]);
			expect(landed.size).toBe(511);
		}
	},
);

test('a batch that times out is halved until it fits', async () => {
	const { transport, landed } = server((batch) =>
		batch.length > 100 ? silence('ETIMEDOUT') : undefined,
	);
	const results = await syncRows(clientOf(transport, { batchSize: 500 }), target, rows(500));
	expect(landed.size).toBe(500);
	expect(results.every(({ entity }) => entity)).toBe(true);
});

test('two poison rows are both found and all others land', async () => {
	const bad = new Set(['row 0', 'row 1', 'row 77']);
	const { transport, landed } = server((batch) =>
		batch.some(({ origin_id }) => bad.has(String(origin_id))) ? reply(500, '') : undefined,
	);
	const results = await syncRows(clientOf(transport), target, rows(128));
	expect(results.filter(({ fault }) => fault).map(({ row }) => row.origin_id)).toEqual([...bad]);
	expect(landed.size).toBe(125);
});

test('a server that fails every batch is a failed server, told within few calls', async () => {
	const { transport, batches } = server(() => reply(500, ''));
	await expect(syncRows(clientOf(transport), target, rows(500))).rejects.toMatchObject({
		code: 'procore-server-fault',
		scope: 'transport',
	});
	expect(batches.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(500)) + 4);
});

test('a server that is gone is not searched for poison rows', async () => {
	const { transport, batches } = server(() => silence('ECONNREFUSED'));
	await expect(syncRows(clientOf(transport), target, rows(500))).rejects.toMatchObject({
		code: 'procore-unreachable',
	});
	expect(batches).toHaveLength(5);
});

test('a single row that always fails is its own fault when the server answers other questions', async () => {
	const { transport } = server(() => reply(500, ''));
	const [result] = await syncRows(clientOf(transport), target, rows(1));
	expect(result.fault).toMatchObject({ code: 'procore-server-fault' });
});

test('a refusal of everything reports every row instead of trying each', async () => {
	const { transport, batches } = server(() => reply(400, { errors: ['bad'] }));
	const results = await syncRows(clientOf(transport), target, rows(256));
	expect(results.every(({ fault }) => fault?.code === 'procore-request-refused')).toBe(true);
	expect(batches.length).toBeLessThan(20);
});

test('a lost answer is sent again unchanged', async () => {
	const { transport, batches } = server((_batch, call) =>
		call === 1 ? silence('ECONNRESET') : undefined,
	);
	const results = await syncRows(clientOf(transport), target, rows(10));
	expect(batches).toHaveLength(2);
	expect(batches[1]).toEqual(batches[0]);
	expect(results.every(({ entity }) => entity)).toBe(true);
});

test('a storm of 409 is waited out', async () => {
	const { transport, batches } = server((_batch, call) =>
		call <= 4 ? reply(409, { error: { code: 'CONFLICT' } }) : undefined,
	);
	const client = clientOf(transport);
	const results = await syncRows(client, target, rows(10));
	expect(batches).toHaveLength(5);
	expect(results.every(({ entity }) => entity)).toBe(true);
	expect(client.counters.waitsMs).toBeLessThan(10_000);
});

test('a row Procore neither confirms nor refuses is not taken for done', async () => {
	const { transport } = server((batch) => {
		const entities = batch.slice(1).map((row, index) => ({ ...row, id: index + 1 }));
		return reply(200, { entities, errors: [] });
	});
	const results = await syncRows(clientOf(transport), target, rows(3));
	expect(results[0].errors).toEqual({ base: ['Procore did not acknowledge this row'] });
	expect(results[1].entity).toBeDefined();
});

test('rows named by id alone are recognised, and their errors too', async () => {
	const { transport } = server(() =>
		reply(200, {
			entities: [{ id: 8 }],
			errors: [{ id: 7, errors: { name: ["can't be blank"] } }],
		}),
	);
	const results = await syncRows(clientOf(transport), target, [{ id: 7 }, { id: 8 }]);
	expect(results[0].errors).toEqual({ name: ["can't be blank"] });
	expect(results[1].entity).toEqual({ id: 8 });
});

test('rows that belong together share a call where they fit', () => {
	const lines = [1, 1, 1, 2, 2, 3, 3, 3, 3, 3].map((cost, index) => ({
		origin_id: `l${index}`,
		direct_cost_id: cost,
	}));
	expect(
		batchesOf(lines, 4, (row) => row.direct_cost_id).map((batch) =>
			batch.map((row) => row.direct_cost_id),
		),
	).toEqual([[1, 1, 1], [2, 2], [3, 3, 3, 3], [3]]);
	expect(batchesOf(lines, 10, (row) => row.direct_cost_id)).toHaveLength(1);
});

test('an answer may leave out what would be empty, but not both', async () => {
	const refusal = { origin_id: 'row 0', errors: { name: ["can't be blank"] } };
	const run = async (body: object) =>
		await syncRows(clientOf(server(() => reply(200, body)).transport), target, rows(1));
	expect((await run({ errors: [refusal] }))[0].errors).toEqual({ name: ["can't be blank"] });
	expect((await run({ entities: [{ ...rows(1)[0], id: 5 }], errors: {} }))[0].entity).toBeDefined();
	await expect(run({ errors: 'no' })).rejects.toMatchObject({ code: 'procore-unexpected-answer' });
});

test('a record that is shown as deleted was not written', async () => {
	const { transport } = server((batch) =>
		reply(200, { entities: [{ ...batch[0], id: 5, deleted_at: '2026-09-01T00:00:00Z' }] }),
	);
	const [result] = await syncRows(clientOf(transport), target, rows(1));
	expect(result.entity).toBeUndefined();
	expect(result.errors?.base).toEqual([expect.stringMatching(/as deleted/)]);
});

test('an answer without the id of a record acknowledges no row but one sent by its id', async () => {
	const named: SyncRow = { id: 7, origin_id: 'row 1' };
	const { transport } = server((batch) => reply(200, { entities: batch.map(withoutId) }));
	const client = clientOf(transport);
	const [made, changed] = await syncRows(client, target, [...rows(1), named]);
	expect(made.errors?.base).toEqual([expect.stringMatching(/acknowledge/), expect.any(String)]);
	expect(changed.entity).toMatchObject(named);
	// Of lines only the amount is read.
	const [line] = await syncRows(client, { ...target, withoutIds: true }, rows(1));
	expect(line.entity).toEqual({ origin_id: 'row 0' });
});

function withoutId({ id: _, ...row }: SyncRow): SyncRow {
	return row;
}
