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
		// One timer for the whole line: timers of different lengths may fire out of their order.
		const line: Array<{ at: number; action: () => void }> = [];
		const deliver = () => {
			while (line.length > 0 && line[0].at <= performance.now()) line.shift()?.action();
			if (line.length > 0) setTimeout(deliver, Math.max(0, line[0].at - performance.now()));
		};
		const later = (action: () => void) => {
			line.push({ at: Math.max(notBefore, performance.now() + roundTripMs / 2), action });
			if (line.length === 1) setTimeout(deliver, Math.max(0, line[0].at - performance.now()));
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
		forward(client, target, performance.now() + roundTripMs * 1.5);
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
