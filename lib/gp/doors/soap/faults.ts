import { messageOf } from '../../../model/foreign-text';
import type { GpErrorContext, GpError } from '../../errors/gp-error';
import { GpRecordNotFound } from '../../errors/refusals';
import { GpWebServiceFault, GpWebServiceRoleMissing } from '../../errors/web-services';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { text } from '../../normalise/values';
import { findElement, rowsIn } from './xml';

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
export function faultError(
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
	return new GpWebServiceFault(where, fault.kind, fault.logId);
}

/** What GetLoggedValidationResultByKey says, error by error. */
export function validationTexts(result: RawRecord | null): string[] {
	return rowsIn(result?.Errors)
		.map((row) => text(row.Message))
		.filter((message) => message !== null)
		.map((message) => messageOf(message, 300))
		.slice(0, 5);
}
