import { excerptOf, looksLikeHtml } from '../../../model/foreign-text';
import { GpHtmlPage } from '../../errors/answers';
import type { GpErrorContext } from '../../errors/gp-error';
import { GpUnexpectedShape } from '../../errors/answers';
import { GpWebServiceNotFound, GpWebServiceRoleMissing } from '../../errors/web-services';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { bodyStart } from '../../response/decode-body';
import type { Send } from '../../transport/sender';
import { soapAction, soapEnvelope, type SoapContext } from './envelope';
import { faultError, readFault, validationTexts } from './faults';
import { readMessage } from './xml';

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
		if (looksLikeHtml(start)) {
			// The help page and WCF's own error page: no message of the service was understood.
			if (response.status === 200 && context.entity) throw new GpHtmlPage(errorContext());
			throw new GpWebServiceNotFound(errorContext());
		}
		const isXml = start.trimStart().startsWith('<');
		if (!isXml && (response.status !== 200 || start.trim() === ''))
			throw new GpWebServiceNotFound(errorContext());
		const body = bodyOf(await readMessage(response, errorContext));
		if (!body) throw new GpWebServiceNotFound(errorContext());
		const fault = readFault(body);
		if (fault) {
			const texts =
				fault.logId && operation !== 'GetLoggedValidationResultByKey'
					? await explain(fault.logId, soap)
					: [];
			throw faultError(fault, texts, operation, errorContext());
		}
		if (response.status !== 200) throw new GpWebServiceNotFound(errorContext());
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
