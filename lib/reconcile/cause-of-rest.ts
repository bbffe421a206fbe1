import type { InGp } from './gp-documents';
import { COULD_NOT_BE_READ, MAYBE_GONE, NOT_LISTED, OTHER_MONTH } from './known-causes';
import type { KnownCause } from './known-causes';
import { EXPLANATIONS } from './explanations';
import type { DifferenceCause } from './reconcile.types';

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
		compared: known('stale'),
		waits: known('parked'),
		outside: OTHER_MONTH,
		notRead: COULD_NOT_BE_READ,
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
	return listIsWhole || answered === 'notThere' ? known('goneFromGp') : MAYBE_GONE;
}

function known(cause: DifferenceCause): KnownCause {
	return { cause, ...EXPLANATIONS[cause] };
}
