import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { md4, ntowfV2 } from '../../lib/ntlm/messages/ntlmv2';
import { CANARY } from './helpers/canary-run';

/**
 * Every failure there is, provoked in a process of its own that prints all it can get hold of: errors
 * with stack, cause and hidden fields, answers, the client itself, warnings. Nothing secret may be in it.
 */
describe('the canary', () => {
	const script = path.join(__dirname, 'helpers', 'canary-run.ts');
	const run = spawnSync(process.execPath, ['--import', 'tsx', script], {
		encoding: 'utf8',
		timeout: 40_000,
		env: {
			...process.env,
			// n8n's loudest levels; Node's own wire dump (NODE_DEBUG=http) is not ours to silence.
			N8N_LOG_LEVEL: 'debug',
			LOG_LEVEL: 'debug',
			DEBUG: '*',
			NODE_DEBUG: 'timer,events,module',
		},
	});
	const output = run.stdout + run.stderr;

	test('provokes every kind of failure', () => {
		expect(run.status).toBe(0);
		const codes = new Set(output.match(/CODE [a-z0-9-]+/g)?.map((line) => line.slice(5)));
		expect([...codes].sort()).toEqual([
			'clear-text-login-refused',
			'connection-lost',
			'connection-refused',
			'host-not-found',
			'login-scheme-unsupported',
			'ntlm-challenge-malformed',
			'ntlm-v1-refused',
			'redirect-refused',
			'request-aborted',
			'request-invalid',
			'request-timeout',
			'response-malformed',
			'response-too-large',
			'tls-protocol',
			'windows-login-interrupted',
			'windows-login-rejected',
		]);
	});

	const account = { domain: CANARY.domain, user: CANARY.user };
	const password = Buffer.from(CANARY.password, 'utf16le');
	const utf16Middle = password.subarray(4, 16);
	test.each<[string, string]>([
		['the password', CANARY.password],
		['a part of the password', CANARY.password.slice(3, 12)],
		['the password in UTF-16, hexadecimal', utf16Middle.toString('hex')],
		['the password in base64', Buffer.from(CANARY.password).toString('base64').slice(4, 16)],
		['the NT hash', md4(password).toString('hex')],
		['the NT hash in base64', md4(password).toString('base64')],
		['NTOWFv2', ntowfV2(account, CANARY.password).toString('hex')],
		['NTOWFv2 in base64', ntowfV2(account, CANARY.password).toString('base64')],
		['the access token', CANARY.token],
		['any NTLM message', 'TlRMTVNT'],
		['any NTLM message, hexadecimal', Buffer.from('NTLMSSP').toString('hex')],
		['any NTLM message, as text', 'NTLMSSP'],
		['a secret the server put into WWW-Authenticate', CANARY.realm],
		['a query secret', CANARY.query],
	])('never shows %s', (_, secret) => {
		expect(output.toLowerCase()).not.toContain(secret.toLowerCase());
	});

	test('never shows the bytes of a message as Node prints buffers', () => {
		expect(output).not.toContain('4e 54 4c 4d 53 53 50');
		expect(output).not.toContain(utf16Middle.toString('hex').match(/../g)!.join(' '));
	});
});
