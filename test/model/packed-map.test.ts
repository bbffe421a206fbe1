import fc from 'fast-check';
import { JsonPacker, PackedMap } from '../../lib/model/json-text';
import { readDirectCost, type ActualDirectCost } from '../../lib/procore/resources/direct-costs';
import { ProjectDirectCosts } from '../../lib/sync/kinds/sync-direct-costs';
import { RunCache } from '../../lib/sync/sync-run';

const value = fc.oneof(
	fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue(), { maxKeys: 4 }),
	fc.constantFrom<object>({ of: undefined }, { of: new Date(0) }, { of: -0 }, { of: 10n ** 20n }),
);

test('it is a map, whatever is set, taken out and set again', () => {
	const step = fc.tuple(fc.constantFrom('set', 'set', 'set', 'delete'), fc.nat(900), value);
	fc.assert(
		fc.property(fc.array(step, { minLength: 1_200, maxLength: 1_600, size: 'max' }), (steps) => {
			const [packed, plain] = [new PackedMap<number, object>(), new Map<number, object>()];
			for (const [what, key, given] of steps) {
				if (what === 'set') {
					packed.set(key, given);
					plain.set(key, given);
				} else expect(packed.delete(key)).toBe(plain.delete(key));
			}
			expect([...packed.keys()]).toStrictEqual([...plain.keys()]);
			expect([...packed.values()]).toStrictEqual([...plain.values()]);
			for (let key = 0; key <= 900; key += 1) expect(packed.get(key)).toStrictEqual(plain.get(key));
		}),
		{ numRuns: 15 },
	);
});

const cost = (index: number): ActualDirectCost =>
	readDirectCost({
		id: 562_949_953_500_000 + index,
		origin_id: `GP:TWO:PM:1:${String(index).padStart(17, '0')}:P:562949953500002`,
		origin_data: JSON.stringify({
			src: 'gp',
			h: index.toString(16).padStart(24, 'c'),
			t: '482.66',
		}),
		direct_cost_type: 'invoice',
		status: 'approved',
		invoice_number: `INV-${index}`,
		vendor: { id: 562_949_953_500_130 },
		grand_total: '482.66',
		line_items_count: 1,
		direct_cost_date: '2025-08-02',
		received_date: null,
		payment_date: null,
		terms: '2% 10/Net 30',
		description: `PO 700-PO-${index}`,
	})!;

test('what was set last stays as it came, what was set before takes a third of the room', () => {
	const map = new PackedMap<number, ActualDirectCost>();
	const costs = Array.from({ length: 1_503 }, (_none, index) => cost(index));
	for (const [index, one] of costs.entries()) map.set(index, one);
	const kept = [...(map as unknown as { kept: Map<number, unknown> }).kept.values()];
	const packed = kept.filter((one): one is string => typeof one === 'string');
	expect(packed).toHaveLength(1_000);
	expect(packed.join('').length).toBeLessThan(JSON.stringify(costs.slice(0, 1_000)).length / 3);
	expect(map.get(1_502)).toBe(costs[1_502]);
	expect(map.get(700)).toEqual(costs[700]);
});

test('a value that was packed is opened by whoever packed it, in any order', () => {
	const packer = new JsonPacker<object>();
	const texts = Array.from({ length: 30 }, (_none, index) =>
		packer.pack({ index, of: 'the same' }),
	);
	expect(texts.slice(0, 3)).toEqual([null, null, null]);
	for (const index of [29, 3, 17])
		expect(packer.open(texts[index]!)).toEqual({ index, of: 'the same' });
});

test('of a project of thousands each direct cost is found by all it was found by', () => {
	const known = ProjectDirectCosts.of(new RunCache(), '562949953500002', 0);
	for (let index = 0; index < 2_000; index += 1) known.put(cost(index));
	const again = { ...cost(7), invoiceNumber: 'INV-7-2', status: 'draft' };
	known.put(again);
	known.remove(cost(8).id);
	expect([...known.all()]).toHaveLength(1_999);
	expect(known.withInvoice('562949953500130', 'inv-9')).toEqual([cost(9)]);
	expect(known.withInvoice('562949953500130', 'INV-7')).toEqual([]);
	expect(known.withInvoice('562949953500130', 'INV-7-2')).toEqual([again]);
	expect(known.withOriginId(cost(7).originId!)).toEqual(again);
	expect(known.withId(cost(8).id)).toBeUndefined();
	expect(known.withOriginId(cost(8).originId!)).toBeUndefined();
	expect(known.withInvoice('562949953500130', 'INV-8')).toEqual([]);
});
