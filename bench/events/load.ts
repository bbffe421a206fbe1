import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorText } from '../../sandbox/n8n/executions';
import { adminCall } from '../../sandbox/start/admin-call';
import { RUN_NOW, startSession, type Session } from '../../sandbox/start/session';
import { type BenchDatabase, eventsAsked, onEachDatabase } from '../databases';

/**
 * `npm run bench:events`: what a sync of ten new invoices takes on a real n8n, with a young audit trail
 * and with 100,000 events, on SQLite and on PostgreSQL. Procore answers at once, so that nothing hides what
 * n8n's tables cost. `--events 5000` for another size, up to 1000000 on PostgreSQL; the last line is JSON.
 */
const ROUNDS = 11;
const WARM_UP = 4;

export interface EventsLoad {
	database: string;
	events: number;
	/** Medians of n8n's own times from start to end of the execution, less what Procore's limits cost, ms. */
	before: number;
	after: number;
	/** Share by which the median grew. */
	slower: number;
}

const EVENTS = eventsAsked();
const tell = (text: string) => process.stderr.write(`${text}\n`);

async function measureEvents({
	name: database,
	environment,
	putIn,
	copyEvents,
}: BenchDatabase): Promise<EventsLoad> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-events-'));
	let stop = async () => {};
	try {
		const session = await startSession({
			folder,
			vendors: 40,
			documents: 60,
			n8nEnvironment: environment,
			tell: (text) => tell(`${database}: ${text}`),
			onStarted: (end) => (stop = end),
		});
		for (let run = 0; run < WARM_UP; run++) await sync(session);
		const before = await rounds(session);
		tell(`${database}: adding ${EVENTS} events …`);
		await addEvents(session, putIn);
		copyEvents();
		const after = await rounds(session);
		tell(`${database}: before ${before.join(' ')}; after ${after.join(' ')} ms`);
		const times = { before: median(before), after: median(after) };
		const slower = Math.round((times.after / times.before - 1) * 1000) / 1000;
		return { database, events: EVENTS, ...times, slower };
	} finally {
		await stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function rounds(session: Session): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) times.push(await sync(session));
	return times;
}

/** Ten new invoices in GP, and the run that takes them to Procore. */
async function sync({ n8n, gp, workflowId }: Session): Promise<number> {
	for (let added = 0; added < 10; added++) {
		await adminCall(gp.adminUrl, 'POST', '/invoices/add', {
			state: 'open',
			lines: [{ account: '300-5130-02', amount: '10.00' }],
		});
	}
	const execution = await n8n.executions.wait(await n8n.workflows.run(workflowId, RUN_NOW));
	const error = errorText(execution);
	if (error) throw new Error(error);
	// Runs follow one another at once here: their waiting for Procore's limits would hide everything else.
	const [run] = await n8n.tables.rows<{ waited_ms: number }>('gpp_run', {
		execution_id: execution.id,
	});
	return Date.parse(execution.stoppedAt!) - Date.parse(execution.startedAt) - run.waited_ms;
}

/** Copies of real events under other keys and runs, as years of syncs would leave them. */
async function addEvents({ n8n: { tables } }: Session, events: number): Promise<void> {
	const real = (await tables.rows('gpp_event')).map(
		({ id: _id, createdAt: _created, updatedAt: _updated, ...row }) => row,
	);
	const chunk = 500;
	for (let start = 0; start < events; start += chunk) {
		const rows = Array.from({ length: chunk }, (_, index) => {
			const event = real[(start + index) % real.length];
			return {
				...event,
				// Another round of the same documents has numbers of its own, as long as theirs.
				gp_key: earlierKey(String(event.gp_key), Math.floor((start + index) / real.length)),
				run_id: `old-${Math.floor(start / 2_000)}`,
				batch_id: `old-${Math.floor(start / 2_000)}/1`,
			};
		});
		await tables.insert('gpp_event', rows);
	}
}

/** `1;00000000000000123` of round 7: `1;90000000000700123`; nothing that this bench numbers itself begins so. */
const earlierKey = (key: string, round: number) =>
	key.replace(
		/\d{12,}/,
		(digits) => `9${String(round).padStart(digits.length - 6, '0')}${digits.slice(-5)}`,
	);

function median(values: number[]): number {
	return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
}

onEachDatabase(EVENTS, measureEvents)
	.then((loads) => process.stdout.write(`${JSON.stringify(loads)}\n`))
	.catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	});
