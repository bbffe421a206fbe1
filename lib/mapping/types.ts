import type { DesiredRecord, Entity, SentAs, SentTo, SourceReference } from '../model/desired';
import type { GpRecord } from '../model/gp-records';
import type { Decimal } from '../model/money';
import type { Outcome, OutcomeKind } from '../model/outcome';
import type { TableRow } from '../tables/tables';
import type { AccountPolicies, InvoicePolicies, MappingRule } from './policies.types';

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
	/** The pattern is what setup made of a sample: an account it never saw may be job cost all the same. */
	costAccountsFound?: true;
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
	/** Where it was found in Procore, whatever the events tell. */
	sentBefore?: SentTo;
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
	/** GP key of a payable → Procore project → how it was sent there, where it was not voided since. */
	sentBefore?: Record<string, Record<string, SentAs>>;
	/** Records that GP no longer has: what was sent of them is taken out of the budget. */
	deleted?: DeletedRecord[];
}

/** One share of an amount. Shares always add up exactly. */
export interface Allocation {
	key: string;
	amount: Decimal;
}

/**
 * Policies as they are delivered, and no place at all: GP prescribes none, and every contractor lays
 * its accounts out differently. Setup finds the places, or a person fills them in.
 */
export const DEFAULT_MAPPING_SETTINGS: MappingSettings = {
	company: '',
	jobRules: [],
	matchProjectNumber: true,
	costAccountPattern: '',
	costCodeSegment: 0,
	costTypeSegment: 0,
	costTypes: {},
	defaultCostType: '',
	freight: 'spread',
	tax: 'spread',
	miscellaneous: 'spread',
	tradeDiscount: 'spread',
	balanceSheetTax: 'leaveOut',
	accrualAccounts: [],
	inactiveCostCodes: 'make',
	ownLines: {},
	taxCodes: {},
	retainage: 'cost',
	unposted: 'leave',
	documentsFrom: '',
	onlyProjects: [],
	financeCharges: 'skip',
	payments: 'skip',
	postedStatus: 'approved',
	duplicateNumbers: 'suffix',
	functionalCurrency: '',
	foreignCurrency: 'functional',
	costDate: 'document',
	receivedDate: 'none',
	descriptionParts: ['description', 'purchaseOrder', 'batch'],
	commitments: 'ignore',
	commitmentPattern: '',
	costCodePattern: '',
	costCodeFormat: '$1',
	divisionNames: {},
	inactiveAccounts: 'send',
	costCodesGoTo: 'ownProject',
	standardListId: '',
	rules: [],
};

/**
 * What the Mapping node had until 0.3.0 where nothing was filled in: job number in account segment 1,
 * natural account in segment 2 as cost code, element in segment 3 as cost type ("300-5110-02"). Nodes
 * made then keep it; no other company is looked at with it.
 */
export const DELIVERED_UNTIL_0_3: MappingSettings = {
	...DEFAULT_MAPPING_SETTINGS,
	jobRules: [
		{ from: 'accountSegment', segment: 1, ignore: ['000'] },
		// A digit is asked for, so that "job site clean-up" is not taken for job "site".
		{ from: 'reference', pattern: '\\bJOB[ #-]*(\\w*\\d\\w*)' },
		{ from: 'purchaseOrder', pattern: '^(\\d{3})-PO' },
	],
	costAccountPattern: '^\\d{3}-5[1-3]\\d{2}-\\d{2}$',
	costCodeSegment: 2,
	costTypeSegment: 3,
	costTypes: { '01': 'L', '02': 'M', '03': 'S', '04': 'E' },
	defaultCostType: 'O',
};

/** Settings that are no more, with the values that decided something and what is said about them. */
const RETIRED: Record<string, { said: string; about: string }> = {
	// Procore's payment_date is the day a cost was paid; a due date there calls open invoices paid.
	paymentDate: {
		said: 'due',
		about:
			'The policy "Due Date Becomes" is no more and is treated as not set: the payment date in Procore is the day a cost was paid. Remove it in the Mapping node; to keep the due date in sight, add "Due Date" to "Description Shows". Payment dates written before stay in Procore until they are changed there.',
	},
};

/** Settings as they decide, without those that are no more, and what to tell about these. */
export function withoutRetired<Settings extends Partial<MappingSettings>>(
	settings: Settings,
): { settings: Settings; problems: string[] } {
	const kept = Object.entries(settings).filter(([name]) => !Object.hasOwn(RETIRED, name));
	const given = settings as Record<string, unknown>;
	return {
		settings: Object.fromEntries(kept) as Settings,
		problems: Object.entries(RETIRED)
			.filter(([name, { said }]) => given[name] === said)
			.map(([, { about }]) => about),
	};
}

/** Why something is not sent. Stable and machine-readable; people read the message. */
export type ReasonCode =
	| 'wrong-company'
	| 'record-unreadable'
	| 'name-missing'
	| 'crosswalk-ambiguous'
	| 'crosswalk-action-unknown'
	| 'crosswalk-cell-spoilt'
	| 'skipped-by-crosswalk'
	| 'skipped-by-rule'
	| 'before-start'
	| 'project-not-chosen'
	| 'not-job-cost'
	| 'company-level-account'
	| 'no-job'
	| 'job-without-project'
	| 'job-ambiguous'
	| 'project-unknown'
	| 'cost-code-missing'
	| 'cost-type-missing'
	| 'place-unknown'
	| 'same-cost-code'
	| 'shared-cost-code'
	| 'payment'
	| 'not-posted'
	| 'finance-charge'
	| 'vendor-missing'
	| 'vendor-skipped'
	| 'no-distributions'
	| 'other-company'
	| 'intercompany-unknown'
	| 'no-cost'
	| 'out-of-balance'
	| 'voided-never-sent'
	| 'deleted-never-sent'
	| 'deleted-in-gp'
	| 'tax-code-missing'
	| 'tax-by-code'
	| 'recoverable-tax'
	| 'tax-account-unknown'
	| 'cost-account-unknown'
	| 'cost-on-receipt'
	| 'as-sent'
	| 'retainage'
	| 'retainage-unknown'
	| 'column-unknown'
	| 'foreign-currency'
	| 'vendor-class-unknown'
	| 'inactive-account'
	| 'standard-list-missing';

export interface Reason {
	code: ReasonCode;
	/** See causeKey: what has to be settled, the same for all records that wait for it. */
	causeKey?: string;
	message: string;
	remedy: string;
}

/** What mapping one record gave. */
export interface Mapped {
	desired: DesiredRecord[];
	notSent: Outcome[];
}

export function parked(source: SourceReference, record: GpRecord, reason: Reason): Mapped {
	return { desired: [], notSent: [notSent('parked', source, reason, slim(record))] };
}

export function skipped(source: SourceReference, reason: Reason): Mapped {
	return { desired: [], notSent: [notSent('skipped', source, reason)] };
}

/** The record without its raw copy: what travels on and waits in the parked table stays small. */
export function slim<Record extends GpRecord>(record: Record): Record {
	if (record.raw === undefined) return record;
	const { raw: _raw, ...rest } = record;
	return rest as Record;
}

export function notSent(
	outcome: Extract<OutcomeKind, 'parked' | 'skipped'>,
	source: SourceReference,
	reason: Reason,
	record?: GpRecord,
): Outcome {
	return {
		kind: 'outcome',
		outcome,
		source,
		reason,
		// Mapping decides alike in dry runs; the audit marks them.
		dryRun: false,
		...(record ? { record } : {}),
	};
}
