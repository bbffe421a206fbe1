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
	signal.addEventListener('abort', stop);
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

/** Work in steps: each `yield` is a place where others may have their turn. */
export type Steps<Result> = Generator<void, Result, void>;

/** Milliseconds of work between two pauses. n8n serves everybody from the same thread. */
const SLICE_MS = 25;

/** Does all steps at once, for what is known to be short. */
export function runSteps<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** Does the steps in slices of some 25 ms and lets the event loop turn in between. */
export async function runStepsInTurns<Result>(steps: Steps<Result>): Promise<Result> {
	let since = performance.now();
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		if (performance.now() - since < SLICE_MS) continue;
		await new Promise<void>((resolve) => setImmediate(resolve));
		since = performance.now();
	}
}

/** Asked after each piece of a longer work: a pause when one is due, nothing otherwise. */
export function breather(): () => Promise<void> | undefined {
	let since = performance.now();
	return () => {
		if (performance.now() - since < SLICE_MS) return undefined;
		return new Promise((resolve) => {
			setImmediate(() => {
				since = performance.now();
				resolve();
			});
		});
	};
}

/** Items sorted or merged at once: a few milliseconds. */
const SORTED_AT_ONCE = 4_096;

/** Sorts a long list, equal ones left in their order, and lets the event loop turn in between. */
export async function sortInTurns<Item>(
	items: readonly Item[],
	compare: (left: Item, right: Item) => number,
	pause = breather(),
): Promise<Item[]> {
	let runs: Item[][] = [];
	for (let from = 0; from < items.length; from += SORTED_AT_ONCE) {
		runs.push(items.slice(from, from + SORTED_AT_ONCE).sort(compare));
		await pause();
	}
	while (runs.length > 1) {
		const merged: Item[][] = [];
		for (let at = 0; at < runs.length; at += 2)
			merged.push(await merge(runs[at]!, runs[at + 1] ?? []));
		runs = merged;
	}
	return runs[0] ?? [];

	async function merge(left: Item[], right: Item[]): Promise<Item[]> {
		const both: Item[] = [];
		let [one, other] = [0, 0];
		while (one < left.length && other < right.length) {
			both.push(compare(left[one]!, right[other]!) <= 0 ? left[one++]! : right[other++]!);
			if (both.length % SORTED_AT_ONCE === 0) await pause();
		}
		return both.concat(left.slice(one), right.slice(other));
	}
}

const PIECE = 4 * 1024 * 1024;

/** Bytes as text, by byte order mark, then by the charset the server names, else UTF-8; in steps. */
export function* decodeText(body: Buffer, contentType: string | undefined): Steps<string> {
	const decoder = decoderFor(body, contentType);
	if (body.length <= PIECE) return decoder.decode(body);
	const pieces: string[] = [];
	for (let from = 0; from < body.length; from += PIECE) {
		pieces.push(decoder.decode(body.subarray(from, from + PIECE), { stream: true }));
		yield;
	}
	pieces.push(decoder.decode());
	return pieces.join('');
}

function decoderFor(body: Buffer, contentType: string | undefined): Decoder {
	const named = /charset\s{0,4}=\s{0,4}"?([\w-]{1,40})/i.exec((contentType ?? '').slice(0, 400));
	let charset = named?.[1] ?? 'utf-8';
	if (body[0] === 0xff && body[1] === 0xfe) charset = 'utf-16le';
	else if (body[0] === 0xfe && body[1] === 0xff) charset = 'utf-16be';
	else if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) charset = 'utf-8';
	try {
		const decoder = new TextDecoder(charset);
		return decoder.encoding === 'windows-1252' ? asWindows(decoder) : decoder;
	} catch {
		return new TextDecoder();
	}
}

/** What 0x80 to 0x9f are in Windows-1252, with what is none left as it is. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

type Decoder = Pick<InstanceType<typeof TextDecoder>, 'decode'>;

/** Some releases of Node 20 to 23 read Windows-1252 as Latin-1: the euro and every curly quotation mark were lost. */
function asWindows(decoder: Decoder): Decoder {
	return {
		decode: (bytes, options) =>
			decoder
				.decode(bytes, options)
				.replace(/[\x80-\x9f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80]),
	};
}

const MB = 1024 * 1024;

/** Largest answer taken in, megabytes, unless the node's options say otherwise. */
export const DEFAULT_MAX_ANSWER_MB = 64;
export const MOST_ANSWER_MB = 512;

/** The cap in bytes; anything that is not a number of megabytes from 1 to 512 is brought within. */
export function answerCap(megabytes: number = DEFAULT_MAX_ANSWER_MB): number {
	const asked = Number.isFinite(megabytes) ? megabytes : DEFAULT_MAX_ANSWER_MB;
	return Math.floor(Math.min(Math.max(asked, 1), MOST_ANSWER_MB) * MB);
}

/** Longest wait a timer can hold; Node fires at once when asked for more. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What one answer may hold, so that a few bytes cannot become gigabytes of objects. */
export interface AnswerLimits {
	/** Objects, lists and values together. */
	values: number;
	/** Members of one list. */
	rows: number;
	/** Levels of nesting. */
	depth: number;
	/** Characters of one text. */
	text: number;
}

/** For answers up to 64 MB; a higher cap allows as many more. */
export const ANSWER_LIMITS: AnswerLimits = {
	values: 4_000_000,
	rows: 250_000,
	depth: 100,
	text: MB,
};

/** The limits of an answer that may have so many bytes: a value takes 16 at least, in any answer that is meant. */
export function limitsFor(maxBytes: number): AnswerLimits {
	const share = Math.max(1, maxBytes / answerCap());
	return {
		...ANSWER_LIMITS,
		values: Math.floor(ANSWER_LIMITS.values * share),
		rows: Math.floor(ANSWER_LIMITS.rows * share),
	};
}
