import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ProcoreId } from '../../../lib/procore/wire';

/** The ID in a locator's value, as the editor stores it or as an expression gives it; '' when empty. */
export function locatorText(value: unknown): string {
	const inside =
		typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
	return String(inside ?? '').trim();
}

/** The Procore ID chosen in a parameter of the node; undefined when left empty. */
export function optionalId(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): ProcoreId | undefined {
	const value = context.getNodeParameter(name, itemIndex, '');
	return checkedId(context, titleOf(name), locatorText(value), itemIndex);
}

/** The same where the operation cannot do without. */
export function requiredId(context: IExecuteFunctions, name: string, itemIndex: number): ProcoreId {
	const id = optionalId(context, name, itemIndex);
	if (id) return id;
	const title = titleOf(name);
	throw new NodeOperationError(context.getNode(), `No ${title.toLowerCase()} is chosen`, {
		description: `Choose one in '${title}', or give its ID.`,
		itemIndex,
	});
}

/** An ID from inside a collection; undefined when left empty. */
export function checkedId(
	context: IExecuteFunctions,
	title: string,
	value: unknown,
	itemIndex: number,
): ProcoreId | undefined {
	const id = locatorText(value);
	if (id === '') return undefined;
	if (/^\d+$/.test(id)) return id;
	throw new NodeOperationError(context.getNode(), `The ${title} ID "${id}" is not a number`, {
		description: `Choose one in '${title}', or give its Procore ID, which is a whole number.`,
		itemIndex,
	});
}

/** IDs typed with commas between them, or a list out of an expression. */
export function idList(context: IExecuteFunctions, name: string, itemIndex: number): ProcoreId[] {
	const value = context.getNodeParameter(name, itemIndex, '') as unknown;
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[,;\s]+/);
	return parts.flatMap((part) => checkedId(context, titleOf(name), part, itemIndex) ?? []);
}

/** "costCode" → "Cost Code", as the node shows it. */
function titleOf(name: string): string {
	const words = name.replace(/([A-Z])/g, ' $1');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How many rows are wanted; undefined means all. */
export function limitOf(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('returnAll', itemIndex, false)) return undefined;
	return context.getNodeParameter('limit', itemIndex, 50) as number;
}

/** Fields that have a value: what was added to a collection and left empty says nothing. */
export function given<Fields extends object>(fields: Fields): Partial<Fields> {
	return Object.fromEntries(
		Object.entries(fields).filter(
			([, value]) => value !== undefined && value !== null && value !== '' && !isEmptyList(value),
		),
	) as Partial<Fields>;
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

/** "businessPhone" → "business_phone", as Procore names its fields; empty ones left out. */
export function procoreFields(fields: object): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(given(fields)).map(([name, value]) => [
			name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			value,
		]),
	);
}
