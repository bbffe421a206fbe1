import { mayHaveMoved } from '../../lib/run/may-have-moved';

const batch = {
	phase: 'changes' as const,
	records: [
		{ state: 'open', distributions: [] },
		{ state: 'history', distributions: [{}] },
		{ kind: 'checkpoint' },
	],
	version: 'b',
	knownVersions: ['b', '', undefined, null],
	sendsDrafts: false,
};

describe('whether documents may stand elsewhere in Procore', () => {
	test('not while the mapping is as it was', () => {
		expect(mayHaveMoved(batch)).toBe(false);
	});

	test.each([
		['the mapping was another once', { knownVersions: ['b', 'a'] }],
		['drafts are sent', { sendsDrafts: true }],
		['history lost its lines', { records: [{ state: 'history', distributions: [] }] }],
	])('when %s', (_why, change) => {
		expect(mayHaveMoved({ ...batch, ...change })).toBe(true);
		// Their events were read with the request.
		expect(mayHaveMoved({ ...batch, ...change, phase: 'requested' })).toBe(false);
	});
});
