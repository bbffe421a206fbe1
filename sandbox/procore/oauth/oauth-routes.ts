import { ApiError } from '../http/api-error';
import { isRow, type Reply } from '../http/call';
import { escapeHtml } from '../http/html';
import type { OAuthClient, Switches } from '../options';
import type { Tokens } from './tokens';

export interface OAuthRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	body: unknown;
	authorization: string | undefined;
}

interface OAuthWorld {
	clients: OAuthClient[];
	tokens: Tokens;
	switches: Switches;
	now: () => number;
}

/** The login host: /oauth/authorize, /token, /token/info and /revoke. */
export function answerOAuth(world: OAuthWorld, request: OAuthRequest): Reply {
	const fields = textFields(request.body);
	switch (`${request.method} ${request.path}`) {
		case 'GET /oauth/authorize':
			return authorize(world, textFields(request.query), world.switches.autoConsent);
		case 'POST /oauth/authorize':
			return authorize(world, fields, true);
		case 'POST /oauth/token':
			return { body: token(world, fields) };
		case 'GET /oauth/token/info':
			return { body: info(world, request.authorization) };
		case 'POST /oauth/revoke':
			client(world, fields);
			world.tokens.revoke(fields.token ?? '');
			return { body: {} };
		default:
			throw new ApiError(404, { message: 'Not found' });
	}
}

function textFields(from: unknown): Record<string, string> {
	if (!isRow(from)) return {};
	return Object.fromEntries(
		Object.entries(from)
			.filter(([, value]) => typeof value === 'string')
			.map(([name, value]) => [name, value as string]),
	);
}

function oauthError(status: number, error: string, description: string): ApiError {
	return new ApiError(status, { error, error_description: description });
}

function client({ clients }: OAuthWorld, fields: Record<string, string>): OAuthClient {
	const found = clients.find((one) => one.clientId === fields.client_id);
	if (!found || found.clientSecret !== fields.client_secret) {
		throw oauthError(
			401,
			'invalid_client',
			'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
		);
	}
	return found;
}

function token(world: OAuthWorld, fields: Record<string, string>) {
	const { clientId } = client(world, fields);
	const refused = (status: number) =>
		oauthError(
			status,
			'invalid_grant',
			'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
		);
	switch (fields.grant_type) {
		case 'client_credentials':
			return world.tokens.issue(clientId, 'client_credentials');
		case 'authorization_code':
			if (!world.tokens.redeemCode(fields.code ?? '', clientId, fields.redirect_uri ?? '')) {
				throw refused(400);
			}
			return world.tokens.issue(clientId, 'authorization_code');
		case 'refresh_token':
			if (!world.tokens.useRefresh(fields.refresh_token ?? '', clientId)) {
				throw refused(world.switches.refreshTokenReuseStatus);
			}
			return world.tokens.issue(clientId, 'authorization_code');
		default:
			throw oauthError(
				400,
				'unsupported_grant_type',
				'The authorization grant type is not supported by the authorization server.',
			);
	}
}

function info({ tokens, now }: OAuthWorld, authorization: string | undefined) {
	const pair = tokens.find(authorization);
	if (!tokens.valid(pair)) {
		throw oauthError(401, 'invalid_token', 'The access token is invalid');
	}
	return {
		resource_owner_id: 11,
		scopes: [],
		expires_in_seconds: Math.floor((pair.expires_at - now()) / 1000),
		application: { uid: pair.client_id },
		created_at: Math.floor(Date.parse(pair.created_at) / 1000),
	};
}

function authorize(world: OAuthWorld, fields: Record<string, string>, agreed: boolean): Reply {
	const found = world.clients.find((one) => one.clientId === fields.client_id);
	const redirect = fields.redirect_uri ?? '';
	if (!found || !allowed(found, redirect)) {
		throw oauthError(401, 'invalid_client', 'The client id or the redirect URI is not registered.');
	}
	if (fields.response_type !== 'code') {
		throw oauthError(400, 'unsupported_response_type', 'Only response_type=code is supported.');
	}
	if (!agreed)
		return { body: consentPage(fields), headers: { 'Content-Type': 'text/html; charset=utf-8' } };
	const target = new URL(redirect);
	target.searchParams.set('code', world.tokens.issueCode(found.clientId, redirect));
	if (fields.state !== undefined) target.searchParams.set('state', fields.state);
	return { status: 302, headers: { Location: target.toString() } };
}

function allowed(one: OAuthClient, redirect: string): boolean {
	if (one.redirectUris?.includes(redirect)) return true;
	try {
		return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(redirect).hostname);
	} catch {
		return false;
	}
}

function consentPage(fields: Record<string, string>): string {
	const hidden = Object.entries(fields)
		.map(
			([name, value]) =>
				`<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
		)
		.join('');
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Allow access</title></head>
<body style="font-family:sans-serif;max-width:30em;margin:4em auto">
<h1>Allow access to Fabrikam Construction?</h1>
<p>The application <code>${escapeHtml(fields.client_id ?? '')}</code> wants to act for you in this Procore stand-in.</p>
<form method="post" action="/oauth/authorize">${hidden}<button type="submit">Allow</button></form>
</body></html>`;
}
