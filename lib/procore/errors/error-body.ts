import { jsonBeginning, messageOf, pageExcerptOf } from '../../model/foreign-text';

/** One complaint of an error answer. */
export interface ErrorMessage {
	/** Field or source the server names. */
	field?: string;
	/** Machine code, e.g. "TOO_MANY_REQUESTS". */
	code?: string;
	message: string;
}

/**
 * Reads every error body Procore is known to send: `errors` as text, list or field map; `error` as
 * object with details, or text (OAuth: with error_description); `message` with `fields` or `reason`;
 * plain text and HTML. Unknown shapes come back as an excerpt of their JSON; never throws.
 */
export function readErrorBody(body: unknown): ErrorMessage[] {
	const found: ErrorMessage[] = [];
	for (const { field, code, message } of complaints(body, 0)) {
		found.push({
			...(field === undefined ? {} : { field: messageOf(field, 200) }),
			...(code === undefined ? {} : { code: messageOf(code, 100) }),
			message: messageOf(message, 500),
		});
		if (found.length >= MOST_MESSAGES) break;
	}
	return found;
}

/** More complaints than that nobody reads. */
const MOST_MESSAGES = 100;
/** Deeper than any answer Procore gives. */
const DEEPEST = 8;

function* complaints(body: unknown, depth: number): Generator<ErrorMessage> {
	if (body === null || body === undefined || body === '' || depth > DEEPEST) return;
	if (typeof body === 'string') return yield { message: pageExcerptOf(body) };
	if (typeof body !== 'object') return yield { message: String(body) };
	const { errors, error, error_description, message, code, fields, reason } = body as Record<
		string,
		unknown
	>;
	let found = false;
	for (const complaint of parts()) {
		found = true;
		yield complaint;
	}
	if (!found) yield { message: pageExcerptOf(jsonBeginning(body)) };

	function* parts(): Generator<ErrorMessage> {
		if (errors !== undefined) yield* listed(errors, depth + 1);
		if (error !== null && typeof error === 'object') {
			yield* ofErrorObject(error as Record<string, unknown>);
		} else if (typeof error === 'string') {
			yield typeof error_description === 'string'
				? { code: error, message: error_description }
				: { message: error };
		}
		if (typeof message === 'string')
			yield { message, ...(typeof code === 'string' ? { code } : {}) };
		if (fields !== undefined && fields !== null) yield* listed(fields, depth + 1);
		if (typeof reason === 'string') yield { message: reason };
	}
}

/**
 * "vendor: can't be blank; App is not connected to this company." A server or proxy that repeats
 * what it was sent tells no login: whoever reads the message may not have it.
 */
export function summarise(messages: ErrorMessage[]): string {
	const texts = messages.map(({ field, message }) => (field ? `${field}: ${message}` : message));
	return messageOf([...new Set(texts)].join('; '), 500);
}

function* listed(errors: unknown, depth: number): Generator<ErrorMessage> {
	if (typeof errors === 'string') return yield { message: errors };
	if (errors === null || typeof errors !== 'object' || depth > DEEPEST) return;
	if (Array.isArray(errors)) {
		for (const item of errors) yield* complaints(item, depth + 1);
		return;
	}
	for (const field of Object.keys(errors)) {
		const value = (errors as Record<string, unknown>)[field];
		for (const item of Array.isArray(value) ? value : [value]) {
			if (item === null || typeof item !== 'object') {
				yield { field, message: String(item) };
				continue;
			}
			for (const inner of complaints(item, depth + 1))
				yield { ...inner, field: inner.field ? `${field}.${inner.field}` : field };
		}
	}
}

function* ofErrorObject(error: Record<string, unknown>): Generator<ErrorMessage> {
	const code = typeof error.code === 'string' ? error.code : undefined;
	const details = (Array.isArray(error.details) ? error.details : []).filter(
		(detail) => detail !== null && typeof detail === 'object',
	) as Array<Record<string, unknown>>;
	const message = textOf(error.message);
	if (message || details.length === 0) {
		yield { ...(code ? { code } : {}), message: message ?? code ?? 'unspecified' };
	}
	for (const detail of details) {
		const itsCode = textOf(detail.code) ?? textOf(detail.reason_code);
		const field = textOf(detail.source);
		yield {
			...(field ? { field } : {}),
			...((itsCode ?? code) ? { code: itsCode ?? code } : {}),
			message: textOf(detail.message) ?? itsCode ?? 'unspecified',
		};
	}
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	const pointer = (value as { pointer?: unknown; parameter?: unknown } | null) ?? {};
	const inner = typeof value === 'object' ? (pointer.pointer ?? pointer.parameter) : undefined;
	return typeof inner === 'string' ? inner : undefined;
}
