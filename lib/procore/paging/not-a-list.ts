import { jsonBeginning, pageExcerptOf } from '../../model/foreign-text';
import { ProcoreUnexpectedAnswerError } from '../errors/procore-errors';
import { headerOf, type ProcoreAnswer } from '../transport';

/**
 * The error for an answer to a list that is none: a page of a proxy, a single record, a row that is null.
 *
 * @param what what Procore was asked to do, e.g. "list the vendors"
 */
export function notAList(
	answer: ProcoreAnswer,
	what: string,
	address: string,
): ProcoreUnexpectedAnswerError {
	return new ProcoreUnexpectedAnswerError(
		`Procore was asked to ${what} and answered something that is no list`,
		{
			remedy:
				'Check the API address in the "Procore OAuth2 API" credential; a proxy or login page may have answered instead.',
			httpStatus: answer.status,
			requestId: headerOf(answer.headers, 'x-request-id'),
			address,
			excerpt: pageExcerptOf(
				typeof answer.body === 'string' ? answer.body : jsonBeginning(answer.body),
			),
		},
	);
}
