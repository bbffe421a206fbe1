import { MalformedChallengeError } from '../errors/malformed-challenge-error';

/** AV_PAIR identifiers, MS-NLMP 2.2.2.1. */
export const AvId = {
	endOfList: 0,
	flags: 6,
	timestamp: 7,
	targetName: 9,
	channelBindings: 10,
} as const;

/** Bit of MsvAvFlags that announces a message integrity code. */
export const MIC_PRESENT = 0x2;

export interface AvPair {
	id: number;
	value: Buffer;
}

/** Reads the AV_PAIR list of a challenge; every length is checked against the bytes that came. */
export function parseTargetInfo(bytes: Buffer): AvPair[] {
	const pairs: AvPair[] = [];
	let position = 0;
	while (position + 4 <= bytes.length) {
		const id = bytes.readUInt16LE(position);
		const length = bytes.readUInt16LE(position + 2);
		position += 4;
		if (id === AvId.endOfList) return pairs;
		if (position + length > bytes.length) {
			throw new MalformedChallengeError('its target information runs past the end of the message');
		}
		pairs.push({ id, value: bytes.subarray(position, position + length) });
		position += length;
	}
	throw new MalformedChallengeError('its target information has no end mark');
}

/** Writes the list back in its order, closed by the end mark. */
export function encodeTargetInfo(pairs: readonly AvPair[]): Buffer {
	const parts: Buffer[] = [];
	for (const { id, value } of pairs) {
		const head = Buffer.alloc(4);
		head.writeUInt16LE(id, 0);
		head.writeUInt16LE(value.length, 2);
		parts.push(head, value);
	}
	parts.push(Buffer.alloc(4));
	return Buffer.concat(parts);
}

export function findPair(pairs: readonly AvPair[], id: number): Buffer | undefined {
	return pairs.find((pair) => pair.id === id)?.value;
}

/** Replaces the pair of that identifier, or appends it. */
export function withPair(pairs: readonly AvPair[], id: number, value: Buffer): AvPair[] {
	return [...pairs.filter((pair) => pair.id !== id), { id, value }];
}
