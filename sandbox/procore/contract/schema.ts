import type { Adjustments, OpenNode } from './contract.types';

type Schema = Record<string, unknown>;

/** Which side a schema is for: callers must not send what is not listed, servers may add fields. */
export type Side = 'request' | 'response';

/**
 * Turns a schema of the specification into one ajv can run.
 * - Requests: a property that is not listed is a violation, and so is null.
 * - Responses: null is allowed anywhere, as the specification never says what may be null.
 * - What the specification's source cut off, or left without a type, is noted in `open`.
 */
export function toJsonSchema(
	schema: unknown,
	side: Side,
	adjustments: Adjustments,
	open: (node: Pick<OpenNode, 'pointer' | 'why'>) => void,
	pointer = '',
	name = '',
): Schema {
	if (!isSchema(schema)) return {};
	if (schema['x-truncated'] === true) {
		open({ pointer, why: 'truncated' });
		return {};
	}
	const go = (child: unknown, step: string, childName: string) =>
		toJsonSchema(child, side, adjustments, open, `${pointer}/${step}`, childName);
	const type = schema.type ?? (isSchema(schema.properties) ? 'object' : undefined);
	if (type === undefined) {
		open({ pointer, why: 'untyped' });
		return {};
	}
	const result: Schema = { type: side === 'response' ? [type, 'null'] : type };
	const values = enumOf(schema, name, adjustments);
	if (values) result.enum = [...new Set(side === 'response' ? [...values, null] : values)];
	if (type === 'array') {
		result.items = go(schema.items, '[]', name);
		if (typeof schema.maxItems === 'number') result.maxItems = schema.maxItems;
	}
	if (type === 'object')
		addProperties(result, schema, side, go, () => open({ pointer, why: 'untyped' }));
	if (type === 'string') addFormat(result, schema);
	return result;
}

export function isSchema(value: unknown): value is Schema {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A single "value" that is a sentence ("Any value present in ...") is a description, not a list. */
function enumOf(schema: Schema, name: string, { enums }: Adjustments): unknown[] | null {
	if (!Array.isArray(schema.enum)) return null;
	if (schema.enum.length === 1 && String(schema.enum[0]).split(' ').length > 3) return null;
	const more = enums.filter((one) => one.property === name).flatMap((one) => one.add);
	return [...schema.enum, ...more];
}

function addProperties(
	result: Schema,
	schema: Schema,
	side: Side,
	go: (child: unknown, step: string, name: string) => Schema,
	untyped: () => void,
): void {
	const properties = isSchema(schema.properties) ? schema.properties : {};
	const names = Object.keys(properties);
	if (names.length === 0 && schema.additionalProperties === undefined) untyped();
	const fixed = names.filter((name) => !name.includes('%{'));
	const patterns = names.filter((name) => name.includes('%{'));
	result.properties = Object.fromEntries(
		fixed.map((name) => [name, go(properties[name], name, name)]),
	);
	result.patternProperties = Object.fromEntries(
		patterns.map((name) => [
			`^${name.replace(/%\{[^}]*\}/, '\\d+')}$`,
			go(properties[name], name, name),
		]),
	);
	if (Array.isArray(schema.required)) {
		result.required = schema.required.filter((name) => fixed.includes(String(name)));
	}
	if (isSchema(schema.additionalProperties)) {
		result.additionalProperties = go(schema.additionalProperties, '*', '*');
	} else if (side === 'request' && names.length > 0 && schema.additionalProperties !== true) {
		result.additionalProperties = false;
	}
}

function addFormat(result: Schema, schema: Schema): void {
	if (schema.format === 'float') result.pattern = '^-?\\d+(\\.\\d+)?$';
	if (schema.format === 'date' || schema.format === 'date-time' || schema.format === 'email') {
		result.format = schema.format;
	}
}
