import type { Deadline } from './connection/open-socket';
import type { Answer, ConnectionPool, OutgoingMessage } from './connection/pinned-connection';
import { ConnectionLostError } from './errors/connection-errors';
import { ClearTextLoginRefusedError, UnsupportedChallengeError } from './errors/login-errors';
import { type Counters, type LoginGate, provesLogin } from './login';

/** One challenge of a WWW-Authenticate header, RFC 9110 11.6.1. */
interface Challenge {
	/** As the server spells it. */
	scheme: string;
	/** The token after the scheme (base64), when it carries one instead of parameters. */
	token?: string;
}

/**
 * Reads the challenges out of all WWW-Authenticate header lines, whether the server sent one line
 * per scheme or joined them by commas (as Node and many proxies do). Commas inside quoted
 * parameters do not separate. Never throws.
 */
export function parseChallenges(headerLines: readonly string[]): Challenge[] {
	const challenges: Challenge[] = [];
	for (const line of headerLines) {
		for (const part of splitOutsideQuotes(line)) {
			const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]+(.*))?$/s.exec(part);
			// "realm=…" after a comma belongs to the challenge before it.
			if (match === null || match[2]?.startsWith('=')) continue;
			const [, scheme, rest] = match;
			const token = rest !== undefined && /^[0-9A-Za-z+/._~-]+=*$/.test(rest.trim());
			challenges.push(token ? { scheme, token: rest.trim() } : { scheme });
		}
	}
	return challenges;
}

export function findChallenge(
	challenges: readonly Challenge[],
	scheme: string,
): Challenge | undefined {
	const wanted = scheme.toLowerCase();
	const found = challenges.filter((challenge) => challenge.scheme.toLowerCase() === wanted);
	return found.find((challenge) => challenge.token !== undefined) ?? found[0];
}

function splitOutsideQuotes(line: string): string[] {
	const parts: string[] = [];
	let current = '';
	let quoted = false;
	for (let index = 0; index < line.length; index += 1) {
		const character = line[index];
		// What a backslash stands before ends no quotation.
		if (quoted && character === '\\') index += 1;
		else if (character === '"') quoted = !quoted;
		if (character === ',' && !quoted) {
			parts.push(current.trim());
			current = '';
		} else {
			current += character;
		}
	}
	parts.push(current.trim());
	return parts.filter((part) => part !== '');
}

export interface SchemeChoice {
	challenges: readonly Challenge[];
	address: string;
	secure: boolean;
	/** The certificate of the server is checked. */
	verified: boolean;
	allowBasic: boolean;
	/** What the server offered earlier in this run. */
	before?: 'NTLM' | 'Negotiate' | 'Basic';
}

/**
 * Picks the login for a Windows account from what the server offers: NTLM, else Negotiate (which
 * carries the same messages), else Basic where the user allowed it and the
 * connection is encrypted to a server whose certificate was checked. A server that knew Windows
 * authentication a moment ago and now wants the password itself does not get it.
 */
export function chooseWindowsScheme(choice: SchemeChoice): 'NTLM' | 'Negotiate' | 'Basic' {
	const { challenges, address } = choice;
	if (findChallenge(challenges, 'NTLM')) return 'NTLM';
	if (findChallenge(challenges, 'Negotiate')) return 'Negotiate';
	const offered = [...new Set(challenges.map((challenge) => challenge.scheme))];
	if (findChallenge(challenges, 'Basic')) {
		if (!choice.allowBasic) {
			throw new UnsupportedChallengeError(
				address,
				offered,
				'it offers only Basic, which sends the password itself',
				'Allow Basic in the "Dynamics GP API" credential if the service address begins with https://, or have Windows authentication (NTLM or Negotiate) enabled on the server.',
			);
		}
		if (!choice.secure) throw new ClearTextLoginRefusedError(address, 'password');
		if (!choice.verified) throw new ClearTextLoginRefusedError(address, 'password', 'unverified');
		if (choice.before === 'NTLM' || choice.before === 'Negotiate') {
			throw new UnsupportedChallengeError(
				address,
				offered,
				'it offered Windows authentication before and now only Basic, which sends the password itself',
				'Look for a proxy or another server that answers in place of Dynamics GP. If the server was reconfigured, run again.',
			);
		}
		return 'Basic';
	}
	throw new UnsupportedChallengeError(
		address,
		offered,
		offered.length === 0
			? 'it asks for a login but does not say which kind'
			: `it offers only ${offered.join(', ')}`,
		findChallenge(challenges, 'Bearer')
			? 'This site uses organizational accounts: choose the access token login in the "Dynamics GP API" credential.'
			: 'Have Windows authentication (NTLM or Negotiate) enabled on the Dynamics GP server, and check that the service address is the GP service itself.',
	);
}

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

/** The server asked for this scheme and gave no challenge for the first message of such a login. */
export function noChallenge(address: string, answer: Answer, scheme: string): Error {
	return new UnsupportedChallengeError(
		address,
		parseChallenges(answer.authenticate).map((challenge) => challenge.scheme),
		`it offers ${scheme} but does not answer the first message of such a login`,
		'Have Windows authentication (NTLM or Negotiate) checked on the Dynamics GP server, and check that the service address is the GP service itself. No password was sent.',
	);
}

export interface FixedExchangeContext {
	pool: ConnectionPool;
	gate: LoginGate;
	counters: Counters;
	/** Absent when no login is sent at all. */
	login: { scheme: 'Basic' | 'Bearer'; account: string } | undefined;
}

/**
 * One request whose login, if any, is the same header every time. A kept connection that the server
 * closed meanwhile is replaced once, for requests without a body.
 */
export async function fixedExchange(
	{ pool, gate, counters, login }: FixedExchangeContext,
	url: URL,
	message: OutgoingMessage,
	maxBodyBytes: number,
	deadline: Deadline,
): Promise<Answer> {
	const leave = login === undefined ? () => {} : await gate.enter(deadline);
	try {
		for (let fresh = message.body !== undefined; ; fresh = true) {
			gate.throwIfRejected();
			if (login?.scheme === 'Basic') gate.throwIfSpent(deadline.address);
			const connection = await pool.acquire(url, fresh, deadline);
			const kept = connection.used;
			try {
				counters.requests += 1;
				const sending = connection.send(message, maxBodyBytes, deadline);
				const answer = await (login?.scheme === 'Basic' ? gate.judged(sending) : sending);
				if (login === undefined) return answer;
				if (answer.status === 401) {
					counters.rejectedLogins += 1;
					throw gate.refused({ ...login, address: deadline.address });
				}
				if (provesLogin(answer)) gate.accept();
				return answer;
			} catch (error) {
				if (!(kept && error instanceof ConnectionLostError)) throw error;
			} finally {
				pool.release(url, connection);
			}
		}
	} finally {
		leave();
	}
}
