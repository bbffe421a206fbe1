import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { EventsLoad } from './events/load';
import { asObject, goalOf, isMet, PARTS, shown, type Figure, type PartName } from './figure';
import { benchNtlm } from './ntlm/bench-ntlm';
import { procoreFigures, type Load } from './procore/figures';
import { publish } from './publish';
import { syncFigures } from './sync/figures';
import type { SyncSize } from './sync/run';

/**
 * `npm run bench`: every benchmark, one table. `-- --json` prints one object as the last line, `-- --publish`
 * writes docs/benchmarks.md and its picture, `-- --only ntlm,procore` takes parts (ntlm, mapping, procore,
 * events, sync, syncBySql), `-- --documents 1000,10000,50000,100000` the sizes of the whole sync (the largest takes
 * about half an hour, ten minutes with `--limits off`: Procore's). Ends with an error when a goal is missed. `--whose`
 * samples in the sync whose code runs, which slows it down. Figures
 * depend on the machine, so no test waits on them.
 */
async function main(): Promise<void> {
	const only = option('--only')?.split(',');
	const parts: Record<PartName, () => Promise<Figure[]>> = {
		ntlm: benchNtlm,
		mapping: benchMapping,
		procore: async () => procoreFigures(await inOwnProcess<Load[]>('procore/load.ts', '--json')),
		events: benchEvents,
		sync: () => benchSync('sba'),
		syncBySql: () => benchSync('sql'),
	};
	const unknown = only?.filter((part) => !(part in parts)) ?? [];
	if (unknown.length > 0)
		throw new Error(`--only takes ${PARTS.join(', ')}, not ${unknown.join(', ')}`);

	const measured: Record<string, Figure[]> = {};
	for (const name of PARTS) {
		if (only && !only.includes(name)) continue;
		const begin = Date.now();
		process.stderr.write(`${name} … `);
		measured[name] = await parts[name]();
		process.stderr.write(`${Math.round((Date.now() - begin) / 1000)} s\n`);
		for (const figure of measured[name]) console.log(line(figure));
		// At once: a later part that breaks off takes nothing away.
		if (process.argv.includes('--publish'))
			publish({ [name]: measured[name] }, new Date(), resolve(__dirname, '..', 'docs'));
	}
	const figures = Object.values(measured).flat();
	if (process.argv.includes('--json')) console.log(JSON.stringify(asObject(figures)));
	if (!figures.every(isMet)) process.exitCode = 1;
}

function line(figure: Figure): string {
	const goal = goalOf(figure);
	const verdict = goal && `  goal ${goal}: ${isMet(figure) ? 'met' : 'MISSED'}`;
	const floor = figure.floor ? `  (at best: ${figure.floor})` : '';
	const value = `${shown(figure.value)} ${figure.unit}`;
	return `${figure.name.padEnd(72)} ${value.padStart(18)}${verdict}${floor}`;
}

/** A real n8n with a young audit trail, and with a long one. */
async function benchEvents(): Promise<Figure[]> {
	const loads = await inOwnProcess<EventsLoad[]>('events/load.ts');
	return loads.map(({ database, events, after, slower }) => ({
		key: `events.${database.toLowerCase()}.slowerBy`,
		name: `Ten invoices beside ${events} events, ${database} (${after} ms): slower by`,
		value: slower,
		unit: 'x',
		atMost: 0.1,
	}));
}

/** By size of the company. */
async function benchSync(door: string): Promise<Figure[]> {
	const args = ['--documents', option('--documents') ?? '1000,10000', '--door', door];
	args.push('--limits', option('--limits') ?? 'on');
	if (process.argv.includes('--whose')) args.push('--whose');
	return syncFigures(await inOwnProcess<SyncSize[]>('sync/run.ts', ...args));
}

/** Ours beside one lookup per item, each in a process of its own. */
async function benchMapping(): Promise<Figure[]> {
	const ours = await inOwnProcess('mapping/run.ts', 'ours');
	const naive = await inOwnProcess('mapping/run.ts', 'naive');
	const figure = (name: string, value: number, unit: string, more: Partial<Figure>): Figure => ({
		name: `Map and plan ${ours.distributions} distributions: ${name}`,
		value,
		unit,
		...more,
	});
	return [
		figure('ours', ours.perSecond, 'lines/s', { key: 'mapping.linesPerSecond' }),
		figure('per item', naive.perSecond, 'lines/s', { key: 'mapping.linesPerSecondPerItem' }),
		figure('ours against per item', ours.perSecond / naive.perSecond, 'x', {
			key: 'mapping.fasterThanPerItem',
			atLeast: 1,
		}),
		figure('ours, peak memory', ours.peakMegabytes, 'MB', {
			key: 'mapping.peakRssMb',
			atMost: 300,
		}),
		figure('per item, peak memory', naive.peakMegabytes, 'MB', {}),
	];
}

/** Runs one file of this folder, lets its progress through, and reads the JSON it prints last. */
async function inOwnProcess<T = Record<string, number>>(
	file: string,
	...args: string[]
): Promise<T> {
	const running = promisify(execFile)(
		process.execPath,
		['--import', 'tsx', resolve(__dirname, file), ...args],
		{ maxBuffer: 2 ** 26 },
	);
	running.child.stderr?.pipe(process.stderr);
	const { stdout } = await running;
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}

function option(name: string): string | undefined {
	const place = process.argv.indexOf(name);
	return place < 0 ? undefined : process.argv[place + 1];
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
