import { AccountBooks } from '../../lib/reconcile/account-books';
import { isDirectCost, notProvenText, slimCost } from '../../lib/reconcile/comparison';
import { recordSummary, recordWords, tableRows } from '../../lib/reconcile/table-rows';
import type { RecordResult } from '../../lib/reconcile/table-rows';
import type { DifferenceCause } from '../../lib/reconcile/reconcile.types';
import type { DesiredDirectCost } from '../../lib/model/desired';
import { source } from '../audit/samples';

const ORIGIN = 'GP:TWO:PM:1:1:P:1';
const COST: DesiredDirectCost = {
	kind: 'directCost',
	originId: ORIGIN,
	source: source('1;1', { label: 'Invoice 1' }),
	projectId: '1',
	vendorId: 'V',
	voided: false,
	header: { direct_cost_type: 'invoice', status: 'approved', direct_cost_date: '2026-02-27' },
	lines: [{ originId: `${ORIGIN}:L:1`, costCode: '5110', costType: 'M', amount: '10.00' }],
	total: '10.00',
};
const CONTEXT = {
	...{ at: 'now', company: 'TWO', runId: '7' },
	by: [['projectId'], ['vendor', 'month'], []],
	// A blank id is no project and no vendor, whatever name there were for it.
	projectName: (id: string) => ({ '': 'nobody', '1': 'Garage' })[id],
	vendorName: (id: string) => ({ '': 'nobody', V: 'Acme' })[id],
	mostDifferences: 10,
} as const;

/** Two documents, one of them in a project and of a vendor without a name, neither in Procore. */
function compared() {
	const books = new AccountBooks({ by: [...CONTEXT.by.map((by) => [...by])] });
	const other = {
		...COST,
		...{ originId: 'GP:TWO:PM:1:2:P:2', projectId: '2', vendorId: 'W' },
		...{ source: source('1;2', { label: 'Invoice 2' }), total: '5.00' },
		lines: [{ ...COST.lines[0]!, originId: 'GP:TWO:PM:1:2:P:2:L:1', amount: '5.00' }],
	};
	for (const cost of [COST, other]) {
		const { key, label } = cost.source;
		const vendor = cost.vendorId!;
		books.document({ key, label, amount: cost.total, vendor, month: '2026-02' });
		books.expect(slimCost(cost));
	}
	return books.finish();
}

test('a row says its place by name where there is one, by id where there is none, and nothing else', () => {
	const rows = tableRows(compared(), [], { ...CONTEXT, notProven: 'why' });
	const ofMonths = tableRows(compared(), [], { ...CONTEXT, months: 'from 2026-01' });
	expect(ofMonths.map(({ month }) => month)).toEqual([
		'from 2026-01',
		...rows.slice(1).map(({ month }) => month),
	]);
	expect(
		rows.map(({ row_kind, project, vendor, month }) => [row_kind, project, vendor, month]),
	).toEqual([
		['total', '', '', ''],
		['project', 'Garage', '', ''],
		['project', '2', '', ''],
		['vendor, month', '', 'Acme', '2026-02'],
		['vendor, month', '', 'W', '2026-02'],
		['total', '', '', ''],
		['difference', 'Garage', 'Acme', '2026-02'],
		['difference', '2', 'W', '2026-02'],
	]);
	const [total, project] = rows;
	expect(total).toEqual({
		...{ at: 'now', gp_company: 'TWO', row_kind: 'total', procore_project_id: '', project: '' },
		...{ cost_code: '', vendor: '', month: '', gp_amount: '15.00', procore_amount: '0.00' },
		...{ difference: '15.00', explained: 'missing 15.00', unexplained: '0.00', cause: '' },
		...{ gp_key: '', gp_label: '', procore_id: '', remedy: '', run_id: '7', not_proven: 'why' },
	});
	expect(project).toMatchObject({ procore_project_id: '1', gp_amount: '10.00', not_proven: '' });
	expect(rows.at(-1)).toMatchObject({
		...{ cost_code: '5110', difference: '5.00', unexplained: '0.00', cause: 'missing' },
		...{ gp_key: '1;2', gp_label: 'Invoice 2', procore_id: '' },
	});
});

describe('in a project that is inactive in Procore', () => {
	const remedies = (cause: DifferenceCause, closed: string[]) => {
		const comparison = compared();
		for (const one of comparison.differences) Object.assign(one, { cause, remedy: 'Do this.' });
		const closedProjects = new Set(closed);
		return tableRows(comparison, [], { ...CONTEXT, notProven: '', closedProjects })
			.filter(({ row_kind }) => row_kind === 'difference')
			.map(({ remedy }) => remedy);
	};

	test('what a run would write has to wait until it is active again', () => {
		expect(remedies('missing', ['1'])).toEqual([
			expect.stringMatching(/^Project Garage is inactive in Procore, .* Do this\.$/),
			'Do this.',
		]);
		expect(remedies('parked', ['2'])[1]).toMatch(/^Project 2 is inactive/);
	});

	test('what no run has a hand in keeps its remedy', () => {
		expect(remedies('notFromGp', ['1', '2'])).toEqual(['Do this.', 'Do this.']);
	});
});

test('documents are counted by month and by vendor, the vendor by its name in GP', () => {
	const sent = { documents: 2, amount: '12.50' } as const;
	const unsaid = { documents: 1, amount: '7' } as const;
	const control = {
		...{ total: { sent, unsaid }, amountsKnown: true, unsaid: 1, contradicted: 0 },
		byMonth: [['2026-02', { sent, unsaid }]],
		byVendor: [
			['ACME', { sent }],
			['BOLT', { unsaid }],
		],
	} as const;
	const rows = (given: object, context = {}) =>
		tableRows({ ...compared(), control: { ...control, ...given } as never }, [], {
			...CONTEXT,
			gpVendorName: (id) => (id === 'ACME' ? 'Acme Concrete' : undefined),
			...context,
		})
			.filter(({ row_kind }) => row_kind.startsWith('documents'))
			.map((row) =>
				[row.row_kind, row.month, row.vendor, row.gp_amount, row.unexplained].join('|'),
			);
	expect(rows({})).toEqual([
		'documents by month|2026-02||19.50|7.00',
		'documents by vendor||Acme Concrete|12.50|0.00',
		'documents by vendor||BOLT|7.00|7.00',
	]);
	expect(rows({}, { gpVendorName: undefined })[1]).toBe('documents by vendor||ACME|12.50|0.00');
	// A list that does not tell every amount gives no sum.
	expect(rows({ amountsKnown: false })).toContain('documents by month|2026-02|||');
});

describe('vendors and cost codes', () => {
	const difference = {
		...{ entity: 'vendor' as const, cause: 'missing' as const, key: 'A', label: 'Acme' },
		...{ projectId: '1', procoreId: '9', message: 'Is not there', remedy: 'Send it' },
	};
	const result = (given: object): RecordResult => ({
		...{ entity: 'vendor', records: 12, agree: 7, leftOut: 2, missing: 0 },
		differences: [difference, { ...difference, key: 'B' }, { ...difference, key: 'C' }],
		...given,
	});
	const rows = (one: RecordResult, mostDifferences: number) =>
		tableRows(compared(), [one], { ...CONTEXT, mostDifferences })
			.filter(({ row_kind }) => /vendors|vendor diff|cost code/.test(row_kind))
			.map(({ row_kind, explained, cause, gp_key, remedy, not_proven }) =>
				[row_kind, explained, cause, gp_key, remedy, not_proven].join('|'),
			);

	test('one row that sums up, then their differences, no more than are to be listed', () => {
		const sum = 'vendors|7 as in GP; 2 left out; 3 missing|||';
		const one = (key: string) => `vendor difference|Is not there|missing|${key}|Send it|`;
		expect(rows(result({}), 3)).toEqual([`${sum}|`, one('A'), one('B'), one('C')]);
		expect(rows(result({ missing: 4 }), 2)).toEqual([
			`${sum}|4 of GP are missing`,
			...[one('A'), one('B'), 'vendor difference|1 more|more|||'],
		]);
	});

	test('that were not compared say why', () => {
		const failed: RecordResult = { entity: 'account', failed: 'No right' };
		expect(rows(failed, 3)).toEqual(['cost codes|||||No right']);
		expect(recordWords(failed)).toBe('Cost codes were not compared: No right.');
		expect(recordSummary(failed)).toEqual({ failed: 'No right' });
	});

	test('in words and numbers', () => {
		expect(recordWords(result({ differences: [] }))).toBe('Vendors: 7 as in GP; 2 left out.');
		expect(recordSummary(result({ missing: 4 }))).toEqual({
			...{ records: 12, agree: 7, leftOut: 2, missing: 4, differences: 3 },
		});
	});
});

describe('what keeps a comparison from being proven', () => {
	const none = { missing: 0, failed: null, list: '' };
	const of = (batches: number, writes: number, since = '') =>
		notProvenText({ ...none, unrecorded: { batches, writes, since } });

	test('nothing', () => {
		expect(notProvenText(none)).toBe('');
		expect(notProvenText({ ...none, control: { unsaid: 0, contradicted: 0 } })).toBe('');
		expect(of(0, 0, '2026-06-15T10:02:00.000Z')).toBe('');
	});

	test.each([
		[1, '1 document of GP is missing from this comparison'],
		[2, '2 documents of GP are missing from this comparison'],
	])('%i missing', (missing, words) => {
		expect(notProvenText({ ...none, missing })).toBe(words);
	});

	test('each doubt by its own words', () => {
		expect(
			notProvenText({
				...{ missing: 0, failed: 'timeout', list: 'the list may be cut' },
				control: { unsaid: 1, contradicted: 3 },
				records: [
					{ entity: 'vendor', failed: 'No right' },
					{ entity: 'account', records: 1, agree: 1, leftOut: 0, missing: 0, differences: [] },
					{ entity: 'vendor', records: 1, agree: 1, leftOut: 0, missing: 2, differences: [] },
				],
			}),
		).toBe(
			'the second reading failed: timeout; the list may be cut; of 1 document no run said what became of it; GP’s list tells 3 documents otherwise than the document itself; 2 vendors of GP are missing from this comparison',
		);
	});

	test('batches that were not recorded', () => {
		expect(of(1, 0, '2026-06-15T10:02:33.000Z')).toBe(
			'1 batch in the journal, begun 2026-06-15 10:02 UTC is not recorded (none of its writes was met)',
		);
		expect(of(3, 2)).toBe('3 batches in the journal are not recorded (2 of their writes named)');
	});
});

test('of a document only what is compared is kept, and no member without a value', () => {
	expect(isDirectCost(COST)).toBe(true);
	const slim = slimCost(COST);
	expect(JSON.parse(JSON.stringify(slim))).toStrictEqual(slim);
	expect(slim.source).toStrictEqual({
		key: '1;1',
		label: 'Invoice 1',
		...(COST.source.modified === undefined ? {} : { modified: COST.source.modified }),
	});
	const full: DesiredDirectCost = {
		...COST,
		vendorOriginId: 'GP:TWO:V:ACME',
		commitment: { number: 'SC-1', then: 'skip' },
		source: { ...COST.source, content: 'g', modified: '2026-02-27T10:00:00.000Z' },
		lines: [{ ...COST.lines[0]!, taxCodeId: '7', description: 'Rebar' }],
	};
	expect(slimCost(full, 'h')).toMatchObject({
		...{ vendorOriginId: 'GP:TWO:V:ACME', commitment: { number: 'SC-1' }, hash: 'h' },
		source: { content: 'g', modified: '2026-02-27T10:00:00.000Z' },
		lines: [{ taxCodeId: '7', description: 'Rebar' }],
	});
	// The text of a line is part of what is compared only where the document bills an order.
	const { commitment: _, ...noOrder } = full;
	expect(slimCost(noOrder).lines[0]).not.toHaveProperty('description');
});
