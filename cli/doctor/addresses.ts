import type { FlowNode } from '../flow/flow';
import type { Facts } from './facts';

/** Where something of the published workflows answers in a browser. */
export interface Address {
	what: string;
	url: string;
}

/** The page and the forms that n8n serves now; none of a workflow that is not published. */
export function addressesOf({ address, flows }: Pick<Facts, 'address' | 'flows'>): Address[] {
	return flows.flatMap(({ found }) => {
		if (found.kind !== 'one' || !found.flow.active) return [];
		const { name, nodes, activeVersion } = found.flow;
		return (activeVersion?.nodes ?? nodes).flatMap((node) => {
			const path = node.disabled === true ? null : pathOf(node);
			return path === null ? [] : [{ what: `${name}, ${node.name}`, url: `${address}${path}` }];
		});
	});
}

/** Buttons of the page post to webhooks of their own; nobody opens those. */
function pathOf({ type, parameters, webhookId }: FlowNode): string | null {
	const path = typeof parameters.path === 'string' ? parameters.path : webhookId;
	if (typeof path !== 'string' || path === '') return null;
	if (type === 'n8n-nodes-base.formTrigger') return `/form/${path}`;
	const opens = (parameters.httpMethod ?? 'GET') === 'GET';
	return type === 'n8n-nodes-base.webhook' && opens ? `/webhook/${path}` : null;
}
