import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size =
		length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (date: string) => der(0x17, Buffer.from(date, 'ascii'));

/** ecdsa-with-SHA256, ecdsa-with-SHA384. */
const ALGORITHMS = { sha256: '2a8648ce3d040302', sha384: '2a8648ce3d040303' } as const;

/** A self-signed certificate for localhost and 127.0.0.1, made on the spot: no key lies in the repository. */
export function selfSigned(digest: keyof typeof ALGORITHMS = 'sha256'): {
	key: string;
	cert: string;
} {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(oid(ALGORITHMS[digest]));
	const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('localhost')))));
	const names = sequence(
		der(0x82, Buffer.from('localhost')),
		der(0x87, Buffer.from([127, 0, 0, 1])),
	);
	const basic = sequence(oid('551d13'), der(0x04, sequence(der(0x01, Buffer.from([0xff])))));
	const alternative = sequence(oid('551d11'), der(0x04, names));
	const body = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		algorithm,
		name,
		sequence(time('200101000000Z'), time('491231235959Z')),
		name,
		spki(publicKey),
		der(0xa3, sequence(basic, alternative)),
	);
	const signature = der(0x03, Buffer.from([0]), sign(digest, body, privateKey));
	const certificate = sequence(body, algorithm, signature).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${certificate.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`,
	};
}

function spki(key: KeyObject): Buffer {
	return key.export({ type: 'spki', format: 'der' });
}
