import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorText } from '../../sandbox/n8n/executions';
import { projectRoot } from '../../sandbox/n8n/project-files';
import type { Session } from '../../sandbox/start/session';
import { CLEAN, FirstLoads } from './interruption-support';
import { openSession } from './support';

const control = path.join(os.tmpdir(), `gp-to-procore-fail-once-${process.pid}`);
let session: Session;
let loads: FirstLoads;
let end: () => Promise<void> = async () => {};
let undisturbed: object;
let nodes: string[] = [];

beforeAll(async () => {
	({ session, end } = await openSession({
		vendors: 10,
		documents: 15,
		// Retries call the workflow itself, which n8n only does with published ones.
		publish: true,
		n8nEnvironment: {
			NODE_OPTIONS: `--require ${path.join(projectRoot, 'sandbox/n8n/fail-once.cjs')}`,
			FAIL_ONCE_FILE: control,
		},
	}));
	loads = new FirstLoads(session);
	await loads.begin();
	const calm = await session.n8n.executions.wait(await loads.start());
	expect(errorText(calm)).toBe('');
	undisturbed = { ...(await loads.outcome()), events: await loads.events() };
	const listed = await session.n8n.executions.list({
		workflowId: session.workflowId,
		includeData: true,
	});
	nodes = [...new Set(listed.flatMap((one) => Object.keys(one.data?.resultData.runData ?? {})))];
});

afterAll(() => end());

/** `npm run test:retry`: every node of the template; every change is tried with three. */
const NAMES = process.env.ALL_NODES
	? 'all'
	: ['Claim lease', 'Sync direct costs', 'Write audit events'];

/** Those a first load does not come by are tried in n8n's engine, in test/harness. */
async function each(use: (name: string, original: boolean) => Promise<void>): Promise<void> {
	const names =
		NAMES === 'all' ? nodes.filter((name) => !/^(Run now|Batch starts)$/.test(name)) : NAMES;
	for (const [index, name] of names.entries()) {
		if (NAMES === 'all') {
			await use(name, true);
			await use(name, false);
		} else await use(name, index % 2 === 0);
	}
}

test('a first load of which one node fails is completed by Retry, as the workflow is now and as it was', async () => {
	const problems: string[] = [];
	await each(async (name, original) => {
		const title = `${name} (${original ? 'original' : 'current'} workflow)`;
		try {
			await loads.begin();
			writeFileSync(control, name);
			const failed = await session.n8n.executions.wait(await loads.start());
			expect(failed.status).toBe('error');
			const retried = await session.n8n.executions.retry(failed.id, !original);
			expect(errorText(retried)).toBe('');
			expect(await loads.audit()).toMatchObject(CLEAN);
			expect({ ...(await loads.outcome()), events: await loads.events() }).toEqual(undisturbed);
			expect((await loads.runs()).map((run) => run.status)).toEqual(['success']);
			if (NAMES === 'all') process.stderr.write(`completed after ${title}\n`);
		} catch (error) {
			problems.push(`${title}: ${(error as Error).message}`);
			process.stderr.write(`${problems.at(-1)}\n`);
		}
	});
	expect(problems).toEqual([]);
}, 3_600_000);
