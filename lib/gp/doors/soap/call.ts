import { excerptOf, looksLikeHtml, messageOf } from '../../../model/foreign-text';
import {
	type GpError,
	type GpErrorContext,
	GpHtmlPage,
	GpUnexpectedShape,
	GpWrongContentType,
} from '../../errors/gp-error';
import {
	GpWebServiceFault,
	GpWebServiceNotFound,
	GpWebServiceRoleMissing,
} from '../../errors/other-doors';
import { GpRecordNotFound } from '../../errors/refusals';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { text } from '../../normalise/values';
import { bodyStart } from '../../response/decode-body';
import type { Send } from '../../transport/sender';
import {
	findElement,
	readMessage,
	rowsIn,
	soapAction,
	type SoapContext,
	soapEnvelope,
} from './envelope';

export interface SoapFault {
	kind: 'validation' | 'system';
	/** What GP says. */
	text: string;
	/** Entry of the exception log, when the fault names it. */
	logId: string | null;
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * A fault of the service, as its programmer's guide tells the two kinds apart: an element `Message`
 * in the detail makes it a validation exception and is the id of its log entry. Where in the detail
 * it stands is nowhere documented, so it is looked for by its name; a bare id counts as well.
 */
export function readFault(body: RawRecord): SoapFault | null {
	const fault = body.Fault;
	if (fault === undefined) return null;
	const content = isRecord(fault) ? fault : {};
	const said = text(content.faultstring) ?? 'no explanation';
	const { detail } = content;
	const message = text(findElement(detail, 'Message')) ?? text(detail);
	const logId = message === null ? null : (GUID.exec(message)?.[0] ?? null);
	const isValidation = logId !== null || text(findElement(detail, 'Message')) !== null;
	return {
		kind: isValidation ? 'validation' : 'system',
		text: messageOf(said, 500),
		logId,
	};
}

/** The error a fault stands for. The words are all there is: the description declares no fault types. */
function faultError(
	fault: SoapFault,
	explanations: readonly string[],
	operation: string,
	context: GpErrorContext,
): GpError {
	const where: GpErrorContext = {
		...context,
		serverMessage: [fault.text, ...explanations].join(' '),
	};
	if (context.key && /business object (was )?not found/i.test(fault.text))
		return new GpRecordNotFound(where);
	if (
		/access (is )?denied|not (been )?(authori[sz]ed|permitted|allowed)|unauthori[sz]ed|does not have (the )?(permission|access|right|authority)|security policy/i.test(
			where.serverMessage ?? '',
		)
	)
		return new GpWebServiceRoleMissing(where, operation);
	return new GpWebServiceFault(where, fault.kind, fault.logId, operation);
}

/** What GetLoggedValidationResultByKey says, error by error. */
function validationTexts(result: RawRecord | null): string[] {
	return rowsIn(result?.Errors)
		.map((row) => text(row.Message))
		.filter((message) => message !== null)
		.map((message) => messageOf(message, 300))
		.slice(0, 5);
}

/** Calls one operation and gives the content of its result element; null when that is empty. */
export type SoapCall = (
	operation: string,
	parameters: string,
	context: GpErrorContext,
	/** Asks the system database instead of the company's. */
	options?: { system?: boolean },
) => Promise<RawRecord | null>;

export interface SoapCallOptions {
	send: Send;
	/** Where requests go, see soapAddress. */
	address: string;
	tenant: string | null;
	companyNumber(): Promise<number>;
}

/** All operations used here only read: sending one twice changes nothing. */
const READS = /^Get[A-Z]\w*$/;

export function createSoapCall(options: SoapCallOptions): SoapCall {
	const { send, address, tenant } = options;

	async function post(
		operation: string,
		parameters: string,
		soap: SoapContext,
		context: GpErrorContext,
	): Promise<RawRecord | null> {
		if (!READS.test(operation)) throw new Error(`${operation} is no reading operation`);
		const where: GpErrorContext = { ...context, address };
		const response = await send(
			address,
			where,
			{
				accept: 'text/xml',
				'content-type': 'text/xml; charset=utf-8',
				soapaction: soapAction(operation),
			},
			soapEnvelope(operation, parameters, soap),
		);
		const start = bodyStart(response);
		const errorContext = (): GpErrorContext => ({
			...where,
			httpStatus: response.status,
			excerpt: excerptOf(start),
		});
		if (response.status === 403) throw new GpWebServiceRoleMissing(errorContext(), operation);
		/** No message of the service. At one record, one that its list has, it is that record's fault alone. */
		const noMessage = (ofRecord: () => GpError): GpError =>
			context.entity && context.key && response.status !== 404
				? ofRecord()
				: new GpWebServiceNotFound(errorContext());
		if (looksLikeHtml(start)) {
			// The help page and WCF's own error page.
			if (response.status === 200 && context.entity) throw new GpHtmlPage(errorContext());
			throw noMessage(() => new GpHtmlPage(errorContext()));
		}
		const isXml = start.trimStart().startsWith('<');
		if (!isXml && (response.status !== 200 || start.trim() === ''))
			throw noMessage(
				() => new GpWrongContentType(errorContext(), response.headers['content-type']),
			);
		const body = bodyOf(await readMessage(response, errorContext));
		if (!body) throw noMessage(() => new GpUnexpectedShape(errorContext()));
		const fault = readFault(body);
		if (fault) {
			const texts =
				fault.logId && operation !== 'GetLoggedValidationResultByKey'
					? await explain(fault.logId, soap)
					: [];
			throw faultError(fault, texts, operation, errorContext());
		}
		if (response.status !== 200) throw noMessage(() => new GpUnexpectedShape(errorContext()));
		const answer = body[`${operation}Response`];
		if (answer === undefined) throw new GpUnexpectedShape(errorContext());
		const result = isRecord(answer) ? answer[`${operation}Result`] : null;
		return isRecord(result) ? result : null;
	}

	/** What a validation fault is about stands in GP's log; not being allowed to read it is no further fault. */
	async function explain(logId: string, soap: SoapContext): Promise<string[]> {
		try {
			const parameters = `<logId>${logId}</logId>`;
			return validationTexts(await post('GetLoggedValidationResultByKey', parameters, soap, {}));
		} catch {
			return [];
		}
	}

	return async (operation, parameters, context, { system = false } = {}) =>
		await post(
			operation,
			parameters,
			{ tenant, companyNumber: system ? null : await options.companyNumber() },
			context,
		);
}

/** The content of Envelope/Body; null for what is no SOAP message. */
function bodyOf(message: RawRecord): RawRecord | null {
	const envelope = message.Envelope;
	if (!isRecord(envelope)) return null;
	if (!('Body' in envelope)) return null;
	return isRecord(envelope.Body) ? envelope.Body : {};
}
