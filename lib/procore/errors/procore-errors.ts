import { ConnectorError, type ErrorScope } from '../../model/connector-error';
import { jsonBeginning, messageOf, pageExcerptOf } from '../../model/foreign-text';

/** Every way a call to Procore can fail. The set is closed: callers may switch over `code`. */
export abstract class ProcoreError extends ConnectorError {}

/** No answer after all attempts: network, name, certificate, timeout. */
export class ProcoreUnreachableError extends ProcoreError {
	readonly code = 'procore-unreachable';
	readonly scope: ErrorScope = 'transport';
	override readonly retryable = true;
}

/** 401 although the transport has renewed the token. */
export class ProcoreLoginRefusedError extends ProcoreError {
	readonly code = 'procore-login-refused';
	readonly scope: ErrorScope = 'transport';
}

/** 5xx or 408 after all attempts. */
export class ProcoreServerFaultError extends ProcoreError {
	readonly code = 'procore-server-fault';
	readonly scope: ErrorScope = 'transport';
	override readonly retryable = true;
}

/** 429 after all waits. */
export class ProcoreRateLimitedError extends ProcoreError {
	readonly code = 'procore-rate-limited';
	readonly scope: ErrorScope = 'transport';
	override readonly retryable = true;
}

/** An answer that is no Procore answer: HTML, a proxy's page, a list that is no list. */
export class ProcoreUnexpectedAnswerError extends ProcoreError {
	readonly code = 'procore-unexpected-answer';
	readonly scope: ErrorScope = 'transport';
}

/** An answer larger, longer or deeper than any Procore gives, or a list that does not end. */
export class ProcoreAnswerTooLargeError extends ProcoreError {
	readonly code = 'procore-answer-too-large';
	readonly scope: ErrorScope = 'transport';
}

/** A redirect that would take the request, and its token, somewhere else. */
export class ProcoreRedirectRefusedError extends ProcoreError {
	readonly code = 'procore-redirect-refused';
	readonly scope: ErrorScope = 'transport';
}

export const WRITES_ENDED = 'procore-writes-ended';

/** The time in which the caller may write is over; nothing was sent. */
export class ProcoreWritesEndedError extends ProcoreError {
	readonly code = WRITES_ENDED;
	readonly scope: ErrorScope = 'transport';
	override readonly retryable = true;
}

/** 403 or missing header for the whole company: the app is not installed, or the company id is wrong. */
export class ProcoreCompanyBlockedError extends ProcoreError {
	readonly code = 'procore-company-blocked';
	readonly scope: ErrorScope = 'configuration';
}

/** 403 or 404 on a project: tool disabled, project not permitted, or no such project. */
export class ProcoreProjectBlockedError extends ProcoreError {
	readonly code = 'procore-project-blocked';
	readonly scope: ErrorScope = 'project';
}

/** 404 on one record. */
export class ProcoreNotFoundError extends ProcoreError {
	readonly code = 'procore-not-found';
	readonly scope: ErrorScope = 'record';
}

/** 409 after all attempts: another request was writing the same record. */
export class ProcoreConflictError extends ProcoreError {
	readonly code = 'procore-conflict';
	readonly scope: ErrorScope = 'record';
	override readonly retryable = true;
}

/** 413: more than Procore takes in one call. */
export class ProcoreTooLargeError extends ProcoreError {
	readonly code = 'procore-too-large';
	readonly scope: ErrorScope = 'record';
}

/** 400, 406, 422 and other refusals of what was sent. */
export class ProcoreRequestRefusedError extends ProcoreError {
	readonly code = 'procore-request-refused';
	readonly scope: ErrorScope = 'record';
}

/** Refused before sending: it could not have been stored as meant. */
export class ProcoreInputError extends ProcoreError {
	readonly code = 'procore-input';
	readonly scope: ErrorScope = 'record';
}

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

/** The fields a complaint may speak of: the one it names, else what its words begin with ("Vendor must exist") or name in two ("the invoice number"). */
export function fieldsOf({ field, message }: Pick<ErrorMessage, 'field' | 'message'>): string[] {
	if (field !== undefined && !/^(base|errors|full_messages)?$/.test(field)) return [field];
	const text = message.slice(0, 500).toLowerCase();
	const words = text.match(/[a-z]+/g) ?? [];
	const beginnings = [1, 2, 3].map((count) => words.slice(0, count).join('_'));
	const named = [...text.matchAll(/\b([a-z]+)[ _](number|id|code)\b/g)];
	return [
		...beginnings,
		// Rails leaves the end of `origin_id` away when it speaks of it.
		`${words[0]}_id`,
		...named.map(([, first, second]) => `${first}_${second}`),
	];
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
