import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '../state/store';
import type { Switches } from '../options';
import type { TokenPair } from '../state/records';

const CODE_LIFETIME_MS = 10 * 60 * 1000;

interface Code {
	clientId: string;
	redirectUri: string;
	expiresAt: number;
}

/** Issues and checks tokens (facts 1). Refresh tokens are single use: using one kills it. */
export class Tokens {
	private readonly codes = new Map<string, Code>();

	constructor(
		private readonly store: Store,
		private readonly switches: Switches,
		private readonly now: () => number,
	) {}

	issueCode(clientId: string, redirectUri: string): string {
		const code = secret();
		this.codes.set(code, { clientId, redirectUri, expiresAt: this.now() + CODE_LIFETIME_MS });
		return code;
	}

	/** True once: the code is spent whatever comes of it. */
	redeemCode(code: string, clientId: string, redirectUri: string): boolean {
		const found = this.codes.get(code);
		this.codes.delete(code);
		return (
			found?.clientId === clientId &&
			found.redirectUri === redirectUri &&
			found.expiresAt > this.now()
		);
	}

	/** The token answer; only the authorization code grant comes with a refresh token. */
	issue(clientId: string, grant: TokenPair['grant']) {
		const access = accessToken();
		const refresh = grant === 'authorization_code' ? secret() : null;
		const ttl = this.switches.tokenTtlSeconds;
		this.store.insert('tokens', {
			client_id: clientId,
			grant,
			access_digest: digest(access),
			refresh_digest: refresh === null ? null : digest(refresh),
			expires_at: this.now() + ttl * 1000,
			refresh_used: false,
			revoked: false,
		});
		return {
			access_token: access,
			token_type: 'bearer',
			expires_in: ttl,
			...(refresh === null ? {} : { refresh_token: refresh }),
			created_at: Math.floor(this.now() / 1000),
		};
	}

	/** True once per refresh token, and only for its own client. */
	useRefresh(refresh: string, clientId: string): boolean {
		const pair = this.store.tokens.by('refresh', digest(refresh))[0];
		if (!pair || pair.refresh_used || pair.revoked) return false;
		this.store.put('tokens', { ...pair, refresh_used: true });
		// Kept even when the answer is a refusal, which takes everything else back.
		this.store.commit();
		return pair.client_id === clientId;
	}

	revoke(token: string): void {
		const key = digest(token);
		const pairs = [...this.store.tokens.by('access', key), ...this.store.tokens.by('refresh', key)];
		for (const pair of pairs) this.store.put('tokens', { ...pair, revoked: true });
	}

	/** Makes every access token issued so far stale, as if its time were over. */
	expireAll(): void {
		for (const pair of this.store.tokens.all()) {
			this.store.put('tokens', { ...pair, expires_at: Math.min(pair.expires_at, this.now()) });
		}
	}

	/** The pair behind an Authorization header, valid or not. */
	find(authorization: string | undefined): TokenPair | undefined {
		const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
		return token === undefined ? undefined : this.store.tokens.by('access', digest(token))[0];
	}

	valid(pair: TokenPair | undefined): pair is TokenPair {
		return pair !== undefined && !pair.revoked && pair.expires_at > this.now();
	}
}

const secret = () => randomBytes(32).toString('hex');
const digest = (token: string) => createHash('sha256').update(token).digest('hex');

/** Opaque, but in three parts like the tokens Procore issues. */
function accessToken(): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none' })}.${part({ jti: randomBytes(16).toString('hex') })}.${randomBytes(32).toString('base64url')}`;
}
