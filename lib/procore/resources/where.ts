import type { ListCall, ProcoreClient } from '../procore-client';

/**
 * Rows of a list that Procore itself cannot narrow down this far: read page by page until `limit`
 * of them fit. Without a test it is an ordinary list.
 */
export async function listWhere(
	client: ProcoreClient,
	call: Omit<ListCall, 'limit'>,
	test: ((row: Record<string, unknown>) => boolean) | undefined,
	limit = Infinity,
): Promise<unknown[]> {
	if (!test) return client.list({ ...call, ...(limit === Infinity ? {} : { limit }) });
	const found: unknown[] = [];
	await client.eachPage(call, (rows) => {
		found.push(...rows.filter((row) => test(row as Record<string, unknown>)));
		return found.length < limit;
	});
	return found.slice(0, limit);
}

/** A test for rows one of whose `fields` contains `text`, in any case; undefined when nothing is sought. */
export function containing(
	text: string | undefined,
	...fields: string[]
): ((row: Record<string, unknown>) => boolean) | undefined {
	const wanted = text?.trim().toLowerCase();
	if (!wanted) return undefined;
	return (row) =>
		fields.some((field) =>
			String(row[field] ?? '')
				.toLowerCase()
				.includes(wanted),
		);
}

/** A test that all given tests pass; undefined when there are none. */
export function all(
	...tests: Array<((row: Record<string, unknown>) => boolean) | undefined>
): ((row: Record<string, unknown>) => boolean) | undefined {
	const given = tests.filter((test) => test !== undefined);
	return given.length === 0 ? undefined : (row) => given.every((test) => test(row));
}
