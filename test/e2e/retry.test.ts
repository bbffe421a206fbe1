import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../sandbox/n8n/project-files';
import type { Session } from '../../sandbox/start/session';
import { shippedTemplate } from '../harness/shipped-template';
import { NODES } from '../retry/nodes';
import { CLEAN, first, play, References, sampleOf, type Case } from '../retry/play';
import { COMPANY, SCENARIOS, type Scenario } from '../retry/scenarios';
import { N8nWorld, type Kind } from './n8n-world';
import { openSession } from './support';

/** `npm run test:retry` has every node fail, in both kinds; every change is tried with a sample. */
const ALL = Boolean(process.env.ALL_NODES);
/** Of those only the nodes whose name this regular expression finds, e.g. `ONLY='Run batch|lease'`. */
const ONLY = new RegExp(process.env.ONLY ?? '');
const KINDS: Kind[] = [
	{ by: 'hand', retryWith: 'original workflow' },
	{ by: 'form', retryWith: 'current workflow' },
];

const control = path.join(os.tmpdir(), `gp-to-procore-fail-once-${process.pid}.json`);
const began = Date.now();
const references = new References();
const problems: string[] = [];
let session: Session;
let world: N8nWorld;
let end: () => Promise<void> = async () => {};
let runs = 0;

beforeAll(async () => {
	for (const [file, text] of [
		[control, '[]'],
		[`${control}.log`, ''],
	])
		writeFileSync(file, text);
	({ session, end } = await openSession({
		...COMPANY,
		// Retries call the workflow itself, which n8n only does with published ones.
		publish: true,
		n8nEnvironment: {
			NODE_OPTIONS: `--require ${path.join(projectRoot, 'sandbox/n8n/fail-once.cjs')}`,
			FAIL_ONCE_FILE: control,
			FAIL_ONCE_WORKFLOW: shippedTemplate('sync').name,
		},
	}));
	world = new N8nWorld(session, control);
	await world.stopClock();
});

afterAll(async () => {
	await end();
	world?.forget();
});

test('a run of which any one node fails is completed by Retry, as the workflow is now and as it was', async () => {
	const had = new Set<string>();
	for (const scenario of SCENARIOS) {
		if (!ALL && scenario.sample.length === 0) continue;
		await prepare(scenario);
		const cases = (ALL ? references.cases(NODES) : sampleOf(SCENARIOS)).filter(
			(one) => one.scenario === scenario && ONLY.test(one.node),
		);
		for (const [index, one] of cases.entries()) {
			had.add(one.node);
			for (const kind of ALL ? KINDS : [KINDS[index % 2]]) {
				await failOnce(one, kind, `${index + 1}/${cases.length}`);
			}
		}
	}
	tell(`${had.size} nodes, ${runs} runs, ${problems.length} problems`);
	expect(problems).toEqual([]);
	if (ALL && !process.env.ONLY) expect(NODES.filter((node) => !had.has(node))).toEqual([]);
}, 7_200_000);

/** The world as the scenario's run finds it, and the run as nothing in question disturbs it. */
async function prepare(scenario: Scenario): Promise<void> {
	await world.beginAnew();
	await world.limits('learning');
	world.kind = KINDS[0];
	await scenario.prepare?.(world);
	await world.keep();
	const { retries } = await references.add(scenario, async () => {
		await world.putBack();
		return world;
	});
	await world.limits('learnt');
	tell(`prepared: ${scenario.title}, ${retries} retries`);
}

/** The first time the node runs, when the run was started by hand; else the last time. */
async function failOnce({ scenario, node }: Case, kind: Kind, which: string): Promise<void> {
	const { undisturbed, visits, retries } = references.of(scenario);
	const visit = kind.by === 'hand' ? 1 : visits.get(node)!;
	const title = `"${node}", visit ${visit}, in ${scenario.title}; started by ${kind.by}, retried with the ${kind.retryWith}`;
	runs++;
	try {
		await world.putBack();
		world.kind = kind;
		const played = await play(world, scenario, [...first(scenario), { node, visit }]);
		expect(world.awaited()).toEqual([]);
		expect(played.error).toBe('');
		expect(played.retries).toBeGreaterThan(0);
		expect(played.retries).toBeLessThanOrEqual(retries + 1);
		expect(await world.audit()).toMatchObject(CLEAN);
		expect(played.final).toEqual(undisturbed);
		tell(`${which} completed after ${played.retries}: ${title}`);
	} catch (error) {
		problems.push(`${title}: ${(error as Error).message}`);
		tell(`${which} NOT COMPLETED: ${problems.at(-1)}`);
	}
}

function tell(text: string): void {
	const seconds = Math.round((Date.now() - began) / 1_000);
	process.stderr.write(`${seconds} s: ${text}\n`);
}
