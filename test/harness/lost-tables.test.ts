import type { AuditEventRow } from '../../lib/audit/event-row';
import { SyncWorld } from './sync-world';

/*
 * People rename, delete and import tables in n8n, and rows of them; the sync makes a table that is absent
 * anew, empty. What a person had decided in it is lost then, and nothing of that says that GP changed.
 */
jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => ({
	n8nEffects: jest.requireActual('./hasty-effects').hastyEffects,
}));

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

const lastEvents = (): AuditEventRow[] => {
	const { run_id } = world.runs().at(-1)!;
	return world.events().filter((event) => event.run_id === run_id && event.entity === 'payable');
};

test('the table of the jobs: what was sent stays, waits, and goes on once its row is back', async () => {
	const rows = world.tables.rows<Record<string, string>>('gpp_project_crosswalk');
	const before = standing();
	expect(before.length).toBeGreaterThan(5);
	world.tables.delete('gpp_project_crosswalk', () => true);
	// The second one has nothing but what the parked rows tell.
	for (const run of ['first', 'second']) {
		await world.sync();
		expect([run, standing()]).toEqual([run, before]);
		expect(world.runs().at(-1)).toMatchObject({ voided: 0 });
	}
	expect(
		new Set(
			world.tables
				.rows<{ entity: string; reason_code: string }>('gpp_parked')
				.filter(({ entity }) => entity === 'payable')
				.map(({ reason_code }) => reason_code),
		),
	).toEqual(new Set(['job-without-project']));

	const { procore_project_id } = rows.find(({ gp_job }) => gp_job === '800')!;
	world.tables.update('gpp_project_crosswalk', ({ gp_job }) => gp_job === '800', {
		procore_project_id,
	});
	const { writes } = world.procore.counters();
	await world.sync();
	expect(standing()).toEqual(before);
	expect(world.procore.counters().writes).toBe(writes);
	expect(world.tables.rows('gpp_parked')).toEqual([]);
	expect(world.books().unexplained).toBe('0.00');
});

test('one row of it, emptied: what was sent stays until somebody says where it goes', async () => {
	const before = standing();
	world.tables.update('gpp_project_crosswalk', ({ gp_job }) => gp_job === '800', {
		procore_project_id: '',
	});
	await world.sync();
	expect(standing()).toEqual(before);
	expect(new Set(lastEvents().map(({ outcome }) => outcome))).toEqual(
		new Set(['parked', 'skipped']),
	);
	world.tables.update('gpp_project_crosswalk', ({ gp_job }) => gp_job === '800', {
		action: 'skip',
	});
	await world.sync();
	expect(standing()).toEqual([]);
	expect(world.books().unexplained).toBe('0.00');
});
