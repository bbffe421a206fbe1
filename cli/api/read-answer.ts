import {
	answerCap,
	BodyTooLarge,
	type IncomingBody,
	limitsFor,
	readBody,
	runStepsInTurns,
} from '../../lib/http/read-body';
import { JsonRefused, readJson } from '../../lib/http/json-steps';
import { N8nAnswerError, N8nUnreachableError } from '../errors';

/**
 * Reads an answer to its end, at most `maxBytes`, for no longer than the signal allows.
 *
 * @throws N8nAnswerError when it is too large, N8nUnreachableError when it does not end in time
 */
export async function textOf(
	response: Response,
	call: string,
	bounds: { address: string; maxBytes: number; signal: AbortSignal },
): Promise<string> {
	if (!response.body) return '';
	try {
		return (await readBody(incoming(response.body), bounds.maxBytes, bounds.signal)).toString(
			'utf8',
		);
	} catch (error) {
		if (error instanceof BodyTooLarge)
			throw new N8nAnswerError(call, `is larger than ${Math.round(bounds.maxBytes / 1024)} kB`);
		throw new N8nUnreachableError(bounds.address, reasonOf(error));
	}
}

/** The body of fetch as `readBody` reads it: whoever stops reading ends the connection. */
function incoming(stream: ReadableStream<Uint8Array>): IncomingBody {
	const reader = stream.getReader();
	return {
		async *[Symbol.asyncIterator]() {
			for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
		},
		destroy: () => void reader.cancel().catch(() => undefined),
	};
}

/** JSON within the package's limits of depth, rows and values; `null` when the text is no JSON at all. */
export async function jsonOf(text: string, call: string): Promise<{ value: unknown } | null> {
	try {
		const steps = readJson(text, { limits: limitsFor(answerCap()) });
		return { value: await runStepsInTurns(steps) };
	} catch (error) {
		if (!(error instanceof JsonRefused)) throw error;
		if (error.why === 'malformed' || error.why === 'cut-off') return null;
		throw new N8nAnswerError(call, `is ${error.why.replaceAll('-', ' ')}`);
	}
}

/** Why a connection failed, in the words of Node; never what was sent. */
export function reasonOf(error: unknown): string {
	const { name, code, cause } = (error ?? {}) as Error & {
		code?: string;
		cause?: { code?: string };
	};
	if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time';
	if (cause?.code === 'UND_ERR_HEADERS_OVERFLOW') return 'the headers of its answer are too long';
	return cause?.code ?? (typeof code === 'string' ? code : 'the connection failed');
}
