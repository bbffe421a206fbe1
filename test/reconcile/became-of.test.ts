import {
	becameOf,
	controlCells,
	controlInWords,
	type ControlledDocument,
	controlTotals,
	type DocumentFacts,
	isNewer,
	type MappedTo,
} from '../../lib/reconcile/control-totals';
import type { ControlRow } from '../../lib/model/gp-changes';

const FACTS: DocumentFacts = {
	...{ standing: false, requested: false, parked: false, newer: false },
	...{ mapped: 'send', said: false, eventsWhole: true },
};

test.each([
	[{ standing: true, parked: true }, 'sent'],
	[{ requested: true, parked: true }, 'requested'],
	[{ parked: true, newer: true }, 'waiting'],
	[{ newer: true, mapped: 'nothing' }, 'notDue'],
	[{ newer: true, mapped: 'leftOut', said: true }, 'leftOut'],
	[{ newer: true, mapped: 'send', said: true }, 'notDue'],
	[{ mapped: 'notRead', said: true }, 'notRead'],
	[{ mapped: 'send' }, 'missing'],
	// Left out once, and wanted now: that it was left out explains nothing.
	[{ mapped: 'send', said: true }, 'missing'],
	[{ mapped: 'waits' }, 'unsaid'],
	[{ mapped: 'waits', said: true }, 'unsaid'],
	[{ mapped: 'leftOut', said: true }, 'leftOut'],
	[{ mapped: 'leftOut' }, 'unsaid'],
	[{ mapped: 'leftOut', eventsWhole: false }, 'leftOutNow'],
	[{ mapped: 'leftOut', said: true, eventsWhole: false }, 'leftOut'],
	[{ mapped: 'nothing' }, 'unsaid'],
	[{ mapped: 'nothing', eventsWhole: false }, 'unsaid'],
	[{ mapped: 'nothing', said: true }, 'leftOut'],
] as Array<[Partial<DocumentFacts>, string]>)('%j is %s', (facts, became) => {
	expect(becameOf({ ...FACTS, ...facts })).toBe(became);
});

test.each([
	[null, '2026-07-01', false],
	[null, '', true],
	['2026-07-01', '', true],
	['2026-07-01', '2026-07-01T10:00:00.000Z', true],
	['2026-06-30', '2026-07-01T10:00:00.000Z', false],
	['2026-07-01T10:00:00.000Z', '2026-07-01T10:00:00.000Z', false],
	['2026-07-01T10:00:00.001Z', '2026-07-01T10:00:00.000Z', true],
])('changed %s, read to %s: due with the next run %s', (modified, readTo, newer) => {
	expect(isNewer(modified, readTo)).toBe(newer);
});

const row = (key: string, given: Partial<ControlRow> = {}): ControlRow => ({
	...{ key, vendor: 'ACME', month: '2026-03', amount: '10', voided: false },
	...{ state: 'open', modified: '2026-03-02' },
	...given,
});
const document = (
	of: ControlRow,
	mapped: MappedTo,
	more: Partial<ControlledDocument> = {},
): ControlledDocument => ({
	row: of,
	head: undefined,
	...more,
	facts: { standing: false, requested: false, parked: false, mapped, ...more.facts },
});
const SAID = { leftOut: new Set<string>(), eventsWhole: true, readTo: '2026-07-01' };

test('documents are added up by month and vendor, and by what became of them', () => {
	const standing = { facts: { standing: true } as ControlledDocument['facts'] };
	const findings: string[][] = [];
	const totals = controlTotals(
		[
			document(row('1;1'), 'send', standing),
			document(row('1;2', { month: '2026-04', amount: '2.5' }), 'leftOut'),
			document(row('5;3', { amount: '-4', vendor: 'BOLT' }), 'leftOut'),
			document(row('1;4', { amount: '99', voided: true }), 'leftOut'),
		],
		{ ...SAID, leftOut: new Set(['5;3', '1;4']) },
		(...finding) => findings.push(finding),
	);
	expect(totals.byMonth).toEqual([
		['2026-03', { sent: { documents: 1, amount: '10' }, leftOut: { documents: 2, amount: '-4' } }],
		['2026-04', { unsaid: { documents: 1, amount: '2.5' } }],
	]);
	expect(totals.byVendor.map(([vendor]) => vendor)).toEqual(['ACME', 'BOLT']);
	expect(findings).toEqual([['1;2', 'unsaid', 'the mapping leaves it out, and no event says so']]);
	expect(controlCells(totals.total, totals.amountsKnown)).toEqual({
		gp_amount: '8.50',
		difference: '2.50',
		unexplained: '2.50',
		explained: '1 in Procore 10.00; 2 left out -4.00; 1 nobody said what became of it 2.50',
	});
	expect(controlInWords(totals.total)).toBe(
		'Of the 4 documents GP lists: 1 in Procore, 2 left out, 1 nobody said what became of it.',
	);
});

test('a list that tells no amounts gives numbers of documents only', () => {
	const totals = controlTotals([document(row('1;1', { amount: null }), 'send')], SAID, () => {});
	expect(controlCells(totals.total, totals.amountsKnown)).toEqual({
		...{ gp_amount: '', difference: '', unexplained: '' },
		explained: '1 missing in Procore',
	});
});

describe('what the list says is held against the document', () => {
	const head = {
		...{ amount: '10.00', vendor: 'ACME', month: '2026-03', voided: false },
		modified: '2026-03-02',
	};
	test.each([
		[{}, []],
		[{ amount: '10.00000' }, []],
		[{ amount: '11' }, ['amount 11 and 10.00']],
		[{ vendor: 'BOLT' }, ['vendor BOLT and ACME']],
		[{ month: '2026-02', voided: true }, ['month 2026-02 and 2026-03, voided and not voided']],
		// Not told is no contradiction, and neither is a change between the two readings.
		[{ amount: null, vendor: '', month: '', voided: null }, []],
		[{ amount: '11', modified: '2026-03-09' }, []],
	] as Array<[Partial<ControlRow>, string[]]>)('%j', (given, expected) => {
		const found: string[] = [];
		controlTotals([document(row('1;1', given), 'send', { head })], SAID, (_key, finding, words) => {
			if (finding === 'contradicted') found.push(words);
		});
		expect(found).toEqual(expected);
	});
});
