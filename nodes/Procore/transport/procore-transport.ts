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
import { answerTooLarge } from '../../../lib/procore/errors/from-answer';
import type { ProcoreAnswer, ProcoreTransport } from '../../../lib/procore/transport';
import { answerOfFailure, NoAnswerError } from './failure';

/** An error says what it has to say in less. */
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Sends requests through n8n, which puts the token on, gets a new one on a 401 and repeats the
 * request once. A 401 must therefore stay an error to n8n; every other status is an answer, a
 * redirect too: n8n would hand the token on. n8n's helper knows no limits, so the body comes as a
 * stream and is read here, within one deadline for headers and body and at most `maxBytes`.
 */
export function createN8nTransport(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ maxBytes = answerCap() }: { maxBytes?: number } = {},
): ProcoreTransport {
	const self = withoutCancelSignal(context);
	let firstRequest: Promise<unknown> | undefined;

	async function send(options: IHttpRequestOptions, ended: AbortSignal): Promise<ProcoreAnswer> {
		let answer: ProcoreAnswer;
		try {
			const response = (await self.helpers.httpRequestWithAuthentication.call(
				self as IExecuteFunctions,
				'procoreOAuth2Api',
				options,
			)) as IN8nHttpFullResponse;
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
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
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
			// Lets go of a 401 that n8n read the status of and left lying.
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
