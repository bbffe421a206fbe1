import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import {
	answerCap,
	BodyTooLarge,
	decodeText,
	isIncoming,
	limitsFor,
	readBody,
	runStepsInTurns,
	type Steps,
} from '../../../lib/http/read-body';
import { JsonRefused, readJson } from '../../../lib/http/json-steps';
import { unlessAborted } from '../../../lib/http/request-rules';
import { rememberSecret } from '../../../lib/model/redact';
import { answerTooLarge } from '../../../lib/procore/errors/from-answer';
import type { ProcoreAnswer, ProcoreTransport } from '../../../lib/procore/transport';
import { answerOfFailure, NoAnswerError } from './failure';

/** An error says what it has to say in less. */
const MAX_ERROR_BYTES = 64 * 1024;

const CREDENTIAL = 'procoreOAuth2Api';

/** The token of a credential, as far as this process has renewed it. */
interface Login {
	renewals: number;
	/** The renewal under way. */
	renewing?: Promise<unknown>;
}

const logins = new Map<string, Login>();

function loginOf(credentialId: string | undefined): Login {
	const known = credentialId === undefined ? undefined : logins.get(credentialId);
	const login = known ?? { renewals: 0 };
	if (credentialId !== undefined) logins.set(credentialId, login);
	return login;
}

export interface TransportOptions {
	maxBytes?: number;
	/** Transports with one credential share its renewals. */
	credentialId?: string;
}

/**
 * Sends requests through n8n, which puts the token on. Every status is an answer, a redirect too: n8n
 * would hand the token on. On a 401 the token is renewed and the request repeated once. Several requests
 * meet an expired token at once, and n8n before 2.30 has each of them renew it; Procore's refresh token
 * works once, and a second use of it ends the login. So the renewal is asked for here, one at a time.
 * n8n's helper knows no limits, so the body comes as a stream and is read here, within one deadline
 * for headers and body and at most `maxBytes`.
 */
export function createN8nTransport(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ maxBytes = answerCap(), credentialId }: TransportOptions = {},
): ProcoreTransport {
	const self = withoutCancelSignal(context) as IExecuteFunctions;
	const login = loginOf(credentialId);
	let firstRequest: Promise<unknown> | undefined;

	async function send(options: IHttpRequestOptions, ended: AbortSignal): Promise<ProcoreAnswer> {
		let answer: ProcoreAnswer;
		try {
			const response = await ask(options, ended);
			const headers = textHeaders(response.headers);
			answer = { status: response.statusCode, headers, body: response.body };
		} catch (error) {
			if (ended.aborted) throw ended.reason;
			const refused = answerOfFailure(error);
			if (!refused) throw noAnswer(error);
			answer = refused;
		}
		if (!isIncoming(answer.body)) return answer;
		return { ...answer, ...(await bodyOf(answer, ended, maxBytes)) };
	}

	async function ask(
		options: IHttpRequestOptions,
		ended: AbortSignal,
	): Promise<IN8nHttpFullResponse> {
		for (let repeated = false; ; repeated = true) {
			if (login.renewing) await login.renewing.catch(() => undefined);
			const { renewals } = login;
			// n8n writes the token into the headers it is given.
			const headers = { ...options.headers };
			let response: IN8nHttpFullResponse;
			try {
				response = (await self.helpers.httpRequestWithAuthentication.call(self, CREDENTIAL, {
					...options,
					headers,
				})) as IN8nHttpFullResponse;
			} finally {
				// One that was renewed meanwhile stands nowhere else.
				rememberSecret(tokenIn(headers.Authorization));
			}
			if (response.statusCode !== 401 || repeated) return response;
			if (isIncoming(response.body))
				await readBody(response.body, MAX_ERROR_BYTES, ended).catch(() => undefined);
			ended.throwIfAborted();
			const isStored = await isStoredToken(headers.Authorization);
			if (isStored && login.renewals === renewals) await (login.renewing ??= renewed());
		}
	}

	/** Whether the refused token is the one n8n keeps: another worker may have renewed it meanwhile. */
	async function isStoredToken(sent: unknown): Promise<boolean> {
		const { oauthTokenData } = await self.getCredentials(CREDENTIAL);
		const stored = (oauthTokenData as { access_token?: unknown } | undefined)?.access_token;
		return typeof sent !== 'string' || !stored || sent === `Bearer ${stored as string}`;
	}

	async function renewed(): Promise<void> {
		try {
			await self.helpers.refreshOAuth2Token.call(self, CREDENTIAL);
			login.renewals += 1;
		} finally {
			login.renewing = undefined;
		}
	}

	return async ({ method, url, headers, body, timeoutMs, signal }) => {
		const call = new AbortController();
		const timer = setTimeout(() => call.abort(new NoAnswerError({ code: 'ETIMEDOUT' })), timeoutMs);
		const stop = () => call.abort(signal!.reason);
		if (signal?.aborted) stop();
		signal?.addEventListener('abort', stop, { once: true });
		const options: IHttpRequestOptions = {
			method,
			url,
			headers,
			...(body === undefined ? {} : { body: body as IHttpRequestOptions['body'] }),
			json: true,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout: timeoutMs,
			abortSignal: call.signal,
		};
		try {
			if (!firstRequest) {
				const sending = send(options, call.signal);
				firstRequest = sending;
				return await unlessAborted(sending, call.signal);
			}
			// Requests that start together while there is no token yet would fetch one each.
			await unlessAborted(
				firstRequest.catch(() => undefined),
				call.signal,
			);
			return await unlessAborted(send(options, call.signal), call.signal);
		} finally {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
			// Lets go of what n8n may have left lying.
			call.abort(new NoAnswerError({ code: 'ECONNABORTED' }));
		}
	};
}

async function bodyOf(
	{ status, body }: ProcoreAnswer,
	ended: AbortSignal,
	maxBytes: number,
): Promise<Pick<ProcoreAnswer, 'body' | 'bytes'>> {
	if (!isIncoming(body)) return { body };
	const most = status >= 200 && status < 300 ? maxBytes : Math.min(maxBytes, MAX_ERROR_BYTES);
	let bytes: Buffer;
	try {
		bytes = await readBody(body, most, ended);
	} catch (error) {
		if (ended.aborted) throw ended.reason;
		// What is too long to be an error message is none; the status says enough.
		if (error instanceof BodyTooLarge && most < maxBytes) return { body: '' };
		if (error instanceof BodyTooLarge) {
			throw answerTooLarge(`it has more than ${Math.round(most / 1024 / 1024)} MB`);
		}
		throw noAnswer(error);
	}
	return { body: await runStepsInTurns(parsed(bytes)), bytes: bytes.length };
}

/** JSON as such, but for ids too long for a number, which stay text; anything else as text. */
function* parsed(bytes: Buffer): Steps<unknown> {
	const text = yield* decodeText(bytes, undefined);
	try {
		return text.length < 1000 && text.trim() === ''
			? ''
			: yield* readJson(text, { keepLongNumbers: true, limits: limitsFor(bytes.length) });
	} catch (error) {
		const why = error instanceof JsonRefused ? error.why : 'malformed';
		if (why === 'malformed' || why === 'cut-off') return text;
		throw answerTooLarge('it holds more or is nested deeper than any answer of Procore');
	}
}

/**
 * The context as n8n's helper sees it, but for the stop signal of the execution, with which the
 * helper would overwrite ours: ours aborts on stop and on time.
 */
function withoutCancelSignal<Context extends object>(context: Context): Context {
	return new Proxy(context, {
		has: (target, name) => name !== 'getExecutionCancelSignal' && Reflect.has(target, name),
		get: (target, name) => {
			if (name === 'getExecutionCancelSignal') return undefined;
			return Reflect.get(target, name) as unknown;
		},
	});
}

function tokenIn(authorization: unknown): string | undefined {
	return typeof authorization === 'string' ? authorization.replace(/^Bearer /i, '') : undefined;
}

function noAnswer(error: unknown): NoAnswerError {
	return new NoAnswerError(error);
}

function textHeaders(headers: IN8nHttpFullResponse['headers']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers ?? {})
			.filter(([, value]) => value !== undefined && value !== null)
			.map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}
