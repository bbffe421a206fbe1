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
