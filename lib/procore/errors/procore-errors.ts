import { ConnectorError, type ErrorScope } from '../../model/connector-error';

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
