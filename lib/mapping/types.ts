import type { Decimal } from '../model/money';
import type { Outcome } from '../model/outcome';
import type { DesiredRecord, Entity } from '../model/desired';
import type { GpRecord } from '../model/gp-records';
import type { AccountPolicies, InvoicePolicies } from './policies.types';
import type { MappingRule } from './rule.types';
import type { TableRow } from '../tables/tables';

/** Row of the projects crosswalk table: which Procore project a GP job is. */
export type ProjectCrosswalkRow = TableRow<'projects'>;

/** Row of the accounts crosswalk table: which cost code and cost type an account is. */
export type AccountCrosswalkRow = TableRow<'accounts'>;

/** Row of the vendors crosswalk table: exceptions only. */
export type VendorCrosswalkRow = TableRow<'vendors'>;

export interface Crosswalk {
	projects: ProjectCrosswalkRow[];
	accounts: AccountCrosswalkRow[];
	vendors: VendorCrosswalkRow[];
}

/** A Procore project as far as mapping needs it. */
export interface ProjectCandidate {
	id: string;
	name: string;
	projectNumber: string | null;
}

/** Where the job number stands; tried in order, first match wins. */
export type JobRule =
	| { from: 'accountSegment'; segment: number; ignore: string[] }
	| {
			from: 'account' | 'reference' | 'description' | 'purchaseOrder';
			pattern: string;
			/** What is made of the groups, e.g. "$1-$2"; absent = the first group, or all of it. */
			format?: string;
			/** Values that mean "no job". */
			ignore?: string[];
	  };

/** A place that is known for no company: setup has to find it, or a person to fill it in. */
export type PlaceToFind = 'job' | 'costAccounts' | 'costCode' | 'costType';

export interface MappingSettings extends InvoicePolicies, AccountPolicies {
	/** GP company database id, part of origin ids. */
	company: string;
	jobRules: JobRule[];
	/** Link a job to the Procore project with this same project number when no crosswalk row decides. */
	matchProjectNumber: boolean;
	/** Which GL accounts are job cost: regular expression over the whole account string. */
	costAccountPattern: string;
	/** Cost code = this account segment (1-based) unless the crosswalk says otherwise. */
	costCodeSegment: number;
	/** Cost type from this segment (1-based), translated by `costTypes`; 0 = always the default. */
	costTypeSegment: number;
	/** Value from a pattern over the account instead of a segment: its first group; empty = segment. */
	costTypePattern?: string;
	/** Segment value → Procore cost type code, e.g. {"01":"L","02":"M"}. */
	costTypes: Record<string, string>;
	defaultCostType: string;
	/** Why a place is not known. What it would decide waits, unless a row or a rule decides it. */
	unfound?: Partial<Record<PlaceToFind, string>>;
	/** Ordered; each value is decided by the first matching rule that sets it. */
	rules?: MappingRule[];
}

export interface MappingResult {
	/** In the order of the records; several per record where it touches several projects. */
	desired: DesiredRecord[];
	/** Parked or skipped, with reason and remedy; carries the GP record when parked. */
	notSent: Outcome[];
	/** GP jobs met that have no crosswalk row yet, with what was found for them. */
	newJobs: ProjectCrosswalkRow[];
	/** Cost accounts met that have no crosswalk row yet. */
	newAccounts: AccountCrosswalkRow[];
}

/** A record that was there before and is gone from GP. */
export interface DeletedRecord {
	company: string;
	entity: Entity;
	key: string;
}

export interface MappingInput {
	records: GpRecord[];
	crosswalk: Crosswalk;
	projects: ProjectCandidate[];
	settings: MappingSettings;
	/** Vendor id → class, for rules by vendor class: a payable does not carry it. */
	vendorClasses?: Record<string, string>;
	/**
	 * GP key of a payable → Procore projects it was sent to before. Where the mapping no longer names
	 * one of them, the document is taken out of the budget there.
	 */
	earlierProjects?: Record<string, string[]>;
	/** Records that GP no longer has: what was sent of them is taken out of the budget. */
	deleted?: DeletedRecord[];
}

/** One share of an amount. Shares always add up exactly. */
export interface Allocation {
	key: string;
	amount: Decimal;
}
