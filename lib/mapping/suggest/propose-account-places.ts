import type { GpAccount } from '../../model/gp-records';
import { addTo } from '../../model/keys';
import { type AccountSigns, signsOf, splitAccount } from '../patterns';
import type { Format } from './propose-numbers';

/** A segment of the account, or a part of one: `from` below zero counts from its end. */
export interface Piece {
	/** 1 is the first. */
	segment: number;
	from: number;
	to: number | null;
	/** Letters and digits it has in every account; null where that varies. */
	length: number | null;
}

export interface AccountPlace {
	name: string;
	pieces: Piece[];
	/** Segments it uses up whole or in part. */
	segments: number[];
	signs: AccountSigns;
	read(account: string): string | null;
}

/** Whether two pieces share signs of a segment; where lengths vary, those that might do. */
export function overlaps(one: Piece, other: Piece): boolean {
	if (one.segment !== other.segment) return false;
	if (one.from === 0 && one.to === null) return true;
	if (other.from === 0 && other.to === null) return true;
	const [first, second] = one.from === 0 ? [one, other] : [other, one];
	// Both begin, or both end, the segment.
	if (first.from !== 0 || second.from === 0) return true;
	// The first signs and all but as many; all but the last signs and as many of the last.
	return !(
		first.to === second.from ||
		(first.to !== null && second.from > 0 && first.to > 0 && first.to <= second.from)
	);
}

/** Longest part of a segment that is looked at by itself. */
const LONGEST_PART = 8;

/**
 * Places in the account a number may stand in: each segment, two neighbours together, and, in
 * segments of four signs and more, their beginnings and ends. `free` says which are not taken yet.
 */
export function accountPlaces(
	accounts: readonly string[],
	free: (segment: number) => boolean = () => true,
): AccountPlace[] {
	const lengths = new Map<number, Set<number>>();
	for (const account of accounts) {
		splitAccount(account).forEach((segment, index) => {
			if (segment === '') return;
			const known = lengths.get(index + 1) ?? new Set<number>();
			lengths.set(index + 1, known.add(segment.length));
		});
	}
	const signs = signsOf(accounts);
	const split = new Map<string, string[]>();
	const placeOf = (name: string, pieces: Piece[]) => placeIn(signs, name, pieces, split);
	const segments = [...lengths.keys()].filter(free).sort((left, right) => left - right);
	const piece = (segment: number, from: number, to: number | null): Piece => {
		const [length, ...others] = lengths.get(segment)!;
		const all = others.length === 0 ? length : null;
		const left = all === null ? null : all - Math.abs(to === null ? from : to);
		return { segment, from, to, length: from < 0 ? -from : to !== null && to > 0 ? to : left };
	};
	const whole = (segment: number): Piece => piece(segment, 0, null);
	const places = segments.map((segment) => placeOf(`account segment ${segment}`, [whole(segment)]));
	// Neighbours, too, where only a segment that is blank everywhere stands between.
	const written = [...lengths.keys()].sort((left, right) => left - right);
	for (const segment of segments) {
		const next = written[written.indexOf(segment) + 1];
		if (next === undefined || !segments.includes(next)) continue;
		places.push(placeOf(`account segments ${segment} and ${next}`, [whole(segment), whole(next)]));
	}
	for (const segment of segments) {
		const longest = Math.max(...lengths.get(segment)!);
		if (longest < 4) continue;
		for (let part = 1; part < Math.min(longest, LONGEST_PART); part++) {
			const end = `${part} of account segment ${segment}`;
			places.push(placeOf(`the first ${end}`, [piece(segment, 0, part)]));
			places.push(placeOf(`the last ${end}`, [piece(segment, -part, null)]));
			places.push(placeOf(`all but the first ${end}`, [piece(segment, part, null)]));
			places.push(placeOf(`all but the last ${end}`, [piece(segment, 0, -part)]));
		}
	}
	return places;
}

/** `split`: parts of the accounts that some place was asked about already. */
function placeIn(
	signs: AccountSigns,
	name: string,
	pieces: Piece[],
	split: Map<string, string[]>,
): AccountPlace {
	const kept = new Map<string, string | null>();
	const read = (account: string): string | null => {
		let parts = split.get(account);
		if (!parts) split.set(account, (parts = splitAccount(account)));
		let value = '';
		for (const { segment, from, to } of pieces) {
			const text = parts[segment - 1] ?? '';
			const cut = Math.abs(to === null ? from : to);
			if (text.length <= cut && (from !== 0 || to !== null)) return null;
			const piece = text.slice(from, to ?? undefined);
			if (piece === '') return null;
			value += piece;
		}
		return value;
	};
	return {
		name,
		pieces,
		segments: [...new Set(pieces.map(({ segment }) => segment))],
		signs,
		read: (account) => {
			let value = kept.get(account);
			if (value === undefined) kept.set(account, (value = read(account)));
			return value;
		},
	};
}

export function isWholeSegment({ pieces }: Pick<AccountPlace, 'pieces'>): boolean {
	return pieces.length === 1 && pieces[0].from === 0 && pieces[0].to === null;
}

/** Whether reading the place gives Procore's number as it is. */
export function isPlain({ slices, literals, dropZeros }: Format): boolean {
	return (
		!dropZeros &&
		slices.length === 1 &&
		slices[0][0] === 0 &&
		slices[0][1] === null &&
		literals.join('') === ''
	);
}

/**
 * The place as pattern over the account, and the format that makes Procore's number of its groups.
 * Null where the parts cannot be told by a pattern: they would need lengths that vary.
 */
export function accountPattern(
	place: Pick<AccountPlace, 'pieces' | 'signs'>,
	format: Format,
): { pattern: string; format: string } | null {
	const { pieces, signs } = place;
	const { sign } = signs;
	const ahead = `${signs.segment}${signs.parts}`;
	if (format.dropZeros) {
		if (!isWholeSegment(place)) return null;
		const before = ahead.repeat(pieces[0].segment - 1);
		return { pattern: `^${before}0*(${signs.notZero}${sign}*)${signs.end}`, format: '$1' };
	}
	let pattern = '^';
	let groups = 0;
	const groupsOf: string[] = format.slices.map(() => '');
	let start = 0;
	let segment = 1;
	for (const [index, piece] of pieces.entries()) {
		for (; segment < piece.segment; segment++) pattern += ahead;
		if (piece.from > 0) pattern += `${sign}{${piece.from}}`;
		if (piece.from < 0) pattern += `${sign}*`;
		const { length } = piece;
		const isLast = index === pieces.length - 1;
		if (length === null && !isLast) return null;
		const end = length === null ? null : start + length;
		let at = start;
		for (const [number, [from, to]] of format.slices.entries()) {
			if ((end !== null && from >= end) || (to !== null && to <= start)) continue;
			const first = Math.max(from, start);
			if (first > at) pattern += `${sign}{${first - at}}`;
			const last = to === null ? end : end === null ? to : Math.min(to, end);
			const toItsEnd = first === start && last === end && piece.from >= 0 && (piece.to ?? -1) < 0;
			const fixed = last !== null && !toItsEnd;
			pattern += `(${sign}${fixed ? `{${last - first}}` : '+'})`;
			groupsOf[number] += `$${++groups}`;
			if (last === null) {
				at = Infinity;
				break;
			}
			at = last;
		}
		if (at === start && end !== null) pattern += `${sign}{${end - start}}`;
		else if (end !== null && at < end) pattern += `${sign}{${end - at}}`;
		if (piece.to !== null && piece.to > 0) pattern += `${sign}*`;
		if (piece.to !== null && piece.to < 0) pattern += `${sign}{${-piece.to}}`;
		if (end !== null) start = end;
		segment = piece.segment + 1;
		pattern += isLast ? signs.end : signs.parts;
	}
	if (groups > 9 || groupsOf.some((group) => group === '')) return null;
	const made = format.literals[0] + groupsOf.map((g, i) => g + format.literals[i + 1]).join('');
	return { pattern, format: made };
}

/** Fewer accounts of a kind say nothing about a segment. */
const FEWEST = 2;
/** Share of the accounts with one value of the natural segment that are of one kind. */
const PURE = 0.95;

/**
 * The segment of the natural account: the one whose value alone tells whether an account is on the
 * balance sheet. 0 where the chart does not tell, or several do and none has clearly more values.
 */
export function naturalSegment(accounts: readonly GpAccount[]): number {
	const told = accounts.filter(
		({ postingType, type }) => postingType !== 'unknown' && type === 'posting',
	);
	const kinds = (of: readonly GpAccount[]) => ({
		sheet: of.filter(({ postingType }) => postingType === 'balanceSheet').length,
		result: of.filter(({ postingType }) => postingType === 'profitAndLoss').length,
	});
	const all = kinds(told);
	if (all.sheet < FEWEST || all.result < FEWEST) return 0;
	const found: Array<{ segment: number; values: number; purity: number }> = [];
	for (const [segment, groups] of valuesBySegment(told)) {
		let pure = 0;
		let shared = 0;
		for (const group of groups.values()) {
			const { sheet, result } = kinds(group);
			pure += Math.max(sheet, result);
			if (sheet > 0 && result > 0) shared += group.length;
		}
		const purity = pure / told.length;
		if (purity >= PURE && groups.size >= 3) {
			found.push({ segment, values: groups.size, purity: purity - shared / told.length });
		}
	}
	found.sort((left, right) => right.purity - left.purity || right.values - left.values);
	return found[0]?.segment ?? 0;
}

/** Accounts by the value of each segment; 1 is the first. */
export function valuesBySegment(
	accounts: readonly GpAccount[],
): Map<number, Map<string, GpAccount[]>> {
	const segments = new Map<number, Map<string, GpAccount[]>>();
	for (const account of accounts) {
		splitAccount(account.account).forEach((value, index) => {
			if (value === '') return;
			const groups = segments.get(index + 1) ?? new Map<string, GpAccount[]>();
			segments.set(index + 1, groups);
			addTo(groups, value, account);
		});
	}
	return segments;
}

/** Accounts by what a place in them says. */
export function accountsByValue(
	accounts: readonly GpAccount[],
	read: (account: string) => string | null,
): Map<string, GpAccount[]> {
	const groups = new Map<string, GpAccount[]>();
	for (const account of accounts) {
		const value = read(account.account);
		if (value !== null) addTo(groups, value, account);
	}
	return groups;
}

/** Share of these accounts whose description fits; 0 where none has one. */
export function shareDescribed(accounts: readonly GpAccount[], words: RegExp): number {
	const described = accounts.filter(({ description }) => (description ?? '').trim() !== '');
	if (described.length === 0) return 0;
	return described.filter(({ description }) => words.test(description!)).length / described.length;
}
