import { SyncWorld } from './sync-world';

/* Stock SBA gives vendors and payables and no chart of accounts. */
jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 12, documentCount: 30 });
	world.gp.setClock(Date.now());
	// Its cost codes are in Procore, however they came there.
	await world.sync();
	world.gp.switches.offers.accounts = false;
});
afterAll(async () => await world.close());

test('a site without accounts is told how to say so, and then goes on without them', async () => {
	const line = { account: '300-5130-02', amount: '1250.00' };
	const { voucher } = world.gp.edits.addInvoice({ state: 'open', lines: [line] });
	const sent = () =>
		world
			.directCosts()
			.filter(({ origin_id, status }) => origin_id!.includes(voucher) && status !== 'draft')
			.map(({ grand_total }) => grand_total);
	const { error } = await world.run();
	const { description } = error as { description?: string };
	const declared = /site profile: (\{.*?\}\}\})\./.exec(description ?? '')?.[1] ?? '';
	expect(JSON.parse(declared)).toEqual({ entities: { account: { lists: [] } } });

	for (const node of world.workflow.nodes) {
		if (!node.type.endsWith('.dynamicsGp')) continue;
		const options = node.parameters.options as object | undefined;
		node.parameters.options = { ...options, profileOverride: declared };
	}
	const again = await world.run();
	expect(again.error).toBeUndefined();
	expect(sent()).toEqual(['1250.0']);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
});
