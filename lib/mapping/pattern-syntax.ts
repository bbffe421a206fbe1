import { charEscape, classEscape, hex, nextSign, readClass, type Reading } from './pattern-signs';

/** A pattern as the linear-time engine takes it. */
export interface TranslatedPattern {
	/** In RE2 syntax; all its groups are numbered. */
	source: string;
	/** Groups by name, with their numbers. */
	names: Array<[name: string, group: number]>;
	/** By alternative the ASCII texts, in lower case, that its matches hold; empty when one holds nothing for certain. */
	fixedTexts: string[][];
	/** Whether the engine may refuse it for its size or for a property it does not know. */
	uncertain: boolean;
}

/** RE2 takes no more repetitions, those of enclosing groups multiplied. */
const REPETITIONS = 1000;

/** Texts of one alternative that are remembered. */
const MOST_RUNS = 8;

const LOOK = 'it looks ahead or behind ((?=, (?!, (?<=, (?<!)';
const BACK = 'it refers back to what a group captured (\\1, \\k<name>)';
const CHANGING =
	'a group inside a repetition captures in some rounds only, and which text it keeps is not certain';
const EMPTY = 'what it repeats may match nothing, and what it finds is then not certain';

/** A group whose end is not reached yet. */
interface Open {
	/** Number of the first capture inside; its own, if it captures. */
	firstCapture: number;
	captures: boolean;
	/** Whether a round may go by without one of the captures inside. */
	mayMissCapture: boolean;
	/** Whether it has alternatives, or repetitions that take as little as they can. */
	undecided: boolean;
	/** Whether an alternative read so far can match nothing, and whether the present one can. */
	nullable: boolean;
	branchNullable: boolean;
	/** The same of the present alternative without its last piece. */
	nullableBefore: boolean;
	repeats: number;
}

/**
 * A JavaScript pattern, already known to be one, in the syntax of RE2 and with the meaning it has in
 * JavaScript. `unicode`: it was accepted as a Unicode pattern, otherwise in the older, laxer syntax.
 *
 * @throws Error that says for people what takes a search of unlimited time, or cannot be kept
 */
export function translatePattern(pattern: string, unicode: boolean): TranslatedPattern {
	const read: Reading = { pattern, at: 0, unicode, uncertain: false };
	let out = '';
	let groups = 0;
	const fixedTexts: string[][] = [];
	let runs: string[] = [];
	let run = '';
	const names: TranslatedPattern['names'] = [];
	const open: Open[] = [newGroup(1, false)];
	/** The last piece, to which a repetition belongs. */
	let piece: { group: Open | null; literal: boolean } | null = null;

	const endRun = () => {
		if (run !== '' && runs.length < MOST_RUNS) runs.push(run);
		run = '';
	};
	const branchEnds = () => {
		fixedTexts.push(runs);
		runs = [];
	};
	const literal = (code: number) => {
		out += hex(code);
		placed({ group: null, literal: true }, false);
		if (open.length > 1 || code > 126) endRun();
		else run += String.fromCharCode(code).toLowerCase();
	};
	const other = (text: string, nullable = false) => {
		endRun();
		out += text;
		placed({ group: null, literal: false }, nullable);
	};

	while (read.at < pattern.length) {
		const sign = pattern[read.at];
		const top = open[open.length - 1];
		if (sign === '\\') escape();
		else if (sign === '[') other(readClass(read));
		else if (sign === '(') openGroup();
		else if (sign === ')') {
			read.at += 1;
			endRun();
			const closed = open.pop()!;
			out += ')';
			const parent = open[open.length - 1];
			if (capturesIn(closed) && closed.mayMissCapture) parent.mayMissCapture = true;
			parent.undecided ||= closed.undecided;
			parent.repeats = Math.max(parent.repeats, closed.repeats);
			closed.nullable ||= closed.branchNullable;
			placed({ group: closed, literal: false }, closed.nullable);
		} else if (sign === '|') {
			read.at += 1;
			endRun();
			if (open.length === 1) branchEnds();
			top.undecided = true;
			// A capture in one alternative is missed by the others.
			top.mayMissCapture = true;
			top.nullable ||= top.branchNullable;
			top.branchNullable = true;
			out += '|';
			piece = null;
		} else if (piece && repetition()) continue;
		else if (sign === '.') {
			read.at += 1;
			other('[^\\x{a}\\x{d}\\x{2028}\\x{2029}]');
		} else if (sign === '^' || sign === '$') {
			read.at += 1;
			other(sign, true);
		} else {
			literal(nextSign(read));
		}
	}
	endRun();
	branchEnds();
	return {
		source: out,
		names,
		fixedTexts: fixedTexts.every((all) => all.length > 0) ? fixedTexts : [],
		uncertain: read.uncertain,
	};

	function placed(next: NonNullable<typeof piece>, nullable: boolean): void {
		const top = open[open.length - 1];
		piece = next;
		top.nullableBefore = top.branchNullable;
		top.branchNullable &&= nullable;
	}

	function openGroup(): void {
		endRun();
		const start = pattern.slice(read.at, read.at + 4);
		if (/^\(\?(?:[=!]|<[=!])/.test(start)) throw new Error(LOOK);
		if (start.startsWith('(?:')) {
			read.at += 3;
			out += '(?:';
			open.push(newGroup(groups + 1, false));
		} else {
			const named = /^\(\?P?<([^>]*)>/.exec(pattern.slice(read.at, read.at + 200));
			if (start.startsWith('(?') && !named) {
				throw new Error(
					'it changes flags inside ((?i)); upper and lower case count as equal anyway',
				);
			}
			groups += 1;
			if (named) names.push([named[1], groups]);
			read.at += named ? named[0].length : 1;
			out += '(';
			open.push(newGroup(groups, true));
		}
		piece = null;
	}

	function repetition(): boolean {
		const found = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/.exec(pattern.slice(read.at, read.at + 40));
		if (!found) return false;
		const sign = found[0][0];
		const least = sign === '{' ? Number(found[1]) : sign === '+' ? 1 : 0;
		const most =
			sign === '?'
				? 1
				: sign !== '{' || (found[2] && !found[3])
					? Infinity
					: Number(found[3] || found[1]);
		const count = Number.isFinite(most) ? most : least;
		const inner = piece?.group?.repeats ?? 1;
		const times = Math.max(1, count) * inner;
		if (times > REPETITIONS) throw new Error(`it repeats more than ${REPETITIONS} times`);
		if (times > 20) read.uncertain = true;
		const top = open[open.length - 1];
		top.repeats = Math.max(top.repeats, times);
		const group = piece?.group;
		if (group && most > 1 && group.mayMissCapture && capturesIn(group)) throw new Error(CHANGING);
		const holdsCapture = group && groups >= group.firstCapture;
		if (group?.nullable && (holdsCapture || group.undecided)) throw new Error(EMPTY);
		if (holdsCapture && least === 0) top.mayMissCapture = true;
		if (least === 0) top.branchNullable = top.nullableBefore;
		if (/.\?$/.test(found[0])) top.undecided = true;
		if (piece?.literal) run = run.slice(0, -1);
		endRun();
		out += found[0];
		read.at += found[0].length;
		piece = null;
		return true;
	}

	/** Captures below the group itself: its own is set in every round. */
	function capturesIn(group: Open): boolean {
		return groups >= group.firstCapture + (group.captures ? 1 : 0);
	}

	function escape(): void {
		const sign = pattern[read.at + 1];
		if (/[1-9]/.test(sign) || (sign === 'k' && (unicode || names.length > 0)))
			throw new Error(BACK);
		if (sign === 'b' || sign === 'B') {
			read.at += 2;
			other(`\\${sign}`, true);
			return;
		}
		const set = classEscape(read);
		if (set) other(set.alone);
		else literal(charEscape(read));
	}
}

function newGroup(firstCapture: number, captures: boolean): Open {
	return {
		firstCapture,
		captures,
		mayMissCapture: false,
		undecided: false,
		nullable: false,
		branchNullable: true,
		nullableBefore: true,
		repeats: 1,
	};
}
