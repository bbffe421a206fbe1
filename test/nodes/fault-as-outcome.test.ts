import { GpRecordMalformed } from '../../lib/gp/errors/gp-error';
import { faultAsOutcome } from '../../nodes/DynamicsGp/actions/requested';

test('a record that could not be read becomes an outcome the audit and the parked table understand', () => {
	const error = new GpRecordMalformed(
		{ entity: 'payable', key: '1;00417' },
		'amount',
		'is not a number',
	);
	const fault = { key: '1;00417', label: 'voucher 00417', error };
	expect(faultAsOutcome(fault, 'payable', 'TWO')).toEqual({
		kind: 'outcome',
		outcome: 'failed',
		source: {
			company: 'TWO',
			entity: 'payable',
			key: '1;00417',
			label: 'voucher 00417',
			hash: expect.stringMatching(/^[0-9a-f]{24}$/),
		},
		reason: { code: 'GP_RECORD_MALFORMED', message: error.message, remedy: error.remedy },
		dryRun: false,
	});
	const other = new GpRecordMalformed(
		{ entity: 'payable', key: '1;00417' },
		'date',
		'is not a date',
	);
	const hashOf = (one: GpRecordMalformed) =>
		faultAsOutcome({ ...fault, error: one }, 'payable', 'TWO').source.hash;
	expect(hashOf(other)).not.toBe(hashOf(error));
});
