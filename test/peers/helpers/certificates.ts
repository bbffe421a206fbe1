import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Certificate {
	certificateFile: string;
	keyFile: string;
	/** PEM; self-signed, so it is its own authority. */
	pem: string;
}

/** A self-signed certificate for localhost, signed with the algorithm asked for. */
export function makeCertificate(
	folder: string,
	name: string,
	algorithm: { key?: string[]; signature?: string[] } = {},
): Certificate {
	const certificateFile = path.join(folder, `${name}.crt`);
	const keyFile = path.join(folder, `${name}.key`);
	execFileSync(
		'openssl',
		[
			...['req', '-x509', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
			...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
			...(algorithm.key ?? ['-newkey', 'rsa:2048']),
			...(algorithm.signature ?? ['-sha256']),
			...['-keyout', keyFile, '-out', certificateFile],
		],
		{ stdio: 'pipe' },
	);
	return { certificateFile, keyFile, pem: readFileSync(certificateFile, 'utf8') };
}
