import type { Flow } from './flow';

/** Gives nodes other names, in their arrows and in the expressions `$('name')` that speak of them too. */
export function renameNodes<F extends Flow>(flow: F, names: ReadonlyMap<string, string>): F {
	if (names.size === 0) return flow;
	const renamed = (name: string) => names.get(name) ?? name;
	return {
		...flow,
		nodes: flow.nodes.map((node) => ({
			...node,
			name: renamed(node.name),
			parameters: inExpressions(node.parameters, renamed) as Record<string, unknown>,
		})),
		connections: Object.fromEntries(
			Object.entries(flow.connections).map(([name, types]) => [
				renamed(name),
				Object.fromEntries(
					Object.entries(types).map(([type, outputs]) => [
						type,
						outputs.map(
							(targets) =>
								targets?.map((target) => ({ ...target, node: renamed(target.node) })) ?? targets,
						),
					]),
				),
			]),
		),
	};
}

function inExpressions(value: unknown, renamed: (name: string) => string): unknown {
	if (typeof value === 'string') {
		return value.replace(
			/\$\((['"])((?:\\.|(?!\1).)*)\1\)/g,
			(_call, quote: string, name: string) =>
				`$(${quote}${escape(renamed(name.replace(/\\(.)/g, '$1')), quote)}${quote})`,
		);
	}
	if (Array.isArray(value)) return value.map((part) => inExpressions(part, renamed));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => [name, inExpressions(part, renamed)]),
	);
}

const escape = (name: string, quote: string): string =>
	name.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`);
