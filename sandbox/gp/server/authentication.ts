import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { NtlmAcceptor, type AcceptorEnvironment } from '../ntlm/acceptor';
import type { Directory, WindowsAccount } from '../ntlm/directory';
import type { Counters } from './journal';
import type { Switches } from './switches';

export type Admission =
	| { kind: 'admitted'; account: WindowsAccount; how: string }
	| { kind: 'challenged'; status: 400 | 401; challenges: string[]; how: string }
	/** The switch that cuts the line between the legs. */
	| { kind: 'drop'; how: string };

interface SocketState {
	acceptor: NtlmAcceptor;
	/** Who this socket belongs to, in perConnection mode. */
	account: WindowsAccount | null;
}

/** Decides about each request who is asking. Windows logins belong to their socket. */
export class Authentication {
	private readonly sockets = new WeakMap<Socket, SocketState>();

	constructor(
		private readonly switches: () => Switches,
		private readonly directory: Directory,
		private readonly environment: AcceptorEnvironment,
		private readonly counters: () => Counters,
	) {}

	admit(request: IncomingMessage): Admission {
		const { authMode, alsoBasic, bearerToken } = this.switches();
		if (authMode === 'none')
			return { kind: 'admitted', account: this.directory.accounts[0], how: 'none' };
		const [scheme, token] = split(request.headers.authorization);
		if (scheme === 'basic' && (authMode === 'basic' || alsoBasic)) return this.basic(token);
		if (authMode === 'bearer') {
			if (scheme === 'bearer' && token === bearerToken) {
				return { kind: 'admitted', account: this.directory.accounts[0], how: 'bearer' };
			}
			return this.challenge(scheme === '' ? 'no token' : 'bearer refused');
		}
		if (authMode === 'basic')
			return this.challenge(scheme === '' ? 'no token' : `${scheme} not offered`);
		const windows = scheme === 'negotiate' || (scheme === 'ntlm' && authMode !== 'negotiateOnly');
		return windows
			? this.windows(request.socket, scheme, token)
			: this.withoutToken(request.socket, scheme);
	}

	private withoutToken(socket: Socket, scheme: string): Admission {
		const state = this.state(socket);
		state.acceptor.forget();
		if (scheme !== '') return this.challenge(`${scheme} not offered`);
		if (state.account && this.switches().authMode === 'perConnection') {
			return { kind: 'admitted', account: state.account, how: 'same connection' };
		}
		state.account = null;
		return this.challenge('no token');
	}

	private windows(socket: Socket, scheme: string, token: string): Admission {
		const { switches, counters } = { switches: this.switches(), counters: this.counters() };
		const state = this.state(socket);
		state.account = null;
		const verdict = state.acceptor.accept(Buffer.from(token, 'base64'));
		switch (verdict.kind) {
			case 'challenge': {
				counters.challenges += 1;
				const name = scheme === 'ntlm' ? 'NTLM' : 'Negotiate';
				const challenges = [`${name} ${verdict.token.toString('base64')}`];
				return { kind: 'challenged', status: 401, challenges, how: 'type 1 → type 2' };
			}
			case 'accepted':
				if (switches.dropBetweenLegs) return { kind: 'drop', how: 'dropped between legs' };
				counters.acceptedLogins += 1;
				if (verdict.withMic) counters.loginsWithMic += 1;
				if (verdict.channelBound) counters.channelBoundLogins += 1;
				if (switches.authMode === 'perConnection') state.account = verdict.account;
				return { kind: 'admitted', account: verdict.account, how: 'type 3 accepted' };
			case 'rejected':
				if (switches.dropBetweenLegs) return { kind: 'drop', how: 'dropped between legs' };
				counters.rejectedLogins += 1;
				return this.challenge(`type 3 rejected: ${verdict.reason}`);
			case 'split': {
				counters.splitHandshakes += 1;
				const how = 'type 3 without its type 1 on this socket';
				return {
					...this.challenge(how),
					kind: 'challenged',
					status: switches.splitHandshakeStatus,
					how,
				};
			}
			case 'malformed':
				counters.malformedTokens += 1;
				return this.challenge(`malformed: ${verdict.reason}`);
		}
	}

	private basic(token: string): Admission {
		const [login, ...rest] = Buffer.from(token, 'base64').toString('utf8').split(':');
		const [domain, user] = login.includes('\\') ? login.split('\\', 2) : ['', login];
		const account = this.directory.find(domain, user);
		if (this.directory.book(domain, user, account?.password === rest.join(':')) && account) {
			this.counters().acceptedLogins += 1;
			return { kind: 'admitted', account, how: 'basic' };
		}
		this.counters().rejectedLogins += 1;
		return this.challenge('basic rejected');
	}

	private challenge(how: string): Admission & { kind: 'challenged'; challenges: string[] } {
		const { authMode, alsoBasic } = this.switches();
		const offers = {
			perConnection: ['Negotiate', 'NTLM'],
			perRequest: ['Negotiate', 'NTLM'],
			negotiateOnly: ['Negotiate'],
			basic: [],
			bearer: [
				'Bearer authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
			],
			none: [],
		}[authMode];
		const basic = authMode === 'basic' || alsoBasic ? ['Basic realm="Microsoft Dynamics GP"'] : [];
		return { kind: 'challenged', status: 401, challenges: [...offers, ...basic], how };
	}

	private state(socket: Socket): SocketState {
		let state = this.sockets.get(socket);
		if (!state) {
			state = { acceptor: new NtlmAcceptor(this.environment), account: null };
			this.sockets.set(socket, state);
		}
		return state;
	}
}

function split(header: string | undefined): [scheme: string, token: string] {
	const match = /^\s*([A-Za-z]+)(?:\s+(\S+))?\s*$/.exec(header ?? '');
	return match ? [match[1].toLowerCase(), match[2] ?? ''] : ['', ''];
}
