import type { Entity } from '../../model/desired';
import type { ProbeResult } from '../probe';
import type { ProfileName } from '../profiles/site-profile';
import type { EntityReader } from '../reading/entity-reader';
import type { SecondLook } from '../reading/second-look';
import type { AppliedReader } from './applied.types';
import type { Purchasing } from './purchasing.types';

/** What a way into GP can tell, whatever the site behind it holds. */
export interface DoorCapabilities {
	/** Changes are told by a stamp; without one a stream is read whole and compared by content. */
	stamps: boolean;
	/** The server counts or adds up by itself, so that a list can be checked against a total. */
	totals: boolean;
	/** Purchase receipts, and the purchase invoices that pay them. */
	receipts: boolean;
	/** Purchase orders. */
	orders: boolean;
	/** Payments to vendors as documents of the payables stream. */
	payments: boolean;
	/** Which invoice a payment paid. */
	applied: boolean;
	/** Retainage held back on a payables document. */
	retainage: boolean;
	/** Everything else this door does not carry, in words a person understands. */
	lacks: readonly string[];
}

/**
 * One way into the books of one GP company. All doors give the same normalised records
 * (lib/model/gp-records.ts); what one cannot tell stands in its capabilities and is never made up.
 */
export interface Door {
	readonly name: ProfileName;
	readonly capabilities: DoorCapabilities;
	/**
	 * One of the streams that flow: `list` gives every row since a moment with the proof that none is
	 * missing, `complete` what a row lacks, `get` one record by its key. The keys of a stream are
	 * those of its list.
	 */
	stream(entity: Entity): EntityReader;
	/** Keys read a second time by another way than `stream`; absent where the door has none of its own. */
	secondLook?(entity: Entity): Promise<SecondLook>;
	/** Whether a key can be asked for at all: what a door does not list is not deleted because it is absent. */
	knows(entity: Entity, key: string): boolean;
	/** For a credential's Test button. */
	probe(): Promise<ProbeResult>;
	/** Orders, receipts and purchase invoices; null where the door has none. */
	readonly purchasing: Purchasing | null;
	/** What was applied to which document; null where the door does not tell. */
	readonly applied: AppliedReader | null;
}
