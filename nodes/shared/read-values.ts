import { jsonParse, NodeOperationError } from 'n8n-workflow';
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

/**
 * Refuses what narrows a choice and came to nothing by its expression: left out, more would be meant. A field
 * that somebody left empty is no condition, and means what its description says.
 *
 * @param written the fields as the node has them, expressions unread; `fields` what these came to
 */
export function refuseNothing(
	context: IExecuteFunctions,
	titles: Readonly<Record<string, string>>,
	written: unknown,
	fields: Readonly<Record<string, unknown>>,
	where = '',
): void {
	for (const [name, title] of Object.entries(titles)) {
		const text: unknown = (written as Record<string, unknown> | undefined)?.[name];
		if (typeof text !== 'string' || !text.startsWith('=')) continue;
		const given = fields[name];
		const values = Array.isArray(given) ? given : [given];
		if (values.some((value) => plainText(value) !== '')) continue;
		throw new NodeOperationError(
			context.getNode(),
			`The expression of '${title}'${where} came to nothing, and without it more would be meant`,
			{
				description: 'Correct the expression, or remove the field if nothing is to be asked there.',
			},
		);
	}
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

/**
 * Reads a parameter that holds a list of rows: an array or the items of a node from an expression, or
 * JSON typed by hand.
 * Empty rows are left out: a table read that finds nothing hands on one empty item.
 */
export function readList<Row extends object>(
	context: IExecuteFunctions,
	parameter: string,
	itemIndex = 0,
): Row[] {
	const value = parseJson(context, context.getNodeParameter(parameter, itemIndex, []), parameter);
	if (value === null || value === undefined) return [];
	if (!Array.isArray(value)) {
		throw new NodeOperationError(
			context.getNode(),
			`The parameter '${titleOf(parameter)}' is not a list`,
			{
				description: 'Give it a JSON array of rows, or an expression that yields one.',
				itemIndex,
			},
		);
	}
	const stray: unknown = value.find((row) => row && typeof row !== 'object');
	if (stray !== undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The parameter '${titleOf(parameter)}' holds "${String(stray).slice(0, 100)}", which is no row`,
			{ description: 'Give it a JSON array of rows: objects, not texts.', itemIndex },
		);
	}
	return rowsIn<Row>(value);
}

/** Reads a parameter that holds an object of lists of rows, by name. */
export function readTables(
	context: IExecuteFunctions,
	parameter: string,
): Record<string, object[]> {
	return Object.fromEntries(
		Object.entries(readObject<Record<string, unknown>>(context, parameter) ?? {}).map(
			([name, rows]) => [name, Array.isArray(rows) ? rowsIn(rows) : []],
		),
	);
}

/** Rows of a list, or of items as `$('Node').all()` gives them. */
function rowsIn<Row extends object>(list: readonly unknown[]): Row[] {
	return list
		.map(rowOf)
		.filter(
			(row): row is Row => typeof row === 'object' && row !== null && Object.keys(row).length > 0,
		);
}

/** The row itself, also where it comes as an item. */
export function rowOf(row: unknown): unknown {
	return isItem(row) ? row.json : row;
}

/** No table has a column of that name that holds an object. */
function isItem(value: unknown): value is { json: object } {
	const { json } = (value ?? {}) as { json?: unknown };
	return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Reads a parameter that holds one object, by expression or as JSON; null when left empty. */
export function readObject<Value extends object>(
	context: IExecuteFunctions,
	parameter: string,
	itemIndex = 0,
): Value | null {
	const value = parseJson(context, context.getNodeParameter(parameter, itemIndex, ''), parameter);
	if (value === null || value === undefined) return null;
	if (typeof value === 'object' && !Array.isArray(value)) return value as Value;
	throw new NodeOperationError(
		context.getNode(),
		`The parameter '${titleOf(parameter)}' is not an object`,
		{
			description: 'Give it a JSON object, or an expression that yields one.',
			itemIndex,
		},
	);
}

/** Reads a parameter that must hold an object. */
export function readRequired<Value extends object>(
	context: IExecuteFunctions,
	parameter: string,
): Value {
	const value = readObject<Value>(context, parameter);
	if (value !== null) return value;
	throw new NodeOperationError(
		context.getNode(),
		`The parameter '${titleOf(parameter)}' is empty`,
		{ description: 'Give it what the node named in its description put out, by an expression.' },
	);
}

/** Reads a parameter that holds any JSON; null when left empty. */
export function readJson(context: IExecuteFunctions, parameter: string, itemIndex = 0): unknown {
	return parseJson(context, context.getNodeParameter(parameter, itemIndex, ''), parameter);
}

function parseJson(context: IExecuteFunctions, value: unknown, parameter: string): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return null;
	try {
		return jsonParse(value);
	} catch {
		throw new NodeOperationError(
			context.getNode(),
			`The parameter '${titleOf(parameter)}' is not valid JSON`,
			{
				description: 'Check its brackets, quotes and commas, or use an expression.',
			},
		);
	}
}

/** "vendorCrosswalk" → "Vendor Crosswalk", "originId" → "Origin ID", as the node shows it. */
export function titleOf(parameter: string): string {
	const words = parameter.replace(/([A-Z])/g, ' $1').replace(/\bId\b/, 'ID');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
