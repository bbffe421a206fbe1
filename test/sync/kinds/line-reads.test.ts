import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { clientOf, directCost } from '../../procore/support/desired';
import { FakeProcore, reply } from '../../procore/support/fake-procore';

/** How often, and of which direct costs, lines are read once each of so many has a line less. */
async function readsFor(count: number) {
	const fake = new FakeProcore();
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
	fake.codes.push({ id: 900, project_id: 9001, code: '5110', name: 'Materials', parent_id: null });
	const run = (amounts: string[]) =>
		syncDirectCosts(
			clientOf(fake.transport),
			Array.from({ length: count }, (_, index) => directCost(`D${index}`, amounts)),
			{ dryRun: false },
		);
	await run(['1', '2']);
	fake.requests = [];
	expect((await run(['1'])).map(({ outcome, amount }) => `${outcome} ${amount}`)).toEqual(
		Array(count).fill('updated 1.00'),
	);
	return fake.requests
		.filter(({ method, path }) => method === 'GET' && path.endsWith('direct_costs/line_items'))
		.map(({ query }) => query.get('filters[direct_cost_id]'));
}

test('up to three direct costs have their lines read one by one, of more the project is read once', async () => {
	const [three, four] = [await readsFor(3), await readsFor(4)];
	expect(three).toHaveLength(3);
	expect(three).not.toContain(null);
	expect(four).toEqual([null]);
});

test('a line that a list shows twice is not taken out for the second one', async () => {
	const fake = new FakeProcore();
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
	fake.codes.push({ id: 900, project_id: 9001, code: '5110', name: 'Materials', parent_id: null });
	const run = (amounts: string[]) =>
		syncDirectCosts(clientOf(fake.transport), [directCost('1', amounts)], { dryRun: false });
	await run(['1', '2']);
	fake.intercept = ({ method }, path) => {
		if (method !== 'GET' || !path.endsWith('direct_costs/line_items')) return undefined;
		const rows = fake.lines.map(({ direct_cost_id, ...line }) => ({
			...line,
			holder: { id: direct_cost_id },
		}));
		return reply(200, [...rows, ...rows], { total: String(rows.length) });
	};
	fake.requests = [];
	expect(await run(['1', '3', '4'])).toMatchObject([{ outcome: 'updated', amount: '8.00' }]);
	expect(fake.lines.map(({ amount }) => amount)).toEqual([1, 3, 4]);
	expect(fake.writes.filter(({ method }) => method === 'DELETE')).toHaveLength(0);
});
