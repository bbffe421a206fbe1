export class BadFilter extends Error {}

/** Perhaps only the record at hand lacks it. */
export class UnknownProperty extends BadFilter {}

type Test = (record: Record<string, unknown>) => boolean;
/** What a record has there, in the form in which it is compared. */
type Operand = (record: Record<string, unknown>) => unknown;

/**
 * The part of OData's `$filter` a reader of lists uses: comparisons, and/or/not, parentheses,
 * startswith/endswith/contains/substringof. Literals of v3 (`datetime'…'`) and v4 (`…Z`).
 * Comparison is SQL Server's: no case, no trailing blanks. An unknown property is an error.
 */
export function compileFilter(expression: string): Test {
	const parser = new Parser(tokenize(expression));
	const test = parser.or();
	parser.end();
	return test;
}

/** Properties a `$filter` looks at, by the first part of their names. */
export function propertiesOf(expression: string): Set<string> {
	const words = new Set(['and', 'or', 'not', 'true', 'false', 'null', ...Object.keys(COMPARISONS)]);
	const names = tokenize(expression).filter((token) => PROPERTY.test(token));
	return new Set(names.map((name) => name.split('/')[0]).filter((name) => !words.has(name)));
}

const PROPERTY = /^[A-Za-z_][\w/]*$/;

/** `A desc, B` → comparison of records. */
export function compileOrder(
	expression: string,
): (left: Record<string, unknown>, right: Record<string, unknown>) => number {
	const terms = expression.split(',').map((term) => {
		const match = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(term);
		if (!match) throw new BadFilter(`"${term.trim()}" is not an order`);
		return { read: property(match[1]), sign: match[2]?.toLowerCase() === 'desc' ? -1 : 1 };
	});
	return (left, right) => {
		for (const { read, sign } of terms) {
			const order = compare(read(left), read(right));
			if (order !== 0) return order * sign;
		}
		return 0;
	};
}

function tokenize(text: string): string[] {
	const tokens: string[] = [];
	const pattern = /\s*(?:(datetime(?:offset)?)?('(?:[^']|'')*')|([(),])|([^\s(),']+))/iy;
	let at = 0;
	while (at < text.trimEnd().length) {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		if (!match) throw new BadFilter(`cannot read "${text.slice(at, at + 20)}"`);
		tokens.push(match[0].trim());
		at = pattern.lastIndex;
	}
	return tokens;
}

class Parser {
	private at = 0;

	constructor(private readonly tokens: string[]) {}

	end(): void {
		if (this.at < this.tokens.length)
			throw new BadFilter(`"${this.tokens[this.at]}" is one too many`);
	}

	or(): Test {
		let left = this.and();
		while (this.take('or')) {
			const [a, b] = [left, this.and()];
			left = (record) => a(record) || b(record);
		}
		return left;
	}

	private and(): Test {
		let left = this.unary();
		while (this.take('and')) {
			const [a, b] = [left, this.unary()];
			left = (record) => a(record) && b(record);
		}
		return left;
	}

	private unary(): Test {
		if (this.take('not')) {
			const inner = this.unary();
			return (record) => !inner(record);
		}
		if (this.take('(')) {
			const inner = this.or();
			this.expect(')');
			return inner;
		}
		const name = this.peek().toLowerCase();
		if (
			['startswith', 'endswith', 'contains', 'substringof'].includes(name) &&
			this.tokens[this.at + 1] === '('
		) {
			return this.textFunction(name);
		}
		return this.comparison();
	}

	private textFunction(name: string): Test {
		this.at += 2;
		const first = this.operand();
		this.expect(',');
		const second = this.operand();
		this.expect(')');
		const [whole, part] = name === 'substringof' ? [second, first] : [first, second];
		return (record) => {
			const text = String(whole(record) ?? '');
			const piece = String(part(record) ?? '');
			if (name === 'startswith') return text.startsWith(piece);
			return name === 'endswith' ? text.endsWith(piece) : text.includes(piece);
		};
	}

	private comparison(): Test {
		const left = this.operand();
		const operator = this.next().toLowerCase();
		const right = this.operand();
		const holds = COMPARISONS[operator];
		if (!holds) throw new BadFilter(`"${operator}" is not a comparison`);
		return (record) => holds(compare(left(record), right(record)));
	}

	private operand(): Operand {
		const token = this.next();
		const dated = /^datetime(?:offset)?'(.*)'$/i.exec(token);
		if (dated) return constant(instant(dated[1]));
		if (token.startsWith("'")) return constant(token.slice(1, -1).replace(/''/g, "'"));
		if (/^-?\d+(\.\d+)?[mdfl]?$/i.test(token))
			return constant(Number(token.replace(/[mdfl]$/i, '')));
		if (/^\d{4}-\d\d-\d\d/.test(token)) return constant(instant(token));
		if (/^(true|false)$/i.test(token)) return constant(token.toLowerCase() === 'true');
		if (/^null$/i.test(token)) return constant(null);
		if (PROPERTY.test(token)) return property(token);
		throw new BadFilter(`"${token}" is neither a property nor a value`);
	}

	private peek(): string {
		return this.tokens[this.at] ?? '';
	}

	private next(): string {
		if (this.at >= this.tokens.length) throw new BadFilter('the expression ends too early');
		return this.tokens[this.at++];
	}

	private take(word: string): boolean {
		if (this.peek().toLowerCase() !== word) return false;
		this.at += 1;
		return true;
	}

	private expect(word: string): void {
		if (!this.take(word)) throw new BadFilter(`"${word}" is missing`);
	}
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
	eq: (order) => order === 0,
	ne: (order) => order !== 0,
	gt: (order) => order > 0,
	ge: (order) => order >= 0,
	lt: (order) => order < 0,
	le: (order) => order <= 0,
};

function constant(value: unknown): Operand {
	const compared = comparable(value);
	return () => compared;
}

function property(path: string): Operand {
	const names = path.split('/');
	return (record) => {
		let value: unknown = record;
		for (const name of names) {
			const holder = (value ?? {}) as Record<string, unknown>;
			const key = Object.hasOwn(holder, name)
				? name
				: Object.keys(holder).find((one) => one.toLowerCase() === name.toLowerCase());
			if (key === undefined) throw new UnknownProperty(`there is no property "${path}"`);
			value = holder[key];
		}
		return comparable(value);
	};
}

function instant(text: string): Date {
	const epoch = Date.parse(
		/Z$|[+-]\d\d:?\d\d$/.test(text) || text.length === 10 ? text : `${text}Z`,
	);
	if (Number.isNaN(epoch)) throw new BadFilter(`"${text}" is not a date`);
	return new Date(epoch);
}

/** Dates of either form become instants, texts lose case and trailing blanks. */
function comparable(value: unknown): unknown {
	if (value instanceof Date) return value.getTime();
	if (typeof value === 'object' && value !== null && 'Value' in value) return Number(value.Value);
	if (typeof value !== 'string') return value;
	const wcf = value.startsWith('/') && /^\/Date\((-?\d+)/.exec(value);
	if (wcf) return Number(wcf[1]);
	if (value[10] === 'T' && /^\d{4}-\d\d-\d\dT/.test(value)) return instant(value).getTime();
	return value.trimEnd().toUpperCase();
}

function compare(left: unknown, right: unknown): number {
	let [a, b] = [left, right];
	if (typeof a === 'number' && typeof b === 'string') b = Number(b);
	if (typeof a === 'string' && typeof b === 'number') a = Number(a);
	if (a === b) return 0;
	if (a === null || a === undefined) return -1;
	if (b === null || b === undefined) return 1;
	return a < b ? -1 : a > b ? 1 : Number.NaN;
}
