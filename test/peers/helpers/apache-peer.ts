import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Certificate } from './certificates';
import { APACHE, APACHE_MODULES } from './peer-programs';
import { freePort, stopChild, temporaryFolder, USERS_FILE, waitForPort } from './running-peer';
import type { RunningPeer } from './running-peer';

export interface ApacheOptions {
	tls?: Certificate;
	/** Seconds until an idle kept connection is closed. */
	keepAliveSeconds?: number;
	/** LAN Manager level of the verifier; 5 refuses NTLMv1. */
	lmCompatLevel?: number;
}

/**
 * Apache with mod_auth_gssapi and gss-ntlmssp: /gp wants a Windows login per connection, /open none.
 * NETBIOS_DOMAIN_NAME stays unset on purpose: with it this verifier takes NTLMv1 at every level.
 */
export async function startApache(options: ApacheOptions = {}): Promise<RunningPeer> {
	const { folder, remove } = temporaryFolder();
	const port = await freePort();
	for (const name of ['gp', 'open']) {
		mkdirSync(path.join(folder, 'htdocs', name), { recursive: true });
		writeFileSync(path.join(folder, 'htdocs', name, 'ping.json'), '{"ok":true}\n');
	}
	writeFileSync(path.join(folder, 'users'), USERS_FILE);
	writeFileSync(path.join(folder, 'httpd.conf'), configuration(folder, port, options));
	if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'nobody', folder]);

	const child = spawn(
		APACHE,
		['-d', folder, '-f', path.join(folder, 'httpd.conf'), '-D', 'FOREGROUND'],
		{
			stdio: 'ignore',
			// Apache ends by a signal to its whole process group, which must not be the tests' own.
			detached: true,
			env: {
				PATH: process.env.PATH,
				LC_ALL: 'C.UTF-8',
				NTLM_USER_FILE: path.join(folder, 'users'),
				NETBIOS_COMPUTER_NAME: 'GPHOST',
				LM_COMPAT_LEVEL: String(options.lmCompatLevel ?? 5),
			},
		},
	);
	const log = () => {
		try {
			return readFileSync(path.join(folder, 'error.log'), 'utf8');
		} catch {
			return '';
		}
	};
	await waitForPort(port, child, log);
	return {
		url: options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
		port,
		log,
		stop: async () => {
			await stopChild(child);
			remove();
		},
	};
}

function configuration(folder: string, port: number, options: ApacheOptions): string {
	const modules = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_user', 'auth_gssapi'];
	if (options.tls) modules.push('ssl');
	return `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/httpd.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/error.log
LogLevel warn
${process.getuid?.() === 0 ? 'User nobody\nGroup nogroup' : ''}
${modules.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout ${options.keepAliveSeconds ?? 15}
StartServers 8
MinSpareServers 8
MaxRequestWorkers 64
DocumentRoot ${folder}/htdocs
${
	options.tls
		? `SSLEngine on\nSSLCertificateFile ${options.tls.certificateFile}\nSSLCertificateKeyFile ${options.tls.keyFile}\nSSLSessionCache none`
		: ''
}
<Directory ${folder}/htdocs>
  Require all granted
</Directory>
<Location /gp>
  AuthType GSSAPI
  AuthName "Dynamics GP"
  GssapiAllowedMech ntlmssp
  GssapiConnectionBound On
  Require valid-user
</Location>
`;
}
