import { canonicalJson, contentHash, WrittenJson } from '../model/json-text';
import { MappingSettingsError, splitAccount } from './patterns';
import { conditionsOf, type Condition, type Groups } from './rule-conditions';
import { indexRules } from './rule-index';
import type { MappingRule, RuleSubject, RuleValues } from './policies.types';

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

/** Rules whose patterns may all have to be run for one line; three times as many engines are kept ready. */
const MOST_ALIKE = 1_000;

/** Each batch brings the same rules again; many of them take a second to be read. */
const MANY = 100;
let latest: { hash: string; compiled: Rules } | null = null;
/** The same list is asked for again and again within an execution. */
const compiledOf = new WeakMap<readonly MappingRule[], { compiled: Rules; written: WrittenJson }>();
/** Rules between two places where others may have their turn: about a millisecond. */
const RULES_PER_STEP = 200;

/** @throws MappingSettingsError when a pattern or a segment cannot be used. */
export function compileRules(rules: readonly MappingRule[]): Rules {
	const steps = compileRulesInSteps(rules);
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/**
 * The same in steps. Whoever is served by n8n's one thread does these first, a slice at a time;
 * `compileRules` of the same list is then at hand.
 *
 * @throws MappingSettingsError when a pattern or a segment cannot be used.
 */
export function* compileRulesInSteps(rules: readonly MappingRule[]): Generator<void, Rules, void> {
	if (rules.length < MANY) return yield* readRules(rules);
	const known = compiledOf.get(rules);
	if (known) return known.compiled;
	const pieces: string[] = [];
	for (const [index, rule] of rules.entries()) {
		if (index % RULES_PER_STEP === 0) yield;
		pieces.push(canonicalJson(rule ?? null));
	}
	const written = new WrittenJson(`[${pieces.join(',')}]`);
	const hash = contentHash(written);
	yield;
	const compiled = latest?.hash === hash ? latest.compiled : yield* readRules(rules);
	latest = { hash, compiled };
	compiledOf.set(rules, { compiled, written });
	return compiled;
}

/** The rules as they go into a fingerprint: written already where they were compiled. */
export function forFingerprint(
	rules: readonly MappingRule[] | undefined,
): WrittenJson | readonly MappingRule[] | undefined {
	return rules && (compiledOf.get(rules)?.written ?? rules);
}

function* readRules(rules: readonly MappingRule[]): Generator<void, Rules, void> {
	const read = (rule: MappingRule, index: number) => {
		const enabled = rule.enabled !== false;
		return {
			enabled,
			name: `rule "${rule.name.trim() || index + 1}"`,
			conditions: enabled ? conditionsOf(rule, `rules[${index + 1}]`) : [],
			asksClass: (rule.when.vendorClasses?.length ?? 0) > 0,
			set: Object.entries(rule.set).filter(([, value]) => (value ?? '').trim() !== '') as Array<
				[keyof MappingRule['set'], string]
			>,
		};
	};
	const all: Array<ReturnType<typeof read>> = [];
	for (const [index, rule] of rules.entries()) {
		if (index % RULES_PER_STEP === 0) yield;
		all.push(read(rule, index));
	}
	// A rule that asks nothing would decide about every line; more likely its conditions were forgotten.
	const isBlank = (rule: (typeof all)[number]) => rule.enabled && rule.conditions.length === 0;
	const used = all.filter((rule) => rule.enabled && !isBlank(rule));
	const problems = all
		.filter(isBlank)
		.map(
			({ name }) =>
				`The ${name} has no condition that is filled in, so it matches nothing. Fill in at least one condition under "If", or switch the rule off; a condition that holds for every line is Account Matches "."`,
		);

	const index = yield* indexRules(used.map(({ conditions }) => conditions));
	const alike = index.largestPatternGroup;
	if (alike.length > MOST_ALIKE) {
		throw new MappingSettingsError(
			'rules',
			`${alike.length} rules have patterns that a line may be put to all together (the last is ${used[alike.at(-1)!]!.name}), because no text in the pattern and no other condition tells them apart. There may be ${MOST_ALIKE}. Add a condition to them: accounts, a segment, vendors, or a text to the pattern`,
		);
	}

	function valuesFor(subject: RuleSubject): RuleValues {
		const values: RuleValues = {};
		for (const candidate of index.candidates(subject)) {
			const { name, conditions, set, asksClass } = used[candidate]!;
			// Nothing is left for it to decide.
			if (!asksClass && set.every(([field]) => values[field] !== undefined)) continue;
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
