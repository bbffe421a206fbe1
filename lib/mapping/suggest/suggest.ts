import { firmName, type FirmName } from '../../model/same-firm';
import { keyOf } from '../crosswalk-index';
import type { ProjectCandidate } from '../types';

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
	return similarity(spelled(left), spelled(right));
}

/** A name made ready to be compared with thousands. */
interface Spelling extends FirmName {
	joined: string;
	compact: string;
	/** "Local 12" and "Local 21", "Store 4" and "Store": numbers are never typed by chance. */
	numbers: string;
}

function spelled(name: string): Spelling {
	const firm = firmName(name);
	const joined = firm.words.join(' ');
	const numbers = joined.match(/\d+/g)?.sort().join(' ') ?? '';
	return { ...firm, joined, compact: firm.words.join(''), numbers };
}

function similarity(left: Spelling, right: Spelling): number {
	if (left.words.length === 0 || right.words.length === 0) return 0;
	if (left.numbers !== right.numbers) return Math.min(0.5, alikeness(left, right));
	const sameForm = compatible(left.forms, right.forms);
	if (left.joined === right.joined) return sameForm ? 1 : OTHER_FORM;
	// "ProBuild" and "Pro Build"; a short run of letters could be anybody's initials.
	if (left.compact === right.compact && left.compact.length >= 6)
		return sameForm ? 0.98 : OTHER_FORM;
	return Math.min(MERELY_ALIKE, alikeness(left, right)) * (sameForm ? 1 : OTHER_FORM);
}

/** The same for a list of suggestions: with other numbers it would stand in none. */
const worth = (left: Spelling, right: Spelling): number =>
	left.numbers === right.numbers ? similarity(left, right) : 0;

/** A form left out contradicts nothing; two different ones do. */
function compatible(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
	if (left.size === 0 || right.size === 0) return true;
	return [...left].every((form) => right.has(form)) || [...right].every((form) => left.has(form));
}

/** Each word with its best counterpart, long words counting more; words left over count against. */
function alikeness(left: Spelling, right: Spelling): number {
	const [one, other] = [left.words, right.words];
	const letters = left.compact.length + right.compact.length;
	// Of as many words each side may choose first: the better choice counts, so that both ways are alike.
	const matched = Math.max(
		one.length <= other.length ? matchedLetters(one, other) : 0,
		other.length <= one.length ? matchedLetters(other, one) : 0,
	);
	return matched / letters;
}

/** Letters of both sides that have a counterpart, by how alike it is. */
function matchedLetters(fewer: readonly string[], more: readonly string[]): number {
	const taken: boolean[] = [];
	let matched = 0;
	for (const word of fewer) {
		let best = 0;
		let at = -1;
		for (const [index, other] of more.entries()) {
			if (taken[index]) continue;
			const score = wordSimilarity(word, other);
			if (score > best) [best, at] = [score, index];
		}
		if (at < 0) continue;
		taken[at] = true;
		matched += best * (word.length + more[at].length);
	}
	return matched;
}

/** One minus the share of letters to change; zero once it is more than a third. */
function wordSimilarity(left: string, right: string): number {
	if (left === right) return 1;
	// An initial stands for its word: "J Smith" and "John Smith".
	if (left.length === 1 || right.length === 1) return left[0] === right[0] ? 0.7 : 0;
	const longest = Math.max(left.length, right.length);
	if (fewestEdits(left, right) > longest / 3) return 0;
	const share = editDistance(left, right) / longest;
	return share > 1 / 3 ? 0 : 1 - share;
}

/** Never more than there are: letters that only one of them has. Most words differ by more than may be. */
function fewestEdits(left: string, right: string): number {
	const [one, other] = [lettersOf(left), lettersOf(right)];
	return Math.max(Math.abs(left.length - right.length), bitsOf(one & ~other), bitsOf(other & ~one));
}

/** A bit for each letter that stands in it; letters that share one make words seem more alike. */
function lettersOf(word: string): number {
	let letters = 0;
	for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
	return letters;
}

function bitsOf(number: number): number {
	let bits = 0;
	for (let rest = number; rest !== 0; rest &= rest - 1) bits += 1;
	return bits;
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

/** A Procore record that may be the GP one, and why. */
interface Suggestion {
	id: string;
	name: string;
	/** 0 to 1. */
	score: number;
	why: 'number' | 'name';
}

export interface Suggested {
	/** Best first, at most `limit`. */
	candidates: Suggestion[];
	/** The one to link without asking: at or above the threshold, and nobody else is. */
	automatic?: Suggestion;
}

export interface SuggestOptions {
	/** Never linked by itself below this; 1.01 switches linking off. */
	automaticFrom?: number;
	limit?: number;
}

/** Vendors of Procore that may be a GP vendor. Two with one name are never chosen between. */
export function vendorSuggester(
	vendors: ReadonlyArray<{ id: string; name: string; originCode?: string | null }>,
	options: SuggestOptions = {},
): (vendor: { vendorId: string; name: string }) => Suggested {
	const prepared = vendors.map((vendor) => ({ vendor, firm: spelled(vendor.name) }));
	const near = nearby(prepared);
	return ({ vendorId, name }) => {
		const firm = spelled(name);
		return best(
			near(vendorId, firm).flatMap(({ vendor, firm: other }): Suggestion[] => {
				const byCode =
					keyOf(vendor.originCode) !== '' && keyOf(vendor.originCode) === keyOf(vendorId);
				const score = byCode ? 1 : worth(firm, other);
				return [{ id: vendor.id, name: vendor.name, score, why: byCode ? 'number' : 'name' }];
			}),
			options,
		);
	};
}

type Prepared = {
	vendor: { id: string; name: string; originCode?: string | null };
	firm: Spelling;
};

/** Beyond this many, only vendors with a word that begins alike are looked at. */
const MANY = 1_000;

/** Thousands against thousands is too much to compare: a directory of that size is looked up by beginnings of words. */
function nearby(prepared: Prepared[]): (vendorId: string, firm: Spelling) => Prepared[] {
	if (prepared.length <= MANY) return () => prepared;
	const index = new Map<string, Set<Prepared>>();
	const put = (key: string, one: Prepared) => {
		const known = index.get(key);
		if (known) known.add(one);
		else index.set(key, new Set([one]));
	};
	for (const one of prepared) {
		for (const word of one.firm.words) put(beginning(word), one);
		if (one.vendor.originCode) put(`code ${keyOf(one.vendor.originCode)}`, one);
	}
	return (vendorId, { words }) => [
		...new Set(
			[...words.map(beginning), `code ${keyOf(vendorId)}`].flatMap((key) => [
				...(index.get(key) ?? []),
			]),
		),
	];
}

function beginning(word: string): string {
	return word.slice(0, 3);
}

/** Procore projects that may be a GP job: by project number, else by name. */
export function projectSuggester(
	projects: readonly ProjectCandidate[],
	options: SuggestOptions = {},
): (job: { number: string; name?: string | null }) => Suggested {
	const prepared = projects.map((project) => ({ project, firm: spelled(project.name) }));
	return (job) => {
		const firm = spelled(job.name ?? '');
		return best(
			prepared.map(({ project, firm: other }): Suggestion => {
				const byNumber = numberSimilarity(job.number, project.projectNumber ?? '');
				const byName = worth(firm, other);
				return {
					id: project.id,
					name: project.name,
					score: Math.max(byNumber, byName),
					why: byNumber >= byName ? 'number' : 'name',
				};
			}),
			options,
		);
	};
}

/** Equal, or equal but for leading zeros and punctuation; "300" inside "2024-300" is a hint. */
function numberSimilarity(job: string, projectNumber: string): number {
	const [left, right] = [keyOf(job), keyOf(projectNumber)];
	if (left === '' || right === '') return 0;
	if (left === right) return 1;
	const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').replace(/^0+/, '');
	if (bare(left) === bare(right)) return 0.96;
	const parts = right.split(/[^\p{L}\p{N}]+/u);
	return parts.includes(left) && left.length >= 3 ? 0.85 : 0;
}

function best(all: Suggestion[], options: SuggestOptions): Suggested {
	const threshold = options.automaticFrom ?? SAME_FIRM;
	const candidates = all
		.filter((candidate) => candidate.score >= WORTH_SHOWING)
		.sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1));
	const certain = candidates.filter((candidate) => candidate.score >= threshold);
	// A matching number outweighs names; two of a kind leave the choice to a person.
	const byNumber = certain.filter((candidate) => candidate.why === 'number');
	const chosen = byNumber.length > 0 ? byNumber : certain;
	return {
		candidates: candidates.slice(0, options.limit ?? 5),
		...(chosen.length === 1 ? { automatic: chosen[0] } : {}),
	};
}

/** What a row says about the record it was linked to. */
export function linkedNote({ name, score, why }: Suggestion): string {
	return score === 1 && why === 'number'
		? `linked: same number, ${name}`
		: `linked: ${why === 'number' ? 'number' : 'name'} alike (${percent(score)}), ${name}`;
}

/** What a row says that was not linked: who it may be, best first. */
export function candidatesNote(candidates: readonly Suggestion[], otherwise: string): string {
	if (candidates.length === 0) return otherwise;
	const named = candidates.map(
		({ id, name, score, why }) => `${name} (${id}), ${percent(score)} by ${why}`,
	);
	return `candidates: ${named.join('; ')}`;
}

function percent(score: number): string {
	return `${Math.floor(score * 100)} %`;
}
