/** What no public page settles about the Web Services, see the contract's README. */
export interface SoapSwitches {
	/** Most rows one list gives; nothing tells that there are more. */
	rowCap: number;
	/** GP 10 does not know Context.TenantName and refuses a request that has it. */
	knowsTenantName: boolean;
	/** Written after change stamps, which are UTC: nothing, Z, or an offset with the clock of that zone. */
	stampSuffix: '' | 'Z' | '-05:00';
	/** Hours the server adds to a bound of ModifiedDate before it compares. */
	boundOffsetHours: number;
	/** How a date that is none is written where the description allows it. */
	emptyDate: '1900' | 'nil' | '0001';
	/** Phones as number and extension, or as the fourteen digits GP keeps. */
	phoneParts: boolean;
	/** Distributions are joined by number alone, so those of a payment with the same number come too. */
	mixesPayments: boolean;
	/** History documents have no distributions (no distribution history kept). */
	withoutHistoryDistributions: boolean;
	/** Rows in the order of their key, or in none. */
	order: 'key' | 'none';
	/** Keys of records that hold a control character: every answer with one of them is a system fault. */
	poisoned: string[];
	/** Vendors that entity filtering hides from the caller, without a word. */
	hidden: string[];
	/** Without a role: a fault, or 401 or 403 after a login that was accepted. */
	role: 'granted' | 'fault' | '401' | '403';
	/** The companies may not be listed. */
	listsCompanies: boolean;
	/** Members no payables document has. */
	leftOut: string[];
}

export const DEFAULT_SOAP_SWITCHES: SoapSwitches = {
	rowCap: 1000,
	knowsTenantName: true,
	stampSuffix: '',
	boundOffsetHours: 0,
	emptyDate: '1900',
	phoneParts: true,
	mixesPayments: true,
	withoutHistoryDistributions: false,
	order: 'key',
	poisoned: [],
	hidden: [],
	role: 'granted',
	listsCompanies: true,
	leftOut: [],
};
