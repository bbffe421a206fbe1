import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { believableHistory, fillTables } from '../../sandbox/n8n/believable-history';
import { DASHBOARD_LOGIN, installDashboard } from '../../sandbox/n8n/install-dashboard';
import { packPackage } from '../../sandbox/n8n/install-package';
import { startN8n, type N8nInstance } from '../../sandbox/n8n/start-n8n';
import { type BenchDatabase, eventsAsked, onEachDatabase } from '../databases';

/**
 * `npm run bench:dashboard`: how long each page takes in a real n8n whose tables hold 100,000 events,
 * on SQLite and on PostgreSQL. `--events 5000` for another size, `--json` for machines. The goal is for
 * the median: the worst of a few visits says more of what else the machine did.
 */
const GOAL = 0.5;
const VISITS = 7;

const EVENTS = eventsAsked();
const RUNS = 1500;
/** As many as the page reads to put them together by cause. */
const WAITING = 2_000;

interface Measured {
	database: string;
	page: string;
	medianSeconds: number;
	worstSeconds: number;
	kilobytes: number;
}

async function main(): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-bench-'));
	const measured: Measured[] = [];
	try {
		const tarball = await packPackage(path.join(folder, 'package'));
		const results = await onEachDatabase(EVENTS, (database) =>
			benchDatabase(database, path.join(folder, database.name), tarball),
		);
		measured.push(...results.flat());
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
	const missed = measured.filter(({ medianSeconds }) => medianSeconds > GOAL);
	if (process.argv.includes('--json')) console.log(JSON.stringify({ events: EVENTS, measured }));
	if (missed.length > 0) process.exitCode = 1;
}

async function benchDatabase(
	{ name: database, environment, putIn, copyEvents }: BenchDatabase,
	userFolder: string,
	tarball: string,
): Promise<Measured[]> {
	const history = believableHistory({
		events: putIn,
		runs: RUNS,
		waiting: WAITING,
		now: Date.now(),
	});
	const n8n = await startN8n({ userFolder, tarball, environment });
	try {
		await installDashboard(n8n);
		const started = Date.now();
		await fillTables(n8n.tables, history);
		copyEvents();
		console.error(`${database}: ${EVENTS} events of ${RUNS} runs put in, ${seconds(started)} s`);
		const results: Measured[] = [];
		for (const [page, query] of pagesOf(history.events)) {
			results.push(await measure(n8n, database, page, query));
		}
		return results;
	} finally {
		await n8n.stop();
	}
}

function pagesOf(events: Array<Record<string, unknown>>): Array<[string, string]> {
	const { gp_key: key } = events[Math.floor(events.length / 2)]!;
	const record = new URLSearchParams({ entity: 'payable', company: 'TWO', key: String(key) });
	const busiest = new Map<string, number>();
	for (const { run_id } of events) {
		busiest.set(String(run_id), (busiest.get(String(run_id)) ?? 0) + 1);
	}
	const [run] = [...busiest].sort(([, left], [, right]) => right - left)[0]!;
	return [
		['overview', 'page=overview'],
		['waiting', 'page=waiting'],
		['waiting: one cause', 'page=waiting&cause=job-without-project&about=J%3A310'],
		['crosswalks', 'page=crosswalks'],
		['search: an amount', 'page=search&q=1,250.50'],
		['search: one voucher', `page=search&q=${String(key).slice(-7)}`],
		['search: a vendor with many events', 'page=search&q=acme'],
		['search: nothing found', 'page=search&q=no-such-thing'],
		['story', `page=story&${record.toString()}`],
		['run, the one with most events', `page=run&run=${run}`],
		['run, failed events only', `page=run&run=${run}&outcome=failed`],
		['runs', 'page=runs'],
		['reconciliation', 'page=reconciliation'],
	];
}

async function measure(
	n8n: N8nInstance,
	database: string,
	page: string,
	query: string,
): Promise<Measured> {
	const { user, password } = DASHBOARD_LOGIN;
	const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	const times: number[] = [];
	let size = 0;
	for (let visit = 0; visit <= VISITS; visit++) {
		const started = Date.now();
		const answer = await fetch(`${n8n.url}/webhook/gpp-dashboard?${query}`, {
			headers: { authorization },
		});
		const text = await answer.text();
		if (!answer.ok || !text.startsWith('<!doctype html>') || text.includes('could be read')) {
			throw new Error(`${page} on ${database}: ${answer.status} ${text.slice(0, 300)}`);
		}
		size = text.length;
		// The first visit finds n8n and the database cold; it counts as well.
		times.push((Date.now() - started) / 1000);
	}
	const ordered = [...times].sort((left, right) => left - right);
	const result = {
		...{ database, page },
		medianSeconds: ordered[Math.floor(ordered.length / 2)]!,
		worstSeconds: ordered.at(-1)!,
		kilobytes: Math.round(size / 1024),
	};
	console.log(
		`${database.padEnd(9)} ${page.padEnd(36)} median ${result.medianSeconds.toFixed(3)} s, worst ${result.worstSeconds.toFixed(3)} s, ${result.kilobytes} kB  ${result.medianSeconds <= GOAL ? 'met' : 'MISSED'}`,
	);
	return result;
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
