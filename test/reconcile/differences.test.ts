import {
	compareLines,
	countingLines,
	describeDifference,
	sumOf,
	wantedLines,
} from '../../lib/reconcile/differences';
import { causeOfRest } from '../../lib/reconcile/gp-documents';
import { causeWhileWaiting } from '../../lib/reconcile/known-causes';
import { closedInWords } from '../../lib/reconcile/comparison';
import type { ExpectedCost, StandingDirectCost } from '../../lib/reconcile/reconcile.types';
import { ExpectedCosts, isWithin, matchProject, Totals } from '../../lib/reconcile/totals';

const PLACE = { projectId: '1', costCode: '5110', vendor: 'V', month: '2026-02' };
const line = (id: string, amount: string, place: Partial<typeof PLACE> = {}) => ({
	...{ ...PLACE, ...place, id, amount },
});
const stands = (given: Partial<StandingDirectCost> = {}): StandingDirectCost => ({
	...{
		id: '7',
		projectId: '1',
		originId: 'GP:TWO:PM:1:1:P:1',
		vendor: 'V',
		invoiceNumber: 'INV-1',
	},
	...{ status: 'approved', date: '2026-02-27' },
	lines: [{ originId: 'L1', costCode: '5110', amount: '10.00' } as StandingDirectCost['lines'][0]],
	...given,
});

describe('line by line', () => {
	const compared = (
		wanted: Array<ReturnType<typeof line>>,
		counting: Array<ReturnType<typeof line>>,
	) =>
		compareLines(wanted, counting, 'differs').map(
			({ projectId, costCode, vendor, month, amount, cause }) =>
				[projectId, costCode, vendor, month, amount, cause].join(' '),
		);

	test('equal ones leave nothing, whatever their order', () => {
		const both = [line('L1', '10.00'), line('L2', '5')];
		expect(compared(both, [line('L2', '5.00'), line('L1', '10')])).toEqual([]);
	});

	test('another amount at the same place is one difference', () => {
		expect(compared([line('L1', '10')], [line('L1', '12')])).toEqual([
			'1 5110 V 2026-02 -2 differs',
		]);
	});

	test.each(['projectId', 'costCode', 'vendor', 'month'] as const)(
		'one moved to another %s shows at both places',
		(name) => {
			const moved = compared([line('L1', '10')], [line('L1', '10', { [name]: 'X' })]);
			expect(moved).toHaveLength(2);
			expect(moved.filter((one) => one.includes('X'))).toEqual([expect.stringContaining(' -10 ')]);
		},
	);

	test('one missing and one too many, one without an id, and a copy of one', () => {
		expect(
			compared(
				[line('L1', '1'), line('L2', '2')],
				[line('L2', '2'), line('L2', '2'), line('', '4'), line('', '8')],
			),
		).toEqual([
			'1 5110 V 2026-02 1 differs',
			...['-2', '-4', '-8'].map((amount) => `1 5110 V 2026-02 ${amount} differs`),
		]);
	});
});

describe('what the budget counts of a direct cost', () => {
	test('is its lines at their places', () => {
		expect(countingLines(stands())).toEqual([line('L1', '10.00')]);
		const [bare] = countingLines(
			stands({ date: null, lines: [{ ...stands().lines[0], originId: null }] }),
		);
		expect([bare.month, bare.id]).toEqual(['', '']);
	});
	test('is nothing of a draft', () => {
		expect(countingLines(stands({ status: 'draft' }))).toEqual([]);
	});
	test.each([
		[
			'12.50',
			[
				['5110', '10.00'],
				['', '2.5'],
			],
		],
		['10.00', [['5110', '10.00']]],
		[null, [['5110', '10.00']]],
		[undefined, [['5110', '10.00']]],
	])('with a total of %s', (total, expected) => {
		const lines = countingLines(stands({ total }));
		expect(lines.map(({ costCode, amount }) => [costCode, amount])).toEqual(expected);
	});
});

const cost = (
	projectId: string,
	voucher: string,
	given: Partial<ExpectedCost> = {},
): ExpectedCost => ({
	...{ originId: `GP:TWO:PM:1:${voucher}:P:${projectId}`, projectId, vendorId: 'V', voided: false },
	...{ source: { key: `1;${voucher}`, label: `Invoice ${voucher}` } },
	header: { status: 'approved', direct_cost_date: '2026-02-27' },
	lines: [{ originId: 'L1', costCode: '5110', costType: 'M', amount: '10.00' }],
	...given,
});

test('what GP wants stands at the day of the document', () => {
	expect(wantedLines(cost('1', '1'), 'V')).toEqual([line('L1', '10.00')]);
	const undated = cost('1', '1', { header: { status: 'approved' } });
	expect(wantedLines(undated, 'V')[0].month).toBe('');
	expect(sumOf([line('a', '0.10'), line('b', '0.2')])).toBe('0.3');
	expect(sumOf([])).toBe('0');
});

describe('a difference in words', () => {
	const known = { cause: 'stale', message: 'Known', remedy: 'So' } as const;
	const difference = { ...PLACE, amount: '5', cause: 'missing' } as const;
	const parked = new Map([['1;1', { message: 'No vendor', remedy: 'Add it' }]]);

	test('names the document of GP, or else the record of Procore', () => {
		const named = (of: Parameters<typeof describeDifference>[1]) =>
			describeDifference(difference, of, {}).document;
		expect(named({ key: '1;1', cost: cost('1', '1'), label: 'x' })).toBe('Invoice 1');
		expect(named({ key: '1;1', label: 'Invoice 9', actual: stands() })).toBe('Invoice 9');
		expect(named({ key: '', actual: stands() })).toBe('Procore direct cost INV-1');
		expect(named({ key: '', actual: stands({ invoiceNumber: '', kind: 'requisition' }) })).toBe(
			'Procore subcontractor invoice 7',
		);
	});

	test('has the ids of both sides, as far as there are any', () => {
		const ids = (of: Parameters<typeof describeDifference>[1]) => {
			const { originId, procoreId } = describeDifference(difference, of, {});
			return [originId, procoreId];
		};
		expect(ids({ key: '1;1', cost: cost('1', '1') })).toEqual(['GP:TWO:PM:1:1:P:1', '']);
		expect(ids({ key: '', actual: stands({ originId: null }) })).toEqual(['', '7']);
	});

	test('waits where its document does, unless the cause is known', () => {
		const of = { key: '1;1', cost: cost('1', '1') };
		expect(describeDifference(difference, of, { parked })).toMatchObject({
			...{ cause: 'parked', message: 'No vendor', remedy: 'Add it' },
		});
		expect(describeDifference(difference, of, { parked }, known)).toMatchObject(known);
		const { message } = describeDifference(difference, of, {});
		expect(message).not.toBe('No vendor');
	});

	test.each([
		['1;1', {}, 'missing'],
		['1;1', { requested: new Set(['1;1']), parked }, 'waitingRequest'],
		['1;2', { requested: new Set(['1;1']), parked }, 'missing'],
		['', { parked: new Map([['', parked.get('1;1')!]]) }, 'missing'],
	])('of %s with %j', (key, waits, cause) => {
		expect(causeWhileWaiting(key, 'missing', waits)).toBe(cause);
	});
});

test('what is left of a document says so by where GP has it', () => {
	const causes = (['compared', 'waits', 'outside', 'notRead'] as const).map(
		(at) => causeOfRest(at).cause,
	);
	expect(causes).toEqual(['stale', 'parked', 'differs', 'notRead']);
});

describe('months', () => {
	test.each([
		['2026-02', {}, true],
		['2026-02', { from: '2026-02', to: '2026-02' }, true],
		['2026-01', { from: '2026-02' }, false],
		['2026-03', { to: '2026-02' }, false],
	])('%s within %j: %p', (month, months, expected) =>
		expect(isWithin(month, months)).toBe(expected),
	);
});

test('each project is taken once, in order', () => {
	const costs = new ExpectedCosts();
	const commitment = { then: 'skip' } as unknown as ExpectedCost['commitment'];
	costs.add(cost('2', '1', { commitment }));
	costs.add(cost('1', '2'));
	costs.add(cost('2', '3'));
	expect(costs.projectIds()).toEqual(['1', '2']);
	expect([...costs.ordersBilled('2')]).toEqual(['skip']);
	expect([costs.ordersBilled('1').size, costs.ordersBilled('9').size]).toEqual([0, 0]);
	expect(costs.take('2').map(({ source }) => source.key)).toEqual(['1;1', '1;3']);
	expect([costs.take('2'), costs.take('9')]).toEqual([[], []]);
	expect(costs.projectIds()).toEqual(['1']);
});

test('records are put to documents by origin id, the first one and its copies', () => {
	const [one, other] = [cost('1', '1'), cost('1', '2')];
	const records = [
		stands({ id: '7' }),
		stands({ id: '8', originId: null }),
		stands({ id: '9', originId: 'gp:two:pm:1:1:p:1' }),
		stands({ id: '10', originId: 'SAGE-1' }),
	];
	const { matches, leftOver } = matchProject([one, other], records);
	expect(matches.map(({ actual, copies }) => [actual?.id, copies.map(({ id }) => id)])).toEqual([
		['7', ['9']],
		[undefined, []],
	]);
	expect(leftOver.map(({ id }) => id)).toEqual(['8', '10']);
});

test('totals add up by place, and keep what is unexplained', () => {
	const totals = new Totals(['projectId']);
	totals.gp({ ...PLACE, projectId: '2', amount: '10' });
	totals.gp({ ...PLACE, amount: '5' });
	totals.procore({ ...PLACE, amount: '3' });
	totals.explain({ ...PLACE, cause: 'missing', amount: '1' } as never);
	totals.explain({ ...PLACE, cause: 'missing', amount: '0.5' } as never);
	expect(totals.rows()).toEqual([
		{
			projectId: '1',
			gp: '5',
			procore: '3',
			difference: '2',
			explained: { missing: '1.5' },
			unexplained: '0.5',
		},
		{ projectId: '2', gp: '10', procore: '0', difference: '10', explained: {}, unexplained: '10' },
	]);
	expect(totals.total()).toMatchObject({ gp: '15', procore: '3', unexplained: '10.5' });
});

test('an inactive project in which something stands is told, with its sums', () => {
	const of = (projectId: string, documents: number) => ({ projectId, documents, amount: '1234.5' });
	const words = closedInWords([of('1', 1), of('2', 2), of('3', 1)], new Set(['1', '2']), (id) =>
		id === '1' ? 'Garage' : undefined,
	);
	expect(words).toEqual([
		expect.stringMatching(
			/^Project Garage is inactive in Procore; 1 document from GP with 1,234\.50 /,
		),
		expect.stringMatching(/^Project 2 is inactive in Procore; 2 documents from GP /),
	]);
});
