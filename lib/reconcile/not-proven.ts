/** What keeps a comparison from being proven complete. */
export interface Doubts {
	/** Documents GP has that the comparison lacks. */
	missing: number;
	/** Why the second reading ended early; null where it came to its end. */
	failed: string | null;
	/** Why the list may have been cut; blank where it was read to its end. */
	list: string;
	/** Others, each a part of a sentence. */
	others?: readonly string[];
}

/** Column `not_proven` of the total: blank when GP's side is whole, as far as that can be shown. */
export function notProvenText({ missing, failed, list, others = [] }: Doubts): string {
	return [
		missing === 0
			? ''
			: missing === 1
				? '1 document of GP is missing from this comparison'
				: `${missing} documents of GP are missing from this comparison`,
		failed === null ? '' : `the second reading failed: ${failed}`,
		list,
		...others,
	]
		.filter(Boolean)
		.join('; ');
}
