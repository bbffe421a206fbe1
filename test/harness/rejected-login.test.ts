import { SyncWorld } from './sync-world';

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 9, documentCount: 10 });
});
afterAll(async () => await world.close());

test('three hourly runs try a refused login once; a person tries it again, a new password goes', async () => {
	const { dynamicsGpApi: login } = world.credentials;
	const right = login.password;
	const hourly = async () => await world.run('Every hour', [{ timestamp: '2026-06-30T10:00:00Z' }]);
	const tries = () => world.gp.counters.rejectedLogins;
	login.password = 'the old one';
	expect((await hourly()).error).toBeDefined();
	expect(tries()).toBe(1);
	for (const _hour of [2, 3]) {
		const { error } = await hourly();
		expect(error?.message).toMatch(/not tried again by schedule/);
	}
	expect(tries()).toBe(1);
	await world.run('Run now');
	expect(tries()).toBe(2);
	login.password = right;
	expect((await hourly()).error).toBeUndefined();
});
