import net from 'node:net';

export interface DelayProxy {
	port: number;
	close(): Promise<void>;
}

/**
 * TCP proxy that behaves like a distant server: every byte takes half a round trip each way, and a
 * new connection costs one round trip before its first byte may leave.
 */
export async function startDelayProxy(
	targetPort: number,
	roundTripMs: number,
): Promise<DelayProxy> {
	const sockets = new Set<net.Socket>();
	const forward = (from: net.Socket, to: net.Socket, notBefore: number) => {
		let last = notBefore;
		const later = (action: () => void) => {
			last = Math.max(last, Date.now() + roundTripMs / 2);
			setTimeout(action, Math.max(0, last - Date.now()));
		};
		from.on('data', (chunk) => later(() => to.destroyed || to.write(chunk)));
		from.on('end', () => later(() => to.end()));
		from.on('close', () => later(() => to.destroy()));
		from.on('error', () => to.destroy());
	};
	const server = net.createServer((client) => {
		const target = net.connect(targetPort, '127.0.0.1');
		for (const socket of [client, target]) {
			socket.setNoDelay(true);
			sockets.add(socket);
			socket.on('close', () => sockets.delete(socket));
		}
		forward(client, target, Date.now() + roundTripMs * 1.5);
		forward(target, client, 0);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as net.AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}
