import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto';

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
