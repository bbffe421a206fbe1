import { createHash } from 'node:crypto';
import { md5 } from './digests';

/**
 * MsvAvChannelBindings for a TLS connection: MD5 of the GSS channel bindings structure (RFC 2744)
 * that holds `tls-server-end-point` (RFC 5929), the hash of the server's certificate. It ties the
 * login to this very TLS connection, so a man in the middle cannot pass it on.
 * @param certificate the server's certificate in DER
 * @returns 16 bytes, or undefined when the certificate's signature has no single hash (RFC 5929, 4.1)
 */
export function channelBindingOf(certificate: Buffer): Buffer | undefined {
	const algorithm = endPointHash(certificate);
	if (algorithm === undefined) return undefined;
	const applicationData = Buffer.concat([
		Buffer.from('tls-server-end-point:', 'latin1'),
		createHash(algorithm).update(certificate).digest(),
	]);
	const structure = Buffer.alloc(20);
	structure.writeUInt32LE(applicationData.length, 16);
	return md5(Buffer.concat([structure, applicationData]));
}

/** Signature algorithm → hash. MD5 and SHA-1 are lifted to SHA-256 as RFC 5929 demands. */
const HASH_BY_SIGNATURE: Record<string, string> = {
	'2a864886f70d010104': 'sha256', // md5WithRSAEncryption
	'2a864886f70d010105': 'sha256', // sha1WithRSAEncryption
	'2a864886f70d01010e': 'sha224',
	'2a864886f70d01010b': 'sha256',
	'2a864886f70d01010c': 'sha384',
	'2a864886f70d01010d': 'sha512',
	'2a8648ce3d0401': 'sha256', // ecdsa-with-SHA1
	'2a8648ce3d040301': 'sha224',
	'2a8648ce3d040302': 'sha256',
	'2a8648ce3d040303': 'sha384',
	'2a8648ce3d040304': 'sha512',
	'2a8648ce380403': 'sha256', // dsa-with-sha1
	'608648016503040302': 'sha256', // dsa-with-sha256
};

const RSASSA_PSS = '2a864886f70d01010a';
const HASH_BY_DIGEST: Record<string, string> = {
	'2b0e03021a': 'sha256', // sha1
	'608648016503040204': 'sha224',
	'608648016503040201': 'sha256',
	'608648016503040202': 'sha384',
	'608648016503040203': 'sha512',
};

/** Name of the hash that RFC 5929 prescribes for this certificate. */
export function endPointHash(certificate: Buffer): string | undefined {
	const outer = elementAt(certificate, 0);
	const body = outer && elementAt(certificate, outer.start);
	const algorithm = body && elementAt(certificate, body.end);
	const identifier = algorithm && elementAt(certificate, algorithm.start);
	if (identifier === undefined || identifier.tag !== 0x06) return undefined;
	const signature = certificate.subarray(identifier.start, identifier.end).toString('hex');
	return signature === RSASSA_PSS
		? probabilisticHash(certificate, identifier.end)
		: HASH_BY_SIGNATURE[signature];
}

/** RSASSA-PSS keeps its hash in the parameters: SEQUENCE { [0] { SEQUENCE { OID } } … }, RFC 4055. */
function probabilisticHash(certificate: Buffer, position: number): string | undefined {
	const parameters = elementAt(certificate, position);
	const tagged = parameters && elementAt(certificate, parameters.start);
	if (tagged === undefined || tagged.tag !== 0xa0) return 'sha256'; // default is SHA-1, lifted
	const digest = elementAt(certificate, tagged.start);
	const identifier = digest && elementAt(certificate, digest.start);
	if (identifier === undefined) return undefined;
	return HASH_BY_DIGEST[certificate.subarray(identifier.start, identifier.end).toString('hex')];
}

interface DerElement {
	tag: number;
	/** First byte of the contents. */
	start: number;
	/** First byte after the contents. */
	end: number;
}

/** Reads one DER tag and length; undefined when they do not fit into the bytes. */
export function elementAt(bytes: Buffer, position: number): DerElement | undefined {
	if (position + 2 > bytes.length) return undefined;
	const tag = bytes[position];
	let length = bytes[position + 1];
	let start = position + 2;
	if (length >= 0x80) {
		const count = length & 0x7f;
		if (count === 0 || count > 4 || start + count > bytes.length) return undefined;
		length = bytes.readUIntBE(start, count);
		start += count;
	}
	return start + length > bytes.length ? undefined : { tag, start, end: start + length };
}
