const STANDARD_LIST = 'list ';

/**
 * Where a desired record is written to, as the journal of batches keeps it: the id of its Procore project, or
 * `list ` and the id of the company's standard cost code list; undefined for the company's vendors.
 */
export function placeOf(desired: object): string | undefined {
	const { projectId, standardListId } = desired as {
		projectId?: unknown;
		standardListId?: unknown;
	};
	if (standardListId) return `${STANDARD_LIST}${String(standardListId)}`;
	return projectId ? String(projectId) : undefined;
}

/** The standard list a place is; null where it is a project. */
export function standardListOf(place: string): string | null {
	return place.startsWith(STANDARD_LIST) ? place.slice(STANDARD_LIST.length) : null;
}
