import fc from 'fast-check';
import { PackedGroups, PackedMap } from '../../lib/model/json-text';
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
	const { kept } = map as unknown as { kept: Map<number, { kept?: unknown }> };
	const texts = new Set([...kept.values()].map((one) => one.kept));
	texts.delete(undefined);
	// Three more are on their way into one.
	expect([...texts].filter((one) => typeof one === 'string')).toHaveLength(100);
	expect(texts.size).toBe(101);
	expect([...texts].join('').length).toBeLessThan(JSON.stringify(costs.slice(0, 1_000)).length / 3);
	expect(map.get(1_502)).toBe(costs[1_502]);
	expect(map.get(700)).toEqual(costs[700]);
});

test('values in groups are what they were, in any order, and come in the order they were added', () => {
	fc.assert(
		fc.property(
			fc.array(value, { minLength: 90, maxLength: 170, size: 'max' }),
			fc.nat(),
			(given, by) => {
				const groups = new PackedGroups<object>(50);
				const places = given.map((one) => groups.add(one));
				for (let index = 0; index < given.length; index += 1) {
					const at = (index * 7 + by) % given.length;
					expect(places[at]!.group.values[places[at]!.place]).toStrictEqual(given[at]);
				}
				expect([...groups.values()]).toStrictEqual(given);
			},
		),
		{ numRuns: 30 },
	);
});

test('whole groups are one text each, the last ones stay as they came until theirs is full', () => {
	const groups = new PackedGroups<object>(50);
	const places = Array.from({ length: 120 }, (_none, index) => groups.add(cost(index)));
	const kept = [...new Set(places.map(({ group }) => group))].map(
		(group) => (group as unknown as { kept: unknown }).kept,
	);
	expect(kept.map((one) => typeof one)).toEqual(['string', 'string', 'object']);
	expect((kept[0] as string).length).toBeLessThan(JSON.stringify(cost(0)).length * 50 * 0.2);
	expect(places.map(({ place }) => place)).toEqual(
		Array.from({ length: 120 }, (_none, index) => index % 50),
	);
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
