import type { Watermark } from '../../model/gp-changes';
import { decodeMark, type SeenMark } from './seen-mark';

/** Entry of `Watermark.seen` that is no key: when the whole list was last read, in minutes to the base 36. */
export const WHOLE_LIST = '';

/** The rows a watermark remembers, by their keys. */
export function marksOf(seen: Watermark['seen']): Array<[string, SeenMark]> {
	return Object.entries(seen).flatMap(([key, text]): Array<[string, SeenMark]> => {
		const mark = key === WHOLE_LIST ? null : decodeMark(text);
		return mark ? [[key, mark]] : [];
	});
}

/** When the whole list was last read, and whether a remembered document can only be read with its list row. */
export function wholeListOf({ seen }: Watermark): { at: number | null; needed: boolean } {
	const at = Number.parseInt(seen[WHOLE_LIST] ?? '', 36);
	const needed = marksOf(seen).some(([, { kept, alone }]) => kept && !alone);
	return { at: Number.isSafeInteger(at) ? at : null, needed };
}
