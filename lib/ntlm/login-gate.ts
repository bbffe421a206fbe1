import type { Deadline } from './connection/deadline';
import { HandshakeInterruptedError } from './errors/handshake-interrupted-error';
import type { LoginRejectedError } from './errors/login-rejected-error';

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
