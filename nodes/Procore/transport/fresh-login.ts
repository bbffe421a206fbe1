import { jsonParse } from 'n8n-workflow';
import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { isIncoming, readBody } from '../../../lib/http/read-body';
import type { ConnectionCheck } from '../../../lib/model/connection-check';
import { readableAddress } from './connect';
import { NoAnswerError } from './failure';

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 64 * 1024;

/**
 * Logs in anew with client ID and secret as they stand in the credential: n8n goes on with a token it
 * has as long as that lives, so that a wrong secret would show hours later. The token is thrown away.
 * Null where a person connects by consent: the stored login is all there is then.
 */
export async function freshLogin(context: IExecuteFunctions): Promise<ConnectionCheck | null> {
	const credential = await context.getCredentials('procoreOAuth2Api');
	if (credential.grantType !== 'clientCredentials') return null;
	const check = (
		verdict: ConnectionCheck['verdict'],
		said: string,
		field = '',
		remedy = '',
	): ConnectionCheck => ({ system: 'Procore', what: 'Login', verdict, said, field, remedy });
	const text = (name: string) => String(credential[name] ?? '');
	for (const [name, title] of [
		['clientId', 'Client ID'],
		['clientSecret', 'Client Secret'],
		['companyId', 'Company ID'],
	] as const) {
		const plain = text(name).trim();
		if (plain === '')
			return check('wrong', `${title} is empty.`, title, 'Fill it in in the Procore credential.');
		// n8n sends it as it stands, and asks for a new token hours later only.
		if (name !== 'companyId' && plain !== text(name))
			return check(
				'wrong',
				`${title} begins or ends with a blank or a line break, which n8n sends along.`,
				title,
				'Paste it into the Procore credential again, without anything around it.',
			);
	}
	const readable = readableAddress(credential);
	if (readable !== null)
		return check('wrong', `${readable.said} Nothing was sent.`, readable.field, readable.remedy);
	const url = text('accessTokenUrl').trim();
	const address = 'Environment (or Login Address)';
	let status: number;
	let token: boolean;
	try {
		({ status, token } = await askForToken(context, url, {
			grant_type: 'client_credentials',
			client_id: text('clientId'),
			client_secret: text('clientSecret'),
		}));
	} catch (error) {
		const { code } = new NoAnswerError(error);
		return check(
			'wrong',
			`The login server ${hostOf(url)} did not answer (${code}).`,
			address,
			'Check the environment, and that n8n reaches that address (firewall, proxy).',
		);
	}
	if (token) return check('proven', 'Procore gave a token for client ID and secret.');
	if (status >= 500 || status === 429)
		return check(
			'not proven',
			`The login server ${hostOf(url)} answered with HTTP ${status}.`,
			'',
			'Look at status.procore.com and try again.',
		);
	if (status >= 400 && status !== 404)
		return check(
			'wrong',
			`Procore refused client ID and secret (HTTP ${status}).`,
			'Client ID, Client Secret, Environment',
			'Copy both again from the developer portal: sandbox keys work in the sandbox only, production keys only once the app is approved. A new secret ends the old one.',
		);
	return check(
		'wrong',
		`${hostOf(url)} answered (HTTP ${status}), but gave no token, so it is no login server of Procore.`,
		address,
		'Check the environment, and any proxy in between.',
	);
}

/** The status, and whether a token came; the token itself is thrown away. */
async function askForToken(
	context: IExecuteFunctions,
	url: string,
	form: Record<string, string>,
): Promise<{ status: number; token: boolean }> {
	const { statusCode: status, body } = (await context.helpers.httpRequest({
		method: 'POST',
		url,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
		body: new URLSearchParams(form).toString(),
		timeout: TIMEOUT_MS,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	})) as IN8nHttpFullResponse;
	if (!isIncoming(body)) return { status, token: false };
	const bytes = await readBody(body, MOST_BYTES, AbortSignal.timeout(TIMEOUT_MS)).catch(() => null);
	if (status < 200 || status >= 300 || bytes === null) return { status, token: false };
	const said = jsonParse<{ access_token?: unknown } | null>(bytes.toString('utf8'), {
		fallbackValue: null,
	});
	return { status, token: typeof said?.access_token === 'string' && said.access_token !== '' };
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'of the credential';
}
