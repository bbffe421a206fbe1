import { breather } from '../../http/read-body';
import type { Entity } from '../../model/desired';
import type { GpRecord } from '../../model/gp-records';
import {
	type GpError,
	GpErrorInSuccess,
	GpHtmlPage,
	GpInvalidBody,
	GpRecordMalformed,
	GpUnexpectedShape,
	GpWrongContentType,
} from '../errors/gp-error';
import { GpNotThroughThisDoor, GpWebServiceFault } from '../errors/other-doors';
import { GpBusinessError, GpRecordNotFound, GpResourceNotOffered } from '../errors/refusals';

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

/** Maps in order with at most `concurrency` under way; the first failure ends it and starts nothing more. */
export async function mapConcurrently<Item, Result>(
	items: readonly Item[],
	concurrency: number,
	task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(items.length);
	let next = 0;
	let failed = false;
	const pause = breather();
	const worker = async () => {
		while (!failed && next < items.length) {
			const index = next;
			next += 1;
			try {
				results[index] = await task(items[index]!, index);
				await pause();
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
	return results;
}
