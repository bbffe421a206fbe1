import type { GpPayable, Stamp } from './gp-records';
import type { Decimal } from './money';

/** A payables document as a list of GP shows it, read for control totals: what is not told is null. */
export interface ControlRow {
	/** Canonical key, as everywhere. */
	key: string;
	/** GP vendor id, canonical; blank where the list does not name it. */
	vendor: string;
	/** `YYYY-MM` of the document date; blank where the list does not tell it. */
	month: string;
	/** Document amount: positive for invoices and charges, negative for returns, credit memos and payments. */
	amount: Decimal | null;
	voided: boolean | null;
	state: GpPayable['state'];
	modified: Stamp | null;
}
