import type { Deadline } from './connection/open-socket';
import type { Answer } from './connection/pinned-connection';
import { InvalidRequestError } from './errors/connection-errors';
import {
	HandshakeInterruptedError,
	type LoginRejectedDetails,
	LoginRejectedError,
} from './errors/login-errors';
import { createAuthenticateMessage, parseChallengeMessage } from './messages/messages';
import { type AccountName, channelBindingOf, ntowfV2, parseAccountName } from './messages/ntlmv2';

/** How a client logs in. */
export type Authentication =
	| {
			kind: 'windows';
			domain?: string;
			/** `DOMAIN\user`, `user@domain` or a bare user, to which `domain` applies. */
			user: string;
			password: string;
			workstation?: string;
			/** Send the password by Basic over https to a site that offers nothing else. */
			allowBasic?: boolean;
	  }
	/** Only over TLS. */
	| { kind: 'basic'; user: string; password: string }
	/** Organizational-account sites. Only over TLS, or to this machine itself. */
	| { kind: 'bearer'; token: string }
	| { kind: 'none' };

/** What a client did so far. */
export interface Counters {
	/** HTTP requests written to the network. */
	requests: number;
	/** Windows logins sent (Type 3 messages). */
	handshakes: number;
	/** Logins the server refused. */
	rejectedLogins: number;
}

/** What a login needs, prepared once per client so that the password is hashed once. */
export interface WindowsLogin {
	account: AccountName;
	/** Account as shown in errors. */
	displayName: string;
	workstation: string;
	/** NTOWFv2; computed at first use because Node in FIPS mode refuses it. */
	key(): Buffer;
}

export function prepareWindowsLogin(
	authentication: Extract<Authentication, { kind: 'windows' }>,
): WindowsLogin {
	requireUser(authentication.user);
	const account = parseAccountName(authentication.user, authentication.domain);
	let key: Buffer | undefined;
	return {
		account,
		displayName: account.domain ? `${account.domain}\\${account.user}` : account.user,
		workstation: authentication.workstation ?? '',
		key: () => (key ??= ntowfV2(account, authentication.password)),
	};
}

/** Without TLS zeros say that there is nothing to bind to (MS-NLMP 3.1.5.1.2), as Windows' own clients do. */
const NO_CHANNEL = Buffer.alloc(16);

/** Type 3: the answer of a login to the challenge (base64) that came for its Type 1. */
export function answerToChallenge(
	login: WindowsLogin,
	{
		token,
		hostname,
		certificate,
		...given
	}: {
		token: string;
		negotiateMessage: Buffer;
		hostname: string;
		/** The server's, in DER; none without TLS. */
		certificate: Buffer | undefined;
		clientChallenge: Buffer;
		now: number;
	},
): Buffer {
	const channelBinding = certificate ? channelBindingOf(certificate) : NO_CHANNEL;
	return createAuthenticateMessage({
		...given,
		account: login.account,
		key: login.key(),
		workstation: login.workstation,
		challenge: parseChallengeMessage(Buffer.from(token, 'base64')),
		targetName: `HTTP/${hostname}`,
		...(channelBinding === undefined ? {} : { channelBinding }),
	});
}

/** Authorization header of HTTP Basic (RFC 7617), in UTF-8. */
export function basicAuthorization(user: string, password: string): string {
	return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** The user as Basic sends it: IIS expects `DOMAIN\user` or a user principal name. */
export function basicUser(user: string, domain: string | undefined): string {
	const account = parseAccountName(user, domain);
	return account.domain ? `${account.domain}\\${account.user}` : account.user;
}

export function requireUser(user: string): void {
	if (user.trim() === '') {
		throw new InvalidRequestError(
			'No user is given for the login at the Dynamics GP server',
			'Fill in the user in the "Dynamics GP API" credential.',
		);
	}
}

/** Logins that may be sent in one run without the server saying whether they are good. */
const MOST_WITHOUT_VERDICT = 2;

/**
 * Guard against locking the Windows account. Until the login has been accepted once, only one
 * request at a time may send it and the others wait for the verdict; once it was refused, nobody
 * sends it again. When no verdict came (no answer in time, a broken answer, 5xx, 429), the server may
 * have counted a bad login all the same: those who waited are sent away, and after the second nobody
 * sends it any more.
 */
export class LoginGate {
	private verdict: 'untried' | 'accepted' | 'rejected' = 'untried';
	private rejection: LoginRejectedError | undefined;
	private trying = false;
	private unanswered = 0;
	private answeredElse = 0;
	private lastSeen = 'no answer';
	/** The attempt under way was sent and got no verdict. */
	private unclear = false;
	private waiting: Array<(fault?: Error) => void> = [];

	get accepted(): boolean {
		return this.verdict === 'accepted';
	}

	/**
	 * False once an unproven login was sent twice without a verdict, or was answered with 400 too often.
	 * A site may answer 400 to the query of the first few requests (an unknown `$filter`) although the
	 * login is good, so that alone is borne for a while.
	 */
	get mayTryAgain(): boolean {
		return (
			this.verdict === 'accepted' ||
			(this.unanswered < MOST_WITHOUT_VERDICT && this.answeredElse < 10)
		);
	}

	/** The login was sent and no verdict came, but `seen`: the server may or may not have counted it. */
	noAnswer(seen: string): void {
		this.unanswered += 1;
		this.lastSeen = seen;
		this.unclear = this.verdict === 'untried';
	}

	/** @throws HandshakeInterruptedError when the login must not be sent once more */
	throwIfSpent(address: string): void {
		if (this.mayTryAgain) return;
		throw new HandshakeInterruptedError(
			address,
			`it was sent again and again without a verdict (the last time: ${this.lastSeen}), and is not sent once more so that the account is not locked`,
			false,
		);
	}

	/** The login was sent and the answer, a 400, tells nothing about it. */
	noVerdict(): void {
		this.answeredElse += 1;
		this.lastSeen = 'status 400';
	}

	/** @throws the first rejection, when there was one */
	throwIfRejected(): void {
		if (this.rejection !== undefined) throw this.rejection;
	}

	/**
	 * Waits until the login may be sent. The returned function must be called when the attempt is
	 * over, whatever came of it.
	 */
	async enter(deadline: Deadline): Promise<() => void> {
		for (;;) {
			deadline.throwIfOver();
			this.throwIfRejected();
			if (this.verdict === 'accepted') return () => {};
			if (!this.trying) break;
			await this.change(deadline);
		}
		this.trying = true;
		this.unclear = false;
		return () => {
			this.trying = false;
			const fault = this.unclear
				? new HandshakeInterruptedError(
						deadline.address,
						'a login before it got no verdict, and the same one is not sent at once again so that the account is not locked',
						true,
					)
				: undefined;
			this.unclear = false;
			this.announce(fault);
		};
	}

	accept(): void {
		if (this.verdict === 'untried') this.verdict = 'accepted';
		this.announce();
	}

	/** Records the refusal; the first one stays the answer for the rest of the run. */
	reject(error: LoginRejectedError): LoginRejectedError {
		this.verdict = 'rejected';
		this.rejection ??= error;
		this.announce();
		return this.rejection;
	}

	/** The server refused this login; the first refusal stays the answer for the rest of the run. */
	refused(login: Omit<LoginRejectedDetails, 'acceptedBefore'>): LoginRejectedError {
		return this.reject(new LoginRejectedError({ ...login, acceptedBefore: this.accepted }));
	}

	/** What carries a login and gets no answer, or one that says nothing of it, counts as an attempt. */
	async judged(sending: Promise<Answer>): Promise<Answer> {
		try {
			const answer = await sending;
			const { status } = answer;
			if (status !== 400 && status !== 401 && !provesLogin(answer))
				this.noAnswer(`status ${status}`);
			return answer;
		} catch (error) {
			this.noAnswer('no whole answer');
			throw error;
		}
	}

	private change(deadline: Deadline): Promise<void> {
		return new Promise((resolve, reject) => {
			const unsubscribe = deadline.onOver(reject);
			this.waiting.push((fault) => {
				unsubscribe();
				if (fault === undefined) resolve();
				else reject(fault);
			});
		});
	}

	private announce(fault?: Error): void {
		const waiting = this.waiting;
		this.waiting = [];
		for (const wake of waiting) wake(fault);
	}
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
