import { keyOf } from '../crosswalk-index';
import type { ProjectCandidate } from '../types';
import { firmName, type FirmName } from '../../model/same-firm';
import { SAME_FIRM, similarity, WORTH_SHOWING } from './name-similarity';

/** A Procore record that may be the GP one, and why. */
export interface Suggestion {
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
	const prepared = vendors.map((vendor) => ({ vendor, firm: firmName(vendor.name) }));
	const near = nearby(prepared);
	return ({ vendorId, name }) => {
		const firm = firmName(name);
		return best(
			near(vendorId, firm).flatMap(({ vendor, firm: other }): Suggestion[] => {
				const byCode =
					keyOf(vendor.originCode) !== '' && keyOf(vendor.originCode) === keyOf(vendorId);
				const score = byCode ? 1 : similarity(firm, other);
				return [{ id: vendor.id, name: vendor.name, score, why: byCode ? 'number' : 'name' }];
			}),
			options,
		);
	};
}

type Prepared = {
	vendor: { id: string; name: string; originCode?: string | null };
	firm: FirmName;
};

/** Beyond this many, only vendors with a word that begins alike are looked at. */
const MANY = 1_000;

/** Thousands against thousands is too much to compare: a directory of that size is looked up by beginnings of words. */
function nearby(prepared: Prepared[]): (vendorId: string, firm: FirmName) => Prepared[] {
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
	const prepared = projects.map((project) => ({ project, firm: firmName(project.name) }));
	return (job) => {
		const firm = firmName(job.name ?? '');
		return best(
			prepared.map(({ project, firm: other }): Suggestion => {
				const byNumber = numberSimilarity(job.number, project.projectNumber ?? '');
				const byName = similarity(firm, other);
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
