/** Procore ids are integers that already exceed 32 bits; inside they are text, never arithmetic. */
export type ProcoreId = string;

/** Reads an id from an answer: number (v1) or text (v2). Undefined when there is none. */
export function readId(value: unknown): ProcoreId | undefined {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	return undefined;
}

/**
 * The form an id takes in a request body: a JSON integer where it is exact, else the text itself,
 * because a rounded id would name another record.
 */
export function toWireId(id: ProcoreId): number | string {
	const number = Number(id);
	return /^\d+$/.test(id) && Number.isSafeInteger(number) ? number : id;
}
