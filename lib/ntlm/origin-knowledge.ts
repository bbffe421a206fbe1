import type { Answer } from './connection/pinned-connection';

/** What earlier answers of one origin taught about how it authenticates. */
export interface OriginKnowledge {
	scheme?: 'NTLM' | 'Negotiate' | 'Basic';
	/**
	 * Whether a login holds for the connection or for a single request, which is the default of a
	 * WCF service (UnsafeConnectionNtlmAuthentication = false).
	 */
	lasts: 'unknown' | 'connection' | 'request';
}

export type OpeningMove = 'plain' | 'probe' | 'handshake' | 'basic';

/**
 * First message on a connection just borrowed.
 * - `plain`: the request as it is;
 * - `probe`: a HEAD without the body, to find out whether a login is wanted;
 * - `handshake`: Type 1 at once, which saves the round trip of a 401;
 * - `basic`: the request with a Basic login.
 * A request with a body never goes out plainly where a login may be wanted, so that its body is
 * sent once.
 */
export function openingMove(
	knowledge: OriginKnowledge,
	connectionAuthenticated: boolean,
	hasBody: boolean,
): OpeningMove {
	if (knowledge.scheme === 'Basic') return 'basic';
	if (knowledge.scheme === undefined) return hasBody ? 'probe' : 'plain';
	if (hasBody || !connectionAuthenticated) return 'handshake';
	return knowledge.lasts === 'request' ? 'handshake' : 'plain';
}

/**
 * A 401 came on a connection whose login had been accepted. Either the server wants a login per
 * request, then Type 1 goes over the same connection; or, where logins were seen to last, this one
 * expired, then a new connection is used and the lesson is open again.
 */
export function afterUnexpectedChallenge(
	knowledge: OriginKnowledge,
): 'handshake-here' | 'fresh-connection' {
	if (knowledge.lasts !== 'connection') return 'handshake-here';
	knowledge.lasts = 'unknown';
	return 'fresh-connection';
}

/**
 * Whether an answer to a login shows that it was taken. A gateway or a busy server answers 5xx (408,
 * 429) without having looked at the password; a 400 may mean that the login lost its connection. A
 * SOAP fault is a 500 too, but comes from the service itself, which stands behind the login.
 */
export function provesLogin({ status, headers }: Pick<Answer, 'status' | 'headers'>): boolean {
	if (status === 500)
		return /^\s*(text\/xml|application\/soap\+xml)\b/i.test(headers['content-type'] ?? '');
	return status < 500 && ![400, 408, 429].includes(status);
}
