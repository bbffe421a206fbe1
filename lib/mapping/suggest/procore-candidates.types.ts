/** What stands in Procore, as far as suggestions look at it. */
export interface ProcoreCandidates {
	/** Full codes and names of the cost codes of a project. */
	costCodes: ReadonlyArray<{ projectId: string; code: string; name: string }>;
	/** Codes of the company's cost types. */
	costTypes: readonly string[];
	vendors: ReadonlyArray<{
		id: string;
		name: string;
		originId: string | null;
		originCode: string | null;
	}>;
}
