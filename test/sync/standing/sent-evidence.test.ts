import { hashOfLines, hashOfState, VOID_HASH } from '../../../lib/sync/kinds/direct-cost-state';
import { type OriginData, writeOriginData } from '../../../lib/sync/origin-data';
import { sentEvidence, standsAsSent, type Wanted } from '../../../lib/sync/standing/as-sent';
import type { StandingDirectCost } from '../../../lib/sync/standing/read-standing';
import type { DesiredDirectCost } from '../../../lib/model/desired';
import { directCost, source } from '../../procore/support/desired';

const COST = directCost('1', ['10', '-2.50']);
const STAMP = '2026-03-01T10:00:00.000Z';
const wanted = (of: DesiredDirectCost = COST, more: Partial<Wanted> = {}): Wanted => ({
	...of,
	hash: hashOfState(of),
	...more,
});
/** As Procore shows what was sent as `of` is, with what was kept beside it. */
function standing(
	of: DesiredDirectCost = COST,
	more: Partial<StandingDirectCost> = {},
	kept: Partial<OriginData> = {},
): StandingDirectCost {
	const { invoiceNumberSuffix: _, ...fields } = of.header;
	return {
		...{
			id: '5',
			projectId: of.projectId,
			originId: of.originId,
			vendor: '7',
			invoiceNumber: 'INV-1',
		},
		...{ status: 'approved', date: '2026-09-30', total: of.total, lines: [...of.lines] },
		fields,
		originData: writeOriginData({
			...{ src: 'gp', h: hashOfState(of), l: hashOfLines(of.lines), t: of.total },
			...kept,
		}),
		...more,
	};
}
const evidence = (want: Wanted, there: StandingDirectCost) => {
	const { gp, procore } = sentEvidence(want, there);
	return `${gp} ${procore}`;
};
const fields = (given: Record<string, unknown>) => ({ fields: { ...standing().fields, ...given } });
const CHANGED = directCost('1', ['10', '-2'], {
	source: source('payable', '1;1', { content: 'new', modified: STAMP }),
});

describe('what is shown since a direct cost was sent', () => {
	test('that both sides are as they were', () => {
		expect(evidence(wanted(), standing())).toBe('asSent asSent');
		expect(evidence(wanted(), standing(COST, { total: null }))).toBe('asSent asSent');
		expect(evidence(wanted(), standing(COST, {}, { t: undefined }))).toBe('asSent asSent');
	});

	test.each<[string, Partial<StandingDirectCost>]>([
		['another total', { total: '8.00' }],
		['another header', fields({ description: 'x', invoice_number: 'INV-2' })],
		['a header that is not shown', { fields: undefined }],
		['another amount', { lines: [{ ...COST.lines[0]!, amount: '11' }, COST.lines[1]!] }],
		['a line less', { lines: [COST.lines[0]!] }],
		['a line of somebody else', { lines: [...COST.lines, { ...COST.lines[0]!, originId: null }] }],
		[
			'another description of a line',
			{ lines: [{ ...COST.lines[0]!, description: 'x' }, COST.lines[1]!] },
		],
		['a tax code of a line', { lines: [{ ...COST.lines[0]!, taxCodeId: '1' }, COST.lines[1]!] }],
	])('that it was edited, where GP wants what was sent: %s', (_what, more) => {
		expect(evidence(wanted(), standing(COST, more))).toBe('asSent edited');
	});

	test('of another form of the same: order of lines, a day with its time, a suffix of the number', () => {
		const turned = { lines: [...COST.lines].reverse() };
		expect(evidence(wanted(), standing(COST, turned))).toBe('asSent asSent');
		expect(evidence(wanted(CHANGED), standing(COST, turned))).toBe('changed asSent');
		expect(
			evidence(wanted(), standing(COST, fields({ direct_cost_date: '2026-09-30T00:00:00Z' }))),
		).toBe('asSent asSent');
		expect(
			evidence(
				wanted(),
				standing(COST, {
					lines: COST.lines.map((line) => ({ ...line, amount: `${line.amount}0` })),
				}),
			),
		).toBe('asSent asSent');
		const suffixed = directCost('1', ['10', '-2.50'], { header: { invoiceNumberSuffix: ' (1)' } });
		expect(
			evidence(wanted(suffixed), standing(suffixed, fields({ invoice_number: 'INV-1 (1)' }))),
		).toBe('asSent asSent');
		expect(
			evidence(wanted(suffixed), standing(suffixed, fields({ invoice_number: 'INV-1 (2)' }))),
		).toBe('asSent edited');
		expect(evidence(wanted(), standing(COST, fields({ invoice_number: 'INV-1 (1)' })))).toBe(
			'asSent edited',
		);
	});

	test('that GP changed, or only the mapping, as far as was kept', () => {
		expect(evidence(wanted(CHANGED), standing())).toBe('changed asSent');
		expect(evidence(wanted(CHANGED), standing(COST, {}, { g: 'new' }))).toBe(
			'mappingChanged asSent',
		);
		expect(evidence(wanted(CHANGED), standing(COST, {}, { g: 'old' }))).toBe(
			'documentChanged asSent',
		);
		// Sent before the content was kept: an instant that is the same shows that GP was not touched.
		expect(evidence(wanted(CHANGED), standing(COST, {}, { m: STAMP }))).toBe(
			'mappingChanged asSent',
		);
		expect(evidence(wanted(CHANGED), standing(COST, {}, { m: `${STAMP}1` }))).toBe(
			'changed asSent',
		);
		const day = { ...CHANGED, source: { ...CHANGED.source, modified: '2026-03-01' } };
		expect(evidence(wanted(day), standing(COST, {}, { m: '2026-03-01' }))).toBe('changed asSent');
	});

	test('of both sides changed only that the total is another', () => {
		expect(evidence(wanted(CHANGED), standing(COST, { ...fields({ invoice_number: 'X' }) }))).toBe(
			'changed unknown',
		);
		expect(evidence(wanted(CHANGED), standing(COST, { total: '9' }))).toBe('changed edited');
		expect(evidence(wanted(CHANGED), standing(COST, { total: undefined, lines: [] }))).toBe(
			'changed unknown',
		);
	});

	test('of a void that it is out of the budget no more, where it was', () => {
		const voided = wanted(COST, { voided: true });
		expect(evidence(voided, standing(COST, {}, { h: VOID_HASH }))).toBe('asSent edited');
		expect(evidence(voided, standing())).toBe('documentChanged unknown');
	});

	test('nothing, where nothing of ours is kept or nothing is known to compare with', () => {
		expect(evidence(wanted(), standing(COST, { originData: null }))).toBe('unknown unknown');
		expect(evidence(wanted(COST, { hash: undefined }), standing())).toBe('unknown unknown');
		expect(evidence(wanted(), standing(COST, { kind: 'requisition' }))).toBe('unknown unknown');
	});
});

describe('a record whose lines GP tells no more', () => {
	test('stands as it was sent, was edited, or shows neither', () => {
		const is = (...given: Parameters<typeof standing>) => standsAsSent(standing(...given));
		expect(is()).toBe('asSent');
		expect(is(COST, { lines: [...COST.lines].reverse() })).toBe('asSent');
		expect(is(COST, { total: '8' })).toBe('edited');
		expect(is(COST, { lines: [COST.lines[0]!] })).toBe('edited');
		expect(is(COST, { lines: COST.lines.map((line) => ({ ...line, costCode: 'X' })) })).toBe(
			'unknown',
		);
		expect(is(COST, {}, { l: undefined })).toBe('unknown');
		expect(is(COST, {}, { t: undefined })).toBe('unknown');
		expect(is(COST, { originData: 'x' })).toBe('unknown');
	});

	test('has its lines in the order of their numbers, whatever order they are shown in', () => {
		const many = directCost(
			'2',
			Array.from({ length: 11 }, (_, at) => String(at + 1)),
		);
		expect(
			standsAsSent(
				standing(many, {
					lines: [...many.lines].sort((left, right) => (left.originId < right.originId ? -1 : 1)),
				}),
			),
		).toBe('asSent');
	});
});

test('lines stand as sent in the order GP has them, those it has no more last', () => {
	const line = (originId: string, amount: string) => ({ ...COST.lines[0]!, originId, amount });
	const [a, b, c, d] = [line('a', '1.00'), line('b', '2.00'), line('c', '3.00'), line('d', '4.00')];
	const evident = (sent: (typeof a)[], gp: (typeof a)[], shown: (typeof a)[]) => {
		const one = { ...COST, lines: sent, total: '10.00' };
		const there = standing(one, { lines: shown, total: '10.00' });
		return evidence(wanted({ ...one, lines: gp }), there);
	};
	expect(evident([d, b, c, a], [d, b, c, a], [a, b, c, d])).toBe('asSent asSent');
	expect(evident([d, b, c, a], [d, b], [c, b, d, a])).toBe('changed asSent');
	expect(evident([d, b, c, a], [d, b], [a, b, d, c])).toBe('changed unknown');
	expect(evident([d, b, c, a], [], [d, b, c, a])).toBe('changed asSent');
});
