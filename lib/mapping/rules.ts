import { splitAccount } from './patterns';
import { conditionsOf, type Condition, type Groups } from './rule-conditions';
import type { MappingRule, RuleSubject, RuleValues } from './rule.types';

/** How one rule stood to a line, for people. */
export interface RuleVerdict {
	rule: string;
	/** The first condition that does not hold; null when all do. */
	unmet: string | null;
}

export interface Rules {
	valuesFor(subject: RuleSubject): RuleValues;
	/** Each rule in its order, switched-off ones too. */
	explain(subject: RuleSubject): RuleVerdict[];
	/** Rules that are passed over, and why, for people. */
	problems: string[];
	/** Whether any rule asks for the vendor's class. */
	askVendorClass: boolean;
}

/** @throws MappingSettingsError when a pattern or a segment cannot be used. */
export function compileRules(rules: readonly MappingRule[]): Rules {
	const all = rules.map((rule, index) => {
		const enabled = rule.enabled !== false;
		return {
			enabled,
			name: `rule "${rule.name.trim() || index + 1}"`,
			conditions: enabled ? conditionsOf(rule, `rules[${index + 1}]`) : [],
			set: Object.entries(rule.set).filter(([, value]) => (value ?? '').trim() !== '') as Array<
				[keyof MappingRule['set'], string]
			>,
		};
	});
	// A rule that asks nothing would decide about every line; more likely its conditions were forgotten.
	const isBlank = (rule: (typeof all)[number]) => rule.enabled && rule.conditions.length === 0;
	const used = all.filter((rule) => rule.enabled && !isBlank(rule));
	const problems = all
		.filter(isBlank)
		.map(
			({ name }) =>
				`The ${name} has no condition that is filled in, so it matches nothing. Fill in at least one condition under "If", or switch the rule off; a condition that holds for every line is Account Matches "."`,
		);

	function valuesFor(subject: RuleSubject): RuleValues {
		const values: RuleValues = {};
		for (const { name, conditions, set } of used) {
			// Most rules do not match, so nothing is made before one does.
			const groups: Groups = { numbered: [], named: {} };
			const unmet = firstUnmet(conditions, subject, groups);
			if (unmet === 'unknown') values.unknownClass ??= { value: subject.account, rule: name };
			if (unmet !== null) continue;
			for (const [field, template] of set) {
				if (values[field] !== undefined) continue;
				const value = filledIn(template, groups, subject.account).trim();
				if (value !== '') values[field] = { value, rule: name };
			}
		}
		return values;
	}

	function explain(subject: RuleSubject): RuleVerdict[] {
		return all.map((rule) => {
			const { name, enabled, conditions } = rule;
			if (!enabled) return { rule: name, unmet: 'is switched off' };
			if (isBlank(rule)) return { rule: name, unmet: 'has no condition, so it matches nothing' };
			const groups: Groups = { numbered: [], named: {} };
			const unmet = firstUnmet(conditions, subject, groups);
			if (unmet === 'unknown') return { rule: name, unmet: 'vendor class is not known' };
			return { rule: name, unmet: unmet === null ? null : unmet.says };
		});
	}

	const askVendorClass = rules.some(
		({ enabled, when }) => enabled !== false && (when.vendorClasses?.length ?? 0) > 0,
	);
	return { valuesFor, explain, problems, askVendorClass };
}

/** Null when all hold; unknown when only what nobody has looked up could tell. */
function firstUnmet(
	conditions: Condition[],
	subject: RuleSubject,
	groups: Groups,
): Condition | 'unknown' | null {
	let unknown = false;
	for (const condition of conditions) {
		const holds = condition.holds(subject, groups);
		if (holds === false) return condition;
		if (holds === 'unknown') unknown = true;
	}
	return unknown ? 'unknown' : null;
}

function filledIn(template: string, groups: Groups, account: string): string {
	if (!template.includes('$')) return template;
	return template.replace(/\$(?:(\d{1,2})|<([^>]*)>)/g, (_, position?: string, name?: string) => {
		if (position !== undefined) return groups.numbered[Number(position) - 1] ?? '';
		if (Object.hasOwn(groups.named, name!)) return groups.named[name!];
		const segment = /^segment(\d{1,2})$/.exec(name!);
		return segment ? (splitAccount(account)[Number(segment[1]) - 1] ?? '') : '';
	});
}
