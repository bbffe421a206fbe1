/** Why an address may not be called. */
export type FenceRefusal = 'unreadable' | 'scheme' | 'login' | 'other-origin';

/**
 * Compares where a request would really go with the one server the login is for. Whatever a path, a
 * link or a profile made of the address: what counts is how the URL parser reads it, which is how
 * the network will. Scheme, host and port must be the same, and no login may stand in it.
 *
 * @returns the address as it will be called, or why it may not be
 */
export function fence(origin: string, address: string): URL | FenceRefusal {
	// The parser drops tabs and line breaks and turns "\" into "/": such an address is nobody's intention.
	if (!URL.canParse(address)) return 'unreadable';
	const url = new URL(address);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
	if (url.origin !== new URL(origin).origin) return 'other-origin';
	if (url.username !== '' || url.password !== '') return 'login';
	return url;
}

/** The refusal in words, to follow "this request was not sent: ". */
export function describeRefusal(refusal: FenceRefusal): string {
	return REFUSALS[refusal];
}

const REFUSALS: Record<FenceRefusal, string> = {
	unreadable: 'its address cannot be read',
	scheme: 'its address is neither http nor https',
	login: 'a login stands in its address',
	'other-origin': 'its address leads to another server than the one of the credential',
};

/** A path below an origin or base address: always a path, never a part of the host, a port or a login. */
export function addressBelow(base: string, path: string): string {
	return `${base.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** Further off than any date; kept finite so that sums and comparisons stay readable. */
const ENDLESS_MS = Number.MAX_SAFE_INTEGER;

/**
 * `Retry-After` (RFC 9110 10.2.3) in milliseconds: seconds, or a date, read against the server's
 * own `Date` when that differs from our clock. Null when absent or unreadable. May be absurdly
 * long: whoever waits decides how long is too long.
 */
export function readRetryAfter(
	header: string | undefined,
	now: number,
	serverDate?: string,
): number | null {
	const text = header?.trim() ?? '';
	if (text === '' || text.length > 400) return null;
	if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), ENDLESS_MS);
	const date = readDate(text);
	return date === null ? null : Math.max(0, date - serverNow(now, serverDate));
}

/** Our clock, unless the server's differs by more than the seconds its Date header is rounded to. */
export function serverNow(now: number, serverDate: string | undefined): number {
	const date = serverDate === undefined ? null : readDate(serverDate);
	return date === null || Math.abs(date - now) < 3000 ? now : date;
}

function readDate(text: string): number | null {
	// "-5" and "12x" are dates to Date.parse.
	if (text.length > 60 || !/[A-Za-z]{3}|^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
	const date = Date.parse(text);
	return Number.isNaN(date) ? null : date;
}

/**
 * Milliseconds before the next attempt: a bound that doubles with every attempt up to `capMs`, of
 * which chance takes a part, so that many clients do not come back together.
 *
 * @param attempt number of the attempt that failed, from 1
 * @param random in [0, 1)
 * @param least share of the bound that is always waited, 0 to 1
 */
export function backoff(
	attempt: number,
	random: number,
	{ baseMs = 1_000, capMs = 30_000, least = 0 } = {},
): number {
	const bound = Math.min(baseMs * 2 ** Math.min(attempt - 1, 30), capMs);
	return Math.round(bound * (least + (1 - least) * random));
}

/** What comes of the promise, or the signal's reason if that comes first; nobody hears of the promise then. */
export async function unlessAborted<Value>(
	promise: Promise<Value>,
	signal?: AbortSignal,
): Promise<Value> {
	if (!signal) return await promise;
	promise.catch(() => undefined);
	signal.throwIfAborted();
	let stopListening = () => {};
	const aborted = new Promise<never>((_resolve, reject) => {
		const listener = () => reject(signal.reason as Error);
		signal.addEventListener('abort', listener);
		stopListening = () => signal.removeEventListener('abort', listener);
	});
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		stopListening();
	}
}

/** What a missing answer means for the next attempt. */
export type NetworkFault =
	/** The name of the server is not known. */
	| 'name'
	/** Nobody took the connection: the request cannot have arrived. */
	| 'refused'
	/** The certificate or the protocol of TLS was not accepted. */
	| 'tls'
	| 'timeout'
	/** The connection ended before the answer was complete. */
	| 'broken'
	/** Somebody pressed stop. */
	| 'aborted'
	| 'other';

const KINDS: ReadonlyArray<readonly [NetworkFault, RegExp]> = [
	['aborted', /^(?:ABORT_ERR|AbortError|ERR_CANCELED)$/],
	['name', /^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA|EAI_NONAME)$/],
	['tls', /CERT|SELF_SIGNED|^UNABLE_TO_(?:VERIFY|GET)|^ERR_TLS|^ERR_SSL|^EPROTO$/],
	['refused', /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/],
	['timeout', /^(?:ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|TimeoutError)$|TIMEOUT/],
	[
		'broken',
		/^(?:ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET|ERR_BAD_RESPONSE)$|^HPE_/,
	],
];

/** The kind of fault a code of Node, of OpenSSL or of an HTTP client stands for. */
export function faultOfCode(code: string): NetworkFault {
	return KINDS.find(([, pattern]) => pattern.test(code))?.[0] ?? 'other';
}

/** The kind of fault behind an error: looked for in its names and codes, and in those of its causes. */
export function networkFault(error: unknown): NetworkFault {
	const kinds = new Set<NetworkFault>();
	for (const { name, code } of chainOf(error)) {
		for (const word of [name, code]) if (typeof word === 'string') kinds.add(faultOfCode(word));
	}
	return KINDS.find(([kind]) => kinds.has(kind))?.[0] ?? 'other';
}

/** The network's own word for it: the first `code` of an error or its causes. */
export function networkCode(error: unknown): string | undefined {
	for (const { code } of chainOf(error)) if (typeof code === 'string' && code) return code;
	return undefined;
}

/** An error and its causes, of which Node puts the first into `errors` when it tried several addresses. */
function* chainOf(error: unknown): Generator<{ name?: unknown; code?: unknown }> {
	type Link = { name?: unknown; code?: unknown; cause?: unknown; errors?: unknown[] };
	let at = error as Link | undefined;
	for (let depth = 0; at && typeof at === 'object' && depth < 6; depth += 1) {
		yield at;
		at = (Array.isArray(at.errors) && at.errors.length > 0 ? at.errors[0] : at.cause) as Link;
	}
}
