import { pageExcerptOf } from '../../../lib/model/foreign-text';
import type { ProcoreAnswer } from '../../../lib/procore/transport';

/** Silence: nothing was answered, `code` says why as the network put it. */
export class NoAnswerError extends Error {
	readonly code: string;

	constructor(error: unknown) {
		const code = firstOf(error, ({ code: at }) => (typeof at === 'string' ? at : undefined));
		super('No answer came');
		this.code = code ?? 'NO_ANSWER';
	}
}

/**
 * What n8n threw, as the answer behind it: most often a refusal of the login server. Null when there was
 * none. Only status and body are taken: the error itself holds the request with its token.
 */
export function answerOfFailure(error: unknown): ProcoreAnswer | null {
	const response = firstOf(error, ({ response: at }) =>
		typeof (at as AxiosLike | undefined)?.status === 'number' ? (at as AxiosLike) : undefined,
	);
	if (response) {
		return { status: response.status, headers: namedHeaders(response), body: response.data ?? '' };
	}
	// Errors of n8n's OAuth2 client: a named refusal has a body, any other answer a status.
	const refusal = firstOf(error, ({ code, body, status }) =>
		code === 'EAUTH' ? { status: 401, body } : code === 'ESTATUS' ? { status, body } : undefined,
	);
	if (refusal) {
		const { status, body } = ofLoginServer(Number(refusal.status) || 401, refusal.body ?? '');
		return { status, headers: {}, body };
	}
	const reconnect = firstOf(error, ({ message }) =>
		typeof message === 'string' && NO_LOGIN.test(message) ? message : undefined,
	);
	return reconnect ? { status: 401, headers: {}, body: { message: reconnect } } : null;
}

interface AxiosLike {
	status: number;
	data?: unknown;
	headers?: Record<string, unknown>;
}

type Fields = Record<string, unknown>;

/** How n8n says that there is no token to send and none to be had. */
const NO_LOGIN =
	/needs to be reconnected|not connected|no refresh token|without access token|reconnect the credential/i;

/**
 * What the login server answered instead of a token. It refuses client id or secret with 400, 401 or 403:
 * all mean "wrong login". A page with status 200, of a proxy or of another server, is no login either,
 * and above all no answer to the request, which was never sent.
 */
function ofLoginServer(status: number, body: unknown): { status: number; body: unknown } {
	if (status >= 500 || status === 408 || status === 429) return { status, body };
	if (status >= 400) return { status: 401, body };
	const page = typeof body === 'string' ? pageExcerptOf(body, 200) : '';
	const message = `the login server gave no token but another answer (HTTP ${status})${page ? `, which says "${page}"` : ''}`;
	return { status: 401, body: { message } };
}

/** Only what helps: request ids and waiting times. */
function namedHeaders({ headers = {} }: AxiosLike): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([name]) => /^(x-request-id|retry-after|x-rate-limit-\w+)$/i.test(name))
			.map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

/** Looks through an error and its causes. */
function firstOf<Value>(
	error: unknown,
	look: (fields: Fields) => Value | undefined,
): Value | undefined {
	let at = error as (Fields & { cause?: unknown }) | undefined;
	for (let depth = 0; at && typeof at === 'object' && depth < 6; depth++) {
		const found = look(at);
		if (found !== undefined) return found;
		at = at.cause as typeof at;
	}
	return undefined;
}
