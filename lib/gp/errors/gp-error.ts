import { ConnectorError } from '../../model/connector-error';
import { type Entity, STREAMS } from '../../streams/streams';

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

/** An HTML page where data was expected: a fault page of the service, or of a proxy before it. */
export class GpHtmlPage extends GpError {
	readonly code = 'GP_HTML_PAGE';
	readonly scope = 'transport';

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} an HTML page came instead of data (status ${context.httpStatus}).${quoteExcerpt(context)}`,
			'Open the address in a browser on a computer of that domain. If the page is from a proxy or a login screen, let this server reach GP directly; if it is a GP fault page, give it to whoever looks after GP.',
			context,
		);
	}
}

/** JSON or XML that stops in the middle or does not parse. */
export class GpInvalidBody extends GpError {
	readonly code = 'GP_INVALID_BODY';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, format: 'JSON' | 'XML', why: string) {
		super(
			`While ${describeTask(context)} the ${format} that came back could not be read: ${why}.${quoteExcerpt(context)}`,
			'Run again. If it stays, ask for fewer records per page in the site profile (query.pageSize): an answer cut off half-way usually means that the service or a proxy ran out of time or memory.',
			context,
		);
	}
}

/** An answer that holds more than this computer should have to bear. */
export class GpAnswerTooLarge extends GpError {
	readonly code = 'GP_ANSWER_TOO_LARGE';
	readonly scope = 'transport';

	constructor(context: GpErrorContext, why: string) {
		super(
			`While ${describeTask(context)} the answer was refused: ${why}.`,
			'Ask for fewer records per page in the site profile (query.pageSize), or raise "Largest Answer" in the options of the node. If no list of yours is that long, something else answers in place of GP.',
			context,
		);
	}
}

/** Neither JSON nor XML nor an HTML page: text, a picture, nothing at all; or data that is marked as something else. */
export class GpWrongContentType extends GpError {
	readonly code = 'GP_WRONG_CONTENT_TYPE';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext, contentType: string | undefined) {
		super(
			`While ${describeTask(context)} the answer was ${context.excerpt ? 'not marked as JSON or XML' : 'empty'} (content type ${contentType ?? 'not given'}).${quoteExcerpt(context)}`,
			'Check the service address and the path of this entity in the site profile; if the service only speaks XML, set format.kind to "xml".',
			context,
			{ contentType },
		);
	}
}

/** Status 200, but the body is an error message. */
export class GpErrorInSuccess extends GpError {
	readonly code = 'GP_ERROR_IN_SUCCESS';
	readonly scope = 'transport';

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} GP answered "all well" (status ${context.httpStatus}) with an error inside: ${context.serverMessage ?? context.excerpt ?? ''}`,
			'Read what GP says. If it is about rights, have the role of the integration user extended in GP; otherwise look at the GP service log for the same minute.',
			context,
		);
	}
}

/** Readable data, but no record of the entity can be found in it. */
export class GpUnexpectedShape extends GpError {
	readonly code = 'GP_UNEXPECTED_SHAPE';
	readonly scope = 'configuration';

	/** @param places paths of the answer at which such records stand, where they are several */
	constructor(context: GpErrorContext, places: readonly string[] = []) {
		super(
			places.length > 0
				? `While ${describeTask(context)} an answer came with such records at several places, each with some of its own: ${places.join(', ')}. None was read.`
				: `While ${describeTask(context)} data came back in which no such record can be recognised.${quoteExcerpt(context)}`,
			places.length > 0
				? 'Set responsePath of this entity in the site profile to the place that holds all records. Where they are spread over several, ask whoever looks after the service for one list.'
				: 'Run "Survey" of the Dynamics GP node and paste what it suggests into the site profile, or set responsePath and the field names of this entity there by hand.',
			context,
		);
	}
}

/** The link to the next page cannot be followed: without it the rest of the list stays unread. */
export class GpNextLinkUnusable extends GpError {
	readonly code = 'GP_NEXT_LINK_UNUSABLE';
	readonly scope = 'transport';

	constructor(context: GpErrorContext, why: string) {
		super(
			`While ${describeTask(context)} the service gave a link to the next page that cannot be followed: ${why}.${quoteExcerpt(context)}`,
			'Show the answer to whoever looks after the service. Nothing after this page was read; a proxy that rewrites addresses is a usual cause.',
			context,
		);
	}
}

/** One record whose content cannot be understood; the others go on. */
export class GpRecordMalformed extends GpError {
	readonly code = 'GP_RECORD_MALFORMED';
	readonly scope = 'record';

	/** @param absent the field is not there at all, which another way of reading the record may mend */
	constructor(
		context: GpErrorContext,
		field: string,
		why: string,
		{ remedy, absent = false }: { remedy?: string; absent?: boolean } = {},
	) {
		const record = context.entity
			? describeRecord(context.entity, context.key ?? '(no key)')
			: 'record';
		super(
			`The ${record} cannot be used: ${field} ${why}.`,
			remedy ??
				'Correct the record in GP, or, when all records are affected, name the right field in the site profile (entities → fields).',
			context,
			{ field, ...(absent ? { absent } : {}) },
		);
	}
}

/** A list in which so much is missing that it is more likely broken than true. */
export class GpListImplausible extends GpError {
	readonly code = 'GP_LIST_IMPLAUSIBLE';
	readonly scope = 'configuration';

	constructor(entity: Entity, gone: number, known: number, mostShare: number) {
		super(
			`${gone} of ${known} known records no longer stand in the list GP gave; at most ${Math.round(mostShare * 100)} % are believed to be deleted.`,
			'Check that the Windows account still sees the whole company and that the site profile lists every state. If the records really are gone, raise "Most Deleted".',
			{ entity },
			{ gone, known, mostShare },
		);
	}
}

/** Keys are missing from a list that is not shown to be whole: they may stand in what did not come. */
export class GpListNotProven extends GpError {
	readonly code = 'GP_LIST_NOT_PROVEN';
	readonly scope = 'configuration';

	constructor(entity: Entity, gone: number, known: number, why: string) {
		super(
			`${gone} of ${known} known records do not stand in the list GP gave, but it is not shown that the list is complete: ${why}. None of them is called deleted.`,
			'Run "Survey" of the Dynamics GP node and paste what it suggests into the site profile, so that lists are read to their end.',
			{ entity },
			{ gone, known, why },
		);
	}
}

/** Something the user typed (site, profile, watermark) cannot work. */
export class GpSettingInvalid extends GpError {
	readonly code = 'GP_SETTING_INVALID';
	readonly scope = 'configuration';

	constructor(setting: string, why: string, remedy: string) {
		super(`The setting "${setting}" cannot be used: ${why}.`, remedy, {}, { setting });
	}
}
