import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INode } from 'n8n-workflow';

import {
	ConnectorError,
	readFault,
	tellFault,
	type ToldFault,
} from '../../lib/model/connector-error';
import { redactText } from '../../lib/model/redact';

/**
 * Shows an error of the library as n8n does: what happened as the message, what to do next as the
 * description. Only these texts and the HTTP status go along: a cause may hold headers or logins.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (!(error instanceof ConnectorError)) {
		const message = error instanceof Error ? error.message : String(error);
		return new NodeOperationError(node, redactText(message), { itemIndex });
	}
	const { httpStatus } = error.details;
	const shown = { message: error.message, description: descriptionOf(error), itemIndex };
	const nodeError =
		httpStatus === undefined
			? new NodeOperationError(node, error.message, shown)
			: new NodeApiError(node, {}, { ...shown, httpCode: String(httpStatus) });
	// n8n swaps messages that contain e.g. ECONNREFUSED for a general one; ours says more.
	nodeError.message = error.message;
	nodeError.context.code = error.code;
	return nodeError;
}

/**
 * Runs what a node does. Where its workflow was called by another one, the caller hears nothing of a
 * failure but its message: that then tells remedy and code, too. See `heardFault`.
 */
export async function tellingCaller<Output>(
	context: IExecuteFunctions,
	run: () => Promise<Output>,
): Promise<Output> {
	try {
		return await run();
	} catch (error) {
		throw forCaller(context, error);
	}
}

function forCaller(context: IExecuteFunctions, error: unknown): unknown {
	const isOurs = error instanceof NodeApiError || error instanceof NodeOperationError;
	if (!isOurs || typeof error.context.code !== 'string' || context.getMode() !== 'integrated')
		return error;
	const { message, description, context: facts } = error;
	const told = tellFault({ message, remedy: description ?? '', code: String(facts.code) });
	error.message = told.replace(SWAPPED, (name) => name[0] + JOINER + name.slice(1));
	return error;
}

/** What a called workflow told of its failure; of one that is none of ours, its message alone. */
export function heardFault(text: string): ToldFault {
	return readFault(text.replaceAll(JOINER, ''));
}

/** Takes no place and is no part of a word that is looked for. */
const JOINER = '\u2060';
/** For a message with one of these in it, n8n hands on a general one of its own. */
const SWAPPED =
	/E(?:CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|RRADDRINUSE|ADDRNOTAVAIL|CONNABORTED|HOSTUNREACH|AI_AGAIN|NOENT|ISDIR|NOTDIR|ACCES|EXIST|PERM)|GETADDRINFO/gi;

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
