import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { acceptFindings } from './accept-findings';
import { describeFindings, describePlaces, describeSync } from './report';
import { DOORS, startSession, type Session } from './session';
import { syncOnce } from './sync-run';

const USAGE = `npm start [-- options]

  --once       stop after the first run; the last line is a JSON summary, and the exit code is 0
               only if the run succeeded and the books agree
  --again N    with --once: run N more times, one JSON line each
  --keep DIR   keep everything (n8n, its tables, Procore's records) in DIR for the next start
  --door NAME  how GP is read: sba (default), odata, soap (the Web Services), or sql (a PostgreSQL with
               GP's tables, read by the shipped workflow)
  --company X  one (default), or two: other account layout, VAT, jobs without a project
  --port N     n8n's port, default 5678; another free one is taken when it is in use
`;

/** Where people expect things; each is replaced by a free port when somebody else has it. */
const PORTS = { n8n: 5678, gp: 8480, gpAdmin: 8481, procore: 4100, procoreAdmin: 4101 };

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			again: { type: 'string', default: '0' },
			keep: { type: 'string' },
			door: { type: 'string', default: 'sba' },
			company: { type: 'string', default: 'one' },
			port: { type: 'string', default: String(PORTS.n8n) },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(USAGE);
		return;
	}
	const door = DOORS.find((one) => one === values.door);
	if (!door) throw new Error(`--door ${values.door}: choose one of ${DOORS.join(', ')}.`);
	if (values.company !== 'one' && values.company !== 'two')
		throw new Error(`--company ${values.company}: choose one or two.`);
	const { company } = values;
	const again = Number(values.again);
	if (!Number.isInteger(again) || again < 0)
		throw new Error(`--again ${values.again}: a whole number is wanted.`);

	const folder = values.keep
		? path.resolve(values.keep)
		: mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-'));
	let stopAll = async () => {};
	let started: Session | null = null;
	let stopping: Promise<void> | null = null;
	const stop = () => {
		stopping ??= stopAll().finally(() => {
			if (!values.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		});
		return stopping;
	};
	const interrupted = new Promise<'interrupted'>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => resolve('interrupted'));
		}
	});
	const work = async (): Promise<boolean> => {
		const session = await startSession({
			folder,
			door,
			company,
			places: 'found by setup',
			ports: { ...PORTS, n8n: Number(values.port) },
			// Who stays will want the hourly schedule and the Retry button, which need it.
			publish: !values.once,
			tell,
			onStarted: (end) => (stopAll = end),
		});
		started = session;
		if (!session.n8n.url.endsWith(`:${values.port}`))
			tell(`Port ${values.port} is in use; n8n is at ${session.n8n.url}.`);
		tell('Running setup and accepting what it finds …');
		tell(describeFindings(await acceptFindings(session)));
		let agreed = true;
		for (let run = 0; run <= again; run++) {
			tell(
				run === 0 ? 'Running the first sync …' : `Running the sync again (${run} of ${again}) …`,
			);
			const result = await syncOnce(session);
			tell(`\n${describeSync(result)}\n`);
			if (values.once) process.stdout.write(`${JSON.stringify(result.summary)}\n`);
			agreed &&=
				result.summary.executionStatus === 'success' && result.summary.unexplained === '0.00';
		}
		if (values.once) return agreed;
		process.stdout.write(`${await describePlaces(session)}\n`);
		await interrupted;
		return true;
	};

	try {
		const outcome = await Promise.race([work(), interrupted]);
		if (outcome === 'interrupted') tell('\nStopping …');
		await stop();
		process.exit(outcome === false ? 1 : outcome === 'interrupted' && values.once ? 130 : 0);
	} catch (error) {
		// "fetch failed" alone would not tell that n8n is gone, nor why.
		const gone = started === null ? null : (started as Session).n8n.lastWords();
		await stop();
		throw gone === null ? error : new Error(gone, { cause: error });
	}
}

/** Progress goes to stderr: stdout belongs to the JSON lines of --once. */
function tell(text: string): void {
	process.stderr.write(`${text}\n`);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
