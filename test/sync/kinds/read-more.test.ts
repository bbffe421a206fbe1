import type { DesiredDirectCost } from '../../../lib/model/desired';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import { clientOf, directCost, vendor } from '../../procore/support/desired';
import { FakeProcore, reply } from '../../procore/support/fake-procore';

let fake: FakeProcore;
let client: ProcoreClient;
beforeEach(() => {
	fake = new FakeProcore();
	client = clientOf(fake.transport);
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
	fake.codes.push({ id: 900, project_id: 9001, code: '5110', name: 'Materials', parent_id: null });
});
let run = 0;
const sync = (desired: DesiredDirectCost[], more: Partial<SyncOptions> = {}) =>
	syncDirectCosts(client, desired, { dryRun: false, ...more });
const many = (count: number, more = {}) =>
	Array.from({ length: count }, (_, index) => directCost(`D${index}`, ['10', '5'], more));
const told = (outcomes: Array<{ outcome: string; amount?: string }>) =>
	[...new Set(outcomes.map(({ outcome, amount }) => `${outcome} ${amount}`))].join();
/** How direct costs were asked for. */
const asked = () =>
	fake.requests
		.filter(({ method, path }) => method === 'GET' && path.endsWith('/direct_costs'))
		.map(({ query }) =>
			query.has('filters[origin_id]')
				? 'by origin id'
				: query.has('filters[invoice_number]')
					? 'by number'
					: 'all',
		);
/** Lets answers to lines show no amounts. */
function hideAmounts(): void {
	fake.intercept = ({ method, body, url }, path) => {
		if (method !== 'PATCH' || !path.endsWith('line_items/sync')) return undefined;
		const answer = (fake as any).route(method, new URL(url), structuredClone(body));
		for (const one of answer.body.entities) delete one.amount;
		return answer;
	};
}

describe('a total that no answer told', () => {
	beforeEach(hideAmounts);

	test('is looked up, each by its origin id, of more than five in the whole list', async () => {
		expect(told(await sync(many(1)))).toBe('created 15.00');
		expect(asked()).toEqual(['by origin id', 'by origin id']);
		fake.costs = [];
		fake.lines = [];
		fake.requests = [];
		expect(told(await sync(many(5)))).toBe('created 15.00');
		expect(asked()).toEqual(['all', ...Array(5).fill('by origin id')]);
	});

	test('of many is seen in the list, read once more', async () => {
		expect(told(await sync(many(6)))).toBe('created 15.00');
		expect(asked()).toEqual(['all']);
	});

	test('that is not GP’s is written once more', async () => {
		const hidden = fake.intercept!;
		let first = true;
		fake.intercept = (request, path, count) => {
			const lines = path.endsWith('line_items/sync');
			if (lines && first) {
				first = false;
				for (const row of (request.body as any).updates) row.amount += 1;
			}
			return hidden(request, path, count);
		};
		expect(told(await sync(many(1)))).toBe('created 15.00');
		expect(fake.lines.map(({ amount }) => amount)).toEqual([10, 5]);
	});

	test('that stays another is a failure, with the total that stands', async () => {
		const hidden = fake.intercept!;
		fake.intercept = (request, path, count) => {
			if (path.endsWith('line_items/sync'))
				for (const row of (request.body as any).updates) row.amount += 1;
			return hidden(request, path, count);
		};
		expect(await sync(many(1))).toMatchObject([
			{ outcome: 'failed', amount: '17.00', reason: { code: 'totals-differ' } },
		]);
	});

	test('of one that no list shows yet is not known, and no fault', async () => {
		const hidden = fake.intercept!;
		fake.intercept = (request, path, count) =>
			request.method === 'GET' && path.endsWith('/direct_costs')
				? reply(200, [])
				: hidden(request, path, count);
		expect(told(await sync(many(1)))).toBe('created 15.00');
	});
});

test('a total that answers told wrong is taken as the list shows it', async () => {
	fake.intercept = ({ method, body, url }, path) => {
		if (method !== 'PATCH' || !path.endsWith('line_items/sync')) return undefined;
		const answer = (fake as any).route(method, new URL(url), structuredClone(body));
		for (const one of answer.body.entities) one.amount = '99.00';
		return answer;
	};
	expect(told(await sync(many(1)))).toBe('created 15.00');
	expect(asked()).toEqual(['by origin id', 'by origin id']);
});

test('a total that came out is known: the same again within the run asks and writes nothing', async () => {
	const options = { cacheKey: `run ${++run}` };
	expect(told(await sync(many(2), options))).toBe('created 15.00');
	fake.requests = [];
	expect(told(await sync(many(2), options))).toBe('unchanged 15.00');
	expect(fake.requests).toEqual([]);
	expect(told(await sync(many(1), { ...options, rewrite: true }))).toBe('updated 15.00');
	expect(told(await sync(many(1), options))).toBe('unchanged 15.00');
	const [{ originId }] = many(1);
	expect(told(await sync([{ ...directCost('D0', ['15']), originId }], options))).toBe(
		'updated 15.00',
	);
	expect(told(await sync(many(1), options))).toBe('updated 15.00');
});

/** Procore refuses each row of direct costs with these errors. */
const refusing = (errors: Record<string, string[]>) => {
	fake.intercept = ({ body, method }, path) =>
		method === 'PATCH' && path.endsWith('direct_costs/sync')
			? reply(200, {
					entities: [],
					errors: (body as any).updates.map((row: object) => ({ ...row, errors })),
				})
			: undefined;
};

test('of what was refused, voided or left as it is no total is looked up', async () => {
	await sync(many(1));
	fake.requests = [];
	await sync(many(1));
	await sync(many(1, { voided: true }));
	expect(asked()).toEqual(Array(2).fill('by origin id'));
	refusing({ base: ['is locked'] });
	fake.requests = [];
	expect(told(await sync(many(1)))).toBe('locked undefined');
	expect(asked()).toEqual(['by origin id']);
});

describe('an invoice number that is taken by one nobody listed', () => {
	/** Of a vendor of this run nothing is read: so many stand all the same, entered by hand. */
	const taken = async (count: number) => {
		const options = { dryRun: false, cacheKey: `run ${++run}` };
		await syncVendors(client, [vendor('NEW')], options);
		const { id } = fake.vendors.find(({ origin_id }) => origin_id === 'GP:TWO:V:NEW')!;
		const desired = many(count, { vendorOriginId: 'GP:TWO:V:NEW' });
		fake.costs = desired.map(({ header }) => ({
			...{ id: fake.id(), project_id: 9001, direct_cost_type: 'invoice', vendor_id: id },
			...{ invoice_number: header.invoice_number, status: 'approved' },
		}));
		fake.requests = [];
		return told(await sync(desired, options));
	};

	test('is asked for, up to five one by one; of more all are read', async () => {
		expect(await taken(5)).toBe('adopted 15.00');
		expect(asked()).toEqual(Array(5).fill('by number'));
		expect(await taken(6)).toBe('adopted 15.00');
		expect(asked()).toEqual(['all']);
	});
});

test('where all are known and none has the number, nobody is asked, and the refusal stands', async () => {
	refusing({ invoice_number: ['has already been taken'] });
	expect(told(await sync(many(2)))).toBe('conflict undefined');
	expect([asked(), fake.writes.length]).toEqual([['all'], 1]);
});

test('a vendor that is missing for another reason than the directory is not put there', async () => {
	refusing({ vendor: ["can't be blank"] });
	const expense = directCost('1', ['1'], {
		vendorOriginId: undefined,
		header: { direct_cost_type: 'expense' },
	});
	expect(told(await sync([expense]))).toBe('failed undefined');
	expect(fake.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});
