import type { Entity } from '../../model/desired';
import {
	GpErrorInSuccess,
	GpHtmlPage,
	GpInvalidBody,
	GpUnexpectedShape,
	GpWrongContentType,
} from '../errors/answers';
import type { GpError } from '../errors/gp-error';
import { GpRecordMalformed } from '../errors/records';
import { GpBusinessError, GpRecordNotFound, GpResourceNotOffered } from '../errors/refusals';
import { GpNotThroughThisDoor, GpWebServiceFault } from '../errors/web-services';
import type { GpRecord } from '../../model/gp-records';

/** The service has no address for one record. */
export function isListOnly(error: unknown): boolean {
	return error instanceof GpResourceNotOffered && error.details.httpStatus === 405;
}

/** The record alone does not tell a field that decides: its list row may. */
export function isAbsentHere(error: unknown): error is GpRecordMalformed {
	return error instanceof GpRecordMalformed && error.details.absent === true;
}

/** Some details failing are faults of records; all of them failing the same way is a wrong path or a broken service. */
export function refuseWhenNoneWorks(details: Array<GpRecord | GpError>): void {
	const [first] = details;
	if (details.length < 3 || !(first instanceof Error) || first instanceof GpRecordMalformed) return;
	if (
		!details.every((detail) => detail instanceof Error && detail.constructor === first.constructor)
	)
		return;
	if (first instanceof GpBusinessError) return;
	if (!(first instanceof GpRecordNotFound)) throw first;
	throw new GpResourceNotOffered({
		entity: first.details.entity as Entity,
		httpStatus: 404,
		...(first.details.address ? { address: first.details.address } : {}),
	});
}

/** Faults that concern one record only; the others of the batch go on. */
export function isFaultOfRecord(error: unknown): error is GpError {
	return (
		error instanceof GpRecordMalformed ||
		error instanceof GpRecordNotFound ||
		error instanceof GpBusinessError ||
		error instanceof GpErrorInSuccess ||
		error instanceof GpUnexpectedShape ||
		error instanceof GpInvalidBody ||
		error instanceof GpHtmlPage ||
		error instanceof GpWebServiceFault ||
		error instanceof GpNotThroughThisDoor ||
		error instanceof GpWrongContentType
	);
}
