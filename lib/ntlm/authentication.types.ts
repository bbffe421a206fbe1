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
