import type { FlowNode } from './flow';

const OPEN_TYPES = ['n8n-nodes-base.webhook', 'n8n-nodes-base.formTrigger'];

/** Whether n8n listens on the network for this node once its workflow is published. */
export const opensToNetwork = ({ type }: { type: string }): boolean => OPEN_TYPES.includes(type);

/** Whether a published workflow starts by this node without anybody pressing a button in n8n. */
export const startsByItself = ({ type }: { type: string }): boolean =>
	opensToNetwork({ type }) || type === 'n8n-nodes-base.scheduleTrigger';

/** `authentication` of a form or webhook that lets everybody in; it is left out at its default. */
export const isNoGuard = (authentication: unknown): boolean =>
	authentication === undefined || authentication === '' || authentication === 'none';

/** Names of the forms and webhooks that answer anybody. Form triggers of version 1 know no login at all. */
export function unguardedNodes(nodes: readonly FlowNode[]): string[] {
	return nodes
		.filter((node) => opensToNetwork(node) && node.disabled !== true)
		.filter(
			({ type, typeVersion, parameters }) =>
				isNoGuard(parameters.authentication) ||
				(type === 'n8n-nodes-base.formTrigger' && typeVersion < 2),
		)
		.map(({ name }) => name);
}
