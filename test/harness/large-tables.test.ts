import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

test('a crosswalk of several pages is read whole, though the table gives each page in another order', async () => {
	const world = await SyncWorld.open({ vendorCount: 5, documentCount: 20 });
	try {
		const company = 'TWO';
		const job = (index: number) => `X${String(index).padStart(5, '0')}`;
		await world.sync();
		world.tables.insert(
			'gpp_project_crosswalk',
			Array.from({ length: 2_500 }, (_, index) => ({
				gp_company: company,
				gp_job: job(index),
				action: 'skip',
			})),
		);
		const result = await world.sync();
		const reads = result.subRuns
			.map((sub) => sub.items('Read project crosswalk').map(({ gp_job }) => String(gp_job)))
			.filter((read) => read.length > 0);
		expect(reads.length).toBeGreaterThan(0);
		for (const read of reads)
			expect(new Set(read.filter((one) => one.startsWith('X'))).size).toBe(2_500);
	} finally {
		await world.close();
	}
});
