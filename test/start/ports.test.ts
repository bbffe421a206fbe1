import { createServer, type AddressInfo } from 'node:net';
import { startGpProcess, freePorts } from '../../sandbox/start/stand-ins';

test('a stand-in starts beside whoever has its ports already', async () => {
	const taken = createServer();
	await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
	const { port } = taken.address() as AddressInfo;
	const gp = await startGpProcess({
		...(await freePorts(port, port)),
		...{ vendors: 1, documents: 1 },
	});
	try {
		expect(new URL(gp.url).port).not.toBe(String(port));
		expect((await fetch(`${gp.adminUrl}/company`)).ok).toBe(true);
	} finally {
		await gp.stop();
		taken.close();
	}
}, 60_000);
