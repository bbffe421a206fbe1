import type { GpAccount } from '../../model/gp-records';
import type { JobRule, MappingSettings, ProjectCandidate } from '../types';

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

/** A place a number may stand in, and how its value is read. */
export interface Place {
	/** As people are told, e.g. "account segment 2". */
	name: string;
	from: JobRule['from'];
	/** Value as it is written there; null where the line has none. */
	read(line: SampleLine): string | null;
}
