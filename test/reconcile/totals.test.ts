import type { Difference, ExpectedCost } from '../../lib/reconcile/reconcile.types';
import { ExpectedCosts, isWithin, matchProject, Totals } from '../../lib/reconcile/totals';
import type { StandingDirectCost } from '../../lib/sync/standing/read-standing';

const posting = (projectId: string, vendor: string, amount: string) => ({
	...{ projectId, vendor, amount, costCode: '5110', month: '2026-01' },
});

test('both sides add up, for all and by place; what is not explained is left', () => {
	const totals = new Totals(['projectId', 'vendor']);
	totals.gp(posting('2', 'B', '10.00'));
	totals.gp(posting('1', 'B', '5.00'));
	totals.gp(posting('1', 'A', '1.00'));
	totals.procore(posting('1', 'B', '3.50'));
	totals.procore(posting('3', 'A', '2.00'));
	totals.explain({ ...posting('1', 'B', '1.00'), cause: 'missing' } as Difference);
	totals.explain({ ...posting('1', 'B', '0.25'), cause: 'missing' } as Difference);
	totals.explain({ ...posting('2', 'B', '10.00'), cause: 'parked' } as Difference);
	const amounts = (gp: string, procore: string, difference: string, unexplained: string) => ({
		...{ gp, procore, difference, unexplained },
	});
	expect(totals.total()).toEqual({
		...amounts('16', '5.5', '10.5', '-0.75'),
		explained: { missing: '1.25', parked: '10' },
	});
	expect(totals.rows()).toEqual([
		{ projectId: '1', vendor: 'A', ...amounts('1', '0', '1', '1'), explained: {} },
		{
			...{ projectId: '1', vendor: 'B', explained: { missing: '1.25' } },
			...amounts('5', '3.5', '1.5', '0.25'),
		},
		{
			...{ projectId: '2', vendor: 'B', explained: { parked: '10' } },
			...amounts('10', '0', '10', '0'),
		},
		{ projectId: '3', vendor: 'A', ...amounts('0', '2', '-2', '-2'), explained: {} },
	]);
});

const cost = (originId: string, projectId = '1', then?: string) =>
	({ originId, projectId, ...(then ? { commitment: { then } } : {}) }) as ExpectedCost;

test('what is to stand is taken project by project, once', () => {
	const expected = new ExpectedCosts();
	expected.add(cost('b', '2'));
	expected.add(cost('a', '1', 'skip'));
	expected.add(cost('c', '1'));
	expected.add(cost('d', '1', 'requisition'));
	expect(expected.projectIds()).toEqual(['1', '2']);
	expect(expected.ordersBilled('1')).toEqual(new Set(['skip', 'requisition']));
	expect([expected.ordersBilled('2'), expected.ordersBilled('3')]).toEqual([new Set(), new Set()]);
	expect(expected.take('1').map(({ originId }) => originId)).toEqual(['a', 'c', 'd']);
	expect([expected.take('1'), expected.take('3'), expected.projectIds()]).toEqual([[], [], ['2']]);
});

test('months are compared from the first to the last, both of them in', () => {
	const within = (months: object) =>
		['2025-12', '2026-01', '2026-02', ''].map((month) => isWithin(month, months));
	expect(within({})).toEqual([true, true, true, true]);
	expect(within({ from: '2026-01' })).toEqual([false, true, true, false]);
	expect(within({ to: '2026-01' })).toEqual([true, true, false, true]);
	expect(within({ from: '2026-01', to: '2026-01' })).toEqual([false, true, false, false]);
});

test('records are put to documents by origin id, copies beside the first, all others left over', () => {
	const record = (id: string, originId: string | null) => ({ id, originId }) as StandingDirectCost;
	const standing = [
		...[record('1', 'GP:TWO:PM:1:A:P:1'), record('2', 'GP:TWO:PM:1:a:P:1')],
		...[record('3', null), record('4', 'GP:TWO:PM:1:Z:P:1'), record('5', 'SAGE')],
	];
	const { matches, leftOver } = matchProject(
		[cost('GP:TWO:PM:1:a:P:1'), cost('GP:TWO:PM:1:B:P:1')],
		standing,
	);
	expect(leftOver.map(({ id }) => id)).toEqual(['3', '4', '5']);
	expect(matches.map(({ actual, copies }) => [actual?.id, copies.map(({ id }) => id)])).toEqual([
		['1', ['2']],
		[undefined, []],
	]);
});
