/** Where a fault lies, so that a run can decide: stop everything, or park one record. */
export type ErrorScope = 'record' | 'project' | 'transport' | 'configuration';

export interface ConnectorErrorDetails {
	/** What the user does next, in plain words. */
	remedy: string;
	/** The record concerned, e.g. "Payables invoice 00000000000000417". */
	record?: string;
	/** HTTP status, when an answer came. */
	httpStatus?: number;
	/** The server's own id of the request, for its support desk. */
	requestId?: string;
	/** Address that was called, without query secrets. */
	address?: string;
	/** First 200 characters of what came back, redacted. */
	excerpt?: string;
	/** Further machine-readable facts; never secrets. */
	[field: string]: unknown;
}

/**
 * Base of every error this package throws. Subclasses form a closed set per room;
 * `code` is stable and machine-readable, `message` says what happened to which record and why.
 */
export abstract class ConnectorError extends Error {
	abstract readonly code: string;
	abstract readonly scope: ErrorScope;
	/** Whether the same call may succeed when repeated unchanged. */
	readonly retryable: boolean = false;
	readonly details: ConnectorErrorDetails;

	constructor(message: string, details: ConnectorErrorDetails, options?: { cause?: unknown }) {
		super(message, options);
		this.name = new.target.name;
		this.details = details;
	}

	get remedy(): string {
		return this.details.remedy;
	}
}
