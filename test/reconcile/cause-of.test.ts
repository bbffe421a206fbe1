import { causeOf } from '../../lib/reconcile/known-causes';
import { fixRequests } from '../../lib/reconcile/differences';
import type { Difference, DifferenceCause } from '../../lib/reconcile/reconcile.types';
import type { SentEvidence } from '../../lib/sync/standing/as-sent';

/** GP's side, Procore's side → cause, whether it is mended by default, and with GP's values put back. */
const TABLE: Array<
	[
		SentEvidence['gp'],
		SentEvidence['procore'],
		DifferenceCause,
		mended: boolean,
		overwrite: boolean,
	]
> = [
	['asSent', 'edited', 'editedInProcore', false, true],
	['asSent', 'unknown', 'editedInProcore', false, true],
	['asSent', 'asSent', 'differs', false, true],
	['documentChanged', 'asSent', 'changedInGp', true, true],
	['documentChanged', 'edited', 'changedOnBothSides', false, true],
	['documentChanged', 'unknown', 'differs', false, true],
	['mappingChanged', 'asSent', 'mappingChanged', true, true],
	['mappingChanged', 'edited', 'changedOnBothSides', false, true],
	['mappingChanged', 'unknown', 'differs', false, true],
	['changed', 'asSent', 'changedSinceSent', true, true],
	['changed', 'edited', 'changedOnBothSides', false, true],
	['changed', 'unknown', 'differs', false, true],
	['unknown', 'asSent', 'differs', false, true],
	['unknown', 'edited', 'differs', false, true],
	['unknown', 'unknown', 'differs', false, true],
];

test.each(TABLE)('GP %s, Procore %s is %s', (gp, procore, cause, mended, overwrite) => {
	expect(causeOf({ gp, procore })).toBe(cause);
	const difference = { cause, key: '1;1', document: 'Invoice', message: '' } as Difference;
	const asked = (drift: 'keep' | 'overwrite') =>
		fixRequests([difference], { company: 'TWO', drift, now: 'now', requestedBy: 'me' }).length > 0;
	expect([asked('keep'), asked('overwrite')]).toEqual([mended, overwrite]);
});
