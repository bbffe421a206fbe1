import type { Deadline } from './connection/deadline';
import type { LoginRejectedError } from './errors/login-rejected-error';

/**
 * Guard against locking the Windows account. Until the login has been accepted once, only one
 * request at a time may send it and the others wait for the verdict; once it was refused, nobody
 * sends it again.
 */
export class LoginGate {
	private verdict: 'untried' | 'accepted' | 'rejected' = 'untried';
	private rejection: LoginRejectedError | undefined;
	private trying = false;
	private unanswered = 0;
	private answeredElse = 0;
	private waiting: Array<() => void> = [];

	get accepted(): boolean {
		return this.verdict === 'accepted';
	}

	/**
	 * False once an unproven login was sent twice and the connection broke each time, or was answered
	 * with something else too often. A site may answer 400 to the query of the first few requests
	 * (an unknown `$filter`) although the login is good, so that alone is borne for a while.
	 */
	get mayTryAgain(): boolean {
		return this.verdict === 'accepted' || (this.unanswered < 2 && this.answeredElse < 10);
	}

	/** The login was sent and no answer came: the server may or may not have counted it. */
	noAnswer(): void {
		this.unanswered += 1;
	}

	/** The login was sent and the answer, a 400, tells nothing about it. */
	noVerdict(): void {
		this.answeredElse += 1;
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
		return () => {
			this.trying = false;
			this.announce();
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
			this.waiting.push(() => {
				unsubscribe();
				resolve();
			});
		});
	}

	private announce(): void {
		const waiting = this.waiting;
		this.waiting = [];
		for (const wake of waiting) wake();
	}
}
