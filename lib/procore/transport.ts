/** One HTTP request to Procore, complete but for the access token. */
export interface ProcoreRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	url: string;
	headers: Record<string, string>;
	/** Sent as JSON. */
	body?: unknown;
	timeoutMs: number;
	signal?: AbortSignal;
}

export interface ProcoreAnswer {
	status: number;
	headers: Record<string, string>;
	/** Parsed JSON; text when it was none. */
	body: unknown;
	/** Length of the answer, where it is known. */
	bytes?: number;
}

/**
 * Carries a request to Procore with the user's credential and brings back whatever was answered.
 * Gets and renews the access token by itself (once, on 401). Throws only when no answer came,
 * with the network's reason in `error.code` (ECONNREFUSED, ETIMEDOUT…); any status is an answer.
 */
export type ProcoreTransport = (request: ProcoreRequest) => Promise<ProcoreAnswer>;

/** Header by name in any case; undefined when absent. */
export function headerOf(headers: Record<string, unknown>, name: string): string | undefined {
	const wanted = name.toLowerCase();
	for (const [key, value] of Object.entries(headers)) {
		if (key.toLowerCase() !== wanted || value === undefined || value === null) continue;
		return Array.isArray(value) ? value.join(', ') : String(value);
	}
	return undefined;
}
