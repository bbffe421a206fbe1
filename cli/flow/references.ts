import type { Flow } from './flow';

/**
 * Replaces the ids by which one workflow names another: the error workflow in its settings, and the
 * workflow locators of its nodes. n8n gives every workflow an id of its own, so a template's stable
 * ids lead nowhere until they are wired to the real ones (and back, to compare the two).
 */
export function rewire<F extends Flow>(flow: F, ids: ReadonlyMap<string, string>): F {
	const { errorWorkflow } = flow.settings;
	return {
		...flow,
		settings: {
			...flow.settings,
			...(typeof errorWorkflow === 'string' && {
				errorWorkflow: ids.get(errorWorkflow) ?? errorWorkflow,
			}),
		},
		nodes: flow.nodes.map((node) => ({
			...node,
			parameters: rewireValue(node.parameters, ids) as Record<string, unknown>,
		})),
	};
}

/** Ids of the workflows that `flow` names; an expression names none. */
export function referencesOf(flow: Flow): string[] {
	const found = new Set<string>();
	const { errorWorkflow } = flow.settings;
	if (typeof errorWorkflow === 'string' && !isDefault(errorWorkflow)) found.add(errorWorkflow);
	for (const node of flow.nodes) {
		const called = workflowCalled(node, node.parameters.workflowId);
		if (called !== null) found.add(called);
	}
	return [...found];
}

/** Whether a workflow setting says nothing: an empty choice, or n8n's own word for its default. */
export const isDefault = (value: unknown): boolean =>
	[undefined, null, '', 'DEFAULT'].includes(value as never);

/**
 * Whether n8n leaves a setting out for being what it does anyway: it drops `executionTimeout` where it is that of
 * the server, -1 (no limit) unless an administrator set one. A workflow without it has to look as one with -1.
 */
export const isLeftOut = (name: string, shipped: unknown, current: unknown): boolean =>
	name === 'executionTimeout' && shipped === -1 && isDefault(current);

/** Id of the workflow that a node calls whose `workflowId` is this; null where none is chosen, or by an expression. */
export function workflowCalled({ type }: { type: string }, workflowId: unknown): string | null {
	if (!CALLS_A_WORKFLOW.test(type)) return null;
	const locator = workflowId as { value?: unknown } | string | null | undefined;
	const value = typeof locator === 'object' ? locator?.value : locator;
	return typeof value === 'string' && value !== '' && !value.startsWith('=') ? value : null;
}

const CALLS_A_WORKFLOW = /\.(executeWorkflow|toolWorkflow)$/;

function rewireValue(value: unknown, ids: ReadonlyMap<string, string>): unknown {
	if (Array.isArray(value)) return value.map((part) => rewireValue(part, ids));
	if (value === null || typeof value !== 'object') return value;
	const object = value as Record<string, unknown>;
	if (object.__rl === true && typeof object.value === 'string' && ids.has(object.value)) {
		// What n8n remembers of the workflow's name and address belongs to the old id.
		const { cachedResultName: _name, cachedResultUrl: _url, ...locator } = object;
		return { ...locator, value: ids.get(object.value) };
	}
	return Object.fromEntries(
		Object.entries(object).map(([name, part]) => [name, rewireValue(part, ids)]),
	);
}
