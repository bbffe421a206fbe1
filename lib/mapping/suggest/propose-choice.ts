import type { Numbers, Written } from './propose-numbers';
import type { Sample, SampleLine } from './propose-types';

/** Different numbers of Procore that have to be found in a place before it is claimed. */
export const LEAST_NUMBERS = 3;
/** Share of what stands in the place that has to be a number of Procore. */
export const LEAST_SHARE = 0.5;
/** A place that says otherwise may have at most this share of the best one's score. */
const MARGIN = 0.5;
/** Share of the lines both places read on which they may differ and still mean the same. */
const SAME_MEANING = 0.02;

/** A second place has to hold this share of numbers, since it speaks for few lines. */
const SECOND_SHARE = 0.8;
const SECOND_LINES = 5;

/** A place read on every line of the sample, and which number of Procore each value is. */
export interface Scored<Place = unknown> {
	place: Place;
	name: string;
	/** Less is simpler; decides between places that find the same. */
	effort: number;
	written: Written;
	values: Array<string | null>;
	ids: Array<string | undefined>;
	distinct: ReadonlySet<string>;
	/** Lines with a value, and lines whose value is a number of Procore. */
	read: number;
	matched: number;
	/** Share of the lines, or if that is more of the different values, that are numbers of Procore. */
	share: number;
}

export function scored<Place>(
	place: Place,
	name: string,
	effort: number,
	lines: readonly SampleLine[],
	numbers: Numbers,
	readValue: (line: SampleLine) => string | null,
): Scored<Place> {
	const raw = lines.map(readValue);
	const counts = new Map<string, number>();
	raw.forEach((value, index) => {
		if (value !== null) counts.set(value, (counts.get(value) ?? 0) + lines[index].lines);
	});
	const common = [...counts].sort((left, right) => right[1] - left[1]).slice(0, 300);
	const written = numbers.writtenOf(common.map(([value]) => value));
	const known = new Map([...counts.keys()].map((value) => [value, numbers.find(value, written)]));
	// Nothing but zeros means that there is none, unless Procore has such a number.
	const values = raw.map((value) =>
		value !== null && /^[^\p{L}1-9]*$/u.test(value) && !known.get(value) ? null : value,
	);
	const ids = values.map((value) => (value === null ? undefined : known.get(value)));
	let [read, matched] = [0, 0];
	const [distinct, different] = [new Set<string>(), new Set<string>()];
	values.forEach((value, index) => {
		if (value === null) return;
		read += lines[index].lines;
		different.add(value);
		const id = ids[index];
		if (id === undefined) return;
		matched += lines[index].lines;
		distinct.add(id);
	});
	const share = read === 0 ? 0 : Math.max(matched / read, distinct.size / different.size);
	return { place, name, effort, written, values, ids, distinct, read, matched, share };
}

/** Each value that is a number of Procore, with the record it is the number of. */
export function pairsOf({ values, ids }: Pick<Scored, 'values' | 'ids'>): Map<string, string> {
	const pairs = new Map<string, string>();
	values.forEach((value, index) => {
		const id = ids[index];
		if (value !== null && id !== undefined) pairs.set(value, id);
	});
	return pairs;
}

export interface Choice<Place> {
	best: Scored<Place> | null;
	/** Why nothing is claimed; empty with a best one. */
	why: string;
	/** What was looked at, best first, whatever was claimed. */
	ranking: Array<Scored<Place>>;
}

/** The one place that explains most, where no other that says otherwise comes near it. */
export function choose<Place>(
	candidates: ReadonlyArray<Scored<Place>>,
	lines: readonly SampleLine[],
	numbers: Numbers,
	options: { what: string; enough?: (one: Scored<Place>) => boolean },
): Choice<Place> {
	const met = candidates.filter(({ matched }) => matched > 0);
	const mostNumbers = Math.max(1, ...met.map(({ distinct }) => distinct.size));
	const mostLines = Math.max(1, ...met.map(({ matched }) => matched));
	const scoreOf = ({ distinct, matched }: Scored<Place>) =>
		(distinct.size / mostNumbers) * Math.sqrt(matched / mostLines);
	const ranking = [...met].sort(
		(left, right) => scoreOf(right) - scoreOf(left) || left.effort - right.effort,
	);
	const none = (why: string): Choice<Place> => ({ best: null, why, ranking });
	if (numbers.size === 0) return none(`Procore has no ${options.what} to compare with`);
	const hasEnough = (one: Scored<Place>) => hasNumbers(one, numbers);
	const isEnough = options.enough ?? (({ share }) => share >= LEAST_SHARE);
	const sound = ranking.filter((one) => hasEnough(one) && isEnough(one));
	if (sound.length === 0) {
		const [first] = ranking;
		if (!first) return none(`none of Procore's ${options.what} stands in any place`);
		return none(
			hasEnough(first)
				? `${first.name} holds ${first.distinct.size} of Procore's ${options.what}, but most of what stands there is none`
				: `only ${first.distinct.size} of Procore's ${options.what} ${first.distinct.size === 1 ? 'stands' : 'stand'} in ${first.name}, which may be chance`,
		);
	}
	const top = scoreOf(sound[0]);
	const [best] = sound
		.filter((one) => scoreOf(one) >= top * 0.97 && agree(one, sound[0], lines))
		.sort((left, right) => left.effort - right.effort || scoreOf(right) - scoreOf(left));
	const rival = ranking.find(
		(one) =>
			one !== best &&
			hasEnough(one) &&
			one.share >= LEAST_SHARE / 2 &&
			scoreOf(one) >= scoreOf(best) * MARGIN &&
			!agree(one, best, lines),
	);
	if (rival) {
		return none(
			`${best.name} and ${rival.name} both hold ${options.what} of Procore and say different things`,
		);
	}
	return { best, why: '', ranking };
}

/** Further places, for the lines on which the first holds none. */
export function furtherPlaces<Place>(
	best: Scored<Place>,
	candidates: ReadonlyArray<Scored<Place>>,
	sample: Pick<Sample, 'lines' | 'costLines'>,
	numbers: Numbers,
): Array<Scored<Place>> {
	const taken = [best];
	const open = new Set(sample.lines.keys());
	const close = ({ values }: Scored) => {
		for (const index of [...open]) if (values[index] !== null) open.delete(index);
	};
	close(best);
	for (let round = 0; round < 4; round++) {
		const found = candidates
			.filter((one) => !taken.includes(one))
			.map((one) => ({ one, ...onLines(one, open, sample.lines) }))
			.filter(
				({ one, matched, read }) =>
					matched > 0 &&
					matched >= read * SECOND_SHARE &&
					one.matched >= Math.min(SECOND_LINES, sample.costLines * 0.1) &&
					one.distinct.size >= Math.min(LEAST_NUMBERS, numbers.size) &&
					one.share >= SECOND_SHARE * 0.75 &&
					taken.every((other) => agreesWell(one, other, sample.lines)),
			)
			.sort((left, right) => right.matched - left.matched || left.one.effort - right.one.effort);
		if (found.length === 0) break;
		const most = found[0].matched;
		const [{ one }] = found
			.filter(({ matched }) => matched >= most * 0.97)
			.sort((left, right) => left.one.effort - right.one.effort);
		const rival = found.find((other) => other.one !== one && !agree(other.one, one, sample.lines));
		if (rival && rival.matched >= most * 0.5) break;
		taken.push(one);
		close(one);
	}
	return taken.slice(1);
}

function onLines(one: Scored, open: ReadonlySet<number>, lines: readonly SampleLine[]) {
	let [read, matched] = [0, 0];
	for (const index of open) {
		if (one.values[index] === null) continue;
		read += lines[index].lines;
		if (one.ids[index] !== undefined) matched += lines[index].lines;
	}
	return { read, matched };
}

function agreesWell(one: Scored, other: Scored, lines: readonly SampleLine[]): boolean {
	const { both, different } = overlap(one, other, lines);
	return different <= both * 0.05;
}

function hasNumbers({ distinct, matched }: Scored, numbers: Numbers): boolean {
	if (distinct.size >= LEAST_NUMBERS) return true;
	// Procore has one or two only, and their numbers are long: found all over, that is no chance.
	const texts = [...numbers.texts.values()];
	return (
		distinct.size > 0 &&
		distinct.size === numbers.size &&
		matched >= 10 &&
		texts.every((text) => text.trim().length >= 4)
	);
}

/** Whether two places mean the same number wherever both have one. */
export function agree(
	one: Pick<Scored, 'ids'>,
	other: Pick<Scored, 'ids'>,
	lines: readonly SampleLine[],
): boolean {
	const { both, different } = overlap(one, other, lines);
	return different <= Math.max(both * SAME_MEANING, 0);
}

function overlap(
	one: Pick<Scored, 'ids'>,
	other: Pick<Scored, 'ids'>,
	lines: readonly SampleLine[],
): { both: number; different: number } {
	let [both, different] = [0, 0];
	lines.forEach((line, index) => {
		const [left, right] = [one.ids[index], other.ids[index]];
		if (left === undefined || right === undefined) return;
		both += line.lines;
		if (left !== right) different += line.lines;
	});
	return { both, different };
}

/** "96.3 % of 1,240 lines"; rounded down, so that 100 % is all. */
export function counted(covered: number, of: number): string {
	const share = of === 0 ? 0 : Math.floor((covered / of) * 1000) / 10;
	return `${share} % of ${of.toLocaleString('en-US')} lines`;
}

const SHOWN = 60;

export function shownText(text: string): string {
	const trimmed = text.trim();
	return trimmed.length > SHOWN ? `${trimmed.slice(0, SHOWN)}…` : trimmed;
}

/** Up to two lines as they are written, with the number of Procore that is read from them. */
export function exampleOf(
	{ ids, values }: Pick<Scored, 'ids' | 'values'>,
	lines: readonly SampleLine[],
	numbers: Numbers,
	most = 2,
): string[] {
	const examples: string[] = [];
	const shown = new Set<string>();
	for (const [index, line] of lines.entries()) {
		const id = ids[index];
		if (id === undefined || shown.has(id)) continue;
		shown.add(id);
		examples.push(`${lineShown(line)}: ${values[index]} is ${numbers.texts.get(id)} of Procore`);
		if (examples.length >= most) break;
	}
	return examples;
}

export function lineShown(line: SampleLine): string {
	const carriers = [
		['reference', line.reference],
		['PO number', line.purchaseOrder],
		['description', line.description],
	].flatMap(([name, value]) =>
		(value ?? '').trim() === '' ? [] : [`${name} "${shownText(value!)}"`],
	);
	return [`account ${shownText(line.account)}`, ...carriers].join(', ');
}

/** What else was looked at: place, lines, and how much of what stands there is a number of Procore. */
export function rankingOf(ranking: readonly Scored[]): string[] {
	return ranking
		.slice(0, 5)
		.map(
			({ name, matched, read, distinct }) =>
				`${name}: ${distinct.size} numbers of Procore on ${matched} of the ${read} lines that have something there`,
		);
}
