import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import adjustments from '../../../contracts/procore-adjustments.json';
import type { Exchange } from '../options';
import type { ContractValidator, OpenNode } from './contract.types';
import { isKnownErrorShape } from './error-shapes';
import { findOperation, type Operation, type Parameter } from './operations';
import { isSchema, type Side, toJsonSchema } from './schema';

/**
 * Checks requests and answers against an OpenAPI file of Procore's API: method, path, parameters,
 * header, body, status and answer. Each violation is one sentence starting with the operation.
 */
export function createContractValidator(specPath: string): ContractValidator {
	const spec = JSON.parse(readFileSync(specPath, 'utf8')) as Parameters<typeof findOperation>[0];
	const ajv = addFormats(new Ajv({ allErrors: true, strict: false }));
	const compiled = new Map<string, ValidateFunction>();
	const open = new Map<string, OpenNode>();
	const seen = new Set<string>();

	function check(operation: Operation, where: string, side: Side, schema: unknown, value: unknown) {
		const key = `${operation.name} ${where}`;
		let validate = compiled.get(key);
		if (!validate) {
			const note = (node: Pick<OpenNode, 'pointer' | 'why'>) =>
				open.set(`${key} ${node.pointer}`, { operation: operation.name, where, ...node });
			const json = toJsonSchema(schema, side, adjustments, note);
			if (
				side === 'request' &&
				adjustments.openBodies.some((one) => one.operation === operation.name)
			) {
				delete json.additionalProperties;
			}
			if (side === 'request') relax(json, operation.name);
			validate = ajv.compile(json);
			compiled.set(key, validate);
		}
		if (validate(value)) return [];
		return (validate.errors ?? []).map((error) => {
			const extra = isSchema(error.params) ? error.params.additionalProperty : undefined;
			const named = typeof extra === 'string' ? ` "${extra}"` : '';
			return `${key}: ${error.instancePath || 'the body'} ${error.message}${named}`;
		});
	}

	return {
		validateRequest(method, path, query, headers, body) {
			const operation = findOperation(spec, method, path);
			if (!operation) return [`${method} ${path}: no such operation in the specification`];
			seen.add(operation.name);
			return [
				...checkParameters(operation, query, headers),
				...checkBody(operation, body, (schema, value) =>
					check(operation, 'request', 'request', schema, value),
				),
			];
		},
		validateResponse(method, path, status, body) {
			const operation = findOperation(spec, method, path);
			if (!operation) return [`${method} ${path}: no such operation in the specification`];
			const schema = operation.responses.get(String(status));
			if (status >= 400) {
				const known = adjustments.extraResponseStatuses.some(({ statuses }) =>
					statuses.includes(status),
				);
				const shape = isKnownErrorShape(body)
					? []
					: [`${operation.name}: error body of unknown shape`];
				return known ? shape : [...shape, `${operation.name}: status ${status} is not documented`];
			}
			if (schema === undefined) return [`${operation.name}: status ${status} is not documented`];
			if (schema === null) return [];
			return check(operation, `response ${status}`, 'response', schema, body);
		},
		operations: () => [...seen].sort(),
		openNodes: () => [...open.values()],
	};
}

/** Takes properties off the required ones of an object in the body, where the documentation says so. */
function relax(json: Record<string, unknown>, operation: string): void {
	const members = isSchema(json.properties) ? json.properties : {};
	for (const { object, properties } of adjustments.optionalProperties.filter(
		(one) => one.operation === operation,
	)) {
		const member = members[object];
		if (!isSchema(member) || !Array.isArray(member.required)) continue;
		member.required = member.required.filter((name) => !properties.includes(String(name)));
	}
}

/** Both halves of an exchange, for `startProcoreServer({ onExchange })`. */
export function checkExchange(validator: ContractValidator, exchange: Exchange): string[] {
	const { method, path, query, headers, requestBody, status, responseBody, injected } = exchange;
	return [
		...validator.validateRequest(method, path, query, headers, requestBody),
		...(injected || status === 0
			? []
			: validator.validateResponse(method, path, status, responseBody)),
	];
}

function checkParameters(
	operation: Operation,
	query: Record<string, string | string[]>,
	headers: Record<string, string>,
): string[] {
	const violations: string[] = [];
	const say = (text: string) => violations.push(`${operation.name}: ${text}`);
	const inQuery = operation.parameters.filter((one) => one.in === 'query');
	const plain = (name: string) => name.replace(/\[\]$/, '');
	for (const [name, value] of Object.entries(query)) {
		const parameter = inQuery.find((one) => plain(one.name) === plain(name));
		if (!parameter) say(`unknown query parameter ${name}`);
		else
			for (const one of [value].flat())
				if (!fits(parameter, one)) say(`${name}=${one} is not valid`);
	}
	const either = adjustments.anyOfParameters.find((one) => one.operation === operation.name);
	if (either && !either.parameters.some((name) => name in query)) {
		say(`needs one of ${either.parameters.join(', ')}`);
	}
	for (const { name, required } of inQuery) {
		if (required && !either?.parameters.includes(name) && !(name in query)) {
			say(`query parameter ${name} is missing`);
		}
	}
	for (const parameter of operation.parameters) {
		if (parameter.in === 'path' && !fits(parameter, operation.pathValues[parameter.name] ?? '')) {
			say(`path parameter ${parameter.name} is not valid`);
		}
		if (parameter.in === 'header') {
			const value = headers[parameter.name.toLowerCase()];
			if (value === undefined) {
				if (parameter.required) say(`header ${parameter.name} is missing`);
			} else if (!fits(parameter, value)) say(`header ${parameter.name} is not valid`);
		}
	}
	return violations;
}

/** A parameter travels as text; its schema says what the text must look like. */
function fits({ name, schema }: Parameter, value: string): boolean {
	if (!isSchema(schema)) return true;
	const one = schema.type === 'array' && isSchema(schema.items) ? schema.items : schema;
	if (Array.isArray(one.enum)) {
		return one.enum.map(String).includes(name === 'sort' ? value.replace(/^-/, '') : value);
	}
	if (one.type === 'integer') return /^-?\d+$/.test(value) && Number.isSafeInteger(Number(value));
	if (one.type === 'number') return /^-?\d+(\.\d+)?$/.test(value);
	if (one.type === 'boolean') return value === 'true' || value === 'false';
	if (one.format === 'date' || one.format === 'date-time')
		return isDates(value, name.startsWith('filters['));
	return true;
}

const moment = String.raw`\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?`;

function isDates(value: string, rangeAllowed: boolean): boolean {
	const pattern = rangeAllowed ? `^"?${moment}(\\.\\.\\.${moment})?"?$` : `^${moment}$`;
	return new RegExp(pattern).test(value);
}

function checkBody(
	operation: Operation,
	body: unknown,
	check: (schema: unknown, value: unknown) => string[],
): string[] {
	if (operation.bodySchema === undefined) {
		return body === undefined ? [] : [`${operation.name}: takes no body`];
	}
	if (body === undefined)
		return operation.bodyRequired ? [`${operation.name}: the body is missing`] : [];
	return check(operation.bodySchema, body);
}
