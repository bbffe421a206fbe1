import { keyOf } from '../crosswalk-index';
import { compile } from '../patterns';
import {
	type AccountPlace,
	accountPlaces,
	accountsByValue,
	isWholeSegment,
	naturalSegment,
	shareDescribed,
} from './propose-account-places';
import type { JobProposal } from './propose-job';
import { type Finding, type Sample, type SampleLine, unsure } from './propose-types';
import { counted, shownText } from './propose-choice';

export interface AccountsProposal {
	finding: Finding;
	/** Lines with a job on an account that is job cost. */
	costLines: SampleLine[];
	/** Accounts of the chart that are job cost. */
	isCost(account: string): boolean;
	/** Where the account tells whether it is job cost. */
	natural: AccountPlace | null;
}

/** From here on the accounts of a kind are job cost: the lines that name no job wait for one. */
const COST_SHARE = 0.2;

/** Which accounts are job cost: by the natural accounts on whose lines jobs stand. */
export function proposeAccounts(sample: Sample, job: JobProposal): AccountsProposal {
	const jobOf = (index: number) => {
		for (const { place, values } of job.places) {
			const value = values[index];
			if (value !== null && !(place.in === 'account' && job.ignored.includes(value))) return value;
		}
		return null;
	};
	const isNamed = sample.lines.map((_, index) => jobOf(index) !== null);
	const natural = naturalPlace(sample, job, isNamed);
	const nothing = (said: string): AccountsProposal => ({
		finding: unsure('costAccounts', sample.costLines, said),
		costLines: [],
		isCost: () => false,
		natural,
	});
	if (job.places.length === 0) {
		return nothing('Not sure which accounts are job cost: where the job stands is not known');
	}
	if (!natural) {
		return nothing(
			'Not sure which accounts are job cost: no part of the account tells the lines with a job from the others',
		);
	}
	const kinds = kindsOf(sample, job, natural, isNamed);
	const { cost, onJobsOnly, others } = kinds;
	const pattern = patternOf(natural, cost, onJobsOnly, others, job);
	const test = compile('costAccountPattern', pattern);
	const isCost = (account: string) => test.test(account);
	const costLines = sample.lines.filter((line, index) => isNamed[index] && isCost(line.account));
	const named = sum(sample.lines.filter((_, index) => isNamed[index]));
	const covered = sum(costLines);
	if (cost.length === 0 || covered < named * 0.95) {
		return nothing(
			`Not sure which accounts are job cost: only ${counted(covered, named)} that name a job are on accounts of one kind`,
		);
	}
	const outside = sample.lines.filter((line, index) => isNamed[index] && !isCost(line.account));
	const finding: Finding = {
		subject: 'costAccounts',
		sure: true,
		said: `Job cost are the accounts whose ${natural.name} ${sayPrefixes(cost, others)}${
			onJobsOnly.length > 0 ? `, and of a job also ${onJobsOnly.join(', ')}` : ''
		}${
			outside.length > 0
				? `. ${sum(outside) === 1 ? '1 line names a job on another account and stays out' : `${sum(outside)} lines name a job on another account and stay out`}: ${outside
						.slice(0, 3)
						.map(({ account }) => shownText(account))
						.join(', ')}`
				: ''
		}`,
		covered: sum(sample.lines.filter(({ account }) => isCost(account))),
		of: sample.costLines,
		examples: [...new Set(costLines.map(({ account }) => shownText(account)))].slice(0, 3),
		others: [],
		settings: { costAccountPattern: pattern },
	};
	return { finding, costLines, isCost, natural };
}

function naturalPlace(
	sample: Sample,
	job: JobProposal,
	isNamed: readonly boolean[],
): AccountPlace | null {
	const accounts = [...new Set(sample.lines.map(({ account }) => account))];
	const all = accountPlaces(accounts);
	const natural = naturalSegment(sample.accounts);
	const wholes = all.filter(isWholeSegment);
	if (natural > 0 && !job.segments.has(natural)) {
		return wholes.find(({ segments }) => segments[0] === natural) ?? null;
	}
	// The chart does not tell: what best parts the lines that name a job from those that do not.
	const used = new Set(
		job.places.flatMap(({ place }) =>
			place.in === 'account' ? place.place.pieces.map((piece) => `${piece.segment}`) : [],
		),
	);
	const parts = job.places.flatMap(({ place }) =>
		place.in === 'account' && !isWholeSegment(place.place) && place.place.pieces.length === 1
			? complementOf(all, place.place)
			: [],
	);
	const candidates = [...wholes.filter(({ segments }) => !used.has(`${segments[0]}`)), ...parts];
	const rated = candidates.map((place) => {
		const groups = new Map<string, [named: number, not: number]>();
		sample.lines.forEach((line, index) => {
			const value = place.read(line.account) ?? '';
			const group = groups.get(value) ?? [0, 0];
			groups.set(value, group);
			group[isNamed[index] ? 0 : 1] += line.lines;
		});
		const pure = [...groups.values()].reduce((total, group) => total + Math.max(...group), 0);
		return { place, pure: pure / sample.costLines, values: groups.size };
	});
	rated.sort((left, right) =>
		Math.abs(right.pure - left.pure) > 0.01 ? right.pure - left.pure : right.values - left.values,
	);
	return rated[0]?.place ?? null;
}

function complementOf(
	all: readonly AccountPlace[],
	{ pieces: [piece] }: AccountPlace,
): AccountPlace[] {
	return all.filter(({ pieces: [other], pieces }) => {
		if (pieces.length !== 1 || other.segment !== piece.segment) return false;
		if (piece.from === 0 && piece.to !== null) return other.from === piece.to && other.to === null;
		return other.from === 0 && other.to === piece.from;
	});
}

const REVENUE = /\b(revenues?|sales|income|billings?|contract earnings)\b/i;

function kindsOf(
	sample: Sample,
	job: JobProposal,
	natural: AccountPlace,
	isNamed: readonly boolean[],
): { cost: string[]; onJobsOnly: string[]; others: string[] } {
	const lines = new Map<string, { named: number; not: number }>();
	sample.lines.forEach((line, index) => {
		const value = keyOf(natural.read(line.account));
		const counts = lines.get(value) ?? { named: 0, not: 0 };
		lines.set(value, counts);
		counts[isNamed[index] ? 'named' : 'not'] += line.lines;
	});
	const chart = accountsByValue(
		sample.accounts,
		(account) => natural.read(account) && keyOf(natural.read(account)),
	);
	const [cost, onJobsOnly, others]: [string[], string[], string[]] = [[], [], []];
	const first = job.places[0];
	const inAccount = first.place.in === 'account' ? first.place.place : null;
	for (const [value, { named, not }] of lines) {
		if (value === '') continue;
		if (named > 0 && named >= (named + not) * COST_SHARE) cost.push(value);
		else if (named > 0 && inAccount && isWholeSegment(inAccount)) onJobsOnly.push(value);
		else others.push(value);
	}
	const categories = new Set(
		cost.flatMap((value) => chart.get(value) ?? []).map(({ category }) => keyOf(category)),
	);
	const jobs = new Set(first.values.filter((_, index) => first.ids[index] !== undefined));
	for (const [value, accounts] of chart) {
		if (lines.has(value)) continue;
		const ofJobs = inAccount
			? new Set(
					accounts.map(({ account }) => inAccount.read(account)).filter((one) => jobs.has(one)),
				)
			: new Set();
		const isResult = accounts.some(({ postingType }) => postingType !== 'balanceSheet');
		if (!isResult || shareDescribed(accounts, REVENUE) > 0.5) others.push(value);
		else if (ofJobs.size >= jobs.size * 0.3 && ofJobs.size > 0) {
			if (accounts.every(({ category }) => categories.has(keyOf(category)))) cost.push(value);
			else others.push(value);
		} else if (inAccount) others.push(value);
	}
	return { cost: cost.sort(), onJobsOnly: onJobsOnly.sort(), others: others.sort() };
}

function patternOf(
	natural: AccountPlace,
	cost: readonly string[],
	onJobsOnly: readonly string[],
	others: readonly string[],
	job: JobProposal,
): string {
	const [{ segment, from, to }] = natural.pieces;
	const { signs } = natural;
	const { sign } = signs;
	const before = (last: number) => `${signs.segment}${signs.parts}`.repeat(last - 1);
	const prefixes = prefixesOf(cost, [...others, ...onJobsOnly]);
	// A part of a segment: the signs before it and behind it are any.
	const own =
		(from > 0 ? `${sign}{${from}}` : from < 0 ? `${sign}*` : '') +
		prefixPattern(prefixes, sign, from < 0 ? -from : undefined) +
		(to !== null && to > 0 ? `${sign}*` : '') +
		(to !== null && to < 0 ? `${sign}{${-to}}` : '');
	const pattern = `^${before(segment)}${own}${signs.end}`;
	const [first] = job.places;
	if (onJobsOnly.length === 0 || first.place.in !== 'account') return pattern;
	// On a job only: its segment is something else than zeros.
	const place = first.place.place.pieces[0].segment;
	const named = `0*${signs.notZero}${sign}*`;
	const values = prefixPattern(
		onJobsOnly.map((text) => ({ text, whole: true })),
		sign,
	);
	const parts = [...Array(Math.max(place, segment)).keys()].map((index) =>
		index + 1 === place ? named : index + 1 === segment ? values : signs.segment,
	);
	return `${pattern}|^${parts.join(signs.parts)}${signs.end}`;
}

/**
 * Beginnings that all of `wanted` have and none of `unwanted`, as short as they can be; a value whose
 * beginnings are all taken stands whole. A longer beginning stands where it is all that is known.
 */
export function prefixesOf(
	wanted: readonly string[],
	unwanted: readonly string[],
): Array<{ text: string; whole: boolean }> {
	const found: Array<{ text: string; whole: boolean }> = [];
	for (const value of [...wanted].sort()) {
		if (found.some(({ text, whole }) => !whole && value.startsWith(text))) continue;
		let length = 1;
		while (
			length < value.length &&
			unwanted.some((one) => one.startsWith(value.slice(0, length)))
		) {
			length++;
		}
		found.push({ text: value.slice(0, length), whole: length === value.length });
	}
	return found;
}

/** The same as part of a pattern; `sign`: any letter or digit, `length`: of values that all have as many. */
export function prefixPattern(
	prefixes: ReadonlyArray<{ text: string; whole: boolean }>,
	sign: string,
	length?: number,
): string {
	const rest = (text: string) => (length === undefined ? '*' : `{${length - text.length}}`);
	const parts = prefixes.map(({ text, whole }) => (whole ? text : `${text}${sign}${rest(text)}`));
	return parts.length === 1 ? parts[0] : `(?:${parts.join('|')})`;
}

function sayPrefixes(cost: readonly string[], others: readonly string[]): string {
	const prefixes = prefixesOf(cost, others);
	const [whole, begun] = [
		prefixes.filter(({ whole: all }) => all),
		prefixes.filter(({ whole: all }) => !all),
	].map((list) => list.map(({ text }) => text).join(', '));
	return [begun && `begins with ${begun}`, whole && `is ${whole}`].filter(Boolean).join(' or ');
}

function sum(lines: readonly SampleLine[]): number {
	return lines.reduce((all, line) => all + line.lines, 0);
}
