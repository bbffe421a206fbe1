import { ANSWER_LIMITS, type AnswerLimits, type Steps } from './read-body';

/** Why a text is not taken as JSON. */
export class JsonRefused extends Error {
	constructor(
		readonly why:
			| 'malformed'
			| 'cut-off'
			| 'too-deep'
			| 'too-many-values'
			| 'too-many-rows'
			| 'too-long-text',
		/** Character at which it was noticed. */
		readonly at: number,
	) {
		super(`${why} at ${at}`);
		this.name = 'JsonRefused';
	}
}

export interface JsonOptions {
	/**
	 * JSON.parse makes floats of numbers. Up to 15 significant digits they come back unchanged
	 * through String(number); longer ones stay text when this is set, so that no digit is lost.
	 */
	keepLongNumbers?: boolean;
	/** Take control characters that stand in a text as they are, which JSON forbids and some services send. */
	bareControls?: boolean;
	limits?: Partial<AnswerLimits>;
}

const NUMBER = /-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,400})?/y;
/** Neither a backslash nor a control character. */
const PLAIN = /^[ -!#-[\]-\uffff]*$/;
const CONTROLS = /[^\P{Cc}\x7f-\x9f]/gu;
const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** Values between two places where others may have their turn: well below a millisecond. */
const VALUES_PER_STEP = 500;
/** Characters after which others have their turn, however few values there were. */
const CHARACTERS_PER_STEP = 65_536;

type Container = unknown[] | Record<string, unknown>;

/**
 * Reads JSON like JSON.parse, in steps, without recursion and within limits: a large answer never
 * holds up the event loop, and a hostile one is refused before it has filled the memory.
 *
 * @throws JsonRefused
 */
export function* readJson(text: string, options: JsonOptions = {}): Steps<unknown> {
	const limits = { ...ANSWER_LIMITS, ...options.limits };
	const stack: Container[] = [];
	const names: string[] = [];
	let name = '';
	let at = 0;
	let count = 0;
	let turn = 0;

	const refuse = (why: JsonRefused['why']): never => {
		throw new JsonRefused(why, at);
	};
	const fail = (): never => refuse(at >= text.length ? 'cut-off' : 'malformed');
	const skipBlanks = () => {
		for (;;) {
			const code = text.charCodeAt(at);
			if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
			at += 1;
		}
	};
	const readText = (): string => {
		const start = at;
		let end = text.indexOf('"', at + 1);
		while (end >= 0 && end - start <= limits.text && isEscaped(text, end, start))
			end = text.indexOf('"', end + 1);
		if (end < 0) {
			at = text.length;
			return refuse('cut-off');
		}
		if (end - start > limits.text) refuse('too-long-text');
		at = end + 1;
		const inner = text.slice(start + 1, end);
		// A long slice would keep the whole answer in memory as long as it lives; JSON.parse copies.
		if (inner.length < 13 && PLAIN.test(inner)) return inner;
		const whole = text.slice(start, end + 1);
		try {
			return JSON.parse(options.bareControls ? whole.replace(CONTROLS, escaped) : whole) as string;
		} catch {
			at = start;
			return refuse('malformed');
		}
	};
	const readScalar = (): unknown => {
		switch (text[at]) {
			case '"':
				return readText();
			case 't':
				return word('true', true);
			case 'f':
				return word('false', false);
			case 'n':
				return word('null', null);
			default:
				return readNumber();
		}
	};
	const word = (letters: string, value: unknown) => {
		if (!text.startsWith(letters, at)) {
			if (letters.startsWith(text.slice(at))) at = text.length;
			return fail();
		}
		at += letters.length;
		return value;
	};
	const readNumber = (): unknown => {
		NUMBER.lastIndex = at;
		const digits = NUMBER.exec(text)?.[0];
		if (digits === undefined) return fail();
		at += digits.length;
		if (options.keepLongNumbers && digits.length > 15 && digits.replace(/\D/g, '').length > 15)
			return digits;
		return Number(digits);
	};
	const put = (container: Container, value: unknown) => {
		if (Array.isArray(container)) {
			if (container.length >= limits.rows) refuse('too-many-rows');
			container.push(value);
		} else if (name === '__proto__') {
			Object.defineProperty(container, name, {
				value,
				enumerable: true,
				configurable: true,
				writable: true,
			});
		} else container[name] = value;
	};
	const readName = () => {
		skipBlanks();
		if (text[at] !== '"') fail();
		name = readText();
		skipBlanks();
		if (text[at] !== ':') fail();
		at += 1;
	};

	for (;;) {
		count += 1;
		if (count > limits.values) refuse('too-many-values');
		if (count % VALUES_PER_STEP === 0 || at - turn > CHARACTERS_PER_STEP) {
			turn = at;
			yield;
		}
		skipBlanks();
		let value: unknown;
		const opening = text[at];
		if (opening === '{' || opening === '[') {
			at += 1;
			skipBlanks();
			const container: Container = opening === '{' ? {} : [];
			if (text[at] === (opening === '{' ? '}' : ']')) {
				at += 1;
				value = container;
			} else {
				if (stack.length >= limits.depth) refuse('too-deep');
				stack.push(container);
				names.push(name);
				if (opening === '{') readName();
				continue;
			}
		} else value = readScalar();

		// A value is complete: into its container, and out of every container that ends here.
		for (;;) {
			const container = stack.at(-1);
			if (container === undefined) {
				skipBlanks();
				if (at < text.length) refuse('malformed');
				return value;
			}
			put(container, value);
			skipBlanks();
			const mark = text[at];
			const list = Array.isArray(container);
			if (mark === ',') {
				at += 1;
				if (!list) readName();
				break;
			}
			if (mark !== (list ? ']' : '}')) fail();
			at += 1;
			stack.pop();
			name = names.pop()!;
			value = container;
		}
	}
}

/** Whether the quotation mark at `end` belongs to the text: an odd number of backslashes before it. */
function isEscaped(text: string, end: number, start: number): boolean {
	let at = end - 1;
	while (at > start && text[at] === '\\') at -= 1;
	return (end - at) % 2 === 0;
}
