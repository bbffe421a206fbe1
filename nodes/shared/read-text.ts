import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

/**
 * What is typed or given by an expression, as text without blanks around it: a number in its digits, a
 * date of either kind as ISO; '' for nothing. Undefined for what is no text, such as an object.
 */
export function plainText(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (value instanceof Date)
		return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
	if (DateTime.isDateTime(value)) return value.toISO() ?? 'Invalid DateTime';
	return typeof value === 'object' || typeof value === 'function'
		? undefined
		: String(value).trim();
}

/** A parameter that holds a text; '' when empty, also where an expression came to nothing. */
export function readText(
	context: IExecuteFunctions,
	parameter: string,
	title: string,
	itemIndex: number,
): string {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, '', { extractValue: true });
	const text = plainText(value);
	if (text !== undefined) return text;
	throw new NodeOperationError(
		context.getNode(),
		`'${title}' is not a text: ${JSON.stringify(value).slice(0, 100)}`,
		{ description: 'Name the field of the item that holds it in the expression.', itemIndex },
	);
}

/** The same where the operation cannot do without. */
export function readRequiredText(
	context: IExecuteFunctions,
	parameter: string,
	title: string,
	itemIndex: number,
): string {
	const text = readText(context, parameter, title, itemIndex);
	if (text !== '') return text;
	throw new NodeOperationError(context.getNode(), `'${title}' is empty`, {
		description: 'Fill it in. An expression there came to nothing for this item.',
		itemIndex,
	});
}
