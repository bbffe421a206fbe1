import type { Answer, ConnectionPool, OutgoingMessage } from './connection/pinned-connection';
import type { Deadline } from './connection/open-socket';
import { ConnectionLostError } from './errors/connection-errors';
import { LoginRejectedError } from './errors/login-errors';
import { type Counters, type LoginGate, provesLogin } from './login';

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
				const answer = await connection.send(message, maxBodyBytes, deadline);
				if (login === undefined) return answer;
				if (answer.status === 401) {
					counters.rejectedLogins += 1;
					const { account, scheme } = login;
					throw gate.reject(
						new LoginRejectedError({
							account,
							scheme,
							address: deadline.address,
							acceptedBefore: gate.accepted,
						}),
					);
				}
				if (provesLogin(answer)) gate.accept();
				else if (login.scheme === 'Basic' && answer.status !== 400)
					gate.noAnswer(`status ${answer.status}`);
				return answer;
			} catch (error) {
				if (login?.scheme === 'Basic' && !(error instanceof LoginRejectedError))
					gate.noAnswer('no whole answer');
				if (!(kept && error instanceof ConnectionLostError)) throw error;
			} finally {
				pool.release(url, connection);
			}
		}
	} finally {
		leave();
	}
}
