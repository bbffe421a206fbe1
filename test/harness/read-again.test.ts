import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 8, documentCount: 90 });
	// Lists that tell a part only: an edit of a distribution shows in the detail alone.
	world.gp.set({ listDetail: 'summary' });
});
afterAll(() => world.close());

test('the run row and its page say how often open documents are read again', async () => {
	for (let run = 0; run < 2; run++) {
		await world.sync();
	}
	const last = world.runs().at(-1)!;
	const found = /^(\d+) open documents are read again every (?:(\d+) runs|run)$/.exec(
		last.read_again ?? '',
	);
	expect(found).not.toBeNull();
	// Open in GP: not posted, or posted and not paid off.
	const open = [...world.gp.company.documents.values()].filter(({ state }) => state !== 'history');
	// The latest one has a fresh stamp, which may hide an edit: it is read on every run, in no turn.
	const inTurn = Number(found![1]);
	expect(inTurn).toBe(open.length - 1);
	expect(Number(found![2] ?? 1)).toBe(Math.ceil(inTurn / 60));
	const page = await world.page({ page: 'run', run: last.run_id });
	expect(page).toContain(`${inTurn} open documents are read again every`);
});
