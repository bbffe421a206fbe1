import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { ProcoreInputError } from '../../../lib/procore/errors/procore-errors';
import type { ProcoreId } from '../../../lib/procore/wire';
import { plainText, titleOf } from '../../shared/read-values';

/** The ID in a locator's value, as the editor stores it or as an expression gives it; '' when empty. */
export function locatorText(value: unknown): string {
	return String(insideOf(value) ?? '').trim();
}

function insideOf(value: unknown): unknown {
	return typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
}

/** The Procore ID chosen in a parameter of the node; undefined when left empty. */
export function optionalId(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): ProcoreId | undefined {
	const value = context.getNodeParameter(name, itemIndex, '');
	return checkedId(context, titleOf(name), value, itemIndex);
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
	const inside = insideOf(value);
	if (typeof inside === 'number' && inside > Number.MAX_SAFE_INTEGER) {
		throw new NodeOperationError(
			context.getNode(),
			`The ${title} ID ${id} is too long for a number: it was rounded and may name another record`,
			{
				description: 'Hand the ID over as text, as the Procore node gives it.',
				itemIndex,
			},
		);
	}
	if (/^\d+$/.test(id)) return id;
	throw new NodeOperationError(context.getNode(), `The ${title} ID "${id}" is not a number`, {
		description: `Choose one in '${title}', or give its Procore ID, which is a whole number.`,
		itemIndex,
	});
}

/** IDs typed with commas between them, or a list out of an expression. */
export function idList(context: IExecuteFunctions, name: string, itemIndex: number): ProcoreId[] {
	const value = context.getNodeParameter(name, itemIndex, '') as unknown;
	const parts: unknown[] =
		typeof value === 'number'
			? [value]
			: Array.isArray(value)
				? value
				: String(value ?? '').split(/[,;\s]+/);
	return parts.flatMap((part) => checkedId(context, titleOf(name), part, itemIndex) ?? []);
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

/**
 * "businessPhone" → "business_phone", as Procore names its fields; empty ones left out. All are texts
 * there but for those that are switched on and off.
 */
export function procoreFields(fields: object): Record<string, unknown> {
	const texts = Object.entries(fields).map(([name, value]) => [
		name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
		typeof value === 'boolean' ? value : textField(titleOf(name), value),
	]);
	return given(Object.fromEntries(texts) as Record<string, unknown>);
}

/** A text out of a collection, without blanks around it; undefined when empty. */
export function textField(title: string, value: unknown): string | undefined {
	const text = plainText(value);
	if (text !== undefined) return text === '' ? undefined : text;
	throw new ProcoreInputError(`'${title}' is not a text: ${JSON.stringify(value).slice(0, 100)}`, {
		remedy: 'Name the field of the item that holds it in the expression.',
	});
}

/** What an expression says that may differ from item to item. */
const BY_ITEM = /\$json|\$input|\$itemIndex|\$binary|\.item\b|itemMatching|pairedItem/;

/**
 * Refuses items that want different values of a parameter, where all items go in one call with the value
 * of the first: a record meant for a dry run, or for another company, would be written.
 */
export function sameForAll(
	context: IExecuteFunctions,
	name: string,
	items: readonly number[],
): void {
	const raw = context.getNodeParameter(name, 0, '', { rawExpressions: true }) as unknown;
	// Evaluating the same expression for each of many items would be slow.
	if (!BY_ITEM.test(JSON.stringify(raw))) return;
	const valueOf = (item: number) => locatorText(context.getNodeParameter(name, item, ''));
	const first = valueOf(0);
	const other = items.find((item) => valueOf(item) !== first);
	if (other === undefined) return;
	throw new NodeOperationError(
		context.getNode(),
		`'${titleOf(name)}' is not the same for all items: item 0 has "${first}", item ${other} "${valueOf(other)}"`,
		{
			description:
				'All items go in one call. Part them before this node, e.g. with an If node. Nothing was written.',
			itemIndex: other,
		},
	);
}
