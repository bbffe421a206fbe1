import { keyOf } from '../crosswalk-index';

/** Shorter numbers are compared as they are written only: "01" is no "1". */
const SHORT = 3;

/** How a number of GP is written beside the one of Procore; letters and digits alone are compared. */
export type Written =
	| { kind: 'same' }
	/** Other separators, or none: 24015 and 24-015. */
	| { kind: 'bare' }
	/** Other leading zeros: 00301 and 301. */
	| { kind: 'zeros' }
	/** Procore has something constant around it: 301 and P-301. */
	| { kind: 'added'; before: string; after: string }
	/** GP has something constant around it: J301 and 301. */
	| { kind: 'within'; before: string; after: string }
	/** It is the last part of Procore's, what stands before differs: 301 and 2024-301. */
	| { kind: 'part' };

export interface Numbers {
	size: number;
	texts: ReadonlyMap<string, string>;
	/** Id of the one number this value is; undefined where it is none or several. */
	find(value: string, written: Written): string | undefined;
	/** How most of these values are written, the simplest first among equals. */
	writtenOf(values: readonly string[]): Written;
}

export function bare(text: string): string {
	return keyOf(text).replace(/[^\p{L}\p{N}]/gu, '');
}

export function unpadded(text: string): string {
	return bare(text).replace(/^0+(?=.)/, '');
}

/** Numbers of Procore, by id. */
export function numbersOf(entries: ReadonlyArray<readonly [id: string, text: string]>): Numbers {
	const texts = new Map(entries.filter(([, text]) => bare(text) !== ''));
	const index = (key: (text: string) => string, least = 1) => {
		const found = new Map<string, string | null>();
		for (const [id, text] of texts) {
			const name = key(text);
			if (name.length >= least) found.set(name, found.has(name) ? null : id);
		}
		return found;
	};
	const same = index(keyOf);
	const byBare = index(bare, SHORT);
	const byUnpadded = index(unpadded, SHORT);
	const byPart = index((text) => bare(text.split(/[^\p{L}\p{N}]+/u).at(-1) ?? ''), SHORT);

	function find(value: string, written: Written): string | undefined {
		switch (written.kind) {
			case 'same':
				return same.get(keyOf(value)) ?? undefined;
			case 'bare':
				return byBare.get(bare(value)) ?? undefined;
			case 'zeros':
				return byUnpadded.get(unpadded(value)) ?? undefined;
			case 'added':
				return byBare.get(written.before + bare(value) + written.after) ?? undefined;
			case 'within':
				return byBare.get(inner(bare(value), written) ?? '') ?? undefined;
			case 'part':
				return byPart.get(bare(value)) ?? undefined;
		}
	}

	function writtenOf(values: readonly string[]): Written {
		const kinds: Written[] = [
			{ kind: 'same' },
			{ kind: 'bare' },
			{ kind: 'zeros' },
			...affixes(values.map(bare), [...byBare.keys()]),
			{ kind: 'part' },
		];
		let best = kinds[0];
		let most = 0;
		for (const kind of kinds) {
			const found = new Set(values.map((value) => find(value, kind)));
			found.delete(undefined);
			// One that is less simple has to explain clearly more.
			if (found.size > most * 1.1 && found.size > most + (most === 0 ? 0 : 1)) {
				[best, most] = [kind, found.size];
			}
		}
		return best;
	}

	return { size: texts.size, texts, find, writtenOf };
}

/** What stands between a constant beginning and end; undefined where these are not there. */
export function inner(
	text: string,
	{ before, after }: { before: string; after: string },
): string | undefined {
	const least = before.length + after.length;
	if (text.length <= least || !text.startsWith(before) || !text.endsWith(after)) return undefined;
	return text.slice(before.length, text.length - after.length);
}

const PAIRS = 200_000;

/**
 * The constant beginnings and ends that most often make a number of a value, or a value of a number. None is
 * added where a value could be several numbers by another one: 015 with 23-015 and 24-015.
 */
function affixes(values: string[], numbers: string[]): Written[] {
	const counts = new Map<string, { written: Written; of: Set<string> }>();
	const note = (written: Written & { before: string; after: string }, number: string) => {
		const key = `${written.kind} ${written.before} ${written.after}`;
		const known = counts.get(key) ?? { written, of: new Set<string>() };
		counts.set(key, known);
		known.of.add(number);
	};
	const doubtful = { before: false, after: false };
	let pairs = 0;
	for (const value of new Set(values)) {
		if (value.length < SHORT) continue;
		const lengths = { before: new Set<number>(), after: new Set<number>() };
		const added = (side: 'before' | 'after', { length }: string) => {
			doubtful[side] ||= lengths[side].has(length);
			lengths[side].add(length);
		};
		for (const number of numbers) {
			if (++pairs > PAIRS) break;
			if (number === value) continue;
			for (const [kind, long, short] of [
				['added', number, value],
				['within', value, number],
			] as const) {
				if (short.length < SHORT || long.length <= short.length) continue;
				const rest = long.length - short.length;
				if (kind === 'added' && long.endsWith(short)) added('before', long);
				if (kind === 'added' && long.startsWith(short)) added('after', long);
				if (long.endsWith(short)) note({ kind, before: long.slice(0, rest), after: '' }, number);
				if (long.startsWith(short)) note({ kind, before: '', after: long.slice(-rest) }, number);
			}
		}
	}
	return [...counts.values()]
		.filter(({ of, written }) => of.size >= 3 && !isDoubtful(written))
		.sort((left, right) => right.of.size - left.of.size)
		.slice(0, 4)
		.map(({ written }) => written);

	function isDoubtful(written: Written): boolean {
		if (written.kind !== 'added') return false;
		return (written.before !== '' && doubtful.before) || (written.after !== '' && doubtful.after);
	}
}

/** How Procore's number is put together from a value of GP. */
export interface Format {
	/** Parts of the value's letters and digits; the last may be open (null). */
	slices: Array<[from: number, to: number | null]>;
	/** Literals around and between the slices: one more than slices. */
	literals: string[];
	/** Leading zeros of the value are dropped first. */
	dropZeros?: true;
}

const MOST = 0.98;

/**
 * Learns from pairs of value and number how the number is written, such as "P-" and the first two,
 * "-" and the rest. Null where no one way holds for nearly all: the numbers are then linked one by one.
 */
export function formatOf(
	pairs: ReadonlyArray<readonly [value: string, number: string]>,
	written: Written,
): Format | null {
	if (written.kind === 'part' || pairs.length === 0) return null;
	if (written.kind === 'zeros') {
		const dropped = pairs.every(
			([value, number]) => /^[1-9\p{L}][\p{L}\p{N}]*$/u.test(number) && bare(value) !== '',
		);
		if (dropped) return { slices: [[0, null]], literals: ['', ''], dropZeros: true };
	}
	const counts = new Map<string, { format: Format; pairs: number }>();
	for (const [value, number] of pairs) {
		const format = formatOfPair(bare(value), number, written);
		if (!format) continue;
		const key = JSON.stringify(format);
		const known = counts.get(key) ?? { format, pairs: 0 };
		counts.set(key, known);
		known.pairs += 1;
	}
	const best = [...counts.values()].sort((left, right) => right.pairs - left.pairs)[0];
	return best && best.pairs >= pairs.length * MOST ? best.format : null;
}

function formatOfPair(value: string, number: string, written: Written): Format | null {
	const all = bare(number);
	// Where in the number the value begins, and where in the value the number does.
	let [inNumber, inValue] = [0, 0];
	if (written.kind === 'added') inNumber = written.before.length;
	if (written.kind === 'within') inValue = written.before.length;
	if (written.kind === 'zeros') {
		inNumber = Math.max(0, all.length - value.length);
		inValue = Math.max(0, value.length - all.length);
	}
	const length = Math.min(all.length - inNumber, value.length - inValue);
	if (written.kind === 'added' && written.after) {
		if (length !== value.length) return null;
	}
	const slices: Format['slices'] = [];
	const literals = [''];
	let at = 0;
	let open = false;
	for (const sign of number.trim()) {
		const isPart = /[\p{L}\p{N}]/u.test(sign);
		const inside = isPart && at >= inNumber && at < inNumber + length;
		if (inside) {
			const place = at - inNumber + inValue;
			if (open) slices[slices.length - 1][1] = place + 1;
			else {
				slices.push([place, place + 1]);
				literals.push('');
			}
		} else literals[literals.length - 1] += sign;
		open = inside;
		if (isPart) at += 1;
	}
	if (slices.length === 0) return null;
	const last = slices[slices.length - 1];
	if (last[1] === value.length) last[1] = null;
	return { slices, literals };
}

/** Procore's number as the format makes it of a value; '' where the value is too short. */
export function written(value: string, { slices, literals, dropZeros }: Format): string {
	const letters = dropZeros ? bare(value).replace(/^0+(?=.)/, '') : bare(value);
	let text = literals[0];
	for (const [index, [from, to]] of slices.entries()) {
		if (letters.length <= from || (to !== null && letters.length < to)) return '';
		text += letters.slice(from, to ?? undefined) + literals[index + 1];
	}
	return text;
}
