import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

export interface WebhookCall {
	query: Record<string, unknown>;
	body: Record<string, unknown>;
	/** The visitor's login as it was sent; '' where the webhook asks for none. */
	authorization: string;
	/** What the browser says of its reader's language. */
	language: string;
}

/** What n8n's Webhook node puts out for a call. */
export function webhookCall(context: IExecuteFunctions): WebhookCall {
	const [item] = context.getInputData();
	const { headers, query, body } = (item?.json ?? {}) as Record<string, unknown>;
	if (!isObject(headers)) {
		throw new NodeOperationError(context.getNode(), 'There is no webhook call in the input', {
			description: 'Connect this node directly to a Webhook node.',
		});
	}
	const { authorization, 'accept-language': language } = headers;
	return {
		query: isObject(query) ? query : {},
		body: isObject(body) ? body : {},
		authorization: typeof authorization === 'string' ? authorization : '',
		language: typeof language === 'string' ? language : '',
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
