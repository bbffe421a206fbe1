import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Certificate } from './certificates';
import { PYTHON } from './peer-programs';
import { stopChild, temporaryFolder, USERS_FILE, type RunningPeer } from './running-peer';

export interface GssapiPeerOptions {
	tls?: Certificate;
	/** Hash of `tls-server-end-point` the peer expects. */
	bindingHash?: string;
	requireBinding?: boolean;
	perRequest?: boolean;
	scheme?: 'NTLM' | 'Negotiate';
}

/** Starts scripts/gssapi_acceptor.py on a free port. */
export async function startGssapiPeer(options: GssapiPeerOptions = {}): Promise<RunningPeer> {
	const { folder, remove } = temporaryFolder();
	const usersFile = path.join(folder, 'users');
	writeFileSync(usersFile, USERS_FILE);
	const script = path.join(__dirname, '..', 'scripts', 'gssapi_acceptor.py');
	const args = [script];
	if (options.tls) {
		args.push('--certificate', options.tls.certificateFile, '--key', options.tls.keyFile);
	}
	if (options.bindingHash) args.push('--binding-hash', options.bindingHash);
	if (options.requireBinding) args.push('--require-binding');
	if (options.perRequest) args.push('--per-request');
	if (options.scheme) args.push('--scheme', options.scheme);

	const child = spawn(PYTHON, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env.PATH,
			LC_ALL: 'C.UTF-8',
			NTLM_USER_FILE: usersFile,
			NETBIOS_COMPUTER_NAME: 'GPHOST',
			LM_COMPAT_LEVEL: '5',
		},
	});
	let log = '';
	child.stderr.on('data', (chunk) => (log += chunk));
	const port = await new Promise<number>((resolve, reject) => {
		let out = '';
		child.stdout.on('data', (chunk) => {
			out += chunk;
			const match = /listening (\d+)/.exec(out);
			if (match) resolve(Number(match[1]));
		});
		child.once('exit', () => reject(new Error(`The acceptor ended at once:\n${log}`)));
	});
	return {
		url: options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
		port,
		log: () => log,
		stop: async () => {
			await stopChild(child);
			remove();
		},
	};
}
