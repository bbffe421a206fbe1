import type { WrittenOutcome } from '../../lib/sync/origin-data';
import {
	findUnrecordedWrites,
	leftBehind,
	type WrittenKind,
} from '../../lib/sync/unrecorded-writes';
import { clientOf, directCost } from '../procore/support/desired';
import { FakeProcore, reply, silence } from '../procore/support/fake-procore';

/** What the lists of Procore show, by the end of their paths; all others are empty. */
let lists: Record<string, unknown[] | number | Error>;
let asked: string[];
beforeEach(() => {
	lists = {};
	asked = [];
});
async function found(kind: WrittenKind, unrecordedPlaces: string[] = ['9001']) {
	const fake = new FakeProcore();
	fake.intercept = (_request, path) => {
		const name = Object.keys(lists).find((end) => path.endsWith(end));
		asked.push(path.replace(/^\/rest\/v[\d.]+/, ''));
		const answer = name === undefined ? [] : lists[name];
		if (answer instanceof Error) return answer;
		return typeof answer === 'number' ? reply(answer, { errors: ['no'] }) : reply(200, answer);
	};
	const client = clientOf(fake.transport);
	return await findUnrecordedWrites(client, kind, { unrecordedBatches: ['B1'], unrecordedPlaces });
}
const LETTERS = { created: 'c', updated: 'u', voided: 'v' };
const data = (outcome: keyof typeof LETTERS = 'created', more = {}) =>
	JSON.stringify({ src: 'gp', h: 'h', b: 'B1', w: LETTERS[outcome], ...more });

describe('a document', () => {
	const cost = (more: object = {}): Record<string, unknown> => ({
		...{ id: 5, origin_id: 'GP:TWO:PM:1:0042:P:9001', origin_data: data() },
		...{ invoice_number: 'INV-7', status: 'approved', grand_total: '10.50' },
		...more,
	});
	const only = async (row: object, list = 'direct_costs') => {
		lists = { [list]: [row] };
		const { writes } = await found('directCost');
		expect(writes).toHaveLength(1);
		return writes[0];
	};

	test('says whose it is, what people call it, and what stands', async () => {
		expect(await only(cost({ origin_data: data('updated', { m: '2026-09-30' }) }))).toEqual({
			...{ kind: 'outcome', outcome: 'updated', originId: cost().origin_id, dryRun: false },
			...{ amount: '10.50', recovered: { batchId: 'B1' } },
			procore: { type: 'directCost', id: '5', projectId: '9001' },
			source: {
				...{ company: 'TWO', entity: 'payable', key: '1;0042', hash: '', modified: '2026-09-30' },
				...{ label: 'Voucher 0042, document INV-7', touches: '|VOUCHER:0042|DOC:INV-7|' },
			},
		});
		const bare = await only(cost({ invoice_number: null }));
		expect(bare.source.label).toBe('Voucher 0042');
		expect(bare.source).not.toHaveProperty('modified');
	});

	test.each<[string, object, WrittenOutcome & keyof typeof LETTERS, string | undefined]>([
		['counts', {}, 'created', '10.50'],
		['is a draft', { status: 'draft' }, 'created', '0.00'],
		['was taken out', {}, 'voided', '0.00'],
		['shows no total', { grand_total: null }, 'created', undefined],
		['shows none and was taken out', { grand_total: null }, 'voided', undefined],
	])('that %s has its amount', async (_, more, outcome, amount) => {
		const write = await only(cost({ ...more, origin_data: data(outcome) }));
		expect([write.outcome, write.amount]).toEqual([outcome, amount]);
	});

	test('may be a subcontractor invoice', async () => {
		const items = [{ id: 1, line_item_id: 2, work_completed_this_period: '3.25' }];
		const { grand_total: _, ...row } = cost({ items });
		expect(await only(row, 'requisitions')).toMatchObject({
			...{ amount: '3.25', procore: { type: 'requisition', id: '5', projectId: '9001' } },
			source: { key: '1;0042', label: 'Voucher 0042, document INV-7' },
		});
		expect((await only({ ...row, status: 'draft' }, 'requisitions')).amount).toBe('0.00');
		const { items: __, ...bare } = row;
		const write = await only({ ...bare, invoice_number: null }, 'requisitions');
		expect(write).not.toHaveProperty('amount');
		expect(write.source.label).toBe('Voucher 0042');
	});

	test('is passed over without an id, an origin id or a mark', async () => {
		const rows = [{ ...cost(), id: null }, cost({ origin_id: null }), cost({ origin_data: '{}' })];
		lists = { direct_costs: rows, requisitions: rows };
		expect((await found('directCost')).writes).toEqual([]);
	});
});

test('where invoices are refused, none was written; another fault is told', async () => {
	lists = { requisitions: 403 };
	expect(await found('directCost')).toEqual({ batches: ['B1'], writes: [] });
	lists = { requisitions: silence('ECONNREFUSED') };
	await expect(found('directCost')).rejects.toMatchObject({ scope: 'transport' });
	lists = { direct_costs: silence('ECONNREFUSED') };
	await expect(found('directCost')).rejects.toMatchObject({ scope: 'transport' });
});

test('a project that refuses settles nothing, one that is gone holds nothing', async () => {
	lists = { direct_costs: 403 };
	expect((await found('directCost')).batches).toEqual([]);
	lists = { direct_costs: 404 };
	expect((await found('directCost')).batches).toEqual(['B1']);
});

describe('without a place', () => {
	const projects = [{ id: 1 }, { name: 'without an id' }, { id: 2 }];

	test('documents are looked for in each project', async () => {
		lists = { '/projects': projects };
		expect((await found('directCost', [])).batches).toEqual(['B1']);
		const searched = asked.filter((path) => path.endsWith('/direct_costs'));
		expect(searched).toEqual(['/projects/1/direct_costs', '/projects/2/direct_costs']);
		expect(asked.some((path) => /segments/.test(path))).toBe(false);
	});

	test('codes in the standard lists as well; a refusal is none, another fault is told', async () => {
		const code = { id: 5, code: '300', full_code: '03-300', name: 'Slabs' };
		lists = {
			...{ '/projects': projects, '/segments': [{ id: 4, type: 'cost_code' }] },
			...{ '/segments/4/lists': [{ id: 77 }, {}] },
			'/standard_cost_codes': [
				{ ...code, origin_id: 'GP:TWO:SCC:03-300', origin_data: data('created', { a: '000-300' }) },
			],
		};
		const { batches, writes } = await found('costCode', []);
		expect(batches).toEqual(['B1']);
		expect(writes).toMatchObject([
			{ source: { key: '000-300', label: '000-300 03-300 Slabs', touches: '|A:000-300|' } },
		]);
		expect(writes[0].procore).toEqual({ type: 'costCode', id: '5' });
		for (const status of [403, 404]) {
			lists['/segments'] = status;
			expect(await found('costCode', [])).toEqual({ batches: ['B1'], writes: [] });
		}
		lists['/segments'] = { message: 'Welcome' } as never;
		await expect(found('costCode', [])).rejects.toThrow('answered something that is no list');
		lists['/segments'] = silence('ECONNREFUSED');
		await expect(found('costCode', [])).rejects.toMatchObject({ scope: 'transport' });
	});
});

test('a code of a project names it, and its account where that is known', async () => {
	lists = {
		'/cost_codes': [
			{ name: 'without an id' },
			...[{ id: 5, code: '300', name: 'Slabs', origin_id: 'GP:TWO:CC:300:P:9001' }].map((row) => ({
				...{ ...row, origin_data: data() },
			})),
		],
	};
	const [write] = (await found('costCode')).writes;
	expect(write.procore).toEqual({ type: 'costCode', id: '5', projectId: '9001' });
	expect(write.source).toMatchObject({ entity: 'account', key: '300:P:9001' });
});

test('a vendor is known by its id in GP, in canonical spelling', async () => {
	const row = { id: 5, name: 'Acme', origin_id: 'GP:TWO:V:Acme:1', origin_data: data() };
	lists = { '/vendors': [row], '/vendors/inactive': [{ ...row, id: 6 }] };
	const { writes } = await found('vendor');
	expect(writes.map(({ procore }) => procore)).toEqual([
		...['5', '6'].map((id) => ({ type: 'vendor', id })),
	]);
	expect(writes[0].source).toMatchObject({
		...{ entity: 'vendor', key: 'ACME:1', label: 'ACME:1 Acme', touches: '|V:ACME:1|' },
	});
	expect(writes[0]).not.toHaveProperty('amount');
});

describe('a document of the batch that stands where it was not mapped to', () => {
	const cost = (project: string, more: object = {}) => ({
		...{ id: Number(project), origin_id: `GP:TWO:PM:1:0042:P:${project}`, origin_data: data() },
		...{ invoice_number: 'INV-7', status: 'approved', grand_total: '10.50' },
		...more,
	});
	const behind = async (desired: Array<ReturnType<typeof directCost>>, row: object) => {
		lists = { direct_costs: [row] };
		return leftBehind(desired, await found('directCost'));
	};
	const mapped = (voucher: string, more: object = {}) =>
		directCost(voucher, ['10.50'], { originId: `GP:TWO:PM:1:${voucher}:P:9002`, ...more });

	test('is to be taken out there, and tells so beside the one it goes with', async () => {
		const [one, ...more] = await behind([mapped('0041'), mapped('0042')], cost('9001'));
		expect(more).toEqual([]);
		expect(one).toMatchObject({
			goesWith: 1,
			gone: {
				...{ kind: 'directCost', originId: 'GP:TWO:PM:1:0042:P:9001', projectId: '9001' },
				...{ voided: true, withdrawn: true, lines: [], total: '0.00' },
				source: { key: mapped('0042').source.key, amount: '0.00' },
			},
		});
	});

	test.each<[string, Array<ReturnType<typeof directCost>>, object]>([
		['is mapped there as well', [mapped('0042', { originId: cost('9001').origin_id })], {}],
		['was taken out there', [mapped('0042')], { origin_data: data('voided') }],
		['is only taken out elsewhere, and may wait', [mapped('0042', { withdrawn: true })], {}],
		['does not come in this batch', [mapped('0041')], {}],
		['comes in none', [], {}],
	])('is left where it %s', async (_, desired, more) => {
		expect(await behind(desired, cost('9001', more))).toEqual([]);
	});
});
