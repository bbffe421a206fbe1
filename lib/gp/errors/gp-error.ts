import { ConnectorError } from '../../model/connector-error';
import { STREAMS, type Entity } from '../../streams/streams';

/** Where a fault was met; every GP error carries as much of it as is known. */
export interface GpErrorContext {
	/** Address that was called. */
	address?: string;
	entity?: Entity;
	/** GP key of the record concerned. */
	key?: string;
	httpStatus?: number;
	/** First 200 characters of what came back, redacted. */
	excerpt?: string;
	/** What GP itself says, when it says anything. */
	serverMessage?: string;
	cause?: unknown;
}

/** Base of the closed set of errors lib/gp throws. */
export abstract class GpError extends ConnectorError {
	constructor(
		message: string,
		remedy: string,
		context: GpErrorContext,
		facts: Record<string, unknown> = {},
	) {
		const { address, entity, key, httpStatus, excerpt, serverMessage, cause } = context;
		super(
			message,
			{
				remedy,
				...(entity ? { entity } : {}),
				...(entity && key ? { key, record: describeRecord(entity, key) } : {}),
				...(address ? { address } : {}),
				...(httpStatus ? { httpStatus } : {}),
				...(excerpt ? { excerpt } : {}),
				...(serverMessage ? { serverMessage } : {}),
				...facts,
			},
			cause === undefined ? undefined : { cause },
		);
	}
}

/** "GL account 300-5110-02", "payables document 1;00417". */
export function describeRecord(entity: Entity, key: string): string {
	return `${STREAMS[entity].one} ${key}`;
}

/** "reading the GL accounts", "reading vendor ACME0001", "calling the service". */
export function describeTask({ entity, key }: GpErrorContext): string {
	if (!entity) return 'calling the service';
	return key ? `reading ${describeRecord(entity, key)}` : `reading the ${STREAMS[entity].many}`;
}

/** " It came back as: <html>…", for messages; empty when nothing came. */
export function quoteExcerpt({ excerpt }: GpErrorContext): string {
	return excerpt ? ` What came back begins: ${excerpt}` : '';
}
