import { errorText } from '../../sandbox/n8n/executions';
import type { Session } from '../../sandbox/start/session';
import { CLEAN } from '../retry/play';
import { FirstLoads } from './interruption-support';
import { openSession } from './support';

/** `npm run test:crash` kills 20 times; every change is tried with two. */
const KILLS = Number(process.env.CRASHES ?? 2);

let session: Session;
let loads: FirstLoads;
let end: () => Promise<void> = async () => {};
let undisturbed: Awaited<ReturnType<FirstLoads['outcome']>>;
let milliseconds: number;

beforeAll(async () => {
	// Answers take a while, so that many moments fall into the middle of writing.
	({ session, end } = await openSession({
		vendors: 30,
		documents: 40,
		procoreSwitches: { latencyMs: 60 },
	}));
	loads = new FirstLoads(session);
	await loads.forgetLeases();
	await loads.begin();
	const began = Date.now();
	const calm = await session.n8n.executions.wait(await loads.start());
	milliseconds = Date.now() - began;
	expect(errorText(calm)).toBe('');
	expect(await loads.audit()).toMatchObject(CLEAN);
	undisturbed = await loads.outcome();
	expect(undisturbed).toMatchObject({ journal: [], leases: [], unexplained: '0.00' });
});

afterAll(() => end());

/** Spread over the whole load, each somewhere in its share of it. */
const moments = Array.from({ length: KILLS }, (_, index) => (index + Math.random()) / KILLS);

test.each(moments)(
	'n8n killed at %f of a first load: the next run completes it, and each write is in the audit once',
	async (moment) => {
		await loads.begin();
		await loads.start();
		await new Promise((resolve) => setTimeout(resolve, moment * milliseconds));
		await session.killN8n();
		await session.restartN8n();
		const next = await session.n8n.executions.wait(await loads.start());
		expect(errorText(next)).toBe('');
		const audit = await loads.audit();
		expect({ moment, ...audit }).toMatchObject({ moment, ...CLEAN });
		expect(audit.events).toBeGreaterThan(100);
		expect(await loads.outcome()).toEqual(undisturbed);
		const runs = await loads.runs();
		expect(runs.filter((run) => run.status === 'running')).toEqual([]);
		process.stderr.write(
			`killed at ${Math.round(moment * milliseconds)} ms: ${runs.map((run) => run.status).join(', ')}; ${audit.writes} writes, ${audit.events} events\n`,
		);
	},
);
