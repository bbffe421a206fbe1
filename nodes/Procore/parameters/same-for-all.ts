import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { locatorText, titleOf } from './read-parameters';

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
