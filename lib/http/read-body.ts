/** A body that is still coming; Node's streams are such. */
export type IncomingBody = AsyncIterable<Uint8Array | string> & {
	destroy?(error?: Error): unknown;
};

/** The answer went on past the bytes allowed; nothing of it was kept. */
export class BodyTooLarge extends Error {
	readonly code = 'ANSWER_TOO_LARGE';

	constructor(readonly maxBytes: number) {
		super(`The answer is larger than ${maxBytes} bytes`);
		this.name = 'BodyTooLarge';
	}
}

/** Whether a value is a body still to be read. */
export function isIncoming(value: unknown): value is IncomingBody {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Buffer.isBuffer(value) &&
		Symbol.asyncIterator in value
	);
}

/**
 * Reads a body to its end, at most `maxBytes`, for no longer than the signal allows: headers and
 * body have one deadline together. The connection is given up on whatever goes wrong.
 *
 * @throws BodyTooLarge, the signal's reason, or what the connection says
 */
export async function readBody(
	body: IncomingBody,
	maxBytes: number,
	signal: AbortSignal,
): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	// A stream that stands still would never look at the signal.
	const stop = () => void body.destroy?.(signal.reason as Error);
	signal.addEventListener('abort', stop, { once: true });
	try {
		signal.throwIfAborted();
		const parts = body[Symbol.asyncIterator]();
		for (let part = await parts.next(); !part.done; part = await parts.next()) {
			const chunk = part.value;
			const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
			size += bytes.length;
			if (size > maxBytes) throw new BodyTooLarge(maxBytes);
			chunks.push(bytes);
		}
		signal.throwIfAborted();
		return Buffer.concat(chunks, size);
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	} finally {
		signal.removeEventListener('abort', stop);
		body.destroy?.();
	}
}
