import {
	afterUnexpectedChallenge,
	chooseWindowsScheme,
	findChallenge,
	noChallenge,
	openingMove,
	type OriginKnowledge,
	parseChallenges,
} from './challenge-schemes';
import type {
	Answer,
	ConnectionPool,
	OutgoingMessage,
	PinnedConnection,
} from './connection/pinned-connection';
import type { Deadline } from './connection/open-socket';
import { ConnectionLostError } from './errors/connection-errors';
import { HandshakeInterruptedError, type LoginRejectedError } from './errors/login-errors';
import {
	answerToChallenge,
	type Counters,
	type LoginGate,
	provesLogin,
	type WindowsLogin,
} from './login';
import { createNegotiateMessage } from './messages/messages';

export interface ExchangeContext {
	pool: ConnectionPool;
	gate: LoginGate;
	login: WindowsLogin;
	/** Authorization header for a site that offers only Basic; undefined when not allowed. */
	basicAuthorization: string | undefined;
	/** Certificates are checked: without that, nobody knows who reads a password. */
	verified: boolean;
	counters: Counters;
	knowledge: OriginKnowledge;
	randomBytes: (count: number) => Buffer;
	now: () => number;
}

/** Thrown inside an exchange: this connection is of no more use, another one may be. */
class NeedsFreshConnection extends Error {
	constructor(
		readonly why: Error,
		/** What to hand back when the fresh connection has been used up already. */
		readonly answer?: Answer,
		/** No login was asked for: the message may go as it is. */
		readonly plainly = false,
	) {
		super('needs a fresh connection');
	}
}

/**
 * One request of the caller with whatever Windows login it takes: at most one recovery on a new
 * connection, at most one refused login per run, and every message of a login on one connection.
 */
export async function windowsExchange(
	context: ExchangeContext,
	url: URL,
	message: OutgoingMessage,
	maxBodyBytes: number,
	deadline: Deadline,
): Promise<Answer> {
	let recovered = false;
	let plainly = false;
	for (;;) {
		context.gate.throwIfRejected();
		const fresh = recovered || wantsUnusedConnection(context.knowledge, message);
		const connection = await context.pool.acquire(url, fresh, deadline);
		try {
			const exchange = new Exchange(context, url, message, maxBodyBytes, deadline, connection);
			return await (plainly ? exchange.plain() : exchange.run());
		} catch (error) {
			if (!(error instanceof NeedsFreshConnection)) throw error;
			connection.destroy();
			if (recovered) {
				if (error.answer !== undefined) return error.answer;
				throw error.why;
			}
			recovered = true;
			plainly = error.plainly;
		} finally {
			context.pool.release(url, connection);
		}
	}
}

/**
 * A server that holds the login for the connection may take the empty first message of a second
 * login for the request itself. So a request with a body logs in on a connection of its own.
 */
function wantsUnusedConnection(knowledge: OriginKnowledge, message: OutgoingMessage): boolean {
	return knowledge.lasts !== 'request' && message.body !== undefined && message.body.length > 0;
}

class Exchange {
	private readonly hasBody: boolean;

	constructor(
		private readonly context: ExchangeContext,
		private readonly url: URL,
		private readonly message: OutgoingMessage,
		private readonly maxBodyBytes: number,
		private readonly deadline: Deadline,
		private readonly connection: PinnedConnection,
	) {
		this.hasBody = message.body !== undefined && message.body.length > 0;
	}

	async run(): Promise<Answer> {
		const { knowledge } = this.context;
		switch (openingMove(knowledge, this.connection.authenticated, this.hasBody)) {
			case 'basic':
				return await this.basic();
			case 'handshake':
				return await this.handshake();
			case 'probe':
				return await this.probe();
			case 'plain':
				return await this.plain();
		}
	}

	async plain(): Promise<Answer> {
		const { knowledge } = this.context;
		const wasAuthenticated = this.connection.authenticated;
		const answer = await this.sendOrRecover(this.message, this.connection.used && !this.hasBody);
		if (answer.status !== 401) {
			if (wasAuthenticated) knowledge.lasts = 'connection';
			return answer;
		}
		if (this.hasBody) {
			this.learnScheme(answer);
			throw this.interrupted('a login was asked for only after the body, which is not sent twice');
		}
		if (wasAuthenticated && afterUnexpectedChallenge(knowledge) === 'fresh-connection') {
			throw new NeedsFreshConnection(this.interrupted('its login expired'));
		}
		return await this.loginAfter(answer);
	}

	private async probe(): Promise<Answer> {
		const head = { ...this.message, method: 'HEAD', body: undefined };
		const answer = await this.sendOrRecover(head, this.connection.used);
		if (answer.status === 401) return await this.loginAfter(answer);
		if (!this.connection.usable)
			throw new NeedsFreshConnection(this.interrupted('it was closed'), undefined, true);
		return await this.plain();
	}

	/** Goes on from a 401 with the login the server asks for. */
	private async loginAfter(answer: Answer): Promise<Answer> {
		this.learnScheme(answer);
		if (!this.connection.usable) {
			throw new NeedsFreshConnection(this.interrupted('the server closes after each answer'));
		}
		return this.context.knowledge.scheme === 'Basic' ? await this.basic() : await this.handshake();
	}

	private learnScheme(answer: Answer): void {
		const { knowledge, basicAuthorization, verified } = this.context;
		knowledge.scheme = chooseWindowsScheme({
			challenges: parseChallenges(answer.authenticate),
			address: this.deadline.address,
			secure: this.url.protocol === 'https:',
			verified,
			allowBasic: basicAuthorization !== undefined,
			before: knowledge.scheme,
		});
	}

	private async basic(): Promise<Answer> {
		const { gate, basicAuthorization } = this.context;
		if (basicAuthorization === undefined) throw new Error('Basic chosen though not allowed');
		const leave = await gate.enter(this.deadline);
		try {
			const headers = { ...this.message.headers, Authorization: basicAuthorization };
			gate.throwIfSpent(this.deadline.address);
			const answer = await gate.judged(
				this.sendOrRecover({ ...this.message, headers }, this.connection.used && !this.hasBody),
			);
			if (answer.status === 401) throw this.rejected('Basic');
			if (provesLogin(answer)) gate.accept();
			return answer;
		} finally {
			leave();
		}
	}

	private async handshake(): Promise<Answer> {
		const leave = await this.context.gate.enter(this.deadline);
		try {
			if (!this.connection.usable) {
				throw new NeedsFreshConnection(this.interrupted('it was closed while waiting'));
			}
			return await this.negotiateAndAuthenticate();
		} finally {
			leave();
		}
	}

	private async negotiateAndAuthenticate(): Promise<Answer> {
		const { knowledge, gate } = this.context;
		const scheme = knowledge.scheme === 'Negotiate' ? 'Negotiate' : 'NTLM';
		const wasAuthenticated = this.connection.authenticated;
		const negotiateMessage = createNegotiateMessage();

		const first = await this.sendOrRecover(this.withLogin(scheme, negotiateMessage, false), true);
		if (first.status === 400) {
			throw new NeedsFreshConnection(this.interrupted('the server answered 400'), first);
		}
		if (first.status !== 401) return await this.noLoginWanted(first);

		const token = findChallenge(parseChallenges(first.authenticate), scheme)?.token;
		if (token === undefined) {
			this.connection.authenticated = false;
			const reason = noChallenge(this.deadline.address, first, scheme);
			// Some servers take no second login on a connection; a new one must do.
			throw wasAuthenticated ? new NeedsFreshConnection(reason) : reason;
		}
		if (!this.connection.usable) {
			throw new NeedsFreshConnection(
				this.interrupted('the server closed the connection after its challenge'),
			);
		}
		const authenticateMessage = answerToChallenge(this.context.login, {
			...{ token, negotiateMessage, hostname: this.url.hostname },
			certificate: this.connection.serverCertificate,
			clientChallenge: this.context.randomBytes(8),
			now: this.context.now(),
		});
		const last = await this.sendLogin(this.withLogin(scheme, authenticateMessage, true));
		if (last.status === 401) throw this.rejected(scheme);
		if (last.status === 400) {
			gate.noVerdict();
			if (this.hasBody) return last;
			throw new NeedsFreshConnection(this.interrupted('the server answered 400'), last);
		}
		this.connection.authenticated = true;
		if (provesLogin(last)) {
			gate.accept();
			if (wasAuthenticated) knowledge.lasts = 'request';
		}
		return last;
	}

	/** Sends Type 3. Without an answer nobody knows whether the server counted it as a bad login. */
	private async sendLogin(message: OutgoingMessage): Promise<Answer> {
		const { gate, counters } = this.context;
		gate.throwIfSpent(this.deadline.address);
		counters.handshakes += 1;
		return await gate.judged(this.sendOrRecover(message, !this.hasBody));
	}

	/** Type 1 goes without the body; Type 3 carries it. */
	private withLogin(scheme: string, token: Buffer, withBody: boolean): OutgoingMessage {
		const { body, ...rest } = this.message;
		const headers: Record<string, string> = {
			...rest.headers,
			Authorization: `${scheme} ${token.toString('base64')}`,
		};
		if (withBody) return { ...rest, headers, ...(body === undefined ? {} : { body }) };
		if (this.hasBody) headers['Content-Length'] = '0';
		return { ...rest, headers };
	}

	/** The server answered Type 1 as if no login were needed. */
	private async noLoginWanted(first: Answer): Promise<Answer> {
		if (this.connection.authenticated) this.context.knowledge.lasts = 'connection';
		if (!this.hasBody || !provesLogin(first)) return first;
		if (!this.connection.usable) throw new NeedsFreshConnection(this.interrupted('it was closed'));
		return await this.plain();
	}

	/** Sends; where the request may safely go again, a lost connection asks for a fresh one. */
	private async sendOrRecover(message: OutgoingMessage, mayGoAgain: boolean): Promise<Answer> {
		this.context.counters.requests += 1;
		try {
			return await this.connection.send(message, this.maxBodyBytes, this.deadline);
		} catch (error) {
			if (mayGoAgain && error instanceof ConnectionLostError) throw new NeedsFreshConnection(error);
			throw error;
		}
	}

	private rejected(scheme: 'NTLM' | 'Negotiate' | 'Basic'): LoginRejectedError {
		const { gate, login, counters } = this.context;
		counters.rejectedLogins += 1;
		this.connection.destroy();
		return gate.refused({ account: login.displayName, address: this.deadline.address, scheme });
	}

	private interrupted(reason: string): HandshakeInterruptedError {
		return new HandshakeInterruptedError(this.deadline.address, reason, true);
	}
}
