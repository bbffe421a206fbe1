import { backoff } from '../../http/retry';
import { GpErrorInSuccess, GpHtmlPage, GpInvalidBody, GpWrongContentType } from '../errors/answers';
import { GpBusinessError } from '../errors/refusals';
import type { FoundRows } from '../response/find-rows';
import { fetchRows } from './fetch-rows';

/** So often the same is asked before an answer that may be a passing fault is believed. */
const ASKED = 3;

/**
 * One answer of a list, see {@link fetchRows}. What may come from a server in trouble or a proxy before
 * it (a web page, half an answer, a fault with status 500) is no answer to the question, so the same is
 * asked again: taken for a refusal of the query, it would have the list read in a weaker way for
 * nothing. Only what says that the request itself is wrong (4xx) is believed at once.
 */
export async function fetchListRows(...asked: Parameters<typeof fetchRows>): Promise<FoundRows> {
	const [{ effects, signal }] = asked;
	for (let count = 1; ; count++) {
		try {
			return await fetchRows(...asked);
		} catch (error) {
			if (count === ASKED || !mayPass(error)) throw error;
			await effects.sleep(backoff(count, effects.random()), signal);
		}
	}
}

function mayPass(error: unknown): boolean {
	if (error instanceof GpInvalidBody) return true;
	if (error instanceof GpWrongContentType) return !error.details.excerpt;
	if (
		!(
			error instanceof GpHtmlPage ||
			error instanceof GpErrorInSuccess ||
			error instanceof GpBusinessError
		)
	)
		return false;
	const { httpStatus = 0 } = error.details;
	return httpStatus < 300 || httpStatus >= 500;
}
