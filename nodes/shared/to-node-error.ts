import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { ConnectorError } from '../../lib/model/connector-error';
import { rememberExplanation } from './explanations';

/**
 * Shows an error of the library as n8n does: what happened as the message, what to do next as the
 * description. Only these texts and the HTTP status go along: a cause may hold headers or logins.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof ConnectorError)) {
		return new NodeOperationError(node, error instanceof Error ? error.message : String(error), {
			itemIndex,
		});
	}
	const { httpStatus } = error.details;
	const shown = { message: error.message, description: descriptionOf(error), itemIndex };
	const nodeError =
		httpStatus === undefined
			? new NodeOperationError(node, error.message, shown)
			: new NodeApiError(node, {}, { ...shown, httpCode: String(httpStatus) });
	const heard = [error.message, nodeError.message];
	// n8n swaps messages that contain e.g. ECONNREFUSED for a general one; ours says more.
	nodeError.message = error.message;
	rememberExplanation(heard, {
		message: error.message,
		remedy: shown.description,
		code: error.code,
	});
	return nodeError;
}

function descriptionOf(error: ConnectorError): string {
	const { record, address, requestId, excerpt } = error.details;
	return [
		error.remedy,
		record && !error.message.includes(record) && `Record: ${record}.`,
		address && !error.message.includes(address) && `Address: ${address}.`,
		requestId && `Request id for the server's support desk: ${requestId}.`,
		excerpt && !error.message.includes(excerpt) && `The server answered: ${excerpt}`,
	]
		.filter(Boolean)
		.join(' ');
}
