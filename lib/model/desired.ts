import type { Entity } from '../streams/streams';
import type { Decimal } from './money';

export type { Entity } from '../streams/streams';

/**
 * Where a Procore record comes from, carried from the GP record through mapping and
 * sync into the audit trail.
 */
export interface SourceReference {
	/** GP company database id, e.g. "TWO": part of every origin id. */
	company: string;
	entity: Entity;
	/** GP key: vendor id, account string, or `{documentType};{voucher}`. Unique in company + entity. */
	key: string;
	/** What a person calls it: "ACME CONCRETE", "Invoice INV-88 of ACME0001, voucher 00417". */
	label: string;
	/** Of a document: what GP calls its vendor, to be shown and looked for. */
	vendorName?: string;
	/** Payables only: state at the time of reading. */
	state?: 'unposted' | 'open' | 'history';
	/** GP's change stamp: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS.sssZ`. */
	modified?: string;
	/** It was kept from an earlier reading: GP may say something else by now. */
	stored?: true;
	/** contentHash of the GP record. */
	hash: string;
	/**
	 * Payables and vendors: short hash of what of the record decides how it stands in Procore. Unlike
	 * `hash` it stays when a document moves to history, unless the day it was paid is looked up.
	 */
	content?: string;
	/** Cost this source stands for in GP (sum of its cost distributions), exact. */
	amount?: Decimal;
	/** Which mapping rule decided, e.g. "crosswalk row 12", "segment 1 = project number". */
	rule?: string;
	/**
	 * Everything the record has to do with, e.g. `|V:ACME0001|VOUCHER:00417|DOC:INV-88|J:300|A:300-5110-02|`:
	 * what search and re-evaluation after a crosswalk change look up. Upper case; see mapping-context.ts.
	 */
	touches?: string;
	/** Short hash of the mapping settings that decided. */
	mappingVersion?: string;
}

interface DesiredBase {
	/** Company-wide unique external key, e.g. "GP:TWO:V:ACME0001". */
	originId: string;
	/** Spellings an older version may have sent the record under: the same one, to be recognised. */
	formerOriginIds?: readonly string[];
	source: SourceReference;
	/** The GP record behind it, handed on so that a refused record can be parked and tried again. */
	record?: unknown;
}

/** How a company vendor should stand in Procore. Absent field = leave as it is. */
export interface DesiredVendor extends DesiredBase {
	kind: 'vendor';
	/** Ids of other GP vendors that the crosswalk links to the same Procore vendor. */
	linkSharedWith?: string[];
	/** Stands for the tax id (lib/model/same-firm.ts): an existing vendor with the same one is adopted. */
	taxIdMatch?: string;
	/** Link to this existing Procore vendor (crosswalk exception) instead of matching. */
	procoreId?: string;
	vendor: {
		name: string;
		abbreviated_name?: string;
		address?: string;
		city?: string;
		state_code?: string;
		zip?: string;
		country_code?: string;
		business_phone?: string;
		mobile_phone?: string;
		fax_number?: string;
		email_address?: string;
		website?: string;
		/** Absent: GP does not tell, so it stays as it is in Procore. */
		is_active?: boolean;
		/** GP vendor id, visible to users. */
		origin_code: string;
	};
}

/** How a project cost code should stand in Procore. */
export interface DesiredCostCode extends DesiredBase {
	kind: 'costCode';
	/** Empty for a code of a standard list. */
	projectId: string;
	/** The company's standard list it belongs to instead of a project. */
	standardListId?: string;
	/** Own segment only, never the parent's prefix. */
	code: string;
	name: string;
	/** Code of the division above, made first when absent. */
	parent?: { code: string; name: string; originId: string };
	active: boolean;
}

export interface DesiredLine {
	originId: string;
	/** Full code as Procore shows it, e.g. "03-300" or "5110". */
	costCode: string;
	/** Cost type code, e.g. "M". */
	costType: string;
	/** Two decimals, negative for credits. */
	amount: Decimal;
	description?: string;
	taxCodeId?: string;
}

/** A document of a project by the last event of a write to it. */
export interface SentAs {
	/** Absent: as a direct cost. */
	type?: 'requisition';
	/** Procore's id. */
	id: string;
	/** UTC instant of the event. */
	at: string;
	/** Jobs it named then, as in `touches`. */
	jobs?: string;
}

/** Procore project → how a document stands there. */
export type SentTo = Readonly<Record<string, SentAs>>;

const STANDING = 'standing';

/** As a request carries where its document was found in Procore, of which no event may tell. */
export function writeSentTo(projects: SentTo): string {
	return JSON.stringify({ kind: STANDING, projects });
}

/** What `writeSentTo` wrote; null for any other text. */
export function readSentTo(text: string | null | undefined): SentTo | null {
	if (!text?.startsWith('{')) return null;
	try {
		const read = JSON.parse(text) as { kind?: unknown; projects?: SentTo | null } | null;
		return read?.kind === STANDING && typeof read.projects === 'object' ? read.projects : null;
	} catch {
		return null;
	}
}

/** How a direct cost with all its lines should stand in Procore. */
export interface DesiredDirectCost extends DesiredBase {
	kind: 'directCost';
	projectId: string;
	/** origin id of the vendor; resolved to the Procore id by the sync. */
	vendorOriginId?: string;
	/** As formerOriginIds, of the vendor. */
	formerVendorOriginIds?: readonly string[];
	/** Or the Procore id itself (crosswalk exception). */
	vendorId?: string;
	/** GP voided or deleted it: take the cost out of the budget, keep the trail. */
	voided: boolean;
	/** How the audit trail knows it in this project, where it was sent and not voided since, and a list must not be believed. */
	sentAs?: SentAs;
	/** Voided because the mapping names this project no more, or the document is gone from GP. */
	withdrawn?: true;
	header: {
		direct_cost_type: 'invoice' | 'expense' | 'payroll' | 'subcontractor_invoice';
		invoice_number?: string;
		/** Appended to invoice_number when another record of this vendor already has it. */
		invoiceNumberSuffix?: string;
		status: 'draft' | 'pending' | 'revise_and_resubmit' | 'approved';
		direct_cost_date?: string;
		received_date?: string;
		/** Day it was paid in full; empty: it is not, and a date that stands there goes. */
		payment_date?: string;
		terms?: string;
		description?: string;
	};
	/**
	 * The document bills an order. Where the project has a commitment with this number and vendor, it
	 * goes there as a requisition, goes as a direct cost of type subcontractor invoice, or is left out;
	 * where it has none, it is an ordinary direct cost. Never counted twice.
	 */
	commitment?: { number: string; then: 'requisition' | 'subcontractorInvoice' | 'skip' };
	/**
	 * Cost codes that no sync of accounts makes, since their account is inactive in GP or belongs to no
	 * project by itself. Only looked at where the project lacks the code: `make` has it made, else (an
	 * inactive account) the document fails and says why.
	 */
	codesOfLines?: Array<{ costCode: string; account: string; name: string; make: boolean }>;
	/** Cost codes of the lines that a GL account brings to this project whenever it is sent, with that account. */
	codeAccounts?: Array<{ costCode: string; account: string }>;
	lines: DesiredLine[];
	/** Sum of the lines. */
	total: Decimal;
}

export type DesiredRecord = DesiredVendor | DesiredCostCode | DesiredDirectCost;
