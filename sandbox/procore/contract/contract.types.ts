/** A place in the specification that says nothing about what stands there. */
export interface OpenNode {
	/** "PATCH /rest/v1.0/vendors/sync". */
	operation: string;
	/** "request" or "response 200". */
	where: string;
	pointer: string;
	why: 'truncated' | 'untyped';
}

/** See contracts/procore-adjustments.json. */
export interface Adjustments {
	enums: Array<{ property: string; add: string[]; reason: string }>;
	optionalProperties: Array<{
		operation: string;
		object: string;
		properties: string[];
		reason: string;
	}>;
	anyOfParameters: Array<{ operation: string; parameters: string[]; reason: string }>;
	extraResponseStatuses: Array<{ operation: string; statuses: number[]; reason: string }>;
	openBodies: Array<{ operation: string; reason: string }>;
}

export interface ContractValidator {
	/** What is wrong with a request, in words; empty when nothing is. */
	validateRequest(
		method: string,
		path: string,
		query: Record<string, string | string[]>,
		headers: Record<string, string>,
		body: unknown,
	): string[];
	validateResponse(method: string, path: string, status: number, body: unknown): string[];
	/** Operations seen so far. */
	operations(): string[];
	/** Open places in the schemas of the operations seen so far. */
	openNodes(): OpenNode[];
}
