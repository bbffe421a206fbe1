import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { WHOLE_LIST } from '../../lib/gp/reading/recheck';
import { errorText } from '../../sandbox/n8n/executions';
import { adminCall } from '../../sandbox/start/admin-call';
import { readBooks } from '../../sandbox/start/sync-run';
import type { LogEntry } from '../../sandbox/gp/server/journal';
import { DOORS, RUN_NOW, startSession, type Session } from '../../sandbox/start/session';

/**
 * `npm run bench:sync -- --documents 1000,10000 [--door sba] [--again 5]`: the whole sync in a real n8n on
 * SQLite, by size of the company: seconds, n8n's peak memory, the longest wait of its event loop. First
 * everything, then runs in which nothing changed. The waits for Procore's limits are told apart: they
 * depend on Procore and not on us; `--limits off` measures without any. n8n's heap is held to `--heap` MB,
 * 448 if nothing is said, about as in a container of a gigabyte: with more, Node.js lets garbage lie. glibc is
 * told to give memory back (`MALLOC_…`), which it else keeps for each of n8n's threads. `--whose` samples what runs, and
 * tells the longest time in one go that was ours; it slows n8n down. The
 * environment variable N8N_NODE_OPTIONS goes to n8n's process, such as `--cpu-prof`. The last line is JSON.
 */
export interface SyncSize {
	documents: number;
	door: string;
	/** The first run: seconds of n8n's own clock without waits for Procore's limits, and with them where there are any. */
	seconds: number;
	secondsWithWaits?: number;
	/** Milliseconds a document. */
	perDocument: number;
	/** What n8n's heap was held to, megabytes. */
	heapMb: number;
	peakRssMb: number;
	longestBlockMs: number;
	/** The longest without the garbage that Node.js collected in it: n8n's work and ours. */
	longestWorkMs: number;
	/** The longest that functions of this package took in one go, where that was sampled. */
	longestOursMs?: number;
	/** Runs in which nothing changed: the best of them, its calls and its memory. */
	quietSeconds: number;
	quietCalls: number;
	/** Of them, what GP took to answer: its lists are the floor of a run. */
	quietGpSeconds: number;
	/** A run in which nothing changed either, that reads the whole lists as one does once a day. */
	listingSeconds: number;
	/** Memory of a fresh n8n that ran nothing but the quiet runs. */
	quietPeakRssMb: number;
	/** What the books say after it all. */
	unexplained: string;
	directCosts: number;
}

/** glibc: two arenas; blocks from 32 kB on, and what is free at the end of an arena, go back to the system at once. */
const GIVE_MEMORY_BACK = {
	MALLOC_ARENA_MAX: '2',
	MALLOC_MMAP_THRESHOLD_: '32768',
	MALLOC_TRIM_THRESHOLD_: '131072',
};

const tell = (text: string) => process.stderr.write(`${text}\n`);

interface Timed {
	seconds: number;
	waited: number;
	calls: number;
	/** What GP took to answer, one request after the other. */
	gpSeconds: number;
	blockMs: number;
	workMs: number;
}

async function measure(
	documents: number,
	door: (typeof DOORS)[number],
	again: number,
	{ limits, heap, whose }: { limits: boolean; heap: number; whose: boolean },
): Promise<SyncSize> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-size-'));
	const watch = path.join(folder, 'event-loop.jsonl');
	const ours = path.join(folder, 'ours.jsonl');
	const preload = (file: string) => `--require=${path.join(__dirname, file)}`;
	let stop = async () => {};
	try {
		const session = await startSession({
			folder,
			door,
			vendors: Math.min(2_000, Math.max(50, Math.round(documents / 20))),
			documents,
			n8nEnvironment: {
				...GIVE_MEMORY_BACK,
				NODE_OPTIONS: [
					preload('loop-watch.cjs'),
					...(whose ? [preload('whose-turn.cjs')] : []),
					`--max-old-space-size=${heap}`,
					process.env.N8N_NODE_OPTIONS ?? '',
				].join(' '),
				LOOP_WATCH: watch,
				LOOP_WHOSE: ours,
			},
			// Ten times what Procore allows; more at once would be taken for the limit of an hour.
			procoreSwitches: limits
				? undefined
				: { hourlyLimit: null, spikeLimit: { limit: 240, seconds: 10 } },
			tell: (text) => tell(`${documents}: ${text}`),
			onStarted: (end) => (stop = end),
		});
		let began = await settled();
		const first = await timed(session, watch);
		let longestOurs = longestOf(ours, began);
		const peak = peakMegabytes(session.n8n.pid);
		tell(`${documents}: first run ${JSON.stringify({ ...first, peak })}`);
		await session.killN8n();
		await session.restartN8n();
		began = await settled();
		const quiet: Timed[] = [];
		for (let run = 0; run < again; run++) {
			quiet.push(await timed(session, watch));
			tell(`${documents}: quiet run ${JSON.stringify(quiet.at(-1))}`);
		}
		longestOurs = Math.max(longestOurs, longestOf(ours, began));
		const quietPeak = peakMegabytes(session.n8n.pid);
		await makeListsDue(session);
		const listing = await timed(session, watch);
		tell(`${documents}: run with whole lists ${JSON.stringify(listing)}`);
		const best = quiet.sort((left, right) => left.seconds - right.seconds)[0];
		const { unexplained } = await readBooks(session);
		const [run] = await session.n8n.tables.rows<{ payables: string }>('gpp_run', {});
		return {
			documents,
			door,
			seconds: first.seconds,
			...(limits ? { secondsWithWaits: round(first.seconds + first.waited) } : {}),
			perDocument: round((first.seconds * 1000) / documents),
			heapMb: heap,
			peakRssMb: peak,
			// In the first run after it was started n8n loads what it needs.
			longestBlockMs: Math.max(first.blockMs, best.blockMs),
			longestWorkMs: Math.max(first.workMs, best.workMs),
			...(whose ? { longestOursMs: longestOurs } : {}),
			quietSeconds: best.seconds,
			quietCalls: best.calls,
			quietGpSeconds: best.gpSeconds,
			listingSeconds: listing.seconds,
			quietPeakRssMb: quietPeak,
			unexplained,
			directCosts: (JSON.parse(run.payables) as { created: number }).created,
		};
	} finally {
		await stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** As if a day had gone by: the next run reads the lists whole. */
async function makeListsDue({ n8n }: Session): Promise<void> {
	for (const { id, seen } of await n8n.tables.rows<{ id: number; seen: string }>('gpp_watermark')) {
		const { [WHOLE_LIST]: _, ...rows } = JSON.parse(seen) as Record<string, string>;
		await n8n.tables.update('gpp_watermark', { id }, { seen: JSON.stringify(rows) });
	}
}

/** What n8n loads as it starts is no part of a run. */
async function settled(): Promise<number> {
	await new Promise((resolve) => setTimeout(resolve, 4_000));
	return Date.now();
}

/** One run, by n8n's own clock; refuses to measure one that failed. */
async function timed({ n8n, gp, workflowId }: Session, watch: string): Promise<Timed> {
	await adminCall(gp.adminUrl, 'POST', '/counters/reset');
	const begin = Date.now();
	const execution = await n8n.executions.wait(
		await n8n.workflows.run(workflowId, RUN_NOW),
		3_600_000,
		// Reading it back costs n8n more than the run did.
		false,
	);
	const error = errorText(execution);
	if (error) throw new Error(error);
	const [run] = await n8n.tables.rows<Record<string, number>>('gpp_run', {
		execution_id: execution.id,
	});
	const log = await adminCall<LogEntry[]>(gp.adminUrl, 'GET', '/log');
	const whole = (Date.parse(execution.stoppedAt!) - Date.parse(execution.startedAt)) / 1000;
	return {
		seconds: round(whole - run.waited_ms / 1000),
		waited: round(run.waited_ms / 1000),
		calls: run.calls,
		gpSeconds: round(log.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000),
		...longestWaits(watch, begin),
	};
}

function longestWaits(file: string, since: number): Pick<Timed, 'blockMs' | 'workMs'> {
	const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
	const waits = lines
		.filter(Boolean)
		.map((line) => JSON.parse(line) as { at: number; ms: number; work: number })
		.filter(({ at }) => at >= since);
	return {
		blockMs: Math.max(0, ...waits.map(({ ms }) => ms)),
		workMs: Math.max(0, ...waits.map(({ work }) => work)),
	};
}

function longestOf(file: string, since: number): number {
	const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
	const told = lines
		.filter(Boolean)
		.map((line) => JSON.parse(line) as { at: number; ours: number; where: string })
		.filter(({ at }) => at >= since);
	told.sort((left, right) => right.ours - left.ours);
	for (const { ours, where } of told.slice(0, 3)) tell(`ours in one go: ${ours} ms, in ${where}`);
	return told[0]?.ours ?? 0;
}

/** The kernel's own high-water mark of the process; 0 where there is no /proc. */
function peakMegabytes(pid: number): number {
	const file = `/proc/${pid}/status`;
	if (!existsSync(file)) return 0;
	const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1];
	return Math.round(Number(kilobytes ?? 0) / 1024);
}

const round = (value: number) => Math.round(value * 10) / 10;

async function main(): Promise<void> {
	const { values } = parseArgs({
		args: process.argv.slice(2),
		options: {
			documents: { type: 'string', default: '1000,10000' },
			door: { type: 'string', default: 'sba' },
			again: { type: 'string', default: '5' },
			limits: { type: 'string', default: 'on' },
			heap: { type: 'string', default: '448' },
			whose: { type: 'boolean', default: false },
		},
	});
	const door = DOORS.find((one) => one === values.door);
	if (!door) throw new Error(`--door takes one of ${DOORS.join(', ')}`);
	const sizes: SyncSize[] = [];
	for (const documents of values.documents.split(',').map(Number)) {
		if (!Number.isInteger(documents) || documents < 1)
			throw new Error('--documents takes whole numbers');
		sizes.push(
			await measure(documents, door, Number(values.again), {
				limits: values.limits !== 'off',
				heap: Number(values.heap),
				whose: values.whose,
			}),
		);
	}
	process.stdout.write(`${JSON.stringify(sizes)}\n`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
