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
	 * what search and re-evaluation after a crosswalk change look up. Upper case; see touches.ts.
	 */
	touches?: string;
	/** Short hash of the mapping settings that decided. */
	mappingVersion?: string;
}
