import { claimLease, leaseEnd, leaseRow } from '../../lib/run/lease';
import type { LeaseRow, RunState } from '../../lib/audit/event-row';
import { NOW, run } from '../audit/samples';

/**
 * Every order in which the steps of several runs can fall, one statement of the database at a time.
 * Row ids are given before rows are seen, as PostgreSQL does; on SQLite both happen at once, which is
 * one of these orders.
 */
interface World {
	/** `ended`: its time is over, and its run knows that by the clock. */
	rows: Array<LeaseRow & { id: number; seen: boolean; ended: boolean }>;
	nextId: number;
	runs: Array<{ step: Step; id: number }>;
}
type Step =
	| 'asks'
	| 'seen'
	| 'clears'
	| 'passes'
	| 'reads'
	| 'takes'
	| 'yields'
	| 'holds'
	/** Its lease has ended: it writes nothing until it has renewed it. */
	| 'paused'
	| 'gone';
const LONG_AGO = '2000-01-01T00:00:00.000Z';
const OVER: Step[] = ['yields', 'gone'];

const states: RunState[] = ['a', 'b', 'c'].map((runId) => run({ runId }));

/** The next statement of run `index`; a holder gives the lease back when it is done. */
function advance(world: World, index: number): void {
	const me = world.runs[index];
	const { runId } = states[index];
	const seen = () => world.rows.filter((row) => row.seen);
	const mine = (row: LeaseRow) => row.run_id === runId;
	const remove = (gone: (row: World['rows'][number]) => boolean) => {
		world.rows = world.rows.filter((row) => !row.seen || !gone(row));
	};
	switch (me.step) {
		case 'asks':
			me.id = world.nextId++;
			world.rows.push({
				...leaseRow(states[index], { executionId: runId, now: NOW }),
				id: me.id,
				seen: false,
				ended: false,
			});
			me.step = 'seen';
			return;
		case 'seen':
			world.rows.find(mine)!.seen = true;
			me.step = 'clears';
			return;
		case 'clears':
			remove((row) => row.ended && row.id !== me.id);
			me.step = 'passes';
			return;
		case 'passes':
			remove((row) => row.taken_at === '' && row.id > me.id);
			me.step = 'reads';
			return;
		case 'reads': {
			const claim = claimLease({
				state: states[index],
				leases: seen(),
				openRuns: [],
				executionId: runId,
				now: NOW,
			});
			if (claim.verdict === 'free') me.step = 'takes';
			if (claim.verdict === 'held') me.step = 'holds';
			if (claim.verdict === 'yields') {
				remove(mine);
				me.step = 'yields';
			}
			return;
		}
		case 'takes':
			for (const row of seen().filter(mine)) row.taken_at = NOW;
			me.step = 'reads';
			return;
		case 'paused': {
			const own = seen().find(mine);
			if (own) Object.assign(own, { ended: false, until: leaseEnd(states[index], NOW) });
			me.step = own ? 'holds' : 'gone';
			return;
		}
		case 'holds':
			remove(mine);
			me.step = 'gone';
	}
}

/** Ends of all orders: how often the lease was held, and whether two ever held it at once. */
function allOrders(count: number): { worlds: number; ends: Set<string>; together: number } {
	const known = new Set<string>();
	const ends = new Set<string>();
	let together = 0;
	const walk = (world: World) => {
		const key = JSON.stringify(world);
		if (known.has(key)) return;
		known.add(key);
		const steps = world.runs.map(({ step }) => step);
		if (steps.filter((step) => step === 'holds').length > 1) together++;
		if (steps.every((step) => OVER.includes(step))) ends.add([...steps].sort().join(' '));
		world.runs.forEach((_, index) => {
			if (OVER.includes(steps[index])) return;
			const next = structuredClone(world);
			advance(next, index);
			walk(next);
			// A batch takes longer than the lease.
			if (steps[index] !== 'holds') return;
			const slow = structuredClone(world);
			for (const row of slow.rows)
				if (row.run_id === states[index].runId)
					Object.assign(row, { ended: true, until: LONG_AGO });
			slow.runs[index].step = 'paused';
			walk(slow);
		});
	};
	walk({
		rows: [],
		nextId: 1,
		runs: Array.from({ length: count }, () => ({ step: 'asks' as Step, id: 0 })),
	});
	return { worlds: known.size, ends, together };
}

test.each([2, 3])('of %i runs at once no two hold the lease, and one always does', (count) => {
	const { worlds, ends, together } = allOrders(count);
	expect(together).toBe(0);
	expect(worlds).toBeGreaterThan(100);
	// One after the other each may work; what never happens is that all leave it to the others.
	for (const end of ends) expect(end).toContain('gone');
});
