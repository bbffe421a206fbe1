import type { ActualLine } from '../../../lib/procore/resources/direct-cost-lines';
import {
	foreignLines,
	planLines,
	type ResolvedLine,
} from '../../../lib/sync/kinds/direct-cost-lines';

const HEAD = 'GP:TWO:PM:1:1:P:9001';
const wanted = (
	number: number,
	amount: string,
	more: Partial<ResolvedLine> = {},
): ResolvedLine => ({
	...{ originId: `${HEAD}:L:${number}`, costCodeId: '5', costTypeId: '6', amount },
	...more,
});
const stands = (id: string, amount: string | null, more: Partial<ActualLine> = {}): ActualLine =>
	({
		...{ id, originId: null, directCostId: '1', costCodeId: '5', costTypeId: '6', amount },
		...more,
	}) as ActualLine;
const own = (number: number, amount: string | null = '1.00') =>
	stands(String(number), amount, { originId: `${HEAD}:L:${number}` });
const plan = (lines: ResolvedLine[], standing?: ActualLine[], id: string | undefined = '1') => {
	const { rows, remove, foreign, missing } = planLines(HEAD, id, lines, standing);
	const ids = (all: ActualLine[]) => all.map((line) => line.id);
	return { taken: rows.map((row) => row.id), remove: ids(remove), foreign: ids(foreign), missing };
};

test('lines that were not read are sent by their origin id, and none is taken away', () => {
	const { rows, ...rest } = planLines(HEAD, undefined, [wanted(1, '10')], undefined);
	expect(rows).toStrictEqual([
		{
			...{ origin_id: `${HEAD}:L:1`, cost_code_id: 5, line_item_type_id: 6 },
			...{ extended_type: 'manual', amount: 10 },
		},
	]);
	expect(rest).toEqual({ remove: [], foreign: [], missing: 1 });
});

test('a row names its direct cost, and what is known of the line', () => {
	const line = wanted(1, '10', { description: '', taxCodeId: '8' });
	expect(planLines(HEAD, '1', [line], [own(1)]).rows[0]).toMatchObject({
		...{ id: 1, direct_cost_id: 1, description: '', tax_code_id: 8 },
	});
});

test('lines of ours stand by their origin id, in whatever spelling; others of ours go', () => {
	const lines = [wanted(1, '1'), wanted(2, '2')];
	expect(plan(lines, [own(2), own(1)])).toEqual({
		...{ taken: [1, 2], remove: [], foreign: [], missing: 0 },
	});
	const spelled = stands('7', '1.00', { originId: `${HEAD}:L:1`.toLowerCase() });
	expect(plan(lines, [spelled, own(3), own(4)])).toEqual({
		...{ taken: [7, undefined], remove: ['3', '4'], foreign: [], missing: 1 },
	});
});

test('what is to go and is nothing already stays; what tells no amount goes', () => {
	expect(plan([], [own(1, '0.00'), own(2, null), stands('3', '0')]).remove).toEqual(['2']);
	expect(plan([], [stands('3', '5')]).remove).toEqual(['3']);
});

test('lines of another integration are never touched', () => {
	const theirs = stands('9', '1.00', { originId: 'SAGE-1' });
	expect(plan([wanted(1, '1')], [theirs])).toEqual({
		...{ taken: [undefined], remove: [], foreign: ['9'], missing: 1 },
	});
	expect(foreignLines([theirs, theirs, theirs, own(1)]).message).toContain(
		'(SAGE-1, SAGE-1, SAGE-1)',
	);
});

describe('lines entered by hand', () => {
	test('are taken over, those with the same amount first', () => {
		const byHand = [stands('7', '2.00'), stands('8', null), stands('9', '1.00')];
		const three = [wanted(1, '1'), wanted(2, '2'), wanted(3, '3')];
		expect(plan(three, byHand)).toMatchObject({ taken: [9, 7, 8], remove: [], missing: 0 });
		expect(plan([wanted(1, '1')], byHand)).toMatchObject({ taken: [9], remove: ['7', '8'] });
		expect(plan([wanted(1, '3')], byHand)).toMatchObject({ taken: [7], remove: ['8', '9'] });
	});

	test('each once, and only on the same cost code and cost type', () => {
		expect(plan([wanted(1, '1'), wanted(2, '1')], [stands('9', '1.00')])).toMatchObject({
			...{ taken: [9, undefined], missing: 1 },
		});
		for (const other of [{ costCodeId: '4' }, { costTypeId: '4' }])
			expect(plan([wanted(1, '1')], [stands('9', '1.00', other)])).toMatchObject({
				...{ taken: [undefined], remove: ['9'], missing: 1 },
			});
	});

	test('not for a line that has its own', () => {
		expect(plan([wanted(1, '1')], [own(1, '5'), stands('9', '1.00')])).toMatchObject({
			...{ taken: [1], remove: ['9'] },
		});
	});
});
