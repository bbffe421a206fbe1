import type { InGp } from './gp-documents';
import { MAYBE_GONE, NOT_LISTED, OTHER_MONTH, plain, type KnownCause } from './known-causes';

/**
 * Why Procore has a record from GP that GP's documents do not want there, by what is known of its
 * document.
 *
 * | document | cause |
 * |---|---|
 * | compared | stale: the mapping wants it elsewhere |
 * | waits | parked |
 * | outside the months | differs: one of the two dates was changed |
 * | not read | notRead |
 */
export function causeOfRest(inGp: Exclude<InGp, 'notListed'>): KnownCause {
	return {
		compared: plain('stale'),
		waits: plain('parked'),
		outside: OTHER_MONTH,
		notRead: plain('notRead'),
	}[inGp];
}

/** What GP answered when it was asked for a document by its key. */
export type Answered = 'there' | 'notThere' | 'notAsked';

/**
 * The same of a record whose document is not in the list that was read.
 *
 * | list \\ asked by key | there | not there | not asked |
 * |---|---|---|---|
 * | proven complete | notRead | goneFromGp | goneFromGp |
 * | not proven | notRead | goneFromGp | notRead: maybe gone |
 */
export function causeOfUnlisted(listIsWhole: boolean, answered: Answered): KnownCause {
	if (answered === 'there') return NOT_LISTED;
	return listIsWhole || answered === 'notThere' ? plain('goneFromGp') : MAYBE_GONE;
}
