import { createHash, createHmac, scryptSync, timingSafeEqual } from 'node:crypto';
import { entityName, inAnyCase, pageAddress, plainText, type RecordKey } from '../read/question';
import type { CrosswalkRow, PageLogRow } from '../read/rows';
import { actionsOf, causeKeyOf, type CauseName, type Chosen, isChosen } from '../waiting/causes';

/** How long a page left open can still be used to replay, in milliseconds. */
export const TOKEN_LIFE = 12 * 3_600_000;

/**
 * Proof that a replay was pressed on a page which this visitor was given. A browser sends the login
 * with whatever is posted here from any site, and n8n serves the page in a sandbox, so that its own
 * posts cannot be told from foreign ones by their origin. The token is made from the login itself,
 * which a foreign site does not know, and dies after a while.
 *
 * @param authorization the visitor's Authorization header; '' = no login, and no replay
 * @param now milliseconds since 1970
 */
export function replayToken(authorization: string, now: number): string | null {
	if (authorization === '') return null;
	const expires = Math.floor((now + TOKEN_LIFE) / 1000).toString(36);
	return `${expires}.${signature(authorization, expires)}`;
}

export function checkReplayToken(
	token: string,
	authorization: string,
	now: number,
): 'valid' | 'expired' | 'wrong' {
	const [expires = '', signed = ''] = token.split('.');
	if (authorization === '' || !/^[0-9a-z]{1,10}$/.test(expires)) return 'wrong';
	const expected = Buffer.from(signature(authorization, expires));
	const given = Buffer.from(signed);
	if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'wrong';
	return Number.parseInt(expires, 36) * 1000 < now ? 'expired' : 'valid';
}

/** Name of a Basic login, for the audit trail. */
export function visitorOf(authorization: string): string {
	const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
	if (!encoded) return '';
	return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0]!.slice(0, 80);
}

/** The key is derived slowly: whoever finds a token in a saved page must not guess the password from it. */
function signature(authorization: string, expires: string): string {
	const key = scryptSync(authorization, 'GP to Procore: replay', 32, { N: 8192, r: 8, p: 1 });
	return createHmac('sha256', key).update(`replay until ${expires}`).digest('base64url');
}

interface Refusal {
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
function refusalOf(
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

function refused(status: number, message: string): Refusal {
	return { accepted: false, status, message };
}

/** What a visitor chose for a job, an account or a vendor. */
export interface CrosswalkChoice {
	kind: Chosen;
	company: string;
	key: string;
	/** Project id, cost code or vendor id; blank leaves it open. */
	target: string;
	targetName: string;
	costType: string;
	action: string;
	note: string;
	/** What the row decided when the form was shown; absent from a form of an older version. */
	stood?: string;
	/** Name of the page's login. */
	by: string;
	/** Patterns that find its rows, as the form did, and the events of its records; the key its waiting records carry. */
	keyPattern: string;
	touchPattern: string;
	causeKey: string;
}

/**
 * What the rows about one thing decide, in one word that a form carries, so that no other decision is
 * written over unseen. In whatever order they were read; a row that decides nothing is as good as none.
 */
export function decidedBy(
	rows: ReadonlyArray<Pick<CrosswalkRow, 'target' | 'costType' | 'action'>>,
): string {
	const said = rows
		.map(({ target, costType, action }) => JSON.stringify([target, costType, action || 'send']))
		.filter((one) => one !== '["","","send"]');
	return createHash('sha256')
		.update([...new Set(said)].sort().join())
		.digest('base64url');
}

/** Between a value and its name in a pick list: what is sent is both. */
export const NAME_FOLLOWS = ' | ';

/**
 * Reads the form of the crosswalk editor. Nothing of it is trusted: every part is one bounded line,
 * and only known kinds and actions are taken.
 *
 * @param now milliseconds since 1970
 */
function readCrosswalkForm(
	form: Record<string, unknown>,
	authorization: string,
	now: number,
): { accepted: true; choice: CrosswalkChoice } | Refusal {
	const refusal = refusalOf(form, authorization, now);
	if (refusal) return refusal;
	const text = (name: string, longest = 200) => plainText(form[name], longest);
	const kind = text('kind');
	const [company, key] = [text('company', 40), text('key')];
	if (!isChosen(kind) || company === '' || key === '') {
		return refused(400, 'It was not said which job, account or vendor is meant.');
	}
	const action = text('action').toLowerCase() || 'send';
	if (!actionsOf(kind).includes(action)) {
		return refused(400, `The action must be one of ${actionsOf(kind).join(', ')}.`);
	}
	const [target = '', ...name] = text('target', 300).split(NAME_FOLLOWS);
	if (kind === 'vendor' && target !== '' && !/^\d{1,20}$/.test(target)) {
		return refused(400, 'A Procore vendor is named by its id, a number. Choose one from the list.');
	}
	return {
		accepted: true,
		choice: {
			...{ kind, company, key, action, target: target.trim() },
			targetName: name.join(NAME_FOLLOWS).trim(),
			...{ costType: text('type', 40), note: text('note') },
			...(text('stood') !== '' && { stood: text('stood') }),
			by: visitorOf(authorization) || 'somebody logged in',
			keyPattern: inAnyCase(key),
			touchPattern: `%|${causeKeyOf(kind, key)}|%`,
			causeKey: causeKeyOf(kind, key),
		},
	};
}

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
	// n8n finds keys that only contain this one, too.
	return { entity, company, key, code: '%', most: MOST_ROWS };
}

/** What was pressed on the page, read and checked. */
export type Act =
	| { accepted: true; act: 'replay'; order: ReplayOrder }
	| { accepted: true; act: 'crosswalk'; choice: CrosswalkChoice }
	| { accepted: true; act: 'reconcile'; log: PageLogRow; started: string; queued: string }
	| Refusal;

/**
 * Reads any form of the page. Each counts only for the visitor whose page it stood on.
 *
 * @param now milliseconds since 1970
 */
export function readAct(form: Record<string, unknown>, authorization: string, now: number): Act {
	const act = plainText(form.act, 20);
	if (act === 'crosswalk') {
		const reading = readCrosswalkForm(form, authorization, now);
		return reading.accepted ? { ...reading, act } : reading;
	}
	if (act !== 'reconcile') {
		const reading = readReplayForm(form, authorization, now);
		return reading.accepted ? { ...reading, act: 'replay' } : reading;
	}
	const refusal = refusalOf(form, authorization, now);
	if (refusal) return refusal;
	const company = plainText(form.company, 40);
	const back = (notice: string) => pageAddress({ page: 'reconciliation', company, notice });
	return {
		...{ accepted: true, act, started: back('reconciling'), queued: back('not-reconciling') },
		log: {
			...{ at: new Date(now).toISOString(), by: visitorOf(authorization), act },
			...{ subject: 'the books', gp_company: company, before: '', after: '', records: 0 },
		},
	};
}
