import { HIDDEN, redactText } from '../../base/redact-text';

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
	if (body === null || body === undefined || body === '') return [];
	if (typeof body === 'string') return [{ message: excerptOf(body) }];
	if (typeof body !== 'object') return [{ message: String(body) }];
	const { errors, error, error_description, message, code, fields, reason } = body as Record<
		string,
		unknown
	>;
	const found: ErrorMessage[] = [];
	if (errors !== undefined) found.push(...readErrors(errors));
	if (error !== null && typeof error === 'object')
		found.push(...readErrorObject(error as Record<string, unknown>));
	else if (typeof error === 'string') {
		found.push(
			typeof error_description === 'string'
				? { code: error, message: error_description }
				: { message: error },
		);
	}
	if (typeof message === 'string')
		found.push({ message, ...(typeof code === 'string' ? { code } : {}) });
	if (fields !== undefined && fields !== null) found.push(...readErrors(fields));
	if (typeof reason === 'string') found.push({ message: reason });
	return found.length > 0 ? found : [{ message: excerptOf(JSON.stringify(body)) }];
}

/**
 * "vendor: can't be blank; App is not connected to this company." A server or proxy that repeats
 * what it was sent tells no login: whoever reads the message may not have it.
 */
export function summarise(messages: ErrorMessage[]): string {
	const texts = messages.map(({ field, message }) => (field ? `${field}: ${message}` : message));
	return redactText([...new Set(texts)].join('; ')).slice(0, 500);
}

function readErrors(errors: unknown): ErrorMessage[] {
	if (typeof errors === 'string') return [{ message: errors }];
	if (Array.isArray(errors)) return errors.flatMap((item) => readErrorBody(item));
	if (errors === null || typeof errors !== 'object') return [];
	return Object.entries(errors as Record<string, unknown>).flatMap(([field, value]) =>
		(Array.isArray(value) ? value : [value]).flatMap((item): ErrorMessage[] =>
			item !== null && typeof item === 'object'
				? readErrorBody(item).map((inner) => ({
						...inner,
						field: inner.field ? `${field}.${inner.field}` : field,
					}))
				: [{ field, message: String(item) }],
		),
	);
}

function readErrorObject(error: Record<string, unknown>): ErrorMessage[] {
	const code = typeof error.code === 'string' ? error.code : undefined;
	const details = (Array.isArray(error.details) ? error.details : []) as Array<
		Record<string, unknown>
	>;
	const inner = details.map((detail) => ({
		field: textOf(detail.source),
		code: textOf(detail.code) ?? textOf(detail.reason_code) ?? code,
		message:
			textOf(detail.message) ?? textOf(detail.code) ?? textOf(detail.reason_code) ?? 'unspecified',
	}));
	const message = textOf(error.message);
	return [
		...(message || inner.length === 0 ? [{ code, message: message ?? code ?? 'unspecified' }] : []),
		...inner,
	];
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	const pointer = (value as { pointer?: unknown; parameter?: unknown } | null) ?? {};
	const inner = typeof value === 'object' ? (pointer.pointer ?? pointer.parameter) : undefined;
	return typeof inner === 'string' ? inner : undefined;
}

/** Text of an HTML page or plain answer, 200 characters at most, without anything token-like. */
export function excerptOf(text: string): string {
	const plain = text.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
	return redactText(plain)
		.replace(/\b(bearer\s+|identifier"?\s*[:=]\s*"?)[^\s"&,}]+/gi, `$1${HIDDEN}`)
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, 200);
}
