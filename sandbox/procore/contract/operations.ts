import { isSchema } from './schema';

export interface Parameter {
	name: string;
	in: 'path' | 'query' | 'header';
	required?: boolean;
	schema?: unknown;
}

export interface Operation {
	/** "GET /rest/v1.0/cost_codes". */
	name: string;
	parameters: Parameter[];
	/** JSON body; undefined when the operation takes none. */
	bodySchema?: unknown;
	bodyRequired: boolean;
	/** JSON schema by status; null when the status is listed without one. */
	responses: Map<string, unknown>;
	pathValues: Record<string, string>;
}

interface Specification {
	paths: Record<string, Record<string, unknown>>;
	components?: { parameters?: Record<string, Parameter> };
}

/** Finds the operation a request belongs to; null when the specification has none. */
export function findOperation(spec: Specification, method: string, path: string): Operation | null {
	const parts = path.split('/');
	const candidates = Object.keys(spec.paths)
		.filter((template) => fits(template, parts))
		.sort((a, b) => names(a) - names(b));
	for (const template of candidates) {
		const found = spec.paths[template][method.toLowerCase()];
		if (isSchema(found)) return read(spec, `${method} ${template}`, template, parts, found);
	}
	return null;
}

const names = (template: string) => template.split('{').length;

function fits(template: string, parts: string[]): boolean {
	const segments = template.split('/');
	return (
		segments.length === parts.length &&
		segments.every((one, index) =>
			one.startsWith('{') ? /^\d+$/.test(parts[index]) : one === parts[index],
		)
	);
}

function read(
	spec: Specification,
	name: string,
	template: string,
	parts: string[],
	found: Record<string, unknown>,
): Operation {
	const parameters = (Array.isArray(found.parameters) ? found.parameters : []).map((one) =>
		parameterOf(spec, one as Record<string, unknown>),
	);
	const body = isSchema(found.requestBody) ? found.requestBody : undefined;
	const responses = new Map<string, unknown>();
	for (const [status, response] of Object.entries(
		isSchema(found.responses) ? found.responses : {},
	)) {
		responses.set(status, jsonSchemaOf(response) ?? null);
	}
	const pathValues: Record<string, string> = {};
	template.split('/').forEach((segment, index) => {
		if (segment.startsWith('{')) pathValues[segment.slice(1, -1)] = parts[index];
	});
	return {
		name,
		parameters,
		bodySchema: body && (jsonSchemaOf(body) ?? {}),
		bodyRequired: body?.required === true,
		responses,
		pathValues,
	};
}

function parameterOf(spec: Specification, one: Record<string, unknown>): Parameter {
	if (typeof one.$ref !== 'string') return one as unknown as Parameter;
	const name = one.$ref.split('/').pop()!;
	const found = spec.components?.parameters?.[name];
	if (!found) throw new Error(`The specification refers to ${one.$ref}, which it does not define`);
	return found;
}

function jsonSchemaOf(holder: unknown): unknown {
	const content = isSchema(holder) && isSchema(holder.content) ? holder.content : {};
	const json = content['application/json'];
	return isSchema(json) ? json.schema : undefined;
}
