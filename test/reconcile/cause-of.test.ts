import { causeOf } from '../../lib/reconcile/known-causes';
import { readSentTo } from '../../lib/model/desired';
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

describe('a document that is to leave a place where it stands', () => {
	const asked = (differences: Array<Partial<Difference>>) =>
		fixRequests(
			differences.map((one) => ({ key: '1;1', document: 'Invoice', message: '', ...one })) as never,
			{ company: 'TWO', drift: 'keep', now: '2026-03-01T00:00:00Z', requestedBy: 'me' },
		);
	const at = '2026-03-01T00:00:00Z';

	test.each<[Partial<Difference>]>([
		[{ cause: 'stale' }],
		[{ cause: 'goneFromGp' }],
		[{ cause: 'parked', readAgain: true }],
	])('%p: the request says where, as no event may tell it any more', (one) => {
		const rows = asked([
			{ ...one, projectId: '9001', procoreId: '5' },
			{ ...one, projectId: '9002', procoreId: '6', isInvoice: true },
			{ ...one, projectId: '9003', procoreId: '' },
		]);
		expect(rows).toHaveLength(1);
		expect(readSentTo(rows[0]!.payload)).toEqual({
			'9001': { id: '5', at },
			'9002': { id: '6', at, type: 'requisition' },
		});
	});

	test('one that stays is read from GP and no more; one that waits rightly is not asked for', () => {
		const [row] = asked([{ cause: 'changedInGp', projectId: '9001', procoreId: '5' }]);
		expect(row!.payload).toBe('');
		expect(readSentTo(row!.payload)).toBeNull();
		expect(asked([{ cause: 'parked', projectId: '9001', procoreId: '5' }])).toEqual([]);
	});
});
