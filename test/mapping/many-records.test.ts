import { CROSSWALK, documentAt, PROJECTS, SETTINGS } from '../../bench/mapping/books';
import { mapAndPlanPerItem } from '../../bench/mapping/naive';
import { mapAndPlan } from '../../bench/mapping/ours';
import { mapRecords } from '../../lib/mapping/map-records';

describe('many records', () => {
	/** Reads of the key of any account row while so many documents are mapped. */
	function keysRead(documents: number): number {
		let reads = 0;
		const accounts = CROSSWALK.accounts.map((row) => ({
			...row,
			get gp_account() {
				reads += 1;
				return row.gp_account;
			},
		}));
		const { desired, notSent } = mapRecords({
			records: Array.from({ length: documents }, (_, index) => documentAt(index)),
			crosswalk: { ...CROSSWALK, accounts },
			projects: PROJECTS,
			settings: SETTINGS,
		});
		expect(desired).toHaveLength(documents);
		expect(notSent).toEqual([]);
		return reads;
	}

	test('are looked up in an index made once, however many there are', () => {
		expect(keysRead(200)).toBe(keysRead(1));
	});

	test('come out of the benchmark and of what it is compared with as the same direct costs', () => {
		const ours = mapAndPlan(600);
		expect(ours.costs).toBe(600);
		expect(mapAndPlanPerItem(600).costs).toBe(600);
		// Freight of every fifth document is spread over its other lines.
		expect(ours.lines).toBe(600 * 4 - 120);
	});
});
