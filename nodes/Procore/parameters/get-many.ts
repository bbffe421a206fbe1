import type { IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../shared/read-values';
import { limitOf } from '../../shared/return-all-and-limit';
import { type Simplified, simplified } from './simplify';
import { since } from './values';

/** The chosen filters. Texts have no blanks at their ends, empty ones are absent. */
type Chosen<Filters> = Filters & {
	/** *Updated Since* as the `from...to` that Procore's lists take; absent when empty. */
	updatedAt?: string;
};

/**
 * *Get Many* for one input item: reads the filters and how many rows are wanted, lists those, and
 * leaves the fields most people need when *Simplify* is on.
 *
 * @param what the kind of the rows; null for lists that are handed on as they come
 * @param list gives at most `limit` rows; all when it is undefined
 */
export async function getMany<Filters extends object>(
	context: IExecuteFunctions,
	itemIndex: number,
	what: Simplified | null,
	list: (chosen: Chosen<Filters>, limit: number | undefined) => Promise<unknown[]>,
): Promise<unknown[]> {
	const given = context.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>;
	const chosen = Object.fromEntries(
		Object.entries(given)
			.map(([name, value]) => [name, plainText(value) ?? value])
			.filter(([, value]) => value !== ''),
	);
	const updatedAt = since('Updated Since', given.updatedSince, context.getTimezone());
	const rows = await list({ ...chosen, updatedAt } as Chosen<Filters>, limitOf(context, itemIndex));
	return what === null ? rows : simplified(context, itemIndex, what, rows);
}
