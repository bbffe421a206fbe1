import type { DocumentType, GpPayable } from '../model/gp-records';

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
