import { describeTask, GpError, quoteExcerpt, type GpErrorContext } from './gp-error';

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

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} data came back in which no such record can be recognised.${quoteExcerpt(context)}`,
			'Run "Survey" of the Dynamics GP node and paste what it suggests into the site profile, or set responsePath and the field names of this entity there by hand.',
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
