/** What became of a document that GP lists. */
export type Became =
	/** Stands in Procore. */
	| 'sent'
	/** Waits in gpp_request. */
	| 'requested'
	/** Waits in gpp_parked. */
	| 'waiting'
	/** Changed in GP since the last run: the next one reads it. */
	| 'notDue'
	/** Left out, and a run said why. */
	| 'leftOut'
	/** Left out as this comparison says; events of before were removed, or are too many to look through. */
	| 'leftOutNow'
	/** Should stand in Procore and does not: the books name it. */
	| 'missing'
	/** Could not be read: the books name it. */
	| 'notRead'
	/** No run said anything of it. */
	| 'unsaid';

/** What mapping makes of it today; `nothing`: neither a record nor a reason. */
export type MappedTo = 'send' | 'leftOut' | 'waits' | 'notRead' | 'nothing';

export interface DocumentFacts {
	/** Procore holds a record that came from it. */
	standing: boolean;
	requested: boolean;
	parked: boolean;
	/** Its stamp lies behind what the last run had read. */
	newer: boolean;
	mapped: MappedTo;
	/** An event says that it was left out. */
	said: boolean;
	/** No event that may have said so was removed. */
	eventsWhole: boolean;
}

/**
 * Where a document of GP is, by the first line that holds.
 *
 * | holds | became |
 * |---|---|
 * | stands in Procore | sent |
 * | in gpp_request | requested |
 * | in gpp_parked | waiting |
 * | mapping leaves it out, and an event says so | leftOut |
 * | changed since the last run | notDue |
 * | could not be read | notRead |
 * | mapping sends it | missing |
 * | mapping leaves it out, events of before were removed | leftOutNow |
 * | anything else (it is to wait, and does not) | unsaid |
 */
export function becameOf(facts: DocumentFacts): Became {
	if (facts.standing) return 'sent';
	if (facts.requested) return 'requested';
	if (facts.parked) return 'waiting';
	const isLeftOut = facts.mapped === 'leftOut' || facts.mapped === 'nothing';
	if (isLeftOut && facts.said) return 'leftOut';
	if (facts.newer) return 'notDue';
	if (facts.mapped === 'notRead') return 'notRead';
	if (facts.mapped === 'send') return 'missing';
	return facts.mapped === 'leftOut' && !facts.eventsWhole ? 'leftOutNow' : 'unsaid';
}
