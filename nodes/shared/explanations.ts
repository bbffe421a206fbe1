const MOST = 50;

export interface Explanation {
	message: string;
	/** What the user does next. */
	remedy: string;
	/** Stable name of the error, where it has one. */
	code?: string;
}

const explanations = new Map<string, Explanation>();

/**
 * A workflow that calls another one hears only the message of its failure, and where that mentions
 * e.g. ECONNREFUSED, a general one of n8n's. What happened and what to do about it is kept here for
 * a moment, under either: a called workflow always runs in the process of its caller.
 */
export function rememberExplanation(heard: readonly string[], explanation: Explanation): void {
	for (const message of heard) {
		explanations.delete(message);
		explanations.set(message, explanation);
	}
	while (explanations.size > MOST) explanations.delete(explanations.keys().next().value!);
}

export function explanationOf(message: string): Explanation | undefined {
	return explanations.get(message);
}
