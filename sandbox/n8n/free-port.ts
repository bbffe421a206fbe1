import { createServer, type AddressInfo } from 'node:net';

/** A port of the loopback interface that nobody listens on now: `preferred` when it is free. */
export async function freePort(preferred = 0): Promise<number> {
	return (await tryPort(preferred)) ?? (await tryPort(0))!;
}

function tryPort(port: number): Promise<number | null> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(null));
		probe.listen(port, '127.0.0.1', () => {
			const { port: found } = probe.address() as AddressInfo;
			probe.close(() => resolve(found));
		});
	});
}
