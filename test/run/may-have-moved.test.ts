import { mayHaveMoved } from '../../lib/run/may-have-moved';

const batch = {
	phase: 'changes' as const,
	records: [
		{ kind: 'payable', state: 'open', distributions: [] },
		{ kind: 'payable', state: 'history', distributions: [{}] },
		{ kind: 'checkpoint' },
	],
	version: 'b',
	knownVersions: ['b', '', undefined, null],
	sendsDrafts: false,
	readBefore: false,
};

describe('whether documents may stand elsewhere in Procore', () => {
	test('not while the mapping is as it was', () => {
		expect(mayHaveMoved(batch)).toBe(false);
	});

	test('not when none came, however often payables were read', () => {
		expect(mayHaveMoved({ ...batch, records: [{ kind: 'checkpoint' }], readBefore: true })).toBe(
			false,
		);
	});

	test('not while they wait: that would be asked on each run', () => {
		expect(mayHaveMoved({ ...batch, phase: 'parked', readBefore: true })).toBe(false);
	});

	test.each([
		['the mapping was another once', { knownVersions: ['b', 'a'] }],
		['drafts are sent', { sendsDrafts: true }],
		['an earlier run may have sent them', { readBefore: true }],
		['history lost its lines', { records: [{ state: 'history', distributions: [] }] }],
	])('when %s', (_why, change) => {
		expect(mayHaveMoved({ ...batch, ...change })).toBe(true);
		// Their events were read with the request.
		expect(mayHaveMoved({ ...batch, ...change, phase: 'requested' })).toBe(false);
	});
});
