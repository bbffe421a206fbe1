import type { GpPayable } from '../gp/records';
import { keyOf } from './crosswalk-index';
import { MappingSettingsError } from './mapping-settings-error';
import { compile, splitAccount } from './patterns';
import type { AccountMatch, MappingRule, RuleValues } from './rule.types';

/** What rules may look at. A GL account on its own has no document. */
export interface RuleSubject {
	account: string;
	reference: string | null;
	payable: Pick<
		GpPayable,
		'description' | 'purchaseOrderNumber' | 'vendorId' | 'documentType'
	> | null;
	vendorClass: string | null;
}

export interface Rules {
	valuesFor(subject: RuleSubject): RuleValues;
}

type Groups = { numbered: string[]; named: Record<string, string> };
type Condition = (subject: RuleSubject, groups: Groups) => boolean;

/** @throws MappingSettingsError when a pattern or a segment cannot be used. */
export function compileRules(rules: readonly MappingRule[]): Rules {
	const compiled = rules
		.filter((rule) => rule.enabled !== false)
		.map((rule, index) => ({
			rule,
			name: `rule "${rule.name.trim() || index + 1}"`,
			conditions: conditionsOf(rule, `rules[${index + 1}]`),
		}));

	function valuesFor(subject: RuleSubject): RuleValues {
		const values: RuleValues = {};
		for (const { rule, name, conditions } of compiled) {
			const groups: Groups = { numbered: [], named: segmentNames(subject.account) };
			if (!conditions.every((holds) => holds(subject, groups))) continue;
			for (const field of Object.keys(rule.set) as Array<keyof MappingRule['set']>) {
				const value = filledIn(rule.set[field] ?? '', groups).trim();
				if (value !== '') values[field] ??= { value, rule: name };
			}
		}
		return values;
	}

	return { valuesFor };
}

function conditionsOf({ when }: MappingRule, setting: string): Condition[] {
	const conditions: Condition[] = [];
	if (when.account) conditions.push(accountCondition(when.account, setting));
	const texts = {
		reference: (subject: RuleSubject) => subject.reference,
		description: (subject: RuleSubject) => subject.payable?.description ?? null,
		purchaseOrder: (subject: RuleSubject) => subject.payable?.purchaseOrderNumber ?? null,
	};
	for (const field of ['reference', 'description', 'purchaseOrder'] as const) {
		const wanted = when[field];
		if (!wanted) continue;
		const pattern = compile(`${setting}.${field}`, wanted);
		conditions.push((subject, groups) => matches(pattern, texts[field](subject), groups));
	}
	if (when.vendorIds?.length) {
		const ids = new Set(when.vendorIds.map(keyOf));
		conditions.push(({ payable }) => payable !== null && ids.has(keyOf(payable.vendorId)));
	}
	if (when.vendorClasses?.length) {
		const classes = new Set(when.vendorClasses.map(keyOf));
		conditions.push(({ vendorClass }) => vendorClass !== null && classes.has(keyOf(vendorClass)));
	}
	if (when.documentTypes?.length) {
		const types = new Set(when.documentTypes);
		conditions.push(({ payable }) => payable !== null && types.has(payable.documentType));
	}
	return conditions;
}

function accountCondition(match: AccountMatch, setting: string): Condition {
	switch (match.is) {
		case 'oneOf': {
			const accounts = new Set(match.accounts.map(keyOf));
			return ({ account }) => accounts.has(keyOf(account));
		}
		case 'range': {
			const [from, to] = [keyOf(match.from), keyOf(match.to)];
			return ({ account }) => keyOf(account) >= from && keyOf(account) <= to;
		}
		case 'segment': {
			if (!Number.isInteger(match.segment) || match.segment < 1 || match.segment > 10) {
				throw new MappingSettingsError(`${setting}.account`, `${match.segment} is no segment`);
			}
			const values = new Set(match.values.map(keyOf));
			return ({ account }) => values.has(keyOf(splitAccount(account)[match.segment - 1]));
		}
		case 'pattern': {
			const pattern = compile(`${setting}.account`, match.pattern);
			return ({ account }, groups) => matches(pattern, account, groups);
		}
	}
}

function matches(pattern: RegExp, text: string | null, groups: Groups): boolean {
	const match = text === null ? null : pattern.exec(text);
	if (match === null) return false;
	groups.numbered.push(...match.slice(1).map((group) => group ?? ''));
	for (const [name, group] of Object.entries(match.groups ?? {})) groups.named[name] = group ?? '';
	return true;
}

function filledIn(template: string, groups: Groups): string {
	return template.replace(/\$(?:(\d{1,2})|<([^>]*)>)/g, (_, position?: string, name?: string) =>
		position !== undefined
			? (groups.numbered[Number(position) - 1] ?? '')
			: Object.hasOwn(groups.named, name!)
				? groups.named[name!]
				: '',
	);
}

function segmentNames(account: string): Record<string, string> {
	return Object.fromEntries(
		splitAccount(account).map((segment, index) => [`segment${index + 1}`, segment]),
	);
}
