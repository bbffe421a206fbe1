import fc from 'fast-check';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import { GpError } from '../../lib/gp/errors/gp-error';
import { looksLikeCap, looksLikeWindow } from '../../lib/gp/reading/paging/page';
import type { GpSite } from '../../lib/gp/site';
import { canonicalKey } from '../../lib/model/keys';
import { cannotBeTold, edits, habits, RandomServer, type Edit, type Habits } from './random-server';
import { ODATA, PLAIN, Served, type Names, type Wire, wires } from './served';

declare const RANDOM_SERVERS: number | undefined;
const SERVERS = typeof RANDOM_SERVERS === 'number' ? Math.ceil(RANDOM_SERVERS / 2) : 120;

const names: fc.Arbitrary<Names> = fc.constantFrom<Names[]>(
	ODATA,
	ODATA,
	{ limit: 'limit', offset: 'offset', page: null },
	{ limit: 'take', offset: 'start', page: null },
	{ limit: 'pageSize', offset: null, page: 'pageNumber' },
	{ limit: null, offset: null, page: 'page' },
	{ limit: null, offset: 'startIndex', page: null },
	{ limit: 'rowsWanted', offset: 'rowsPassed', page: null },
	{ limit: null, offset: null, page: null },
);

let sites = 0;
function clientOf(http: Served, profile: GpSite['profile']): GpClient {
	sites += 1;
	return createGpClient({
		site: {
			serviceAddress: `https://gp${sites}.example.com`,
			tenant: 'DefaultTenant',
			company: 'Fabrikam, Inc.',
			companyId: 'TWO',
			profile,
		},
		http,
		effects: { now: () => 0, sleep: async () => undefined, random: () => 0 },
		throttle: { gapMs: 0, retries: 0 },
	});
}

/** Surveys a service, then reads it with what the survey proposes. */
async function surveyAndRead(has: Habits, changes: readonly Edit[], by: Names, wire: Wire) {
	const server = new RandomServer(has, changes);
	const http = new Served(server, by, wire);
	const survey = await clientOf(http, {}).survey();
	const asked = http.asked;
	const profile = survey.suggestedProfile;
	http.askedFromTheEnd = false;
	// Not by a service that refuses the parameter, nor in a dialect without a word for it.
	const turns = () => wire.unknown !== 'refused' && (by === ODATA || http.askedFromTheEnd);
	try {
		const { keys, completeness } = await clientOf(http, profile).listKeys('vendor');
		const read = new Set(keys);
		const missing = [...server.stood].filter((row) => !read.has(canonicalKey(row)));
		return { survey, asked, completeness, missing, turns: turns() };
	} catch (error) {
		if (!(error instanceof GpError)) throw error;
		return { survey, asked, completeness: null, missing: [], turns: turns() };
	}
}

test(`what a survey proposes makes the reading complete or not proven: ${SERVERS} random services`, async () => {
	const tally: Record<string, number> = {};
	const note = (what: string) => (tally[what] = (tally[what] ?? 0) + 1);
	await fc.assert(
		fc.asyncProperty(habits, edits, names, wires, async (has, changes, by, wire) => {
			const { completeness, missing, asked, turns } = await surveyAndRead(has, changes, by, wire);
			// Politeness: however odd the service, a survey of one entity is a few dozen small reads.
			expect(asked).toBeLessThanOrEqual(60);
			if (completeness === null) return void note('error');
			if (!completeness.proven) return void note('not proven');
			note(`proven by ${completeness.by}`);
			const told = {
				...has,
				descending: has.descending && turns,
				// A service without a word for the number of rows takes none.
				top: by.limit === null ? 'ignored' : has.top,
			} as const;
			if (missing.length > 0 && cannotBeTold(told, completeness, by.page !== null))
				return void note('cap nobody can tell');
			expect(missing).toEqual([]);
		}),
		{ numRuns: SERVERS },
	);
	expect(Object.keys(tally)).toEqual(
		expect.arrayContaining(['not proven', 'proven by nothingBehind', 'proven by wholeAnswer']),
	);
	if (SERVERS > 500) process.stdout.write(`survey ${JSON.stringify(tally)}\n`);
});

test('a service that pages by any of the usual names is read whole and proven, once it was surveyed', async () => {
	const ordinary = habits.map(
		(has): Habits => ({
			...has,
			rows: looksLikeWindow(has.rows + 1) ? has.rows + 2 : has.rows + 1,
			manages: [],
			window: 0,
			links: has.links === 'circle' ? 'none' : has.links,
			top: 'honoured',
			skip: 'honoured',
			pageBase: has.pageBase ?? 1,
			repeatsBorder: false,
			// A page that is refused is a page that may be there.
			beyond: has.beyond === 'refused' ? 'empty' : has.beyond,
			count: has.count === 'right' ? 'right' : 'absent',
		}),
	);
	const usual = names.filter(
		({ limit, offset, page }) => limit !== 'rowsWanted' && Boolean(offset ?? page),
	);
	await fc.assert(
		fc.asyncProperty(ordinary, usual, async (has, by) => {
			const { completeness, missing, survey } = await surveyAndRead(has, [], by, PLAIN);
			expect(missing).toEqual([]);
			const { mayBeCut, cap } = survey.entities.vendor;
			if (cap !== null) expect(cap).toBe(has.pageSize);
			// A list of one page shows nothing of how it goes on; the reader then judges it by its size.
			if (mayBeCut === null && !looksLikeCap(has.rows))
				expect(completeness).toMatchObject({ proven: true });
		}),
		{ numRuns: Math.ceil(SERVERS / 5) },
	);
});
