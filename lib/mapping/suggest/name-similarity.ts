import { firmName, type FirmName } from '../../model/same-firm';

/** From here on two spellings are taken for one firm without asking. */
export const SAME_FIRM = 0.97;
/** From here on a candidate is worth showing. */
export const WORTH_SHOWING = 0.72;

/** Whatever is merely alike stays below this, however alike: one letter can be another firm. */
const MERELY_ALIKE = 0.95;
/** Same words, but one is an Inc. and the other an LLC: often sister firms. */
const OTHER_FORM = 0.9;

/**
 * How surely two spellings name one firm, 0 to 1. Only what is equal after normalising reaches
 * `SAME_FIRM` (legal form left out on one side, abbreviations, accents, punctuation, spacing);
 * typing errors and missing words raise a suggestion but never decide.
 */
export function nameSimilarity(left: string, right: string): number {
	return similarity(firmName(left), firmName(right));
}

export function similarity(left: FirmName, right: FirmName): number {
	if (left.words.length === 0 || right.words.length === 0) return 0;
	if (!sameNumbers(left.words, right.words)) return Math.min(0.5, alikeness(left, right));
	const sameForm = compatible(left.forms, right.forms);
	if (left.words.join(' ') === right.words.join(' ')) return sameForm ? 1 : OTHER_FORM;
	// "ProBuild" and "Pro Build"; a short run of letters could be anybody's initials.
	const compact = left.words.join('');
	if (compact === right.words.join('') && compact.length >= 6) return sameForm ? 0.98 : OTHER_FORM;
	return Math.min(MERELY_ALIKE, alikeness(left, right)) * (sameForm ? 1 : OTHER_FORM);
}

/** "Local 12" and "Local 21", "Store 4" and "Store": numbers are never typed by chance. */
function sameNumbers(left: string[], right: string[]): boolean {
	const numbers = (words: string[]) => words.join(' ').match(/\d+/g)?.sort().join(' ') ?? '';
	return numbers(left) === numbers(right);
}

/** A form left out contradicts nothing; two different ones do. */
function compatible(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
	if (left.size === 0 || right.size === 0) return true;
	return [...left].every((form) => right.has(form)) || [...right].every((form) => left.has(form));
}

/** Each word with its best counterpart, long words counting more; words left over count against. */
function alikeness(left: FirmName, right: FirmName): number {
	const [fewer, more] =
		left.words.length <= right.words.length ? [left.words, right.words] : [right.words, left.words];
	const free = new Set(more.keys());
	let matched = 0;
	for (const word of fewer) {
		let best = 0;
		let at = -1;
		for (const index of free) {
			const score = wordSimilarity(word, more[index]);
			if (score > best) [best, at] = [score, index];
		}
		if (at < 0) continue;
		free.delete(at);
		matched += best * (word.length + more[at].length);
	}
	const letters = [...left.words, ...right.words].reduce((sum, word) => sum + word.length, 0);
	return matched / letters;
}

/** One minus the share of letters to change; zero once it is more than a third. */
function wordSimilarity(left: string, right: string): number {
	if (left === right) return 1;
	// An initial stands for its word: "J Smith" and "John Smith".
	if (left.length === 1 || right.length === 1) return left[0] === right[0] ? 0.7 : 0;
	const longest = Math.max(left.length, right.length);
	const share = editDistance(left, right) / longest;
	return share > 1 / 3 ? 0 : 1 - share;
}

/** Letters inserted, deleted, replaced, or swapped with their neighbour. */
function editDistance(left: string, right: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let row = 1; row <= left.length; row++) {
		const current = [row];
		for (let column = 1; column <= right.length; column++) {
			const change = left[row - 1] === right[column - 1] ? 0 : 1;
			let cost = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + change);
			const swapped =
				row > 1 &&
				column > 1 &&
				left[row - 1] === right[column - 2] &&
				left[row - 2] === right[column - 1];
			if (swapped) cost = Math.min(cost, beforeLast[column - 2] + 1);
			current.push(cost);
		}
		[beforeLast, last] = [last, current];
	}
	return last[right.length];
}
