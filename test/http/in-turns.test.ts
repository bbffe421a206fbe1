import { fc, test as property } from '@fast-check/jest';
import { breather, sortInTurns } from '../../lib/http/read-body';

/** Work that others of n8n's process do not notice. */

interface Row {
	stamp: number;
	place: number;
}
const byStamp = (left: Row, right: Row) => left.stamp - right.stamp;

property.prop([fc.nat({ max: 20_000 }), fc.integer({ min: 1, max: 50 }), fc.nat()], {
	numRuns: 20,
})('sorts as an array does, and leaves equal ones in their order', async (length, stamps, seed) => {
	const rows = Array.from({ length }, (_, place): Row => {
		return { stamp: (place * 7919 + seed) % stamps, place };
	});
	expect(await sortInTurns(rows, byStamp)).toEqual([...rows].sort(byStamp));
});

test('leaves the list it was given as it is', async () => {
	const rows = [3, 1, 2].map((stamp, place) => ({ stamp, place }));
	await sortInTurns(rows, byStamp);
	expect(rows.map(({ stamp }) => stamp)).toEqual([3, 1, 2]);
});

test('asks for a pause after each few thousand of a long list', async () => {
	let asked = 0;
	const rows = Array.from({ length: 40_000 }, (_, place) => ({
		stamp: (place * 7919) % 40_009,
		place,
	}));
	await sortInTurns(rows, byStamp, () => {
		asked += 1;
		return undefined;
	});
	// Ten pieces sorted, and four rounds of putting them together.
	expect(asked).toBeGreaterThanOrEqual(10 + 3 * 9);
});

test('a pause is given only when work took long, and lets the event loop turn', async () => {
	const pause = breather();
	expect(pause()).toBeUndefined();
	const turned: string[] = [];
	setImmediate(() => turned.push('others'));
	const until = performance.now() + 60;
	while (performance.now() < until);
	await pause();
	expect(turned).toEqual(['others']);
	expect(pause()).toBeUndefined();
});
