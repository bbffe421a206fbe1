import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's own Python, which sees Debian's python3-gssapi whatever `python3` on the path is. */
export const PYTHON = '/usr/bin/python3';
export const APACHE = '/usr/sbin/apache2';
export const APACHE_MODULES = '/usr/lib/apache2/modules';
export const NTLM_AUTH = '/usr/bin/ntlm_auth';

/** A part of a peer: the Debian package that holds it and how to see whether it is there. */
interface Part {
	package: string;
	present: () => boolean;
}

const PARTS = {
	apache2: { package: 'apache2', present: () => existsSync(APACHE) },
	mod_auth_gssapi: {
		package: 'libapache2-mod-auth-gssapi',
		present: () => existsSync(`${APACHE_MODULES}/mod_auth_gssapi.so`),
	},
	'gss-ntlmssp': {
		package: 'gss-ntlmssp',
		present: () => existsSync('/etc/gss/mech.d/mech.ntlmssp.conf'),
	},
	'python3-gssapi': {
		package: 'python3-gssapi',
		present: () =>
			existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import gssapi.raw']).status === 0,
	},
	ntlm_auth: { package: 'winbind', present: () => existsSync(NTLM_AUTH) },
	openssl: { package: 'openssl', present: () => spawnSync('openssl', ['version']).status === 0 },
} satisfies Record<string, Part>;

export type PeerPart = keyof typeof PARTS;

export const ALL_PARTS = Object.keys(PARTS) as PeerPart[];

export function missingParts(parts: readonly PeerPart[]): PeerPart[] {
	return parts.filter((part) => !PARTS[part].present());
}

export function packagesOf(parts: readonly PeerPart[]): string[] {
	return parts.map((part) => PARTS[part].package);
}

/**
 * `describe` where the peer is installed. Elsewhere one skipped test that bears the reason in its
 * name, so that nobody takes silence for success.
 */
export function describeWithPeer(name: string, parts: readonly PeerPart[], body: () => void): void {
	const missing = missingParts(parts);
	if (missing.length === 0) {
		describe(name, body);
		return;
	}
	describe(name, () => {
		test.skip(`skipped: ${missing.join(', ')} not installed (Debian: ${packagesOf(missing).join(' ')})`, () => {});
	});
}
