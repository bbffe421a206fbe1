import type { SentEvidence } from '../sync/standing/as-sent';
import type { DifferenceCause } from './reconcile.types';

/**
 * Why a document stands in Procore otherwise than GP wants it, by what can be shown about both sides
 * since it was sent. What was not shown is not claimed.
 *
 * | GP \\ Procore | as sent | edited | unknown |
 * |---|---|---|---|
 * | as sent | differs | editedInProcore | editedInProcore |
 * | document changed | changedInGp | changedOnBothSides | differs |
 * | mapping changed | mappingChanged | changedOnBothSides | differs |
 * | changed | changedSinceSent | changedOnBothSides | differs |
 * | unknown | differs | differs | differs |
 */
const CAUSES: Record<SentEvidence['gp'], Record<SentEvidence['procore'], DifferenceCause>> = {
	asSent: { asSent: 'differs', edited: 'editedInProcore', unknown: 'editedInProcore' },
	documentChanged: { asSent: 'changedInGp', edited: 'changedOnBothSides', unknown: 'differs' },
	mappingChanged: { asSent: 'mappingChanged', edited: 'changedOnBothSides', unknown: 'differs' },
	changed: { asSent: 'changedSinceSent', edited: 'changedOnBothSides', unknown: 'differs' },
	unknown: { asSent: 'differs', edited: 'differs', unknown: 'differs' },
};

export function causeOf({ gp, procore }: SentEvidence): DifferenceCause {
	return CAUSES[gp][procore];
}
