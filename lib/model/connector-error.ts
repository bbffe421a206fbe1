import { redactText } from './redact';

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

	/** What a server put into any of the texts, a value, a name, an address, tells no login. */
	constructor(message: string, details: ConnectorErrorDetails, options?: { cause?: unknown }) {
		super(redactText(message), options);
		this.name = new.target.name;
		this.details = { ...details };
		for (const [field, text] of Object.entries(details))
			if (typeof text === 'string' && field !== 'key') this.details[field] = redactText(text);
	}

	get remedy(): string {
		return this.details.remedy;
	}
}

/** A fault as far as it can be told in one text. */
export interface ToldFault {
	message: string;
	/** Blank where the text does not say what to do. */
	remedy: string;
	/** Stable name of the error; blank for one that is none of ours. */
	code: string;
}

/**
 * A fault as one text, for places where nothing but a text is handed on: n8n gives the caller of a
 * workflow the message alone, and so does the runs table. The code stands last, where no text of others
 * can take its place.
 */
export function tellFault({ message, remedy, code }: ToldFault): string {
	return `${message} → ${remedy} [${code}]`;
}

/** What `tellFault` wrote; any other text is a message without remedy and code. */
export function readFault(text: string): ToldFault {
	const [, told = text, code = ''] = /^([\s\S]*) \[([A-Za-z][\w-]{0,60})\]$/.exec(text) ?? [];
	const at = code === '' ? -1 : told.indexOf(' → ');
	const whole = at === -1;
	return {
		message: whole ? text : told.slice(0, at),
		remedy: whole ? '' : told.slice(at + 3),
		code: whole ? '' : code,
	};
}
