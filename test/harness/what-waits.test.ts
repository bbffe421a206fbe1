import type { ParkedRow } from '../../lib/audit/event-row';
import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeEach(async () => {
	world = await SyncWorld.open({ vendorCount: 12, documentCount: 40 });
	await run();
});
afterEach(async () => await world.close());

const waiting = () =>
	world.tables.rows<ParkedRow>('gpp_parked').filter(({ entity }) => entity === 'payable');

async function run() {
	const done = await world.sync();
	const tried = done.subRuns.map((sub) =>
		sub.items('Load parked', 2).filter(({ kind }) => kind === 'payable'),
	);
	return { done, tried: tried.filter((records) => records.length > 0).map(({ length }) => length) };
}

test('documents that the mapping keeps back are decided anew once it knows more, and not on each run', async () => {
	const kept = waiting().filter(({ waits_for }) => waits_for && waits_for !== 'procore');
	expect(kept.length).toBeGreaterThan(5);
	// The first run made crosswalk rows for jobs and accounts it met.
	await run();
	const quiet = await run();
	expect(sum(quiet.tried)).toBe(
		waiting().filter(({ waits_for }) => waits_for === 'procore').length,
	);
	// They are counted all the same.
	expect(world.runs().at(-1)).toMatchObject({
		status: world.runs()[0].status,
		waiting: world.tables.rows('gpp_parked').length,
	});

	// Whatever it learns may be what one of them waits for.
	world.tables.insert('gpp_vendor_crosswalk', [
		{ gp_company: 'TWO', gp_vendor_id: 'NOBODY', procore_vendor_id: '', action: 'skip', note: '' },
	]);
	expect(sum((await run()).tried)).toBeGreaterThanOrEqual(kept.length);
	expect(sum((await run()).tried)).toBeLessThan(kept.length);

	const job = kept.find(({ cause_key }) => cause_key?.startsWith('J:'))!.cause_key!.slice(2);
	const before = waiting().length;
	const changed = world.tables.update('gpp_project_crosswalk', ({ gp_job }) => gp_job === job, {
		procore_project_id: firstProject(),
	});
	expect(changed).toBe(1);
	await run();
	expect(waiting().length).toBeLessThan(before);
});

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

function firstProject(): string {
	const rows = world.tables.rows<{ procore_project_id: string }>('gpp_event');
	return rows.find(({ procore_project_id }) => Boolean(procore_project_id))!.procore_project_id;
}

test('two thousand that wait are tried in portions of 500, each once, and none is lost', async () => {
	await run();
	const [row] = waiting().filter(({ waits_for }) => waits_for && waits_for !== 'procore');
	const record = JSON.parse(row.payload) as { key: string };
	// Far apart, as those that wait among a hundred thousand documents are.
	const keys = Array.from(
		{ length: 2_000 },
		(_, index) => `1;${String(7_000_000 + index * 1_009)}`,
	);
	world.tables.insert(
		'gpp_parked',
		keys.map((key) => {
			const {
				id: _id,
				createdAt: _c,
				updatedAt: _u,
				...cells
			} = row as never as Record<string, string>;
			return {
				...cells,
				gp_key: key,
				run_id: 'earlier',
				waits_for: null,
				payload: JSON.stringify({ ...record, key }),
			};
		}),
	);
	const { tried, done } = await run();
	expect(Math.max(...tried)).toBeLessThanOrEqual(500);
	for (const sub of done.subRuns)
		for (const read of ['Read parked', 'Rows waiting', 'Rows of these'])
			expect(sub.items(read).length).toBeLessThanOrEqual(500);
	expect(sum(tried)).toBeGreaterThanOrEqual(2_000);
	const left = waiting().filter(({ gp_key }) => keys.includes(gp_key));
	expect(new Set(left.map(({ gp_key }) => gp_key)).size).toBe(2_000);
	expect(left).toHaveLength(2_000);
	expect(new Set(left.map(({ waits_for }) => waits_for)).size).toBe(1);
	expect(sum((await run()).tried)).toBeLessThan(100);
});

test('a first load does not read with each batch what it parked with those before', async () => {
	const fresh = await SyncWorld.open({ vendorCount: 12, documentCount: 80 });
	try {
		fresh.parameters('GP payables').batchSize = 10;
		const { subRuns } = await fresh.sync();
		expect(subRuns.length).toBeGreaterThan(8);
		const kinds = ['id', 'gp_key'];
		const rowsRead = subRuns.flatMap((sub) => sub.items('Rows of these'));
		expect(rowsRead.filter((row) => kinds.some((column) => column in row))).toEqual([]);
		const rows = fresh.tables.rows<ParkedRow>('gpp_parked');
		expect(rows.length).toBeGreaterThan(10);
		expect(new Set(rows.map(({ entity, gp_key }) => `${entity} ${gp_key}`)).size).toBe(rows.length);
	} finally {
		await fresh.close();
	}
});

test.each(['', '{"kind":"payable","li', '{}'])(
	'a row that holds %j of its record is read from GP, and keeps no other from being tried',
	async (payload) => {
		await run();
		const [odd, ...others] = waiting().filter(({ reason_code }) => !reason_code.startsWith('GP_'));
		world.tables.update('gpp_parked', ({ gp_key }) => gp_key === odd.gp_key, { payload });
		world.tables.insert('gpp_vendor_crosswalk', [
			{
				gp_company: 'TWO',
				gp_vendor_id: 'NOBODY',
				procore_vendor_id: '',
				action: 'skip',
				note: '',
			},
		]);
		expect(sum((await run()).tried)).toBeGreaterThanOrEqual(others.length);
		await run();
		const [now, ...more] = waiting().filter(({ gp_key }) => gp_key === odd.gp_key);
		expect(more).toEqual([]);
		expect(JSON.parse(now.payload)).toMatchObject({ kind: 'payable', key: odd.gp_key });
		expect(now.reason_code).toBe(odd.reason_code);
	},
);
