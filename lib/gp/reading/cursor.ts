import { GpSettingInvalid } from '../errors/settings';
import type { Stamp } from '../../model/gp-records';

/** Where a run stands between two batches. */
export interface Cursor {
	/** The listing, if this process still has it. */
	token: string;
	/** Changed rows handed out so far. */
	offset: number;
	/** The last of them: from here a new listing goes on when the old one is gone and no watermark moves. */
	stamp: Stamp | null;
	key: string;
	/** Fingerprint of the watermark the run began with. */
	began: string;
}

export function encodeCursor({ token, offset, stamp, key, began }: Cursor): string {
	return Buffer.from(JSON.stringify([token, offset, stamp, key, began])).toString('base64url');
}

export function decodeCursor(text: string): Cursor {
	try {
		const [token, offset, stamp, key, began] = JSON.parse(
			Buffer.from(text, 'base64url').toString('utf8'),
		) as unknown[];
		if (
			typeof token === 'string' &&
			Number.isSafeInteger(offset) &&
			(offset as number) >= 0 &&
			(stamp === null || typeof stamp === 'string') &&
			typeof key === 'string' &&
			typeof began === 'string'
		) {
			return { token, offset: offset as number, stamp, key, began };
		}
	} catch {
		// Falls through: whatever it was, it is no cursor.
	}
	throw new GpSettingInvalid(
		'cursor',
		'it is not one that this node handed out',
		'Leave it empty in the first batch, and hand back the "cursor" of the checkpoint unchanged in the next.',
	);
}
