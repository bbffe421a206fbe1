import type { DesiredDirectCost } from '../model/desired';
import { type GpPayable, isExpense } from '../model/gp-records';
import { contentHash } from '../model/json-text';
import { keyOf, text } from './crosswalk-index';
import {
	compile,
	MappingSettingsError,
	type Pattern,
	type PatternMatch,
	splitAccount,
} from './patterns';
import { compileRules, forFingerprint, type Rules } from './rules';
import {
	DEFAULT_MAPPING_SETTINGS,
	type JobRule,
	type MappingSettings,
	withoutRetired,
} from './types';

/** Settings with their patterns compiled, checked once per batch. */
export interface CheckedSettings extends Omit<MappingSettings, 'rules'> {
	rules: Rules;
	jobFinders: JobFinder[];
	isCostAccount(account: string): boolean;
	/** Cost code the settings make of an account without any crosswalk row; empty when they make none. */
	costCodeOf(account: string): string;
	/** What tells the cost type of an account, e.g. "02"; empty when nothing does. */
	typeValueOf(account: string): string;
	/** Procore's cost type for such a value, as GP compares: without case and outer blanks; undefined where none is set. */
	costTypeOf(value: string): string | undefined;
	/** Whether the setting calls the account a purchase accrual account. */
	isAccrualAccount(account: string): boolean;
	/** What is wrong with settings that are passed over instead of stopping everything. */
	problems: string[];
	/** Number of the commitment a PO number names, or null. */
	commitmentNumber(purchaseOrder: string): string | null;
}

export interface JobFinder {
	/** How the rule is told to people, e.g. "account segment 1". */
	name: string;
	rule: JobRule;
	/** Job number in this text, or null. For `accountSegment` the text is the account. */
	find(text: string | null): string | null;
	/** Segment value that means "no job", e.g. 000 for the company itself. */
	ignores(text: string): boolean;
}

/** @throws MappingSettingsError when a pattern or a segment number cannot be used. */
export function checkSettings(settings: MappingSettings): CheckedSettings {
	const costAccount = compile('costAccountPattern', settings.costAccountPattern);
	// Where no account is job cost, or nobody knows where the code stands, none is asked for.
	const needsNoSegment =
		settings.costCodePattern ||
		settings.costAccountPattern === '' ||
		settings.unfound?.costCode !== undefined;
	checkSegment('costCodeSegment', settings.costCodeSegment, needsNoSegment ? 0 : 1);
	const { settings: current, problems } = withoutRetired(settings);
	const given = filledUp(current);
	const byPattern = given.costCodePattern
		? compile('costCodePattern', given.costCodePattern)
		: null;
	const typeByPattern = given.costTypePattern
		? compile('costTypePattern', given.costTypePattern)
		: null;
	const commitment = given.commitmentPattern
		? compile('commitmentPattern', given.commitmentPattern)
		: null;
	checkSegment('costTypeSegment', settings.costTypeSegment, 0);
	checkDay('documentsFrom', given.documentsFrom);
	const rules = compileRules(settings.rules ?? []);
	const types = new Map(
		Object.entries(given.costTypes).map(([value, type]) => [keyOf(value), type]),
	);
	return {
		...given,
		rules,
		problems: [...problems, ...rules.problems],
		isAccrualAccount: accountTest('accrualAccounts', given.accrualAccounts),
		jobFinders: settings.jobRules.map((rule, index) => finderOf(rule, `jobRules[${index + 1}]`)),
		// An empty pattern fits everything: it is none.
		isCostAccount: (account) => settings.costAccountPattern !== '' && costAccount.test(account),
		costCodeOf: (account) =>
			byPattern
				? fromPattern(byPattern, account, given.costCodeFormat)
				: (splitAccount(account)[given.costCodeSegment - 1] ?? ''),
		typeValueOf: (account) =>
			typeByPattern
				? firstOf(typeByPattern.exec(account))
				: (splitAccount(account)[given.costTypeSegment - 1] ?? ''),
		costTypeOf: (value) => types.get(keyOf(value)),
		commitmentNumber: (purchaseOrder) => {
			if (purchaseOrder === '') return null;
			if (!commitment) return purchaseOrder;
			const match = commitment.exec(purchaseOrder);
			return firstOf(match) || null;
		},
	};
}

/** Settings made before a policy existed keep its default. */
function filledUp(settings: MappingSettings): MappingSettings {
	const given = Object.entries(settings).filter(([, value]) => value !== undefined);
	return {
		...DEFAULT_MAPPING_SETTINGS,
		...(Object.fromEntries(given) as unknown as MappingSettings),
	};
}

/** Each entry is an account as it is written, or a regular expression over the whole account. */
function accountTest(setting: string, entries: readonly string[]): (account: string) => boolean {
	const written = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
	const isAccount = (entry: string) => /^[\p{L}\p{N}_. -]+$/u.test(entry);
	const exact = new Set(written.filter(isAccount).map(keyOf));
	const patterns = written
		.filter((entry) => !isAccount(entry))
		.map((entry) => compile(setting, entry));
	return (account) => exact.has(keyOf(account)) || patterns.some((one) => one.test(account));
}

function fromPattern(pattern: Pattern, account: string, format: string): string {
	const match = pattern.exec(account);
	return match === null ? '' : formatted(match, format);
}

function formatted(match: PatternMatch, format: string): string {
	return format
		.replace(/\$(\d{1,2})/g, (_, group: string) => match.parts[Number(group)] ?? '')
		.trim();
}

/** The first group where the pattern has one that took part, else all of it; '' where nothing is found. */
function firstOf(match: PatternMatch | null): string {
	return match ? (match.parts[1] ?? match.parts[0] ?? '').trim() : '';
}

function finderOf(rule: JobRule, setting: string): JobFinder {
	if (rule.from === 'accountSegment') {
		checkSegment(`${setting}.segment`, rule.segment, 1);
		const ignored = new Set(rule.ignore.map((value) => value.trim().toUpperCase()));
		const ignores = (account: string) =>
			ignored.has((splitAccount(account)[rule.segment - 1] ?? '').toUpperCase());
		return {
			name: `account segment ${rule.segment}`,
			rule,
			ignores,
			find: (account) =>
				account === null || ignores(account)
					? null
					: splitAccount(account)[rule.segment - 1] || null,
		};
	}
	const pattern = compile(`${setting}.pattern`, rule.pattern);
	const ignored = new Set((rule.ignore ?? []).map((value) => value.trim().toUpperCase()));
	const found = (text: string) => {
		const match = pattern.exec(text);
		return match && rule.format ? formatted(match, rule.format) : firstOf(match);
	};
	return {
		name: rule.from === 'purchaseOrder' ? 'PO number' : rule.from,
		rule,
		ignores: (text) => ignored.size > 0 && ignored.has(found(text).toUpperCase()),
		find: (text) => {
			const value = text === null ? '' : found(text);
			return value === '' || ignored.has(value.toUpperCase()) ? null : value;
		},
	};
}

function checkDay(setting: string, day: string): void {
	if (day === '') return;
	const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
	if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
		throw new MappingSettingsError(setting, `"${day}" is no day; write it as 2026-01-31`);
}

function checkSegment(setting: string, segment: number, least: number): void {
	if (!Number.isInteger(segment) || segment < least || segment > 10) {
		throw new MappingSettingsError(
			setting,
			`${segment} is no account segment; GP accounts have segments 1 to 10`,
		);
	}
}

/**
 * Which settings decided: twelve digits, equal for equal settings, so that an audit event tells
 * whether the rules were others then. The company is no setting: each record tells its own.
 */
export function mappingVersion({
	company: _company,
	costAccountsFound,
	unfound,
	documentsFrom,
	onlyProjects,
	...settings
}: MappingSettings): string {
	const {
		company: _none,
		documentsFrom: _never,
		onlyProjects: _all,
		...defaults
	} = DEFAULT_MAPPING_SETTINGS;
	// Which places are not known decides; the words why do not.
	const open = Object.keys(unfound ?? {}).sort();
	const current = withoutRetired(settings).settings;
	return contentHash({
		...defaults,
		...current,
		...(current.rules ? { rules: forFingerprint(current.rules) } : {}),
		...(costAccountsFound ? { costAccountsFound } : {}),
		...(open.length > 0 ? { unfound: open } : {}),
		// Where they are empty a mapping counts for the same as before there were any.
		...(documentsFrom ? { documentsFrom } : {}),
		...(onlyProjects && onlyProjects.length > 0 ? { onlyProjects: [...onlyProjects].sort() } : {}),
	}).slice(0, 12);
}

/** The order a document bills, where it names one and the policy asks for it. */
export function commitmentOf(
	payable: GpPayable,
	settings: CheckedSettings,
): Pick<DesiredDirectCost, 'commitment'> {
	if (settings.commitments === 'ignore' || isExpense(payable.documentType)) return {};
	const number = settings.commitmentNumber(text(payable.purchaseOrderNumber));
	return number === null ? {} : { commitment: { number, then: settings.commitments } };
}

/** Whether it may bill an order: a line of one is found by its cost code alone, where nothing tells the cost type. */
export function billsOrder(...of: Parameters<typeof commitmentOf>): boolean {
	return commitmentOf(...of).commitment !== undefined;
}
