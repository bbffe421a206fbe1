import { plainText } from '../read/plain-text';
import { checkReplayToken } from '../replay/replay-token';

export interface Refusal {
	accepted: false;
	status: number;
	message: string;
}

/**
 * Why a pressed button does not count: it was not pressed on a page that this visitor was given lately.
 * Null where it counts.
 *
 * @param now milliseconds since 1970
 */
export function refusalOf(
	form: Record<string, unknown>,
	authorization: string,
	now: number,
): Refusal | null {
	const verdict = checkReplayToken(plainText(form.token, 200), authorization, now);
	if (verdict === 'wrong') {
		return refused(
			403,
			'This was refused: it was not pressed on a page that was made for you. Open the page again and press it there.',
		);
	}
	if (verdict === 'expired') {
		return refused(403, 'The page was opened too long ago. Load it again and press it there.');
	}
	return null;
}

export function refused(status: number, message: string): Refusal {
	return { accepted: false, status, message };
}
