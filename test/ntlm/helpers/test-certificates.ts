import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface KeyPair {
	key: string;
	cert: string;
}

export const opensslIsThere = spawnSync('openssl', ['version']).status === 0;

/** A private authority and the certificates it issues, made fresh by openssl for each test file. */
export class TestAuthority {
	private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'test-authority-'));
	readonly certificate: string;

	constructor() {
		this.openssl(
			...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-sha256'],
			...['-subj', '/CN=Test Authority', '-keyout', 'ca.key', '-out', 'ca.crt'],
		);
		this.certificate = this.read('ca.crt');
	}

	/** Issues a certificate for a name; `days` below zero makes one that has expired. */
	issue(name: string, days = 2): KeyPair {
		writeFileSync(
			path.join(this.folder, 'ext.cnf'),
			`subjectAltName=${name === 'localhost' ? 'DNS:localhost,IP:127.0.0.1' : `DNS:${name}`}`,
		);
		this.openssl(
			...['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`],
			...['-keyout', 'leaf.key', '-out', 'leaf.csr'],
		);
		this.openssl(
			...['x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key'],
			...['-CAcreateserial', '-sha256', '-days', String(days), '-extfile', 'ext.cnf'],
			...['-out', 'leaf.crt'],
		);
		return { key: this.read('leaf.key'), cert: this.read('leaf.crt') };
	}

	selfSigned(): KeyPair {
		this.openssl(
			...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
			...['-addext', 'subjectAltName=DNS:localhost', '-keyout', 'self.key', '-out', 'self.crt'],
		);
		return { key: this.read('self.key'), cert: this.read('self.crt') };
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}

	private read(file: string): string {
		return readFileSync(path.join(this.folder, file), 'utf8');
	}

	private openssl(...args: string[]): void {
		execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
	}
}
