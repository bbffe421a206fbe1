import { N8nAnswerError } from '../errors';
import type { InstalledFlow } from '../flow/flow';

/** Whether a value looks as n8n's API describes it. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
export const listOf =
	(each: Shape): Shape =>
	(value) =>
		Array.isArray(value) && value.every(each);
export const maybe =
	(shape: Shape): Shape =>
	(value) =>
		value === null || value === undefined || shape(value);
/** An object whose named members have these shapes; others do not matter. */
export const having =
	(members: Record<string, Shape> = {}): Shape =>
	(value) =>
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.entries(members).every(([name, shape]) =>
			shape((value as Record<string, unknown>)[name]),
		);
const everyMember =
	(shape: Shape): Shape =>
	(value) =>
		having()(value) && Object.values(value as object).every(shape);

const NODE = having({
	id: text,
	name: text,
	type: text,
	parameters: having(),
	credentials: maybe(everyMember(having())),
});
const TARGET = having({ node: text, type: text });

const FLOW = having({
	id: text,
	name: text,
	nodes: listOf(NODE),
	connections: everyMember(everyMember(listOf(maybe(listOf(TARGET))))),
	settings: maybe(having()),
	nodeGroups: maybe(listOf(having({ id: text, name: text, nodeIds: listOf(text) }))),
	tags: maybe(listOf(having({ id: text, name: text }))),
});
export const CREDENTIAL = having({ id: text, name: text, type: text });
export const TABLE = having({
	id: text,
	name: text,
	columns: listOf(having({ name: text, type: text })),
});
export const EXECUTION = having({ status: text, startedAt: maybe(text) });
export const ROW = having();

/** @throws N8nAnswerError, which names the call, when the answer has another shape */
export function shaped<T>(value: T, shape: Shape, call: string): T {
	if (!shape(value)) throw new N8nAnswerError(call, 'does not look as n8n writes it');
	return value;
}

/** A workflow as answered; n8n may leave its settings out. */
export function shapedFlow(value: InstalledFlow, call: string): InstalledFlow {
	const flow = shaped(value, FLOW, call);
	return flow.settings ? flow : { ...flow, settings: {} };
}

/**
 * All workflows that can be read. An n8n holds other people's too, some years old: one of an unknown
 * form is left out, unless it could be one of this package.
 */
export function shapedFlows(values: InstalledFlow[], call: string): InstalledFlow[] {
	return values
		.filter((value) => FLOW(value) || isOurs(value))
		.map((value) => shapedFlow(value, call));
}

function isOurs(value: unknown): boolean {
	const { name, nodes } = (value ?? {}) as { name?: unknown; nodes?: unknown };
	const types = Array.isArray(nodes)
		? nodes.map((node) => String((node as { type?: unknown } | null)?.type ?? ''))
		: [];
	return (
		String(name ?? '').startsWith('GP to Procore') ||
		types.some((type) => type.startsWith('n8n-nodes-dynamics-gp-procore.'))
	);
}
