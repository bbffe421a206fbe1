import type { RecordStanding } from '../../sync/standing/record-standing';
import { causeOf } from '../cause-of';
import type { RecordCause } from './record-comparison.types';

/**
 * Why a vendor or cost code stands otherwise than GP wants it; null where nothing is to be said.
 *
 * | stands | shown since it was sent | cause |
 * |---|---|---|
 * | as GP has it, or is not to be sent | | none |
 * | nowhere | | missing |
 * | under its name or number only | | notLinked |
 * | under another owner | | conflict |
 * | inactive | GP wants what was sent | inactiveInProcore |
 * | inactive | anything else | as `causeOf` says |
 * | otherwise | | as `causeOf` says |
 */
export function causeOfRecord({
	how,
	evidence,
}: Pick<RecordStanding<unknown>, 'how' | 'evidence'>): RecordCause | null {
	switch (how) {
		case 'agrees':
		case 'notSent':
			return null;
		case 'missing':
		case 'notLinked':
		case 'conflict':
			return how;
		case 'inactive':
			return evidence.gp === 'asSent' ? 'inactiveInProcore' : (causeOf(evidence) as RecordCause);
		case 'differs':
			return causeOf(evidence) as RecordCause;
	}
}
