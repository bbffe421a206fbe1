import type { LeaseRow } from '../../lib/audit/event-row';
import { errorText, type Execution } from '../../sandbox/n8n/executions';
import { startPostgres, type Postgres } from '../../sandbox/n8n/postgres';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { CLEAN } from '../retry/play';
import { FirstLoads } from './interruption-support';
import { openSession, routeCounts, waitUntil } from './support';

/** `npm run test:overlap` takes both databases, and eight first loads. Every change is tried on SQLite. */
const DATABASES = (process.env.OVERLAP ?? 'SQLite').split(' ');
const ROUNDS = Number(process.env.ROUNDS ?? 1);

describe.each(DATABASES)('two runs at once, on %s', (database) => {
	let postgres: Postgres | null = null;
	let session: Session;
	let loads: FirstLoads;
	let end: () => Promise<void> = async () => {};

	beforeAll(async () => {
		if (database === 'PostgreSQL') {
			postgres = await startPostgres();
			if (postgres === null) {
				console.warn('SKIPPED: PostgreSQL is not installed, so no transactions interleave.');
				return;
			}
		}
		// Answers take a while, so that a run has a middle.
		({ session, end } = await openSession({
			vendors: 20,
			documents: 30,
			procoreSwitches: { latencyMs: 60 },
			n8nEnvironment: postgres?.environment,
		}));
		loads = new FirstLoads(session);
	});

	afterAll(async () => {
		await end();
		postgres?.stop();
	});

	const started = async (trigger: string) =>
		await session.n8n.workflows.run(session.workflowId, trigger);
	const ended = async (ids: string[]): Promise<Execution[]> =>
		await Promise.all(ids.map(async (id) => await session.n8n.executions.wait(id)));

	/** One did everything, and whoever else began was skipped and says to whom. */
	async function oneWorkedAndTheOthersYielded(executions: Execution[]): Promise<void> {
		expect(executions.map(errorText)).toEqual(executions.map(() => ''));
		const runs = await loads.runs();
		const [worked, ...more] = runs.filter((run) => run.status !== 'skipped');
		expect(more).toEqual([]);
		expect(worked).toMatchObject({
			status: expect.stringMatching(/^success/),
			finished_at: expect.stringMatching(/./),
		});
		const others = runs.filter((run) => run.status === 'skipped');
		expect(others).toHaveLength(executions.length - 1);
		for (const other of others) {
			expect(other.error).toContain(`(execution ${worked.execution_id}) is at work`);
			expect(other).toMatchObject({ created: 0, updated: 0, calls: 0 });
		}
		expect([worked, ...others].map((run) => run.execution_id).sort()).toEqual(
			executions.map(({ id }) => id).sort(),
		);
		expect(await loads.audit()).toMatchObject(CLEAN);
		expect(await loads.outcome()).toMatchObject({ journal: [], leases: [], unexplained: '0.00' });
	}

	it.each(Array.from({ length: ROUNDS }, (_, index) => index))(
		'of first loads started at the same moment, by hand and by the clock, one works (%i)',
		async () => {
			if (!session) return;
			await loads.begin();
			const ids = await Promise.all([RUN_NOW, 'Every hour'].map(started));
			await waitUntil('the first vendors in Procore', async () =>
				Object.keys(await routeCounts(session)).some((route) => /^(PATCH|POST).*sync/.test(route)),
			);
			ids.push(await started(RUN_NOW));
			await oneWorkedAndTheOthersYielded(await ended(ids));
		},
	);

	const onPostgres = database === 'PostgreSQL' ? it : it.skip;
	onPostgres('also when the first to ask is the last whose asking is seen', async () => {
		if (!postgres) return;
		await loads.begin();
		const table = await session.n8n.tables.find('gpp_lease');
		// Transactions of PostgreSQL end in another order than they took their numbers.
		postgres.sql(`
			CREATE FUNCTION slow_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				IF pg_try_advisory_xact_lock(1) THEN PERFORM pg_sleep(2); END IF;
				RETURN NEW;
			END $$;
			CREATE TRIGGER slow_once AFTER INSERT ON "data_table_user_${table}"
				FOR EACH ROW EXECUTE FUNCTION slow_once();`);
		try {
			const first = await started(RUN_NOW);
			const ids = [first, await started('Every hour')];
			await oneWorkedAndTheOthersYielded(await ended(ids));
		} finally {
			postgres.sql('DROP FUNCTION slow_once CASCADE');
		}
	});

	it('a killed run leaves its lease: others yield until that ends, then one takes over', async () => {
		if (!session) return;
		const { tables } = session.n8n;
		await loads.begin();
		const killed = await started(RUN_NOW);
		await waitUntil('the lease', async () => (await tables.rows('gpp_lease')).length === 1);
		await waitUntil('a write', async () => (await loads.audit()).writes > 0);
		await session.killN8n();
		await session.restartN8n();

		const [lease] = await session.n8n.tables.rows<LeaseRow>('gpp_lease');
		const [early] = await ended([await started(RUN_NOW)]);
		expect(errorText(early)).toBe('');
		const yielded = (await loads.runs()).at(-1)!;
		expect(yielded).toMatchObject({ status: 'skipped' });
		expect(yielded.error).toContain(`(execution ${killed}) is at work`);
		const [, ends] = /its lease ends at (.+)\.$/.exec(yielded.error ?? '')!;
		expect(ends >= lease.until).toBe(true);

		// A batch that n8n had accepted and not begun is begun by n8n after the restart, under that lease.
		await waitUntil(
			'the end of what n8n resumed',
			async () => (await session.n8n.executions.list({ status: 'running' })).length === 0,
		);

		// Once the lease has ended.
		const until = new Date(Date.now() - 1).toISOString();
		await session.n8n.tables.update('gpp_lease', { run_id: lease.run_id }, { until });
		const [next] = await ended([await started(RUN_NOW)]);
		expect(errorText(next)).toBe('');
		expect((await loads.runs()).map(({ status }) => status)).toEqual([
			'abandoned',
			'skipped',
			expect.stringMatching(/^success/),
		]);
		expect(await loads.audit()).toMatchObject(CLEAN);
		expect(await loads.outcome()).toMatchObject({ journal: [], leases: [], unexplained: '0.00' });
	});
});
