/**
 * MD4 (RFC 1320). OpenSSL 3 ships it only in its legacy provider, which Node does not load, so
 * `node:crypto` cannot be relied on for the one digest the Windows password hash is made of.
 */
export function md4(message: Uint8Array): Buffer {
	const words = paddedWords(message);
	let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

	for (let block = 0; block < words.length; block += 16) {
		const [startA, startB, startC, startD] = [a, b, c, d];
		for (let step = 0; step < 48; step += 1) {
			const round = step >> 4;
			const sum =
				a + MIX[round](b, c, d) + words[block + WORD_ORDER[round][step & 15]] + CONSTANTS[round];
			const rotated = rotateLeft(sum | 0, ROTATIONS[round][step & 3]);
			[a, b, c, d] = [d, rotated, b, c];
		}
		a = (a + startA) | 0;
		b = (b + startB) | 0;
		c = (c + startC) | 0;
		d = (d + startD) | 0;
	}

	const digest = Buffer.alloc(16);
	[a, b, c, d].forEach((word, index) => digest.writeInt32LE(word | 0, index * 4));
	return digest;
}

const CONSTANTS = [0, 0x5a827999, 0x6ed9eba1];
const ROTATIONS = [
	[3, 7, 11, 19],
	[3, 5, 9, 13],
	[3, 9, 11, 15],
];
const WORD_ORDER = [
	[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
	[0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
	[0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
];
const MIX: Array<(x: number, y: number, z: number) => number> = [
	(x, y, z) => (x & y) | (~x & z),
	(x, y, z) => (x & y) | (x & z) | (y & z),
	(x, y, z) => x ^ y ^ z,
];

function rotateLeft(word: number, bits: number): number {
	return (word << bits) | (word >>> (32 - bits));
}

/** The message, a one bit, zeros and the length in bits, as little-endian words in blocks of 16. */
function paddedWords(message: Uint8Array): Int32Array {
	const padded = Buffer.alloc((((message.length + 8) >> 6) + 1) << 6);
	padded.set(message);
	padded[message.length] = 0x80;
	padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
	const words = new Int32Array(padded.length / 4);
	for (let index = 0; index < words.length; index += 1)
		words[index] = padded.readInt32LE(index * 4);
	return words;
}
