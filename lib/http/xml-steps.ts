import { ANSWER_LIMITS, type AnswerLimits, type Steps } from './read-body';

/** Why a text is not taken as XML. */
export class XmlRefused extends Error {
	constructor(
		readonly why:
			| 'malformed'
			| 'cut-off'
			| 'doctype'
			| 'too-deep'
			| 'too-many-values'
			| 'too-many-rows'
			| 'too-long-text',
		/** What is wrong, in words. */
		readonly detail: string,
		readonly line: number,
	) {
		super(`${why}, line ${line}: ${detail}`);
		this.name = 'XmlRefused';
	}
}

export interface XmlOptions {
	limits?: AnswerLimits;
	/** Keep the concrete type of an abstract element (`xsi:type`, prefix off) as member "@type". */
	types?: boolean;
	/** Keep the blanks at the ends of a text; one of nothing else is null all the same. */
	keepBlanks?: boolean;
	/** Give the root element as the only member, under its name. */
	withRoot?: boolean;
}

interface Open {
	nil: boolean;
	type: string | null;
	/** As written, with its prefix. */
	tag: string;
	members: Map<string, unknown[]>;
	text: string[];
}

const TAG_NAME = /[A-Za-z_\u0080-\uffff][\w.:\u0080-\uffff-]{0,200}/y;
const NIL = /[\s:]nil\s{0,4}=\s{0,4}["'](?:true|1)["']/;
const TYPE = /:type\s{0,4}=\s{0,4}["'](?:[\w.-]{1,80}:)?([\w.-]{1,200})["']/;
const TAGS_PER_STEP = 500;
/** Characters after which others have their turn, however few tags there were. */
const CHARACTERS_PER_STEP = 65_536;

/**
 * Reads XML as plain members: attributes and prefixes off, a repeated element as a list, a leaf as its
 * trimmed text (money and keys must stay text), an empty one (`i:nil`) as null; text beside elements
 * as "#text". The root's name is left off. In steps, without recursion, within limits; no document
 * type declaration and so no entities but the built-in ones.
 *
 * @throws XmlRefused
 */
export function* readXml(text: string, options: XmlOptions = {}): Steps<unknown> {
	const limits = options.limits ?? ANSWER_LIMITS;
	const stack: Open[] = [];
	let root: { value: unknown } | undefined;
	let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
	let count = 0;
	let turn = 0;

	const refuse = (why: XmlRefused['why'], detail: string): never => {
		throw new XmlRefused(why, detail, lineOf(text, at));
	};
	const after = (mark: string, from: number, what: string): number => {
		const found = text.indexOf(mark, from);
		return found < 0 ? refuse('cut-off', `${what} does not end`) : found + mark.length;
	};
	const addText = (piece: string) => {
		if (piece.length > limits.text) refuse('too-long-text', 'a text is too long');
		const open = stack.at(-1);
		if (open) open.text.push(piece);
		else if (piece.trim() !== '') refuse('malformed', 'text stands outside of the root element');
	};
	const tagName = (from: number): string => {
		TAG_NAME.lastIndex = from;
		return TAG_NAME.exec(text)?.[0] ?? refuse('malformed', 'a tag has no name');
	};
	const close = (tag: string) => {
		const open = stack.pop();
		if (!open || open.tag !== tag)
			return refuse('malformed', `closing tag "${tag.slice(0, 40)}" has no opening one`);
		const value = valueOf(open, options.keepBlanks ?? false);
		const name = tag.slice(tag.lastIndexOf(':') + 1);
		const parent = stack.at(-1);
		if (!parent) {
			root = { value: options.withRoot ? { [name]: value } : value };
			return;
		}
		const others = parent.members.get(name);
		if (others === undefined) parent.members.set(name, [value]);
		else if (others.push(value) > limits.rows) refuse('too-many-rows', 'a list is too long');
	};

	for (;;) {
		count += 1;
		if (count > limits.values) refuse('too-many-values', 'there are too many elements');
		if (count % TAGS_PER_STEP === 0 || at - turn > CHARACTERS_PER_STEP) {
			turn = at;
			yield;
		}
		const open = text.indexOf('<', at);
		if (open < 0) {
			addText(text.slice(at));
			if (stack.length > 0) {
				at = text.length;
				refuse('cut-off', `element "${stack.at(-1)!.tag.slice(0, 40)}" does not end`);
			}
			if (!root) refuse('malformed', 'there is no element');
			return root!.value;
		}
		if (open - at > limits.text) refuse('too-long-text', 'a text is too long');
		if (open > at) addText(decodeEntities(text.slice(at, open)));
		at = open;
		if (text.startsWith('<!--', at)) at = after('-->', at + 4, 'a comment');
		else if (text.startsWith('<![CDATA[', at)) {
			const end = after(']]>', at + 9, 'a CDATA section');
			addText(text.slice(at + 9, end - 3));
			at = end;
		} else if (text.startsWith('<?', at)) at = after('?>', at + 2, 'a declaration');
		else if (text.startsWith('<!', at)) {
			refuse('doctype', 'it contains a document type declaration');
		} else if (text[at + 1] === '/') {
			const tag = tagName(at + 2);
			const end = after('>', at + 2, 'a tag');
			if (text.slice(at + 2 + tag.length, end - 1).trim() !== '')
				refuse('malformed', `closing tag "${tag.slice(0, 40)}" holds something else`);
			close(tag);
			at = end;
		} else {
			const tag = tagName(at + 1);
			if (root) refuse('malformed', 'there is more than one root element');
			if (stack.length >= limits.depth) refuse('too-deep', 'elements are nested too deeply');
			const end = tagEnd(text, at + 1);
			if (end === TOO_LONG) refuse('too-long-text', 'a tag is too long');
			if (end < 0) {
				at = text.length;
				refuse('cut-off', 'a tag does not end');
			}
			const attributes = text.slice(at + 1 + tag.length, Math.min(end, at + 2_000));
			stack.push({
				tag,
				members: new Map(),
				text: [],
				nil: attributes.includes('nil') && NIL.test(attributes),
				type: options.types ? (TYPE.exec(attributes)?.[1] ?? null) : null,
			});
			if (text[end - 1] === '/') close(tag);
			at = end + 1;
		}
	}
}

const LONGEST_TAG = 65_536;
const TOO_LONG = -2;

/** Where ">" stands outside of quotation marks; -1 when nowhere. */
function tagEnd(text: string, from: number): number {
	for (let at = from; at < text.length; at += 1) {
		if (at - from > LONGEST_TAG) return TOO_LONG;
		const character = text[at]!;
		if (character === '>') return at;
		if (character === '"' || character === "'") {
			at = text.indexOf(character, at + 1);
			if (at < 0) return -1;
		}
	}
	return -1;
}

function valueOf({ members, text, nil, type }: Open, keepBlanks: boolean): unknown {
	const written = text.join('');
	const own = written.trim();
	if (nil) return null;
	if (members.size === 0) return own === '' ? null : keepBlanks ? written : own;
	const entries: Array<[string, unknown]> = own === '' ? [] : [['#text', own]];
	for (const [name, values] of members)
		entries.push([name, values.length === 1 ? values[0] : values]);
	if (type !== null) entries.push(['@type', type]);
	return Object.fromEntries(entries);
}

const NAMED: Record<string, string> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0',
	cent: '¢',
	pound: '£',
	yen: '¥',
	euro: '€',
	copy: '©',
	reg: '®',
};

function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		/&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([a-z]{2,5}));/g,
		(all, decimal?: string, hex?: string, name?: string) => {
			if (name !== undefined) return NAMED[name] ?? all;
			const code = decimal !== undefined ? Number(decimal) : parseInt(hex!, 16);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
		},
	);
}

function lineOf(text: string, at: number): number {
	let line = 1;
	for (
		let found = text.indexOf('\n');
		found >= 0 && found < at;
		found = text.indexOf('\n', found + 1)
	)
		line += 1;
	return line;
}
