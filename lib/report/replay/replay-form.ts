import { plainText } from '../read/plain-text';
import { entityName, type RecordKey } from '../read/question';
import type { CauseName } from '../waiting/causes';
import { refusalOf, refused, type Refusal } from '../acts/page-guard';
import { visitorOf } from './replay-token';

/** What the visitor pressed: a record, all that wait for one thing, or everything that waits. */
export interface ReplayOrder extends RecordKey {
	all: boolean;
	/** Every record that waits for this; null where one record or all are meant. */
	cause: CauseName | null;
	/** What the tables are asked for: patterns that may find more than is meant. */
	look: { entity: string; company: string; key: string; code: string; most: number };
	/** Who asks, for the audit trail. */
	by: string;
}

export type ReplayReading = { accepted: true; order: ReplayOrder } | Refusal;

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
	const refusal = refusalOf(form, authorization, now);
	if (refusal) return refusal;
	const record: RecordKey = {
		entity: entityName(plainText(form.entity, 20)),
		company: plainText(form.company, 40),
		key: plainText(form.key, 200),
	};
	const all = plainText(form.all, 3) === 'yes';
	const code = plainText(form.cause, 60);
	const cause =
		code === '' ? null : { company: record.company, code, key: plainText(form.about, 130) };
	const order: ReplayOrder = {
		...{ ...record, all, cause },
		look: lookFor(record, all, cause),
		by: `page: ${visitorOf(authorization) || 'somebody logged in'}`,
	};
	const named = record.company !== '' && (cause ?? (record.entity !== '' && record.key !== ''));
	if (!all && !named) return refused(400, 'It was not said which record to replay.');
	return { accepted: true, order };
}

/** More rows than one replay may ask for, so that too many are noticed and not cut off. */
const MOST_ROWS = 5_001;

function lookFor(
	{ entity, company, key }: RecordKey,
	all: boolean,
	cause: CauseName | null,
): ReplayOrder['look'] {
	if (all) return { entity: '%', company: '%', key: '%', code: '%', most: MOST_ROWS };
	if (cause) return { entity: '%', company, key: '%', code: cause.code, most: MOST_ROWS };
	return { entity, company, key, code: '%', most: 10 };
}
