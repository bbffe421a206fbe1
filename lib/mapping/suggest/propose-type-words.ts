import type { GpAccount } from '../../model/gp-records';
import { keyOf } from '../crosswalk-index';
import type { ProcoreNumbers } from './propose-types';

/** Words for one kind of cost, in descriptions of accounts as in names of Procore's cost types. */
const KINDS: ReadonlyArray<readonly [kind: string, words: RegExp]> = [
	['labor', /\b(labou?r|payroll|wages?|salar(y|ies)|burden)\b/i],
	['material', /\b(materials?|mat'?ls?|mtls?|supplies)\b/i],
	['subcontract', /\b(sub-?contract(s|or|ors|ing|ed)?|subs?|commitments?)\b/i],
	['equipment', /\b(equip(ment)?|eqp|equipm|plant|rentals?)\b/i],
	['other', /\b(others?|misc(ellaneous)?|sundry|oth)\b/i],
];

/** Share of the accounts with one value that have to name the same kind. */
const MOSTLY = 0.75;

/** Code of the company's one cost type of this kind; undefined where there is none or several. */
function typeOfKind(kind: string, types: ProcoreNumbers['costTypes']): string | undefined {
	const words = KINDS.find(([name]) => name === kind)![1];
	const named = types.filter(({ name }) => words.test(name));
	if (named.length === 1) return named[0].code;
	const byCode = types.filter(({ code }) => keyOf(code) === kind[0].toUpperCase());
	return named.length === 0 && byCode.length === 1 ? byCode[0].code : undefined;
}

/** The cost type of what is told apart nowhere, where Procore has one for that. */
export function otherType(types: ProcoreNumbers['costTypes']): string | undefined {
	if (types.length === 1) return types[0].code;
	return typeOfKind('other', types);
}

/** Which cost type a value stands for by the descriptions of its accounts; undefined: they do not tell. */
export function typeDescribed(
	accounts: readonly GpAccount[],
	types: ProcoreNumbers['costTypes'],
): string | undefined {
	const kinds = new Map<string, number>();
	let told = 0;
	for (const { description } of accounts) {
		const kind = kindIn(description ?? '');
		if (kind === undefined) continue;
		told += 1;
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	}
	const [best] = [...kinds].sort((left, right) => right[1] - left[1]);
	if (!best || best[1] < told * MOSTLY || told < accounts.length * MOSTLY) return undefined;
	return typeOfKind(best[0], types);
}

/** The kind a description names; the last word counts: "Equipment rental - Labor" is labor. */
function kindIn(description: string): string | undefined {
	let found: { kind: string; at: number } | undefined;
	for (const [kind, words] of KINDS) {
		for (const match of description.matchAll(new RegExp(words, 'gi'))) {
			if (!found || match.index > found.at) found = { kind, at: match.index };
		}
	}
	return found?.kind;
}

/** Values that are codes of cost types as they stand, or that descriptions tell. */
export function typesOfValues(
	groups: ReadonlyMap<string, readonly GpAccount[]>,
	types: ProcoreNumbers['costTypes'],
): Map<string, string> {
	const byCode = new Map(types.map(({ code }) => [keyOf(code), code]));
	const byName = new Map(types.map(({ code, name }) => [keyOf(name), code]));
	const found = new Map<string, string>();
	for (const [value, accounts] of groups) {
		const type =
			byCode.get(keyOf(value)) ?? byName.get(keyOf(value)) ?? typeDescribed(accounts, types);
		if (type !== undefined) found.set(value, type);
	}
	return found;
}
