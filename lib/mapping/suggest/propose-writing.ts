import { bare, type Written } from './propose-numbers';

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
