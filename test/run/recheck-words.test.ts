import { recheckWords } from '../../lib/run/run';

const NONE = { open: 0, openRuns: 0, closed: 0, closedRuns: 0, listed: 0 };

test.each([
	[undefined, ''],
	[{ payable: NONE }, ''],
	[
		{ payable: { ...NONE, open: 340, openRuns: 6 } },
		'340 open documents are read again every 6 runs',
	],
	[{ payable: { ...NONE, open: 34, openRuns: 1 } }, '34 open documents are read again every run'],
	[
		{ payable: { ...NONE, open: 34 } },
		'34 open documents are not read again: "recheck" of the site profile is 0',
	],
	[
		{
			vendor: { ...NONE, open: 90, openRuns: 2 },
			payable: { ...NONE, open: 5, openRuns: 1, closed: 800, closedRuns: 67, listed: 12 },
		},
		'90 vendors are read again every 2 runs; 5 open documents are read again every run; 800 documents in history are read again every 67 runs; 12 open documents, of which the list tells all, are compared once a day',
	],
])('%j', (reports, words) => {
	expect(recheckWords(reports)).toBe(words);
});
