import { addTo } from '../model/keys';
import { keyOf } from './crosswalk-index';
import { foldedText, splitAccount } from './patterns';
import type { RuleSubject } from './policies.types';
import { type Condition, type RuleEntry, type TextField, textOf } from './rule-conditions';

/** Finds which of many ranges of text hold a text. */
class RangeIndex {
	private readonly ranges: Array<{ from: string; to: string; rule: number }>;
	/** A balanced tree over the ranges, sorted by where they begin: the last end at or below each node. */
	private readonly lastEnd: string[] = [];

	constructor(ranges: ReadonlyArray<{ from: string; to: string; rule: number }>) {
		this.ranges = [...ranges].sort((one, other) =>
			one.from < other.from ? -1 : one.from > other.from ? 1 : 0,
		);
		this.endsOf(0, this.ranges.length);
	}

	/** Rules of the ranges that hold `text`, ends included. */
	holding(text: string): number[] {
		const found: number[] = [];
		this.search(text, 0, this.ranges.length, found);
		return found;
	}

	private endsOf(from: number, to: number): string | null {
		if (from >= to) return null;
		const middle = (from + to) >> 1;
		let last = this.ranges[middle].to;
		for (const side of [this.endsOf(from, middle), this.endsOf(middle + 1, to)])
			if (side !== null && side > last) last = side;
		this.lastEnd[middle] = last;
		return last;
	}

	private search(text: string, from: number, to: number, found: number[]): void {
		if (from >= to) return;
		const middle = (from + to) >> 1;
		if (this.lastEnd[middle] < text) return;
		this.search(text, from, middle, found);
		const range = this.ranges[middle];
		if (range.from > text) return;
		if (range.to >= text) found.push(range.rule);
		this.search(text, middle + 1, to, found);
	}
}

/** Longer texts are looked up by their beginning. */
const LONGEST_KEY = 24;

/** Finds which of many short texts stand in a long one, without looking for each. */
class TextIndex {
	/** By length of the text, then by the text. */
	private readonly byLength = new Map<number, Map<string, number[]>>();

	add(text: string, rule: number): void {
		const key = text.slice(0, LONGEST_KEY);
		const ofLength = this.byLength.get(key.length) ?? new Map<string, number[]>();
		this.byLength.set(key.length, ofLength);
		addTo(ofLength, key, rule);
	}

	/** Rules of the texts that stand in `text`, in no order; one may come twice. */
	*within(text: string): Generator<number> {
		for (const [length, ofLength] of this.byLength) {
			for (let at = 0; at + length <= text.length; at += 1) {
				const rules = ofLength.get(text.slice(at, at + length));
				if (rules) yield* rules;
			}
		}
	}
}

/** Finds the rules that can hold for a line, so that no line is put to rules that ask for something else. */
export interface RuleIndex {
	/**
	 * Numbers of these rules in their order. A rule that is not among them has a condition that does not
	 * hold; one that is may have one too. While nobody knows the class of the vendor, rules that ask
	 * for it are among them.
	 */
	candidates(subject: RuleSubject): number[];
	/** The largest group of rules that come up together, each with a pattern that has to be run. */
	largestPatternGroup: readonly number[];
}

/** Beyond that many ranges are taken for a crowd: how many hold an account is not known before. */
const RANGES = 1_000;
/** Rules between two places where others may have their turn. */
const RULES_PER_STEP = 500;

/**
 * Each rule is filed under one of its conditions: the one that it shares with the fewest others. In
 * steps, because there may be a hundred thousand.
 *
 * @param rules conditions of each rule in its order
 */
export function* indexRules(
	rules: ReadonlyArray<readonly Condition[]>,
): Generator<void, RuleIndex, void> {
	const crowds = new Map<string, number>();
	for (const [rule, conditions] of rules.entries()) {
		if (rule % RULES_PER_STEP === 0) yield;
		for (const { entry } of conditions)
			for (const key of entry ? keysOf(entry) : []) crowds.set(key, (crowds.get(key) ?? 0) + 1);
	}
	const crowdOf = (key: string) => crowds.get(key) ?? 0;
	const byKey = new Map<string, number[]>();
	const byText = new Map<TextField, TextIndex>();
	const ofClass: number[] = [];
	const always: number[] = [];
	const ranges: Array<{ from: string; to: string; rule: number }> = [];
	const patterns = new Map<string, number[]>();
	let segments = 0;

	for (const [rule, conditions] of rules.entries()) {
		if (rule % RULES_PER_STEP === 0) yield;
		const { condition, keys } = leastCrowded(conditions, crowdOf);
		const entry = condition?.entry;
		// Other patterns of the rule show by their texts that they are about something else.
		const runs = conditions.some((one) => one.isPattern && (!one.entry || one === condition));
		if (runs) for (const key of keys) addTo(patterns, key, rule);
		if (!entry) always.push(rule);
		else if (entry.by === 'range') ranges.push({ ...entry, rule });
		else if (entry.by === 'text') {
			const index = byText.get(entry.field) ?? new TextIndex();
			byText.set(entry.field, index);
			for (const key of keys) index.add(key.slice(prefixOf(entry).length), rule);
		} else {
			if (entry.by === 'class') ofClass.push(rule);
			if (entry.by === 'segment') segments = Math.max(segments, entry.segment);
			for (const key of keys) addTo(byKey, key, rule);
		}
	}
	const rangeIndex = new RangeIndex(ranges);
	let largestPatternGroup: readonly number[] = [];
	for (const group of patterns.values())
		if (group.length > largestPatternGroup.length) largestPatternGroup = group;

	return {
		largestPatternGroup,
		candidates(subject) {
			const found = new Set(always);
			const take = (some: readonly number[] | undefined) => some?.forEach((one) => found.add(one));
			const { payable, vendorClass } = subject;
			const account = keyOf(subject.account);
			take(byKey.get(`account ${account}`));
			take(rangeIndex.holding(account));
			if (segments > 0) {
				const parts = splitAccount(subject.account);
				for (let segment = 1; segment <= segments; segment += 1)
					take(byKey.get(`segment${segment} ${keyOf(parts[segment - 1])}`));
			}
			if (payable) {
				take(byKey.get(`vendor ${keyOf(payable.vendorId)}`));
				take(byKey.get(`type ${payable.documentType}`));
				if (vendorClass === undefined) take(ofClass);
				else if (vendorClass !== null) take(byKey.get(`class ${keyOf(vendorClass)}`));
			}
			for (const [field, index] of byText) {
				const text = textOf(subject, field);
				if (text !== null) for (const rule of index.within(foldedText(text))) found.add(rule);
			}
			return [...found].sort((one, other) => one - other);
		},
	};
}

/** Of a rule's conditions the one that the fewest rules share, and the keys it is filed under. */
function leastCrowded(
	conditions: readonly Condition[],
	crowdOf: (key: string) => number,
): { condition: Condition | null; keys: string[] } {
	let best: { condition: Condition | null; keys: string[] } = { condition: null, keys: ['always'] };
	let least = Infinity;
	for (const condition of conditions) {
		const { entry } = condition;
		if (!entry) continue;
		const keys = [...new Set(rarestKeysOf(entry, crowdOf))];
		let crowd = entry.by === 'range' ? RANGES : 0;
		for (const key of keys) crowd = Math.max(crowd, crowdOf(key));
		if (crowd >= least) continue;
		best = { condition, keys };
		least = crowd;
	}
	return best;
}

/** One text is enough of those that stand in the line together. */
function rarestKeysOf(entry: RuleEntry, crowdOf: (key: string) => number): string[] {
	if (entry.by !== 'text') return keysOf(entry);
	return entry.lists.map((texts) => {
		const keys = texts.map((text) => prefixOf(entry) + text);
		return keys.reduce((rarest, key) => (crowdOf(key) < crowdOf(rarest) ? key : rarest));
	});
}

function keysOf(entry: RuleEntry): string[] {
	if (entry.by === 'range') return ['range'];
	const values = entry.by === 'text' ? entry.lists.flat() : entry.values;
	return values.map((value) => prefixOf(entry) + value);
}

function prefixOf(entry: RuleEntry): string {
	if (entry.by === 'segment') return `segment${entry.segment} `;
	return entry.by === 'text' ? `text ${entry.field} ` : `${entry.by} `;
}
