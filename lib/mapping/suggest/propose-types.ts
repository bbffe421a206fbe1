import type { GpAccount, GpPayable } from '../../model/gp-records';
import { keyOf } from '../crosswalk-index';
import { type CostDistribution, costOfPayable } from '../payable-cost';
import type { MappingSettings, ProjectCandidate } from '../types';

/** One way a cost line is written in GP, and how many lines are written so. */
export interface SampleLine {
	account: string;
	reference: string | null;
	description: string | null;
	purchaseOrder: string | null;
	lines: number;
}

/** What setup looked at in GP. */
export interface Sample {
	payables: number;
	/** Cost lines: purchases and the like, without charges and without other companies' lines. */
	costLines: number;
	lines: readonly SampleLine[];
	accounts: readonly GpAccount[];
	/** Accounts that tax was posted to, with the number of lines. */
	taxAccounts: ReadonlyMap<string, number>;
}

/** What stands in Procore, as far as places are looked for by it. */
export interface ProcoreNumbers {
	projects: readonly ProjectCandidate[];
	/** Full codes as Procore shows them; those of divisions among them do no harm. */
	costCodes: ReadonlyArray<{ projectId: string; code: string; name: string }>;
	costTypes: ReadonlyArray<{ code: string; name: string }>;
}

/** What is proposed about, in the order people read it. */
export const SUBJECTS = [
	'job',
	'costAccounts',
	'costCode',
	'costType',
	'accrual',
	'tax',
	'balanceSheet',
	'skippedJobs',
	'openJobs',
	'inactive',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** The settings that say where things stand; the other settings are policies and rules. */
export const PLACE_SETTINGS = [
	'jobRules',
	'costAccountPattern',
	'accrualAccounts',
	'costCodeSegment',
	'costCodePattern',
	'costCodeFormat',
	'costTypeSegment',
	'costTypePattern',
	'costTypes',
	'defaultCostType',
] as const satisfies ReadonlyArray<keyof MappingSettings>;
export type PlaceSettings = Partial<Pick<MappingSettings, (typeof PLACE_SETTINGS)[number]>>;

export interface Finding {
	subject: Subject;
	/** False: not sure. Nothing is set then, and the lines it concerns wait. */
	sure: boolean;
	/** What was found, or why nothing is claimed. */
	said: string;
	/** Cost lines it holds for, and of how many. */
	covered: number;
	of: number;
	/** As the company writes it, with what is read from it. */
	examples: string[];
	/** What else was looked at, best first. */
	others: string[];
	settings: PlaceSettings;
}

/** A finding that claims nothing: why not, and what was looked at. */
export function unsure(subject: Subject, of: number, said: string, others: string[] = []): Finding {
	return { subject, sure: false, said, covered: 0, of, examples: [], others, settings: {} };
}

export interface Proposal {
	findings: Finding[];
	/** Everything that is sure. */
	settings: PlaceSettings;
	/** Jobs whose project cannot be told from the number by a rule, each with the project it is. */
	links: Array<{ job: string; projectId: string }>;
	/** Jobs that are no project: shop, overhead, yard. */
	skips: Array<{ job: string; why: string }>;
	/** Of the sample's cost lines, by the mapping itself. */
	coverage: { lines: number; placed: number; left: number; waiting: number };
}

/** Ways of writing that are kept at most; lines beyond them are counted where their way is known. */
const WAYS = 50_000;

/** Gathers a sample as records are read, so that payables need not all be there together. */
export function sampleOf(): {
	accounts(records: readonly GpAccount[]): void;
	payables(records: readonly GpPayable[]): void;
	sample(): Sample;
} {
	const accounts: GpAccount[] = [];
	const ways = new Map<string, SampleLine>();
	const taxAccounts = new Map<string, number>();
	let payables = 0;
	let costLines = 0;
	return {
		accounts: (records) => {
			// One by one: a chart may hold more accounts than a call takes arguments.
			for (const one of records) accounts.push(one);
		},
		payables: (records) => {
			payables += records.length;
			for (const payable of records) {
				if (payable.voided || payable.documentType === 'payment') continue;
				// Every account may be job cost: which ones are is not known yet.
				const cost = costOfPayable(payable, () => true);
				for (const line of cost?.lines ?? []) {
					if (line.company !== undefined) continue;
					costLines += 1;
					const way = {
						account: line.account,
						reference: line.reference,
						description: payable.description,
						purchaseOrder: payable.purchaseOrderNumber,
					};
					const key = JSON.stringify(way);
					const known = ways.get(key);
					if (known) known.lines += 1;
					else if (ways.size < WAYS) ways.set(key, { ...way, lines: 1 });
				}
				for (const { account, charge, company } of cost?.charges ?? []) {
					if (charge !== 'tax' || company !== undefined) continue;
					taxAccounts.set(account, (taxAccounts.get(account) ?? 0) + 1);
				}
			}
		},
		sample: () => ({ payables, costLines, lines: [...ways.values()], accounts, taxAccounts }),
	};
}

/** A line of the sample as the mapping takes it; its amount decides nothing. */
export function costLineOf(
	{ account, reference }: SampleLine,
	inChart?: GpAccount,
): CostDistribution {
	const { postingType = null, active, description } = inChart ?? {};
	return {
		...{ sequence: 0, account, reference, amount: '1', charge: null },
		accountFacts: inChart
			? { postingType, active: active ?? null, description: description ?? null }
			: null,
	};
}

/** As much of its document as decides about a line. */
export function documentOf({ description, purchaseOrder }: SampleLine, company: string): GpPayable {
	return {
		company,
		vendorId: '',
		vendorClassId: null,
		description,
		purchaseOrderNumber: purchaseOrder,
	} as unknown as GpPayable;
}

/** Words for one kind of cost, in descriptions of accounts as in names of Procore's cost types. */
const KINDS: ReadonlyArray<readonly [kind: string, words: RegExp]> = [
	['labor', /\b(labou?r|payroll|wages?|salar(y|ies)|burden)\b/gi],
	['material', /\b(materials?|mat'?ls?|mtls?|supplies)\b/gi],
	['subcontract', /\b(sub-?contract(s|or|ors|ing|ed)?|subs?|commitments?)\b/gi],
	['equipment', /\b(equip(ment)?|eqp|equipm|plant|rentals?)\b/gi],
	['other', /\b(others?|misc(ellaneous)?|sundry|oth)\b/gi],
];

/** Share of the accounts with one value that have to name the same kind. */
const MOSTLY = 0.75;

/** Code of the company's one cost type of this kind; undefined where there is none or several. */
function typeOfKind(kind: string, types: ProcoreNumbers['costTypes']): string | undefined {
	const words = KINDS.find(([name]) => name === kind)![1];
	const named = types.filter(({ name }) => name.search(words) >= 0);
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
	for (const account of accounts) {
		const kind = kindOf(account);
		if (kind === undefined) continue;
		told += 1;
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	}
	const [best] = [...kinds].sort((left, right) => right[1] - left[1]);
	if (!best || best[1] < told * MOSTLY || told < accounts.length * MOSTLY) return undefined;
	return typeOfKind(best[0], types);
}

/** Each account is asked about for every place it may be told by. */
const kindsTold = new WeakMap<GpAccount, { kind: string | undefined }>();

function kindOf(account: GpAccount): string | undefined {
	let told = kindsTold.get(account);
	if (!told) kindsTold.set(account, (told = { kind: kindIn(account.description ?? '') }));
	return told.kind;
}

/** The kind a description names; the last word counts: "Equipment rental - Labor" is labor. */
function kindIn(description: string): string | undefined {
	let found: { kind: string; at: number } | undefined;
	for (const [kind, words] of KINDS) {
		for (const match of description.matchAll(words)) {
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
