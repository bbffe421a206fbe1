import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import type { ProcoreAnswer, ProcoreTransport } from '../../../lib/procore/transport';
import { answerOfFailure, NoAnswerError } from './failure';

/**
 * Sends requests through n8n, which puts the token on, gets a new one on a 401 and repeats the
 * request once. A 401 must therefore stay an error to n8n; every other status is an answer.
 */
export function createN8nTransport(
	context: IExecuteFunctions | ILoadOptionsFunctions,
): ProcoreTransport {
	let firstRequest: Promise<unknown> | undefined;

	async function send(options: IHttpRequestOptions): Promise<ProcoreAnswer> {
		try {
			const response = (await context.helpers.httpRequestWithAuthentication.call(
				context,
				'procoreOAuth2Api',
				options,
			)) as IN8nHttpFullResponse;
			return {
				status: response.statusCode,
				headers: textHeaders(response.headers),
				body: response.body,
			};
		} catch (error) {
			const answer = answerOfFailure(error);
			if (answer) return answer;
			throw noAnswer(error);
		}
	}

	return async ({ method, url, headers, body, timeoutMs, signal }) => {
		const options: IHttpRequestOptions = {
			method,
			url,
			headers,
			...(body === undefined ? {} : { body: body as IHttpRequestOptions['body'] }),
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			timeout: timeoutMs,
			...(signal ? { abortSignal: signal } : {}),
		};
		if (!firstRequest) {
			firstRequest = send(options);
			return (await firstRequest) as ProcoreAnswer;
		}
		// Requests that start together while there is no token yet would fetch one each.
		await firstRequest.catch(() => undefined);
		return await send(options);
	};
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
