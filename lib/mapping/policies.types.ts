import type { DocumentType, GpPayable } from '../model/gp-records';
import type { ChargeKind } from './payable-cost';

/** Shared out over the cost lines to the cent, or a line of its own. */
export type ChargePolicy = 'spread' | 'ownLine';

/**
 * Tax may also go by tax code: the lines then carry the code, and Procore works out the tax itself.
 * It takes no tax amount, so GP's is left out of the lines and reported.
 */
export type TaxPolicy = ChargePolicy | 'taxCode';

/** A line that is made by policy. */
export type OwnLineKind = ChargeKind | 'retainage';

/** What an invoice number that another document of the vendor has already gets. */
export type DuplicateNumberPolicy = 'suffix' | 'refuse';

/** Parts a direct cost's description is put together from, in this order. */
export type DescriptionPart =
	| 'description'
	| 'vendorName'
	| 'documentNumber'
	| 'voucher'
	| 'purchaseOrder'
	| 'batch'
	| 'terms'
	| 'dueDate'
	| 'currency';

/** Choices about payables documents. */
export interface InvoicePolicies {
	freight: ChargePolicy;
	tax: TaxPolicy;
	miscellaneous: ChargePolicy;
	tradeDiscount: ChargePolicy;
	/** Cost code and type of lines made by policy; empty = what their own account says. */
	ownLines: Partial<Record<OwnLineKind, { costCode?: string; costType?: string }>>;
	/**
	 * Tax on a balance-sheet account (recoverable VAT, input tax) is no cost: left out and reported, or
	 * treated as any other tax.
	 */
	balanceSheetTax: 'leaveOut' | 'asTax';
	/**
	 * Accounts (exact, or regular expressions over the whole account) that receipts are accrued on: an
	 * invoice that debits one waits, because its cost stands on the purchase receipt.
	 */
	accrualAccounts: string[];
	/** A cost code that is missing because its account is inactive in GP: made when a cost needs it, or the document waits. */
	inactiveCostCodes: 'make' | 'wait';
	/** GP tax detail id (upper case; "" = any other) → Procore tax code id. For tax `taxCode`. */
	taxCodes: Record<string, string>;
	/** Held back from the vendor: part of the cost, a line of its own beside the rest, or left out. */
	retainage: 'cost' | 'ownLine' | 'leaveOut';
	/** Documents not posted yet. A draft becomes `postedStatus` once it is posted. */
	unposted: 'leave' | 'sendAsDraft';
	/** Finance charges. */
	financeCharges: 'skip' | 'expense';
	/** Payments settle invoices; some sites charge a manual check straight to a job. */
	payments: 'skip' | 'expense';
	/**
	 * First load: documents dated before this day (`YYYY-MM-DD`) are left out, unless they were sent
	 * already; empty = none is.
	 */
	documentsFrom: string;
	/**
	 * First load: ids of the Procore projects that get anything; what belongs to another one is left out.
	 * Empty = all get theirs. What was sent to a project before stays there.
	 */
	onlyProjects: string[];
	/** Status of a posted document's direct cost. */
	postedStatus: 'approved' | 'pending';
	duplicateNumbers: DuplicateNumberPolicy;
	/** Currency id of the company's own books, e.g. "Z-US$"; empty = documents are not looked at. */
	functionalCurrency: string;
	/** Documents in another currency: distributions are in the company's own, or only originating amounts are known. */
	foreignCurrency: 'functional' | 'park';
	/** What becomes Procore's date of the direct cost. */
	costDate: 'document' | 'posting';
	receivedDate: 'none' | 'document' | 'posting' | 'posted';
	descriptionParts: DescriptionPart[];
	/**
	 * An invoice whose PO number is a commitment of the project: looked at as any other, sent as a
	 * subcontractor invoice against it, as direct cost of that type, or left out.
	 */
	commitments: 'ignore' | 'requisition' | 'subcontractorInvoice' | 'skip';
	/** Finds the commitment number in the PO number (first group, or all of it); empty = the PO number is it. */
	commitmentPattern: string;
}

/** Choices about GL accounts. */
export interface AccountPolicies {
	/** Cost code by pattern over the account instead of by segment; empty = segment. */
	costCodePattern: string;
	/** What is made of the groups, e.g. "$1-$2". */
	costCodeFormat: string;
	/** Division → name, e.g. {"03":"Concrete"}; "Division 03" without. */
	divisionNames: Record<string, string>;
	/** Accounts inactive in GP: handed on as inactive (the sync leaves or deactivates them), or left out. */
	inactiveAccounts: 'send' | 'leaveOut';
	/**
	 * Which projects get the cost code of an account: that of its job; each one that is linked to a
	 * job; each there is; or none, but the company's standard list.
	 */
	costCodesGoTo: 'ownProject' | 'linkedProjects' | 'everyProject' | 'standardList';
	/** Procore id of the standard cost code list. */
	standardListId: string;
}

/** Which accounts a rule is about. */
export type AccountMatch =
	| { is: 'oneOf'; accounts: string[] }
	/** By text, ends included: "300-5100-00" to "300-5199-99". */
	| { is: 'range'; from: string; to: string }
	| { is: 'segment'; segment: number; values: string[] }
	| { is: 'pattern'; pattern: string };

/**
 * One line of the ordered list an admin makes. All conditions given must hold; patterns are
 * regular expressions, matched without regard to case.
 */
export interface MappingRule {
	/** What a person calls it; shown wherever it decided. */
	name: string;
	enabled?: boolean;
	when: {
		account?: AccountMatch;
		reference?: string;
		description?: string;
		purchaseOrder?: string;
		vendorIds?: string[];
		vendorClasses?: string[];
		documentTypes?: DocumentType[];
	};
	/**
	 * Texts may carry what a pattern captured: `$1`, `$2` count the groups of all patterns in the
	 * order of `when`; `$<name>` is a named group, `$<segment2>` a segment of the account.
	 */
	set: {
		/** GP job: goes through crosswalk and project number like any other. */
		job?: string;
		/** Procore project itself. */
		projectId?: string;
		costCode?: string;
		costType?: string;
		/** Of the line in Procore. */
		description?: string;
		/** Leave the line out, for this reason. */
		skip?: string;
	};
}

/** One value a rule decided, and which rule that was. */
export interface RuleValue {
	value: string;
	rule: string;
}

/** What the rules say about one line: each value by the first matching rule that sets it. */
export type RuleValues = Partial<Record<keyof MappingRule['set'], RuleValue>> & {
	/** A rule would hold if the vendor had its class, and nobody has looked the class up. */
	unknownClass?: RuleValue;
};

/** What rules may look at. A GL account on its own has no document. */
export interface RuleSubject {
	account: string;
	reference: string | null;
	payable: Pick<
		GpPayable,
		'description' | 'purchaseOrderNumber' | 'vendorId' | 'documentType'
	> | null;
	/** Null: the vendor has none. Undefined: nobody has looked. */
	vendorClass: string | null | undefined;
}
