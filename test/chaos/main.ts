import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toCents, toUnits } from '../../sandbox/start/cents';
import { EVERYTHING, Hits } from './faults';
import { publishFaults } from './publish';
import { playScenario, type ScenarioResult } from './scenario';

/**
 * `npm run test:chaos -- --runs 1000 --json`: so many scenarios, each from its own seed. `--seed 17`
 * plays one again and tells its story; `--from 500` begins at another seed; `--verbose` counts the faults
 * that were really met, `--publish` writes them into the README.
 */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			runs: { type: 'string', default: '100' },
			from: { type: 'string', default: '1' },
			seed: { type: 'string' },
			json: { type: 'boolean', default: false },
			verbose: { type: 'boolean', default: false },
			publish: { type: 'boolean', default: false },
		},
	});
	const first = Number(values.from);
	const seeds = values.seed
		? [values.seed]
		: Array.from({ length: Number(values.runs) }, (_, index) => String(first + index));
	const total = { lost: 0, duplicated: 0, unexplained: 0n };
	const failedSeeds: string[] = [];
	const hits = new Hits();
	for (const [index, seed] of seeds.entries()) {
		const result = await played(seed);
		hits.addAll(result.hits);
		total.lost += result.lost;
		total.duplicated += result.duplicated;
		total.unexplained += toUnits(result.unexplained);
		if (result.faults.length > 0) failedSeeds.push(seed);
		if (values.seed) console.error(result.story.join('\n'));
		if (values.seed || !values.json || result.faults.length > 0)
			for (const fault of result.faults.slice(0, 20)) console.error(`seed ${seed}: ${fault}`);
		if ((index + 1) % 50 === 0)
			console.error(`${index + 1} of ${seeds.length}, ${failedSeeds.length} failed`);
	}
	if (values.verbose)
		for (const what of EVERYTHING) console.error(`${hits.counts.get(what) ?? 0}\t${what}`);
	const outcome = {
		runs: seeds.length,
		lost: total.lost,
		duplicated: total.duplicated,
		unexplained: toCents(total.unexplained),
		failedSeeds,
	};
	if (values.publish) publishFaults(resolve(__dirname, '../..'), outcome, hits.counts, new Date());
	console.log(JSON.stringify(outcome));
	return failedSeeds.length > 0 ? 1 : 0;
}

/** A scenario that breaks off is a fault like any other. */
async function played(seed: string): Promise<ScenarioResult> {
	try {
		return await playScenario(seed);
	} catch (error) {
		const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return {
			seed,
			story: [],
			hits: new Map(),
			lost: 0,
			duplicated: 0,
			unexplained: '0.00',
			faults: [why],
		};
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
