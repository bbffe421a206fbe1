import type { OutcomeLine } from '../model/outcome';
import { redactText } from '../model/redact';
import { storable } from '../model/content-hash';

/** Letters a cell takes: some 25 lines. */
const LONGEST = 2_000;
const LONGEST_DESCRIPTION = 60;

/** Cost code, cost type, amount, description. */
type Written = [costCode: string, costType: string, amount: string, description: string];

/** Lines as a cell of gpp_event holds them: whole ones only; those that do not fit are counted at the end. */
export function linesCell(lines: readonly OutcomeLine[]): string {
	const parts: string[] = [];
	let length = 0;
	for (const { costCode = '', costType = '', amount, description = '' } of lines) {
		const text = storable(redactText(description)).slice(0, LONGEST_DESCRIPTION);
		const part = JSON.stringify([costCode, costType, amount, text] satisfies Written);
		if (length + part.length > LONGEST) {
			parts.push(String(lines.length - parts.length));
			break;
		}
		length += part.length + 1;
		parts.push(part);
	}
	return parts.length === 0 ? '' : `[${parts.join(',')}]`;
}

/** What stands in such a cell, and how many lines did not fit; null for any other text. */
export function readLinesCell(cell: string): { lines: OutcomeLine[]; more: number } | null {
	try {
		const list: unknown = JSON.parse(cell);
		if (!Array.isArray(list)) return null;
		const more: unknown = list.at(-1);
		const written = typeof more === 'number' ? list.slice(0, -1) : list;
		const fits = (one: unknown): one is Written =>
			Array.isArray(one) && one.length === 4 && one.every((part) => typeof part === 'string');
		if (!written.every(fits)) return null;
		return {
			lines: written.map(([costCode, costType, amount, description]) => ({
				...{ costCode, costType, amount, description },
			})),
			more: typeof more === 'number' ? more : 0,
		};
	} catch {
		return null;
	}
}
