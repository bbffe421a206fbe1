import { runStepsInTurns } from '../../http/read-body';
import { isRecord } from '../../model/json-text';
import { presentableAnswer } from '../../model/redact';
import { isSecretName } from '../../model/secret-shapes';
import { notAnswered } from '../errors/from-answer';
import { ProcoreError, ProcoreInputError, ProcoreNotFoundError } from '../errors/procore-errors';
import type { ListCall } from '../list-pages';
import type { ProcoreClient } from '../procore-client';
import type { ProcoreAnswer, ProcoreCall, ProcoreRequest, QueryValue } from '../transport';
import { readId } from '../wire';

/**
 * The path of a free request, checked: below `/rest/` of the API host and nowhere else, whatever
 * an expression made of it. Parameters belong into the query.
 */
function checkedPath(client: Pick<ProcoreClient, 'apiBaseUrl'>, path: string): string {
	const wanted = path.trim();
	const refuse = (why: string) =>
		new ProcoreInputError(`The path "${wanted}" ${why}`, {
			remedy:
				"Give the path as Procore's API reference shows it, e.g. /rest/v1.0/vendors, without host; parameters go into the query.",
		});
	if (!wanted.startsWith('/rest/')) throw refuse('does not begin with /rest/');
	if (/[?#]/.test(wanted)) throw refuse('holds parameters');
	if (/[\\\s]|\/\//.test(wanted) || [...wanted].some((character) => character < ' '))
		throw refuse('is not a plain path');
	// The client says what is wrong with such an address.
	if (!URL.canParse(client.apiBaseUrl)) return wanted;
	// As the network will read it: "/rest/../oauth/token" or "%2e%2e" would leave the API.
	const address = new URL(client.apiBaseUrl + wanted);
	const base = new URL(client.apiBaseUrl);
	const root = `${base.pathname.replace(/\/{1,9}$/, '')}/rest/`;
	if (address.origin !== base.origin || !address.pathname.startsWith(root))
		throw refuse('leads out of the API');
	// A server that takes escapes away first would read "..%2f" so, too.
	if (/(^|\/|%2f|%5c)(\.|%2e){1,2}(\/|%2f|%5c|$)/i.test(wanted))
		throw refuse('holds steps upwards');
	return wanted;
}

/** What a route gives is not known: members that are secrets by their name are left out, texts redacted. */
function shown(body: unknown): Promise<unknown> {
	return runStepsInTurns(presentableAnswer(body, isSecretName));
}

/** One request to any route of Procore's API. GET may be repeated; anything else only as the policy allows. */
export async function apiRequest(
	client: ProcoreClient,
	request: {
		method: ProcoreRequest['method'];
		path: string;
		query?: Record<string, QueryValue>;
		body?: unknown;
	},
): Promise<unknown> {
	const path = checkedPath(client, request.path);
	const answer = await callRecord(client, {
		...request,
		path,
		what: `${request.method} ${path}`,
		anyAnswer: true,
		// Nothing is known of the route, so that a write whose answer was lost is not sent again.
		retry: { replaySafe: request.method === 'GET' },
	});
	return await shown(answer);
}

/** All rows of any list, page after page (Link headers, or the `data` of version 2). */
export async function apiList(
	client: ProcoreClient,
	request: { path: string; query?: Record<string, QueryValue> },
	limit?: number,
): Promise<unknown[]> {
	const path = checkedPath(client, request.path);
	const rows = await client.list({
		path,
		query: request.query,
		what: `GET ${path}`,
		oneRecord: true,
		perPage: 100,
		limit,
		anyRows: true,
	});
	return (await shown(rows)) as unknown[];
}

/**
 * Reads or changes one record: refused or not found, it is this record that is concerned and not its
 * project. Gives the record that was answered. See `changeRecord` where what stands can be read.
 */
export async function callRecord(
	client: ProcoreClient,
	call: Omit<ProcoreCall, 'oneRecord'>,
): Promise<unknown> {
	return recordOf(client, await client.call({ ...call, oneRecord: true }), call);
}

/**
 * Changes one record. Where the answer is none, what stands is read (`look`): a 204 says that the change was made,
 * and else what it shows of `sent` does.
 */
export async function changeRecord(
	client: ProcoreClient,
	call: Omit<ProcoreCall, 'oneRecord' | 'method'>,
	look: () => Promise<unknown>,
	sent: { origin_data?: string } | { is_active: boolean },
): Promise<unknown> {
	const answer = await client.call({ ...call, method: 'PATCH', oneRecord: true });
	if (isRecord(answer.body)) return answer.body;
	const standing = (await look().catch(() => undefined)) as Record<string, unknown> | undefined;
	const shows = Object.entries(sent).filter(([, value]) => value !== undefined);
	const isMade = shows.length > 0 && shows.every(([field, value]) => standing?.[field] === value);
	if (standing && (answer.status === 204 || isMade)) return standing;
	throw noRecord(client, answer, call);
}

function noRecord(
	client: ProcoreClient,
	answer: ProcoreAnswer,
	call: Pick<ProcoreCall, 'path' | 'what' | 'projectId'>,
): ProcoreError {
	return notAnswered(answer, { ...call, address: client.apiBaseUrl + call.path });
}

/** What came in answer to `call`. */
function recordOf(client: ProcoreClient, answer: ProcoreAnswer, call: ProcoreCall): unknown {
	if (isRecord(answer.body) || call.anyAnswer) return answer.body;
	throw noRecord(client, answer, call);
}

/**
 * Deletes one record. Procore names it in its answer, or says by the status that there is nothing to say;
 * where neither came, it is asked whether the record still stands.
 */
export async function deleteRecord(
	client: ProcoreClient,
	call: Omit<ProcoreCall, 'oneRecord' | 'method'>,
): Promise<void> {
	const answer = await client.call({ ...call, method: 'DELETE', oneRecord: true });
	if (answer.status === 204 || isRecord(answer.body)) return;
	try {
		const standing = await callRecord(client, { ...call, method: 'GET' });
		if ((standing as { deleted_at?: unknown }).deleted_at) return;
	} catch (error) {
		if (error instanceof ProcoreNotFoundError) return;
		throw error;
	}
	throw noRecord(client, answer, call);
}

/**
 * Sends a POST so that it takes effect once: Procore has no idempotency key for these records, so
 * after an attempt that may have taken effect (`findStanding` is asked) it is only sent again when
 * nothing stands. Without a `key` to look for, it is never sent again.
 */
export async function createOnce(
	client: ProcoreClient,
	call: ProcoreCall,
	key: unknown,
	findStanding: (key: string) => Promise<unknown>,
): Promise<unknown> {
	let lost: unknown;
	for (let attempt = 1; ; attempt++) {
		try {
			return recordOf(client, await client.call(call), call);
		} catch (error) {
			const isLost = mayHaveTakenEffect(error);
			if (typeof key !== 'string' || key === '' || (!isLost && !lost)) throw error;
			// It may still be on its way, and a list may lag behind.
			await client.effects.sleep(LOOK_AFTER_MS);
			const standing = await findStanding(key);
			if (standing) return standing;
			// Refused because it stands, which nothing shows yet: not knowing is no refusal, and ends the batch.
			if (!isLost) throw isTaken(error) ? lost : error;
			if (attempt === 3) throw error;
			lost = error;
		}
	}
}

const LOOK_AFTER_MS = 2_000;

function isTaken(error: unknown): boolean {
	return error instanceof ProcoreError && /\b(taken|already|exists?)\b/i.test(error.message);
}

function mayHaveTakenEffect(error: unknown): boolean {
	return error instanceof ProcoreError && UNANSWERED.includes(error.code);
}

/** Codes of faults after which nobody knows whether a write took effect. */
export const UNANSWERED: readonly string[] = [
	...['procore-unreachable', 'procore-server-fault', 'procore-unexpected-answer'],
	'not-acknowledged',
];

/**
 * Rows of a list that Procore itself cannot narrow down this far: read page by page until `limit`
 * of them fit. Without a test it is an ordinary list.
 */
export async function listWhere(
	client: ProcoreClient,
	call: Omit<ListCall, 'limit'>,
	test: ((row: Record<string, unknown>) => boolean) | undefined,
	limit = Infinity,
): Promise<unknown[]> {
	if (!test) return client.list({ ...call, ...(limit === Infinity ? {} : { limit }) });
	const found: unknown[] = [];
	await client.eachPage(call, (rows) => {
		found.push(...rows.filter((row) => test(row as Record<string, unknown>)));
		return found.length < limit;
	});
	return found.slice(0, limit);
}

/** A test for rows one of whose `fields` contains `text`, in any case; undefined when nothing is sought. */
export function containing(
	text: string | undefined,
	...fields: string[]
): ((row: Record<string, unknown>) => boolean) | undefined {
	const wanted = text?.trim().toLowerCase();
	if (!wanted) return undefined;
	return (row) =>
		fields.some((field) =>
			String(row[field] ?? '')
				.toLowerCase()
				.includes(wanted),
		);
}

/**
 * Procore's own filters by origin id and id, asked once more of each row: a list that does not know a filter
 * gives everything without a word, and its first row would be taken for the one sought.
 */
export function soughtBy({
	originId,
	ids,
}: {
	originId?: string;
	ids?: readonly string[];
}): ((row: Record<string, unknown>) => boolean) | undefined {
	return all(
		originId ? (row) => row.origin_id === originId : undefined,
		ids ? (row) => ids.includes(readId(row.id) ?? '') : undefined,
	);
}

/** A test that all given tests pass; undefined when there are none. */
export function all(
	...tests: Array<((row: Record<string, unknown>) => boolean) | undefined>
): ((row: Record<string, unknown>) => boolean) | undefined {
	const given = tests.filter((test) => test !== undefined);
	return given.length === 0 ? undefined : (row) => given.every((test) => test(row));
}
