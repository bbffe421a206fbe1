import fc from 'fast-check';
import { Pages } from '../../lib/gp/reading/pages';
import { looksLikeWindow, type PagingReport } from '../../lib/gp/reading/paging/page';
import { pageThrough } from '../../lib/gp/reading/paging/page-through';
import {
	cannotBeTold,
	edits,
	habits,
	RandomServer,
	Refusal,
	type Edit,
	type Habits,
} from './random-server';

declare const RANDOM_SERVERS: number | undefined;
const SERVERS = typeof RANDOM_SERVERS === 'number' ? RANDOM_SERVERS : 400;

interface Asked {
	paging: 'none' | 'offset' | 'number';
	firstPage: 0 | 1 | null;
	pageSize: number;
}

const asked: fc.Arbitrary<Asked> = fc.record({
	paging: fc.constantFrom('none', 'offset', 'offset', 'offset', 'number', 'number'),
	firstPage: fc.constant(null),
	pageSize: fc.oneof(fc.integer({ min: 2, max: 40 }), fc.constantFrom(50, 100, 500)),
});

class Unstable extends Error {}

async function read(server: RandomServer, how: Asked) {
	const taken = new Set<string>();
	let report: PagingReport | null = null;
	try {
		const pages = new Pages(
			pageThrough<string>({
				...how,
				fetch: server.fetch,
				fromTheEnd: server.lastRows,
				keyOf: (row) => row,
				isRefusal: (error) => error instanceof Refusal,
				unstable: (why) => {
					throw new Unstable(why);
				},
			}),
		);
		for await (const page of pages) for (const row of page) taken.add(row);
		report = pages.end;
	} catch (error) {
		if (!(error instanceof Unstable) && !(error instanceof Refusal)) throw error;
	}
	return { taken, report, missing: [...server.stood].filter((row) => !taken.has(row)) };
}

test(`every row that stood there throughout is read, or an error says so, or it is not proven: ${SERVERS} random servers`, async () => {
	const tally: Record<string, number> = {};
	const note = (what: string) => (tally[what] = (tally[what] ?? 0) + 1);
	await fc.assert(
		fc.asyncProperty(habits, edits, asked, async (has: Habits, changes: Edit[], how: Asked) => {
			const server = new RandomServer(has, changes);
			const { report, missing } = await read(server, how);
			if (report === null) return void note('error');
			if (!report.completeness.proven) return void note('not proven');
			note(`proven by ${report.completeness.by}`);
			if (missing.length > 0 && cannotBeTold(has, report.completeness, how.paging === 'number'))
				return void note('cap nobody can tell');
			expect(missing).toEqual([]);
		}),
		{ numRuns: SERVERS },
	);
	// The test can only fail where lists are called proven: most kinds of proof have to occur.
	expect(Object.keys(tally)).toEqual(
		expect.arrayContaining([
			'not proven',
			'proven by nothingBehind',
			'proven by wholeAnswer',
			'proven by links',
		]),
	);
	if (SERVERS > 1000) process.stdout.write(`${JSON.stringify(tally)}\n`);
});

test('an ordinary server that holds still is proven: amber would mean nothing if it were everywhere', async () => {
	const ordinary = habits.map(
		(has): Habits => ({
			...has,
			rows: looksLikeWindow(has.rows) ? has.rows + 1 : has.rows,
			manages: [],
			window: 0,
			top: 'honoured',
			skip: 'honoured',
			links: has.links === 'circle' ? 'none' : has.links,
			repeatsBorder: false,
			count: has.count === 'right' ? 'right' : 'absent',
		}),
	);
	await fc.assert(
		fc.asyncProperty(ordinary, fc.integer({ min: 2, max: 500 }), async (has, pageSize) => {
			const server = new RandomServer(has, []);
			const { report, missing } = await read(server, {
				paging: 'offset',
				firstPage: null,
				pageSize,
			});
			expect(report?.completeness).toMatchObject({ proven: true });
			expect(missing).toEqual([]);
			const perPage = Math.max(1, Math.min(pageSize, has.pageSize || Infinity) - 2);
			// What is behind the overlap, what is behind that, and where the last link leads.
			const looks = has.linksBeyond ? 3 : 2;
			const passes = Math.min(pageSize, has.pageSize || Infinity) === 1 ? 2 : 1;
			expect(report!.requests).toBeLessThanOrEqual(
				passes * (Math.ceil(has.rows / perPage) + looks),
			);
		}),
		{ numRuns: SERVERS },
	);
});
