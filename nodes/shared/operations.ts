import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { ConnectorError } from '../../lib/model/connector-error';
import { toNodeError } from './to-node-error';

/** Works on all items together: a batch is mapped, and recorded, as a whole. */
export type BatchOperation = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** How an operation stands in the list of its resource, and in n8n's list of actions. */
export interface OperationOption {
	name: string;
	value: string;
	action: string;
	description: string;
}

/** An operation as people see it in the node: its place in the list, its parameters, its ports. */
export interface OperationDescription {
	option: OperationOption;
	/** Its own parameters, shown while it is chosen. */
	fields?: INodeProperties[];
	/** Resources that have the same operation and show these same parameters for it. */
	alsoIn?: readonly string[];
	/** Names of its inputs and outputs where it has several. Order matters: workflows link by position. */
	inputs?: readonly string[];
	outputs?: readonly string[];
}

/** An operation with what runs. */
export interface Operation<Execute = BatchOperation> extends OperationDescription {
	execute: Execute;
}

/** What each `<name>.resource.ts` exports: the parameters of the node, and what runs, by operation. */
export interface Resource<One extends OperationDescription = Operation> {
	/** The operation that a new node has chosen. */
	first: string;
	/** The list of its operations, and the parameters of each. */
	description: INodeProperties[];
	operations: Record<string, One>;
}

/** A resource from its operations: one list says what people see and what runs. */
export function resource<One extends OperationDescription>(
	name: string,
	first: string,
	operations: readonly One[],
): Resource<One> {
	return {
		first,
		description: [
			operationProperty(name, first, operations),
			...operations.flatMap(({ option, fields = [], alsoIn = [] }) =>
				updateDisplayOptions(
					{ show: { resource: [name, ...alsoIn], operation: [option.value] } },
					fields,
				),
			),
		],
		operations: byName(operations),
	};
}

/** The list of a resource's operations, sorted as n8n wants it. */
export function operationProperty(
	resource: string,
	first: string,
	operations: readonly OperationDescription[],
): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations
			.map(({ option }) => option)
			.sort((left, right) => (left.name < right.name ? -1 : 1)),
		default: first,
	};
}

/** Operations by the value a node stores. */
export function byName<One extends OperationDescription>(
	operations: readonly One[],
): Record<string, One> {
	return Object.fromEntries(operations.map((one) => [one.option.value, one]));
}

/** The resources of both; one that stands in both has the operations of both. */
export function joined(
	left: Record<string, Resource>,
	right: Record<string, Resource>,
): Record<string, Resource> {
	const both = { ...right, ...left };
	for (const name of Object.keys(left).filter((one) => one in right)) {
		const operations = [left, right].flatMap((side) => Object.values(side[name].operations));
		both[name] = resource(name, left[name].first, operations);
	}
	return both;
}

/** The choice between the resources of a node. */
export function resourceProperty(first: string, options: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [...options].sort((left, right) => (left.name < right.name ? -1 : 1)),
		default: first,
	};
}

/**
 * Inputs or outputs of a node whose operations differ in them: an expression, which n8n evaluates in
 * the editor and at run time.
 */
export function portsOf(
	resources: Record<string, Resource>,
	side: 'inputs' | 'outputs',
): `={{${string}}}` {
	const named = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([operation, { [side]: names }]) =>
			names
				? [
						`$parameter["resource"] === "${resource}" && $parameter["operation"] === "${operation}" ? ${JSON.stringify(
							names.map((displayName) => ({ type: 'main', displayName })),
						)} : `,
					]
				: [],
		),
	);
	return `={{ ${named.join('')}[{ type: "main" }] }}`;
}

/** The operation a node has chosen. */
export function chosenOperation<One extends OperationDescription>(
	context: IExecuteFunctions,
	resources: Record<string, Resource<One>>,
): One {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const operation = resources[resource]?.operations[name];
	if (operation) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation '${name}' of '${resource}' here`,
	);
}

/** Runs the operation that a node has chosen, and shows what goes wrong as n8n does. */
export async function runChosen(
	context: IExecuteFunctions,
	resources: Record<string, Resource>,
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, resources);
	try {
		return await operation.execute.call(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/**
 * Runs one operation for each input item. With *Continue On Fail* a failed item goes on carrying
 * its own fields, what happened and what to do. A login that was refused once is not tried again
 * for the other items: repeating a wrong password locks accounts. What one item may not do, another may.
 */
export async function runPerItem(
	this: IExecuteFunctions,
	operation: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	const inputs = this.getInputData();
	let refused: ConnectorError | undefined;
	for (let itemIndex = 0; itemIndex < inputs.length; itemIndex++) {
		try {
			if (refused) throw toNodeError(this.getNode(), refused, itemIndex);
			for (const result of await operation(itemIndex)) {
				results.push({ ...result, pairedItem: { item: itemIndex } });
			}
		} catch (error) {
			if (isRefusedLogin(error)) refused = error;
			const nodeError = toNodeError(this.getNode(), error, itemIndex);
			if (!this.continueOnFail()) throw nodeError;
			const failure = { error: nodeError.message, details: nodeError.description ?? '' };
			// Of an item that goes to the error output n8n itself adds the incoming fields, and only
			// when there are no others; on the regular output it adds none.
			const fields = this.getNode().onError === 'continueErrorOutput' ? {} : inputs[itemIndex].json;
			results.push({ json: { ...fields, ...failure }, pairedItem: { item: itemIndex } });
		}
	}
	return results;
}

function isRefusedLogin(error: unknown): error is ConnectorError {
	if (!(error instanceof ConnectorError) || error.scope !== 'configuration') return false;
	return error.details.httpStatus === 401;
}
