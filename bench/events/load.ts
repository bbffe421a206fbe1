import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { adminCall } from '../../sandbox/start/admin-call';
import { startSession, type Session } from '../../sandbox/start/session';
import { syncOnce } from '../../sandbox/start/sync-run';

const EVENTS = 100_000;
const ROUNDS = 3;

/** Seconds of a sync with ten new invoices, before and after a long audit trail stands in the tables. */
export interface EventsLoad {
	events: number;
	before: number[];
	after: number[];
	/** Share by which the median grew. */
	slower: number;
}

/** A real n8n on SQLite: the sync with a young audit trail, and with 100,000 events. */
export async function measureEvents(tell: (text: string) => void): Promise<EventsLoad> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-events-'));
	let stop = async () => {};
	try {
		const session = await startSession({
			folder,
			vendors: 40,
			documents: 60,
			tell,
			onStarted: (end) => (stop = end),
		});
		await syncOnce(session);
		const before = await rounds(session);
		tell(`Before: ${before.join(', ')} s. Adding ${EVENTS} events …`);
		await addEvents(session);
		const after = await rounds(session);
		tell(`After: ${after.join(', ')} s.`);
		const slower = median(after) / median(before) - 1;
		return { events: EVENTS, before, after, slower: Math.round(slower * 1000) / 1000 };
	} finally {
		await stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function rounds(session: Session): Promise<number[]> {
	const seconds: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		for (let added = 0; added < 10; added++) {
			await adminCall(session.gp.adminUrl, 'POST', '/invoices/add', {
				state: 'open',
				lines: [{ account: '300-5130-02', amount: '10.00' }],
			});
		}
		const { summary, error } = await syncOnce(session);
		if (error) throw new Error(error);
		seconds.push(summary.seconds);
	}
	return seconds;
}

/** Copies of real events under other keys and runs, as years of syncs would leave them. */
async function addEvents({ n8n: { tables } }: Session): Promise<void> {
	const real = (await tables.rows('gpp_event')).map(
		({ id: _id, createdAt: _created, updatedAt: _updated, ...row }) => row,
	);
	const chunk = 500;
	for (let start = 0; start < EVENTS; start += chunk) {
		const rows = Array.from({ length: chunk }, (_, index) => ({
			...real[(start + index) % real.length],
			run_id: `old-${Math.floor(start / 2_000)}`,
			batch_id: `old-${Math.floor(start / 2_000)}/1`,
		}));
		await tables.insert('gpp_event', rows);
	}
}

function median(values: number[]): number {
	return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
}

if (require.main === module) {
	void measureEvents((text) => process.stderr.write(`${text}\n`)).then((load) =>
		process.stdout.write(`${JSON.stringify(load)}\n`),
	);
}
