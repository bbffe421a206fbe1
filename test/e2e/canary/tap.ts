import net from 'node:net';

export interface Tap {
	/** `http://127.0.0.1:port`, to be used instead of the address it leads to. */
	url: string;
	/** Everything that was sent to the other side so far, as it went over the wire. */
	sent(): string;
	/** And what came back. */
	received(): string;
	close(): Promise<void>;
}

/** Listens in on a line: a TCP forwarder, so that logins bound to a socket pass through it. */
export async function startTap(target: string): Promise<Tap> {
	const { hostname, port } = new URL(target);
	const sockets = new Set<net.Socket>();
	const heard: Buffer[] = [];
	const answered: Buffer[] = [];
	const server = net.createServer((client) => {
		const other = net.connect(Number(port), hostname);
		for (const [from, to] of [
			[client, other],
			[other, client],
		]) {
			sockets.add(from);
			from.on('close', () => {
				sockets.delete(from);
				to.destroy();
			});
			from.on('error', () => to.destroy());
		}
		client.on('data', (chunk) => heard.push(Buffer.from(chunk)));
		other.on('data', (chunk) => answered.push(Buffer.from(chunk)));
		client.pipe(other).pipe(client);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
		sent: () => Buffer.concat(heard).toString('utf8'),
		received: () => Buffer.concat(answered).toString('utf8'),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}
