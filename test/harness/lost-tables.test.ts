import { SyncWorld } from './sync-world';

/*
 * People rename, delete and import tables in n8n, and rows of them; the sync makes a table that is absent
 * anew, empty. What a person had decided in it is lost then, and nothing of that says that GP changed.
 */
jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 20, documentCount: 60 });
	await world.sync();
	const { id } = world.procore.state.projects.all()[0];
	world.tables.update('gpp_project_crosswalk', (row) => row.gp_job === '800', {
		procore_project_id: String(id),
	});
	await world.sync();
	await world.sync();
});

afterAll(() => world.close());

/** Of the documents of job 800, which is linked by hand alone. */
const standing = () => {
	const keys = new Set(
		world
			.events()
			.filter(({ entity, touches }) => entity === 'payable' && touches?.includes('|J:800|'))
			.map(({ gp_key }) => gp_key),
	);
	return world
		.directCosts()
		.filter(({ origin_id, status }) => {
			const [, , , type, voucher] = String(origin_id).split(':');
			return (status as string) !== 'draft' && keys.has(`${type};${voucher}`);
		})
		.map(({ origin_id, grand_total }) => [origin_id, grand_total]);
};

/** Takes rows of a table out for good, as a table that was renamed. */
function lose(table: string) {
	const rows = world.tables.rows<Record<string, string>>(table);
	world.tables.delete(table, () => true);
	return rows.map(({ id: _id, createdAt: _created, updatedAt: _updated, ...row }) => row);
}

test.each(['gpp_project_crosswalk', 'gpp_account_crosswalk'])(
	'%s lost: no run begins until it is back',
	async (table) => {
		world.tables.update('gpp_account_crosswalk', (row) => row.gp_account === '300-5140-03', {
			action: 'skip',
		});
		await world.sync();
		const before = [world.directCosts(), world.procore.counters().writes];
		const rows = lose(table);
		for (let hour = 0; hour < 2; hour += 1) {
			const { error } = await world.run();
			expect(String(error?.message)).toContain(`The table ${table} has lost what was decided`);
			expect(world.runs().at(-1)).toMatchObject({ status: 'failed' });
			expect(world.runs().at(-1)!.error).toContain('crosswalk-lost');
		}
		expect([world.directCosts(), world.procore.counters().writes]).toEqual(before);
		expect(world.tables.rows(table)).toEqual([]);
		world.tables.insert(table, rows);
		await world.sync();
		expect([world.directCosts(), world.procore.counters().writes]).toEqual(before);
		expect(world.books().unexplained).toBe('0.00');
	},
);

test('one row of it, emptied: what was sent stays until somebody says where it goes', async () => {
	const before = standing();
	world.tables.update('gpp_project_crosswalk', ({ gp_job }) => gp_job === '800', {
		procore_project_id: '',
	});
	await world.sync();
	expect(standing()).toEqual(before);
	const waiting = () =>
		world.tables
			.rows<{ entity: string; reason_code: string }>('gpp_parked')
			.filter(({ entity }) => entity === 'payable');
	expect(new Set(waiting().map(({ reason_code }) => reason_code))).toEqual(
		new Set(['job-without-project']),
	);
	// Tried again, since the mapping knows more.
	world.tables.update('gpp_account_crosswalk', ({ gp_account }) => gp_account === '300-5170-03', {
		cost_code: '5110',
	});
	await world.sync();
	expect(standing()).toEqual(before);
	world.tables.update('gpp_project_crosswalk', ({ gp_job }) => gp_job === '800', {
		action: 'skip',
	});
	await world.sync();
	expect(standing()).toEqual([]);
	expect(world.books().unexplained).toBe('0.00');
});

test('all of it taken back on purpose: a row with a note says so, and its documents come up again', async () => {
	const { gp_company } = lose('gpp_project_crosswalk')[0]!;
	const { error } = await world.run();
	expect(String(error?.message)).toContain('has lost what was decided');
	const waiting = () =>
		world.tables
			.rows<{ entity: string; cause_key: string }>('gpp_parked')
			.filter(({ entity, cause_key }) => entity === 'payable' && cause_key === 'J:800');
	expect(waiting()).toEqual([]);
	world.tables.insert('gpp_project_crosswalk', [{ gp_company, gp_job: '800' }]);
	// Nobody types as fast.
	await new Promise((resolve) => setTimeout(resolve, 5));
	const ours = ({ gp_job }: Record<string, unknown>) => gp_job === '800';
	world.tables.update('gpp_project_crosswalk', ours, { note: 'meant so' });
	await world.sync();
	expect(waiting().length).toBeGreaterThan(5);
	expect(world.books().unexplained).toBe('0.00');
});
