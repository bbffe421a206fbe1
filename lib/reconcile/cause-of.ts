import type { SentEvidence } from '../sync/standing/as-sent';
import type { DifferenceCause, ExpectedCost, StandingDirectCost } from './reconcile.types';

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

/**
 * Why what GP wants of a document is not what stands in Procore.
 *
 * | GP wants | Procore | cause |
 * |---|---|---|
 * | voided | voided as it was sent, and counts again | editedInProcore |
 * | voided | otherwise | notYetVoided |
 * | a draft | | unposted |
 * | it | something | as the evidence shows |
 * | it | nothing | missing |
 */
export function causeOfCost(
	cost: ExpectedCost,
	actual: StandingDirectCost | undefined,
	evidenceOf?: (cost: ExpectedCost, actual: StandingDirectCost) => SentEvidence,
): DifferenceCause {
	const evidence = (actual && evidenceOf?.(cost, actual)) ?? NOTHING_SHOWN;
	if (cost.voided) return evidence.gp === 'asSent' ? 'editedInProcore' : 'notYetVoided';
	if (cost.header.status === 'draft') return 'unposted';
	return actual ? causeOf(evidence) : 'missing';
}

/**
 * Why what stands beside the amounts is not what GP wants, the amounts being right: by the same table.
 * A document that is to count, and does.
 */
export function causeOfHeader(
	cost: ExpectedCost,
	actual: StandingDirectCost,
	evidenceOf?: (cost: ExpectedCost, actual: StandingDirectCost) => SentEvidence,
): DifferenceCause {
	return causeOf(evidenceOf?.(cost, actual) ?? NOTHING_SHOWN);
}

const NOTHING_SHOWN: SentEvidence = { gp: 'unknown', procore: 'unknown' };
