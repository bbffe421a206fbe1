import { spawn } from 'node:child_process';
import { NTLM_AUTH } from './peer-programs';

/** What Samba makes of one handshake: `AF DOMAIN\user` or `NA NT_STATUS_…`. */
export async function sambaVerdict(
	account: { domain: string; user: string; password: string },
	type1: Buffer,
	makeType3: (type2: Buffer) => Buffer,
): Promise<string> {
	const child = spawn(
		NTLM_AUTH,
		[
			'--helper-protocol=squid-2.5-ntlmssp',
			'--configfile=/dev/null',
			`--username=${account.user}`,
			`--domain=${account.domain}`,
			`--password=${account.password}`,
		],
		{ stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } },
	);
	let out = '';
	const lines: string[] = [];
	let wake = () => {};
	child.stdout.on('data', (chunk) => {
		out += chunk;
		const parts = out.split('\n');
		out = parts.pop() ?? '';
		lines.push(...parts);
		wake();
	});
	child.once('exit', () => {
		lines.push('BH ntlm_auth ended');
		wake();
	});
	const ask = async (line: string): Promise<string> => {
		child.stdin.write(`${line}\n`);
		while (lines.length === 0) await new Promise<void>((resolve) => (wake = resolve));
		return lines.shift() ?? '';
	};
	try {
		const [status, challenge] = (await ask(`YR ${type1.toString('base64')}`)).split(' ');
		if (status !== 'TT') throw new Error(`Samba answered ${status} to Type 1`);
		return await ask(`KK ${makeType3(Buffer.from(challenge, 'base64')).toString('base64')}`);
	} finally {
		child.kill();
	}
}
