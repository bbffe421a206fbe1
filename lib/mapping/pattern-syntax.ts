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

/** What JavaScript takes for a blank, and where a line ends: RE2 knows fewer of both. */
const SPACE =
	'\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_SPACE =
	'\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const CONTROL: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13 };
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
	let at = 0;
	let out = '';
	let groups = 0;
	let uncertain = false;
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

	while (at < pattern.length) {
		const sign = pattern[at];
		const top = open[open.length - 1];
		if (sign === '\\') escape();
		else if (sign === '[') other(readClass());
		else if (sign === '(') openGroup();
		else if (sign === ')') {
			at += 1;
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
			at += 1;
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
			at += 1;
			other('[^\\x{a}\\x{d}\\x{2028}\\x{2029}]');
		} else if (sign === '^' || sign === '$') {
			at += 1;
			other(sign, true);
		} else {
			const code = pattern.codePointAt(at)!;
			at += code > 0xffff ? 2 : 1;
			literal(code);
		}
	}
	endRun();
	branchEnds();
	return {
		source: out,
		names,
		fixedTexts: fixedTexts.every((all) => all.length > 0) ? fixedTexts : [],
		uncertain,
	};

	function placed(next: NonNullable<typeof piece>, nullable: boolean): void {
		const top = open[open.length - 1];
		piece = next;
		top.nullableBefore = top.branchNullable;
		top.branchNullable &&= nullable;
	}

	function openGroup(): void {
		endRun();
		const start = pattern.slice(at, at + 4);
		if (/^\(\?(?:[=!]|<[=!])/.test(start)) throw new Error(LOOK);
		if (start.startsWith('(?:')) {
			at += 3;
			out += '(?:';
			open.push(newGroup(groups + 1, false));
		} else {
			const named = /^\(\?P?<([^>]*)>/.exec(pattern.slice(at, at + 200));
			if (start.startsWith('(?') && !named) {
				throw new Error(
					'it changes flags inside ((?i)); upper and lower case count as equal anyway',
				);
			}
			groups += 1;
			if (named) names.push([named[1], groups]);
			at += named ? named[0].length : 1;
			out += '(';
			open.push(newGroup(groups, true));
		}
		piece = null;
	}

	function repetition(): boolean {
		const found = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/.exec(pattern.slice(at, at + 40));
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
		if (times > 20) uncertain = true;
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
		at += found[0].length;
		piece = null;
		return true;
	}

	/** Captures below the group itself: its own is set in every round. */
	function capturesIn(group: Open): boolean {
		return groups >= group.firstCapture + (group.captures ? 1 : 0);
	}

	function escape(): void {
		const sign = pattern[at + 1];
		if (/[1-9]/.test(sign) || (sign === 'k' && (unicode || names.length > 0)))
			throw new Error(BACK);
		if (sign === 'b' || sign === 'B') {
			at += 2;
			other(`\\${sign}`, true);
			return;
		}
		const set = classEscape();
		if (set) other(set.alone);
		else literal(charEscape());
	}

	/** \d, \w, \s, \p{…} and their opposites, alone and inside brackets; null for a single sign. */
	function classEscape(): { alone: string; inside: string } | null {
		const sign = pattern[at + 1];
		if ('dDwW'.includes(sign)) {
			at += 2;
			return { alone: `\\${sign}`, inside: `\\${sign}` };
		}
		if (sign === 's' || sign === 'S') {
			at += 2;
			const inside = sign === 's' ? SPACE : NO_SPACE;
			return { alone: `[${inside}]`, inside };
		}
		if (unicode && (sign === 'p' || sign === 'P')) {
			const end = pattern.indexOf('}', at);
			const name = pattern.slice(at + 3, end).replace(/^[A-Za-z_]+=/, '');
			at = end + 1;
			uncertain = true;
			const text = `\\${sign}{${PROPERTIES[name] ?? name}}`;
			return { alone: text, inside: text };
		}
		return null;
	}

	/** Code point of an escaped sign. */
	function charEscape(): number {
		const sign = pattern[at + 1];
		const rest = pattern.slice(at + 1, at + 14);
		const digits =
			/^x([0-9a-f]{2})/i.exec(rest) ??
			(unicode ? /^u\{([0-9a-f]+)\}/i.exec(rest) : null) ??
			/^u([0-9a-f]{4})/i.exec(rest);
		if (digits) {
			at += 1 + digits[0].length;
			const code = parseInt(digits[1], 16);
			const low = /^\\u(d[c-f][0-9a-f]{2})/i.exec(pattern.slice(at, at + 6));
			if (!low || code < 0xd800 || code > 0xdbff) return code;
			at += 6;
			return (code - 0xd800) * 0x400 + (parseInt(low[1], 16) - 0xdc00) + 0x10000;
		}
		const control = /^c([a-z])/i.exec(rest);
		if (control) {
			at += 3;
			return control[1].charCodeAt(0) % 32;
		}
		if (sign === 'c') {
			// The older syntax takes the backslash itself.
			at += 1;
			return 92;
		}
		if (/^0\d/.test(rest))
			throw new Error('it writes a sign as an octal number; write \\x00 instead');
		const code = pattern.codePointAt(at + 1)!;
		at += code > 0xffff ? 3 : 2;
		if (sign === '0') return 0;
		return CONTROL[sign] ?? code;
	}

	function readClass(): string {
		at += 1;
		const negated = pattern[at] === '^';
		if (negated) at += 1;
		const parts: string[] = [];
		while (pattern[at] !== ']') {
			const from = member();
			if (pattern[at] !== '-' || pattern[at + 1] === ']') {
				parts.push(typeof from === 'number' ? hex(from) : from);
				continue;
			}
			at += 1;
			const to = member();
			if (typeof from === 'number' && typeof to === 'number') parts.push(`${hex(from)}-${hex(to)}`);
			else parts.push(...[from, 45, to].map((one) => (typeof one === 'number' ? hex(one) : one)));
		}
		at += 1;
		if (parts.length > 0) return `[${negated ? '^' : ''}${parts.join('')}]`;
		return negated ? '[\\x{0}-\\x{10ffff}]' : '[^\\x{0}-\\x{10ffff}]';
	}

	/** One member of a class: a code point, or a set as text. */
	function member(): number | string {
		if (pattern[at] !== '\\') {
			const code = pattern.codePointAt(at)!;
			at += code > 0xffff ? 2 : 1;
			return code;
		}
		if (pattern[at + 1] === 'b') {
			at += 2;
			return 8;
		}
		if (/[1-9]/.test(pattern[at + 1])) {
			throw new Error('it writes a sign as an octal number; write \\x01 instead');
		}
		const set = classEscape();
		return set ? set.inside : charEscape();
	}
}

/** Long names of the properties people use, as RE2 calls them. */
const PROPERTIES: Record<string, string> = {
	Letter: 'L',
	Lowercase_Letter: 'Ll',
	Uppercase_Letter: 'Lu',
	Mark: 'M',
	Number: 'N',
	Decimal_Number: 'Nd',
	Punctuation: 'P',
	Symbol: 'S',
	Currency_Symbol: 'Sc',
	Separator: 'Z',
	Space_Separator: 'Zs',
};

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

function hex(code: number): string {
	return `\\x{${code.toString(16)}}`;
}
