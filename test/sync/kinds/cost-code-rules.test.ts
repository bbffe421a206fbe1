import type { DesiredCostCode } from '../../../lib/model/desired';
import type { ActualCostCode } from '../../../lib/procore/resources/cost-codes';
import type { PlanOptions } from '../../../lib/sync/engine/plan';
import { costCodeRules, hashOfCode } from '../../../lib/sync/kinds/cost-code';
import { type OriginData, readOriginData, writeOriginData } from '../../../lib/sync/origin-data';
import { costCode, source } from '../../procore/support/desired';

const there = (id: string, code: string, more: Partial<ActualCostCode> = {}): ActualCostCode => ({
	...{ id, code, fullCode: code, name: `Account ${code}`, parentId: null },
	...{ originId: null, originData: null },
	...more,
});
const ours = (account: string, more: Partial<OriginData> = {}) => ({
	originId: costCode('100').originId,
	originData: writeOriginData({ src: 'gp', h: 'h', a: account, ...more }),
});
const rulesFor = (codes: ActualCostCode[] = [], options: PlanOptions = {}) =>
	costCodeRules(
		{
			withId: (id) => codes.find((one) => one.id === id),
			withOriginId: (originId) => codes.find((one) => one.originId === originId),
			under: (parentId, code) =>
				codes.find((one) => one.parentId === parentId && one.code === code.trim()),
		},
		options,
	);
const of = (account: string, more: Partial<DesiredCostCode> = {}) =>
	costCode('100', { source: source('account', account), ...more });

test('of accounts that lead to one code its owner decides, else the first by account', () => {
	const outranks = (one: string, other: string, owner?: string) =>
		rulesFor(owner ? [there('1', '100', ours(owner))] : []).outranks!(of(one), of(other));
	expect([outranks('a', 'b'), outranks('b', 'a'), outranks('a', 'a')]).toEqual([
		true,
		false,
		false,
	]);
	expect([outranks('b', 'a', 'b'), outranks('a', 'b', 'b')]).toEqual([true, false]);
	expect([outranks('B', 'a', 'b'), outranks('a', 'B', 'b')]).toEqual([true, false]);
	expect([outranks('a', 'b', 'c'), outranks('b', 'a', 'c')]).toEqual([true, false]);
});

test('a code without number or name is refused; the code of another account stands', () => {
	const rule = (more: Partial<DesiredCostCode>, own?: ActualCostCode) =>
		rulesFor().rule!(of('a', more), own);
	for (const nameless of [{ code: ' ' }, { name: ' ' }])
		expect(rule(nameless)).toMatchObject({ outcome: 'failed', reason: { code: 'name-missing' } });
	expect([rule({}), rule({}, there('1', '100'))]).toEqual([undefined, undefined]);
	expect([rule({}, there('1', '100', ours('a'))), rule({}, there('1', '1', ours('A')))]).toEqual([
		...[undefined, undefined],
	]);
	expect(rule({}, there('1', '100', ours('b')))).toMatchObject({
		...{ outcome: 'unchanged', actual: { id: '1' } },
	});
});

test('a mark on it is that of the account that owns it', () => {
	const own = there('1', '100', ours('a'));
	expect(rulesFor().isMarked!(of('a'), own)).toBe(true);
	expect(rulesFor().isMarked!(of('b'), own)).toBe(false);
});

describe('a code of ours', () => {
	const wanted = of('a');
	const compared = (
		more: Partial<ActualCostCode>,
		options: PlanOptions = {},
		kept: Partial<OriginData> = {},
	) => {
		const own = there('1', '100', { ...ours('a', { h: hashOfCode(wanted), ...kept }), ...more });
		const stored = readOriginData(own.originData);
		return rulesFor([], options).compare(wanted, own, stored, hashOfCode(wanted)) as any;
	};

	test('stands as sent, also where its number is spelled in another case', () => {
		expect(compared({})).toBeUndefined();
		expect(compared({ code: ' 100 ' })).toBeUndefined();
		expect(compared({}, {}, { h: 'of before' })).toMatchObject({ outcome: 'updated' });
	});

	test.each([
		['renamed', { name: 'By hand' }],
		['renumbered', { code: '101' }],
		['both', { code: '101', name: 'By hand' }],
	])('%s in Procore: is set back, unless that may stand or is how Procore writes it', (_, more) => {
		const { outcome, driftSeen } = compared(more);
		expect([outcome, driftSeen]).toEqual(['updated', expect.any(String)]);
		expect(compared(more, { drift: 'keep' })).toBeUndefined();
		expect(compared(more, {}, { d: driftSeen })).toBeUndefined();
		expect(compared({ ...more, name: 'Otherwise' }, {}, { d: driftSeen })).toBeDefined();
	});

	test('what was seen is told apart by number and name', () => {
		const seen = [{ name: 'x' }, { code: '101' }, { code: '102' }, { code: '101', name: 'x' }];
		expect(new Set(seen.map((more) => compared(more).driftSeen)).size).toBe(4);
	});
});

describe('none of ours stands', () => {
	const adopt = (codes: ActualCostCode[], more: Partial<DesiredCostCode> = {}) =>
		rulesFor(codes).adopt!(of('a', more)) as any;
	const parent = { code: '03', name: 'Concrete', originId: 'GP:TWO:D:03:P:9001' };

	test('the one with its number in its place is taken over, else it is made', () => {
		const top = there('1', '100');
		const below = there('2', '100', { parentId: '9' });
		const division = there('9', '03');
		expect(adopt([top])).toEqual({ outcome: 'adopted', actual: top });
		expect(adopt([])).toBeUndefined();
		expect(adopt([top, below, division], { parent })).toMatchObject({ actual: { id: '2' } });
		expect(adopt([below, division])).toBeUndefined();
		// The division is still to be made: nothing can stand under it.
		expect(adopt([top], { parent })).toBeUndefined();
		// It is the one that was sent, whatever its number is now.
		const renumbered = there('9', '04', { originId: parent.originId });
		expect(adopt([below, renumbered], { parent })).toMatchObject({ actual: { id: '2' } });
	});

	test('one that is inactive in GP is taken over, and not made', () => {
		expect(adopt([], { active: false })).toMatchObject({
			...{ outcome: 'skipped', reason: { code: 'inactive-not-sent' } },
		});
		expect(adopt([there('1', '100')], { active: false })).toMatchObject({ outcome: 'adopted' });
	});

	test('one of another integration is a conflict, one of a sister company is shared', () => {
		const owned = (originId: string) => adopt([there('1', '100', { originId })]);
		expect(owned('SAGE-1')).toMatchObject({
			...{ outcome: 'conflict', actual: { id: '1' }, reason: { code: 'foreign-origin-id' } },
		});
		expect(owned('SAGE-1').reason.message).toMatch(/Cost code 100 in project 9001 .* SAGE-1\.$/);
		expect(owned('GP:THREE:A:100:P:9001')).toMatchObject({ outcome: 'unchanged' });
		expect(owned('GP:THREE:A:100:P:9002')).toMatchObject({ outcome: 'conflict' });
	});

	test('of two of the batch with one number in one place the second is a conflict', () => {
		const rules = rulesFor();
		const adopted = (originId: string, code: string, more = {}) =>
			rules.adopt!(of('a', { originId, code, ...more })) as any;
		expect(adopted('GP:1', '1a')).toBeUndefined();
		const second = adopted('GP:2', ' 1A', { projectId: '' });
		expect(second).toMatchObject({ outcome: 'conflict', reason: { code: 'foreign-origin-id' } });
		expect(second.reason.message).toBe(
			'Cost code  1A in the standard list already belongs to origin id GP:1.',
		);
		expect(adopted('GP:3', '1A', { parent })).toBeUndefined();
		expect(adopted('GP:4', '1A', { parent }).reason.message).toContain('Cost code 03-1A ');
	});
});

describe('the row of a code', () => {
	const parent = { code: '03', name: 'Concrete', originId: 'GP:TWO:D:03:P:9001' };
	const rowOf = (more: Partial<DesiredCostCode>, change = {}, codes = [] as ActualCostCode[]) =>
		rulesFor(codes, { drift: 'keep', batchId: 'B1' }).row(
			of('a', more),
			{ outcome: 'created', ...change },
			'h',
		) as any;

	test('names its owner, and that it is inactive', () => {
		expect(rowOf({})).toStrictEqual({
			...{ fields: { code: '100', name: 'Account 100' }, keeps: { a: 'a' } },
			changes: [
				{ field: 'code', before: null, after: '100' },
				{ field: 'name', before: null, after: 'Account 100' },
			],
		});
		expect(rowOf({ active: false }).keeps).toStrictEqual({ a: 'a', i: 1 });
	});

	test('leaves the name of one that is taken over where edits are to stand', () => {
		const actual = there('1', '100', { name: 'Mine' });
		expect(rowOf({}, { outcome: 'adopted', actual }).fields).toStrictEqual({ code: '100' });
		expect(rowOf({}, { outcome: 'updated', actual })).toMatchObject({
			fields: { name: 'Account 100' },
			changes: [{ field: 'name', before: 'Mine', after: 'Account 100' }],
		});
	});

	test('goes under its division, or names the one that has to be made first, with its mark', () => {
		const below = rowOf({ parent }, {}, [there('9', '03')]);
		expect([below.fields.parent_id, below.detail]).toEqual([9, undefined]);
		const { fields, detail } = rowOf({ parent });
		expect(fields).not.toHaveProperty('parent_id');
		expect(detail).toMatchObject({ origin_id: parent.originId, code: '03', name: 'Concrete' });
		expect(readOriginData(detail.origin_data)).toMatchObject({ b: 'B1', w: 'c' });
	});
});
