import { NODES } from '../retry/nodes';
import { CLEAN, first, play, References, sampleOf } from '../retry/play';
import { COMPANY, SCENARIOS, type Scenario } from '../retry/scenarios';
import { EngineWorld } from './engine-world';
import { SyncWorld } from './sync-world';

jest.setTimeout(1_800_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: EngineWorld | undefined;
const references = new References();

async function prepared(scenario: Scenario): Promise<EngineWorld> {
	await world?.close();
	const { vendors, documents } = COMPANY;
	world = new EngineWorld(await SyncWorld.open({ vendorCount: vendors, documentCount: documents }));
	await scenario.prepare?.(world);
	return world;
}

beforeAll(async () => {
	for (const scenario of SCENARIOS) {
		await references.add(scenario, () => prepared(scenario));
	}
});

afterAll(() => world?.close());

test('the scenarios come by every node of the shipped sync', () => {
	const had = references.cases(NODES).map(({ node }) => node);
	expect(NODES.filter((node) => !had.includes(node))).toEqual([]);
});

/** `ALL=1`: every node, when it first runs and when it last does; else a sample. */
test('a run of which any one node fails is completed by Retry as if nothing had happened', async () => {
	const problems: string[] = [];
	const cases = process.env.ALL ? references.cases(NODES) : sampleOf(SCENARIOS);
	for (const { scenario, node } of cases) {
		const { undisturbed, visits, retries } = references.of(scenario);
		const last = visits.get(node)!;
		for (const visit of process.env.ALL ? new Set([1, last]) : [1]) {
			const title = `"${node}", visit ${visit} of ${last}, in ${scenario.title}`;
			try {
				const started = await prepared(scenario);
				const played = await play(started, scenario, [...first(scenario), { node, visit }]);
				expect(started.awaited()).toEqual([]);
				expect(played.error).toBe('');
				expect(played.retries).toBeLessThanOrEqual(retries + 1);
				expect(await started.audit()).toMatchObject(CLEAN);
				expect(played.final).toEqual(undisturbed);
				if (process.env.ALL) process.stderr.write(`completed: ${title}\n`);
			} catch (error) {
				problems.push(`${title}: ${(error as Error).message}`);
				process.stderr.write(`${problems.at(-1)}\n`);
			}
		}
	}
	expect(problems).toEqual([]);
});
