import { keyOf } from './crosswalk-index';
import { compile, MappingSettingsError, type Pattern, splitAccount } from './patterns';
import type { AccountMatch, MappingRule, RuleSubject } from './policies.types';

/** What the patterns of one rule captured. */
export interface Groups {
	numbered: string[];
	named: Record<string, string>;
}

/** Texts of a line that patterns are put to. */
export type TextField = 'account' | 'reference' | 'description' | 'purchaseOrderNumber';

/** What a condition asks for in a form that can be looked up: without one of the values it does not hold. */
export type RuleEntry =
	| { by: 'account' | 'vendor' | 'class' | 'type'; values: string[] }
	| { by: 'segment'; segment: number; values: string[] }
	/** Of each list all texts stand in the line's text, of one list at least. */
	| { by: 'text'; field: TextField; lists: ReadonlyArray<readonly string[]> }
	| { by: 'range'; from: string; to: string };

export interface Condition {
	/** What a person reads when it does not hold, e.g. `reference does not match rebar`. */
	says: string;
	holds(subject: RuleSubject, groups: Groups): boolean | 'unknown';
	entry?: RuleEntry;
	/** It runs a person's pattern, which takes an engine. */
	isPattern?: boolean;
}

/** The conditions of a rule in the order of its fields. @throws MappingSettingsError */
export function conditionsOf({ when }: MappingRule, setting: string): Condition[] {
	const conditions: Condition[] = [];
	if (when.account && !isBlank(when.account)) {
		conditions.push(accountCondition(when.account, setting));
	}
	const texts = [
		['reference', 'reference', 'reference'],
		['description', 'description', 'description'],
		['purchaseOrder', 'PO number', 'purchaseOrderNumber'],
	] as const;
	for (const [field, name, of] of texts) {
		const wanted = when[field];
		if (!wanted?.trim()) continue;
		const pattern = compile(`${setting}.${field}`, wanted);
		conditions.push({
			says: `${name} does not match ${wanted}`,
			holds: (subject, groups) => matches(pattern, textOf(subject, of), groups),
			...entryOf(of, pattern),
		});
	}
	const vendorIds = filled(when.vendorIds);
	if (vendorIds.length > 0) {
		const ids = new Set(vendorIds.map(keyOf));
		conditions.push({
			says: `vendor is not ${vendorIds.join(' or ')}`,
			entry: { by: 'vendor', values: [...ids] },
			holds: ({ payable }) => payable !== null && ids.has(keyOf(payable.vendorId)),
		});
	}
	const vendorClasses = filled(when.vendorClasses);
	if (vendorClasses.length > 0) {
		const classes = new Set(vendorClasses.map(keyOf));
		conditions.push({
			says: `vendor class is not ${vendorClasses.join(' or ')}`,
			entry: { by: 'class', values: [...classes] },
			holds: ({ payable, vendorClass }) => {
				if (payable === null || vendorClass === null) return false;
				return vendorClass === undefined ? 'unknown' : classes.has(keyOf(vendorClass));
			},
		});
	}
	if (when.documentTypes?.length) {
		const types = new Set(when.documentTypes);
		conditions.push({
			says: `document type is not ${when.documentTypes.join(' or ')}`,
			entry: { by: 'type', values: [...types] },
			holds: ({ payable }) => payable !== null && types.has(payable.documentType),
		});
	}
	return conditions;
}

/** What was added in the node and left empty asks for nothing. */
function isBlank(match: AccountMatch): boolean {
	switch (match.is) {
		case 'oneOf':
			return filled(match.accounts).length === 0;
		case 'range':
			return match.from.trim() === '' && match.to.trim() === '';
		case 'segment':
			return filled(match.values).length === 0;
		case 'pattern':
			return match.pattern.trim() === '';
	}
}

function filled(values: readonly string[] | undefined): string[] {
	return (values ?? []).filter((value) => value.trim() !== '');
}

function accountCondition(match: AccountMatch, setting: string): Condition {
	switch (match.is) {
		case 'oneOf': {
			const accounts = new Set(match.accounts.map(keyOf));
			return {
				says: `account is not ${match.accounts.join(' or ')}`,
				entry: { by: 'account', values: [...accounts] },
				holds: ({ account }) => accounts.has(keyOf(account)),
			};
		}
		case 'range': {
			const [from, to] = [keyOf(match.from), keyOf(match.to)];
			return {
				says: `account is not between ${match.from} and ${match.to}`,
				entry: { by: 'range', from, to },
				holds: ({ account }) => keyOf(account) >= from && keyOf(account) <= to,
			};
		}
		case 'segment': {
			if (!Number.isInteger(match.segment) || match.segment < 1 || match.segment > 10) {
				throw new MappingSettingsError(`${setting}.account`, `${match.segment} is no segment`);
			}
			const values = new Set(match.values.map(keyOf));
			return {
				says: `account segment ${match.segment} is not ${match.values.join(' or ')}`,
				entry: { by: 'segment', segment: match.segment, values: [...values] },
				holds: ({ account }) => values.has(keyOf(splitAccount(account)[match.segment - 1])),
			};
		}
		case 'pattern': {
			const pattern = compile(`${setting}.account`, match.pattern);
			return {
				says: `account does not match ${match.pattern}`,
				holds: ({ account }, groups) => matches(pattern, account, groups),
				...entryOf('account', pattern),
			};
		}
	}
}

const entryOf = (field: TextField, { fixedTexts }: Pattern): Partial<Condition> => ({
	isPattern: true,
	...(fixedTexts.length > 0 ? { entry: { by: 'text', field, lists: fixedTexts } } : {}),
});

/** What a pattern of a rule is put to; null when the line has no such text. */
export function textOf(
	{ account, reference, payable }: RuleSubject,
	field: TextField,
): string | null {
	if (field === 'account') return account;
	if (field === 'reference') return reference;
	return payable?.[field] ?? null;
}

function matches(pattern: Pattern, text: string | null, groups: Groups): boolean {
	const match = text === null ? null : pattern.exec(text);
	if (match === null) return false;
	groups.numbered.push(...match.parts.slice(1).map((group) => group ?? ''));
	for (const [name, group] of Object.entries(match.named)) groups.named[name] = group ?? '';
	return true;
}
