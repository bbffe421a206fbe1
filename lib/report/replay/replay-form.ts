import { entityName, plainText, type RecordKey } from '../read/question';
import { checkReplayToken, visitorOf } from './replay-token';

/** What the visitor pressed: a record, or everything that waits. */
export interface ReplayOrder extends RecordKey {
	all: boolean;
	/** Who asks, for the audit trail. */
	by: string;
}

export type ReplayReading =
	| { accepted: true; order: ReplayOrder }
	| { accepted: false; status: number; message: string };

/**
 * Reads the form behind a replay button. Refused when it was not pressed on a page that this
 * visitor was given lately, or names no record.
 *
 * @param now milliseconds since 1970
 */
export function readReplayForm(
	form: Record<string, unknown>,
	authorization: string,
	now: number,
): ReplayReading {
	const token = plainText(form.token, 200);
	const verdict = checkReplayToken(token, authorization, now);
	if (verdict === 'wrong') {
		return refused(
			403,
			'This replay was refused: it was not pressed on a page that was made for you. Open the page again and press Replay there.',
		);
	}
	if (verdict === 'expired') {
		return refused(403, 'The page was opened too long ago. Load it again and press Replay there.');
	}
	const order: ReplayOrder = {
		all: plainText(form.all, 3) === 'yes',
		entity: entityName(plainText(form.entity, 20)),
		company: plainText(form.company, 40),
		key: plainText(form.key, 200),
		by: `page: ${visitorOf(authorization) || 'somebody logged in'}`,
	};
	const named = order.entity !== '' && order.company !== '' && order.key !== '';
	if (!order.all && !named) return refused(400, 'It was not said which record to replay.');
	return { accepted: true, order };
}

function refused(status: number, message: string): ReplayReading {
	return { accepted: false, status, message };
}
