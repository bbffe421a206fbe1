import type {
	ActualRequisition,
	DesiredRequisition,
	DesiredRequisitionLine,
} from '../../../lib/sync/kinds/requisition-state';
import { type CommitmentLine, readCommitmentLine } from '../../../lib/procore/resources/projects';
import { allocateToContract, itemsOf } from '../../../lib/sync/payables/commitments';

const contract = (
	id: string,
	amount: string,
	more: Partial<CommitmentLine> = {},
): CommitmentLine => ({
	...{ id, fullCode: '5210', costType: 'S', amount },
	...more,
});
const line = (
	amount: string,
	more: Partial<DesiredRequisitionLine> = {},
): DesiredRequisitionLine => ({
	...{ costCode: '5210', costType: 'S', amount },
	...more,
});
const bill = (
	lines: DesiredRequisitionLine[],
	lineup: CommitmentLine[],
	before: Record<string, string> = {},
) =>
	allocateToContract(
		{ commitmentId: '77', lines } as DesiredRequisition,
		lineup,
		new Map(Object.entries(before)),
	);
const shares = (...given: Parameters<typeof bill>) => {
	const billed = bill(...given);
	return Array.isArray(billed)
		? billed.map(({ lineId, amount, retainage }) => `${lineId} ${amount} ${retainage}`)
		: billed.code;
};

describe('an invoice over the lines of its commitment', () => {
	const two = [contract('1', '100'), contract('2', '50')];

	test('fills one after the other up to its value, and the last takes the rest', () => {
		expect(shares([line('100')], two)).toEqual(['1 100.00 0.00']);
		expect(shares([line('100.01')], two)).toEqual(['1 100.00 0.00', '2 0.01 0.00']);
		expect(shares([line('200')], two)).toEqual(['1 100.00 0.00', '2 100.00 0.00']);
		expect(shares([line('60'), line('60')], two)).toEqual(['1 100.00 0.00', '2 20.00 0.00']);
		expect(shares([line('-5')], two)).toEqual(['1 -5.00 0.00']);
	});

	test('counts what others bill; one that is full or over gets nothing', () => {
		expect(shares([line('70')], two, { 1: '40' })).toEqual(['1 60.00 0.00', '2 10.00 0.00']);
		expect(shares([line('70')], two, { 1: '100' })).toEqual(['2 70.00 0.00']);
		expect(shares([line('70')], two, { 1: '120' })).toEqual(['2 70.00 0.00']);
	});

	test('keeps its retainage back on the last line, also where that bills nothing', () => {
		const kept = { retainage: '7' };
		expect(shares([line('120', kept)], two)).toEqual(['1 100.00 0.00', '2 20.00 7.00']);
		expect(shares([line('70', kept)], two)).toEqual(['1 70.00 0.00', '2 0.00 7.00']);
		expect(shares([line('120', kept), line('1', kept)], two)).toEqual([
			...['1 100.00 0.00', '2 21.00 14.00'],
		]);
		expect(shares([line('0')], two)).toEqual([]);
	});

	test('says what each line says, once', () => {
		const comments = (...given: Array<string | undefined>) =>
			(
				bill(
					given.map((comment) => line('1', { comment })),
					[two[0]],
				) as any[]
			)[0];
		expect(comments('Slab', undefined, 'Wall').comment).toBe('Slab; Wall');
		expect(comments(undefined, 'Wall').comment).toBe('Wall');
		expect(comments(undefined)).not.toHaveProperty('comment');
	});

	test('finds lines by id, else by code and type, else by code', () => {
		const lineup = [
			...[contract('1', '9'), contract('2', '9', { costType: 'M' })],
			...[contract('3', '9', { fullCode: '5220' }), contract('4', '9', { fullCode: '' })],
		];
		expect(shares([line('1', { commitmentLineId: '4' })], lineup)).toEqual(['4 1.00 0.00']);
		expect(shares([line('1', { costType: 'M' })], lineup)).toEqual(['2 1.00 0.00']);
		expect(shares([line('10', { costType: 'X' })], lineup)).toEqual(['1 9.00 0.00', '2 1.00 0.00']);
		expect(shares([line('10', { costType: '' })], lineup)).toEqual(['1 9.00 0.00', '2 1.00 0.00']);
		for (const costCode of ['', undefined, '52'])
			expect(shares([line('1', { costCode })], lineup)).toBe('contract-line-missing');
		const said = (more: object) => (bill([line('1', more)], lineup) as any).message;
		expect(said({ commitmentLineId: '9' })).toBe('Commitment 77 has no line for 9.');
		expect(said({ costCode: '99' })).toBe('Commitment 77 has no line for cost code 99.');
	});
});

describe('the items to send', () => {
	const standing = (...items: unknown[]) => ({ items }) as unknown as ActualRequisition;
	const billed = { lineId: '1', amount: '5.00', retainage: '0.00' };
	const item = { line_item_id: 1, item_type: 'contract_item', work_completed_this_period: '5.00' };

	test('name the line, what is kept back, and the item where it stands', () => {
		expect(itemsOf([billed], undefined)).toStrictEqual([item]);
		expect(itemsOf([{ ...billed, retainage: '1.00', comment: 'Slab' }], undefined)).toStrictEqual([
			{ ...item, work_completed_retainage_retained_this_period: '1.00', comment: 'Slab' },
		]);
		const there = standing({ id: '11', lineId: '1', amount: '9.00' });
		expect(itemsOf([billed], there)).toStrictEqual([{ id: 11, ...item }]);
		const nameless = standing({ id: undefined, lineId: '1', amount: '9.00' });
		expect(itemsOf([billed], nameless)).toStrictEqual([item]);
	});

	test('take back what is billed no more, as far as it can be named', () => {
		const there = standing(
			...[
				{ id: '12', lineId: '2', amount: '9.00' },
				{ id: '13', lineId: '3', amount: '0.00' },
				{ id: undefined, lineId: '4', amount: '9.00' },
				{ id: '15', lineId: undefined, amount: '9.00' },
			],
		);
		expect(itemsOf([billed], there)).toStrictEqual([
			item,
			{ ...item, id: 12, line_item_id: 2, work_completed_this_period: '0.00' },
		]);
		expect(itemsOf([], {} as ActualRequisition)).toEqual([]);
	});
});

test('a line of a commitment is read with its code, type and value', () => {
	const wire = {
		id: 5,
		cost_code: { full_code: '03-300', code: '300' },
		line_item_type: { code: 'S' },
	};
	expect(readCommitmentLine({ ...wire, amount: '10.5', total_amount: '9' })).toEqual({
		...{ id: '5', fullCode: '03-300', costType: 'S', amount: '10.50' },
	});
	expect(readCommitmentLine({ ...wire, cost_code: { code: '300' }, total_amount: '9' })).toEqual({
		...{ id: '5', fullCode: '300', costType: 'S', amount: '9.00' },
	});
	expect(readCommitmentLine({ id: 5, cost_code: null, line_item_type: null })).toEqual({
		...{ id: '5', fullCode: '', costType: '', amount: '0' },
	});
	for (const none of [null, {}, { id: null }]) expect(readCommitmentLine(none)).toBeUndefined();
});
