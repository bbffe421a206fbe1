import { isRecord } from '../../model/json-text';
import { isSecretName } from '../../model/secret-shapes';
import type { FieldMap } from '../profiles/site-profile';
import { flag } from './values';

export { isRecord };

export type RawRecord = Record<string, unknown>;

const canonicalNames = new Map<string, string>();

/** Field names count as equal whatever their case, blanks and underscores. */
export function canonicalName(name: string): string {
	let canonical = canonicalNames.get(name);
	if (canonical === undefined) {
		canonical = name.replace(/[_\s]/g, '').toLowerCase();
		if (canonicalNames.size < 5_000) canonicalNames.set(name, canonical);
	}
	return canonical;
}

/** A field map made ready for reading: per field the member paths to try, in order. */
export type CompiledFields = ReadonlyMap<string, readonly string[][]>;

export function compileFields(fields: FieldMap): CompiledFields {
	return new Map(
		Object.entries(fields).map(([field, names]) => [field, names.flatMap((name) => pathsOf(name))]),
	);
}

/**
 * `Key.Id` is found nested, as one member "Key.Id" and as "KeyId"; `Key` also as "Key.Id" and
 * "KeyId"; `VendorKey` also as "VendorId".
 */
function pathsOf(name: string): string[][] {
	const parts = name.split('.').map(canonicalName);
	const flat = parts.join('.');
	const paths = parts.length > 1 ? [parts, [flat], [parts.join('')]] : [[flat]];
	if (parts.at(-1) === 'id') return paths;
	const stem = /^(.+)key$/.exec(parts.join(''))?.[1];
	return [...paths, [`${flat}.id`], [`${parts.join('')}id`], ...(stem ? [[`${stem}id`]] : [])];
}

/** Reads one raw record by normalised field names and remembers what was used, so that the rest survives. */
export class FieldReader {
	private readonly members = new Map<string, [name: string, value: unknown]>();
	private readonly used = new Set<string>();

	constructor(
		private readonly raw: RawRecord,
		private readonly fields: CompiledFields,
	) {
		for (const name of Object.keys(raw)) {
			const canonical = canonicalName(name);
			if (!this.members.has(canonical)) this.members.set(canonical, [name, raw[name]]);
		}
	}

	/** First value under any of the field's names that is not blank; undefined when all are. */
	value(field: string): unknown {
		for (const path of this.fields.get(field) ?? []) {
			const member = this.members.get(path[0]!);
			if (!member || isDeferred(member[1])) continue;
			const value = path.length === 1 ? member[1] : inside(member[1], path.slice(1));
			if (value === undefined) continue;
			this.used.add(member[0]);
			if (!isBlank(value)) return value;
		}
		return undefined;
	}

	/** Like `value`, with key and amount objects (`{Id}`, `{Value}`) opened. */
	plain(field: string): unknown {
		for (const path of this.fields.get(field) ?? []) {
			const member = this.members.get(path[0]!);
			if (!member || isDeferred(member[1])) continue;
			const found = path.length === 1 ? member[1] : inside(member[1], path.slice(1));
			if (found === undefined) continue;
			const value = open(found);
			if (value !== null && typeof value === 'object') continue;
			this.used.add(member[0]);
			if (!isBlank(value)) return value;
		}
		return undefined;
	}

	/**
	 * The first value of the kind expected: a name is not enough, since `State` may be that of the
	 * address. Without one, `written` is the first that is not blank, to be refused by its name; `opaque`
	 * says that a list or an object stood there that holds something else than an id or a value.
	 */
	ofKind<Kind>(
		field: string,
		read: (value: unknown) => Kind | null | undefined,
	): { found: Kind | null; written?: unknown; opaque: boolean } {
		let written: unknown;
		let opaque = false;
		for (const path of this.fields.get(field) ?? []) {
			const member = this.members.get(path[0]!);
			if (!member || isDeferred(member[1])) continue;
			const value = open(path.length === 1 ? member[1] : inside(member[1], path.slice(1)));
			if (isBlank(value)) continue;
			if (typeof value === 'object') {
				opaque ||= Object.keys(value as object).some((name) => !WITHOUT_AMOUNT.test(name));
				continue;
			}
			const found = read(value);
			if (found !== null && found !== undefined) {
				this.used.add(member[0]);
				return { found, opaque: false };
			}
			written ??= value;
		}
		return { found: null, written, opaque };
	}

	/**
	 * The rows of a list inside the record, and what the service says against their being all: a link to
	 * more, or a number of rows, beside the list (`Distributions@odata.nextLink`) or in its wrapping.
	 */
	list(field: string): { rows: RawRecord[]; cut: string | null } {
		const value = this.value(field);
		const rows = asList(value);
		if (rows.length === 0) return { rows, cut: null };
		const names = (this.fields.get(field) ?? []).map(([name]) => `${name}@odata.`);
		const beside = [...this.members].flatMap(([name, member]) =>
			name.includes('@odata.') && names.some((one) => name.startsWith(one)) ? [member] : [],
		);
		const inside = isRecord(value) && !rows.includes(value) ? Object.entries(value) : [];
		for (const [member, said] of [...beside, ...inside]) {
			const name = canonicalName(member).replace(/^.*@odata\.|^odata\.|^__/, '');
			if (/^(nextlink|next)$/.test(name) && said && !isBlank(said))
				return { rows, cut: `a link to more of them stands behind ${rows.length}` };
			if (/^(has|is)?(more|truncated)$/.test(name) && flag(said) === true)
				return { rows, cut: `the service says that more follow behind ${rows.length}` };
			if (/^(total)?count$/.test(name) && Number(said) > rows.length)
				return { rows, cut: `the service counts ${Number(said)} and gave ${rows.length}` };
		}
		return { rows, cut: null };
	}

	/** The currency an amount is in, where its object (`{Value, Currency}`) says so. */
	currencyOf(field: string): unknown {
		for (const path of this.fields.get(field) ?? []) {
			const amount = path.length === 1 ? this.members.get(path[0]!)?.[1] : undefined;
			if (isRecord(amount)) return inside(amount, ['currency']);
		}
		return undefined;
	}

	/** Whether the record has the field at all, blank or not. */
	has(field: string): boolean {
		return (this.fields.get(field) ?? []).some((path) => {
			const member = this.members.get(path[0]!);
			if (!member || isDeferred(member[1])) return false;
			return path.length === 1 || inside(member[1], path.slice(1)) !== undefined;
		});
	}

	/** Member by its canonical name, for families of columns such as ACTNUMBR_1 … 10. */
	member(canonical: string): unknown {
		const member = this.members.get(canonical);
		if (member) this.used.add(member[0]);
		return member?.[1];
	}

	/** What no field used, under its own names. */
	unused(): RawRecord {
		return Object.fromEntries(Object.entries(this.raw).filter(([name]) => !this.used.has(name)));
	}
}

/** What is left of an amount (`{Currency, Value, DecimalDigits}`) where a service leaves out a value that is zero. */
const WITHOUT_AMOUNT = /^(currency|decimaldigits|[@$].*|__.*)$/i;

/** Members in which a list stands beside what is said of it (`{Count, Items}`). */
const LIST_MEMBERS: ReadonlySet<string> = new Set(['results', 'value', 'items', 'rows', 'records']);

/**
 * A list however it is wrapped: JSON list, OData `{results}`, XML `<Rows><Row/><Row/></Rows>`, one single
 * row, or rows by their number (`{"1":{…},"2":{…}}`).
 */
export function asList(value: unknown): RawRecord[] {
	if (Array.isArray(value)) return value.filter(isRecord);
	if (!isRecord(value)) return [];
	const members = Object.values(value);
	if (members.length === 1 && (Array.isArray(members[0]) || isRecord(members[0])))
		return asList(members[0]);
	if (members.every(isRecord) && Object.keys(value).every((name) => /^\d+$/.test(name)))
		return members;
	const named = Object.entries(value).find(
		([name, member]) => LIST_MEMBERS.has(canonicalName(name)) && Array.isArray(member),
	);
	if (named) return asList(named[1]);
	return members.length === 0 ? [] : [value];
}

export function isBlank(value: unknown): boolean {
	return (
		value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
	);
}

function inside(value: unknown, path: readonly string[]): unknown {
	let at = value;
	for (const part of path) {
		if (!isRecord(at)) return undefined;
		const name = Object.keys(at).find((member) => canonicalName(member) === part);
		if (name === undefined) return undefined;
		at = at[name];
	}
	return at;
}

function open(value: unknown): unknown {
	if (!isRecord(value)) return value;
	for (const part of ['id', 'value']) {
		const inner = inside(value, [part]);
		if (inner !== undefined) return open(inner);
	}
	return value;
}

/** OData v2/v3 announces lists it does not send as `{__deferred:{uri}}`: as good as absent. */
function isDeferred(value: unknown): boolean {
	return isRecord(value) && '__deferred' in value;
}

export type SecretTest = (name: string) => boolean;

/** Whether a field must never leave GP: by the one list of names, or by those the site adds. */
export function secretTest(further: string[]): SecretTest {
	const names = new Set(further.map(canonicalName));
	return (name) => isSecretName(name) || names.has(canonicalName(name));
}

/** A copy without secret members, at any depth. */
export function withoutSecrets(value: unknown, isSecret: SecretTest): unknown {
	if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, isSecret));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !isSecret(name))
			.map(([name, member]) => [name, withoutSecrets(member, isSecret)]),
	);
}
