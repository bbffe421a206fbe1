import { type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Accounts every peer knows. */
export const ACCOUNT = { domain: 'CONTOSO', user: 'gpsvc', password: 'P@ssw0rd-1' };
export const UMLAUT_ACCOUNT = { domain: 'MÜNCHEN', user: 'jürgen', password: 'Straße€9' };

export const USERS_FILE = [ACCOUNT, UMLAUT_ACCOUNT]
	.map(({ domain, user, password }) => `${domain}:${user}:${password}\n`)
	.join('');

export interface RunningPeer {
	url: string;
	port: number;
	/** Kept so that a failing test can show what the peer said. */
	log: () => string;
	stop: () => Promise<void>;
}

export function temporaryFolder(): { folder: string; remove: () => void } {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ntlm-peer-'));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function freePort(): Promise<number> {
	const server = net.createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as net.AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

export async function waitForPort(port: number, child: ChildProcess, log: () => string) {
	for (let attempt = 0; attempt < 200; attempt += 1) {
		if (child.exitCode !== null) throw new Error(`The peer ended at once:\n${log()}`);
		const open = await new Promise<boolean>((resolve) => {
			const socket = net.connect(port, '127.0.0.1');
			socket.once('connect', () => resolve(true));
			socket.once('error', () => resolve(false));
			socket.once('connect', () => socket.destroy());
		});
		if (open) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`The peer does not listen on port ${port}:\n${log()}`);
}

export async function stopChild(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await ended;
}
