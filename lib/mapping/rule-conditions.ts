import { keyOf } from './crosswalk-index';
import { MappingSettingsError } from './mapping-settings-error';
import { compile, splitAccount, type Pattern } from './patterns';
import type { AccountMatch, MappingRule, RuleSubject } from './rule.types';

/** What the patterns of one rule captured. */
export interface Groups {
	numbered: string[];
	named: Record<string, string>;
}

export interface Condition {
	/** What a person reads when it does not hold, e.g. `reference does not match rebar`. */
	says: string;
	holds(subject: RuleSubject, groups: Groups): boolean | 'unknown';
}

/** The conditions of a rule in the order of its fields. @throws MappingSettingsError */
export function conditionsOf({ when }: MappingRule, setting: string): Condition[] {
	const conditions: Condition[] = [];
	if (when.account && !isBlank(when.account)) {
		conditions.push(accountCondition(when.account, setting));
	}
	const texts = [
		['reference', 'reference', (subject: RuleSubject) => subject.reference],
		['description', 'description', ({ payable }: RuleSubject) => payable?.description ?? null],
		[
			'purchaseOrder',
			'PO number',
			({ payable }: RuleSubject) => payable?.purchaseOrderNumber ?? null,
		],
	] as const;
	for (const [field, name, textOf] of texts) {
		const wanted = when[field];
		if (!wanted?.trim()) continue;
		const pattern = compile(`${setting}.${field}`, wanted);
		conditions.push({
			says: `${name} does not match ${wanted}`,
			holds: (subject, groups) => matches(pattern, textOf(subject), groups),
		});
	}
	const vendorIds = filled(when.vendorIds);
	if (vendorIds.length > 0) {
		const ids = new Set(vendorIds.map(keyOf));
		conditions.push({
			says: `vendor is not ${vendorIds.join(' or ')}`,
			holds: ({ payable }) => payable !== null && ids.has(keyOf(payable.vendorId)),
		});
	}
	const vendorClasses = filled(when.vendorClasses);
	if (vendorClasses.length > 0) {
		const classes = new Set(vendorClasses.map(keyOf));
		conditions.push({
			says: `vendor class is not ${vendorClasses.join(' or ')}`,
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
				holds: ({ account }) => accounts.has(keyOf(account)),
			};
		}
		case 'range': {
			const [from, to] = [keyOf(match.from), keyOf(match.to)];
			return {
				says: `account is not between ${match.from} and ${match.to}`,
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
				holds: ({ account }) => values.has(keyOf(splitAccount(account)[match.segment - 1])),
			};
		}
		case 'pattern': {
			const pattern = compile(`${setting}.account`, match.pattern);
			return {
				says: `account does not match ${match.pattern}`,
				holds: ({ account }, groups) => matches(pattern, account, groups),
			};
		}
	}
}

function matches(pattern: Pattern, text: string | null, groups: Groups): boolean {
	const match = text === null ? null : pattern.exec(text);
	if (match === null) return false;
	groups.numbered.push(...match.parts.slice(1).map((group) => group ?? ''));
	for (const [name, group] of Object.entries(match.named)) groups.named[name] = group ?? '';
	return true;
}
