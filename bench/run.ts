import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { EventsLoad } from './events/load';
import { benchNtlm, type BenchRow } from './ntlm/bench-ntlm';

/**
 * `npm run bench`: every benchmark, one table; with `--json` one JSON object as the last line.
 * Ends with an error when a goal is missed. Figures depend on the machine, so no test waits on them.
 */
async function main(): Promise<void> {
	const rows = [
		...(await benchNtlm()),
		...(await benchMapping()),
		...(await benchProcoreLoad()),
		...(await benchEvents()),
	];
	for (const { name, value, unit, goal, met } of rows) {
		const verdict = goal === undefined ? '' : `  goal ${goal}: ${met ? 'met' : 'MISSED'}`;
		console.log(`${name.padEnd(70)} ${value.toFixed(3).padStart(10)} ${unit}${verdict}`);
	}
	if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }));
	if (rows.some((row) => row.met === false)) process.exitCode = 1;
}

/** Most calls each variant of the load may take (facts: 2.5 a second are allowed). */
const PROCORE_CALLS: Record<string, number> = {
	'first load': 280,
	'a day without changes': 3,
	'a day with one changed vendor': 3,
	'load of what stands there already': 450,
};

/** In a process of its own, so that the memory measured is the load's alone. */
async function benchProcoreLoad(): Promise<BenchRow[]> {
	const variants = await inOwnProcess<Array<Record<string, number> & { bench: string }>>(
		'procore/load.ts',
		'--json',
	);
	return variants.flatMap((one) => {
		const row = (name: string, value: number, unit: string, most?: number): BenchRow => ({
			name: `Procore, ${one.bench}: ${name}`,
			value,
			unit,
			...(most === undefined ? {} : { goal: `<= ${most}`, met: value <= most }),
		});
		const calls = [
			row('calls', one.calls, 'calls', PROCORE_CALLS[one.bench]),
			row('outcomes other than expected', one.otherwise, 'records', 0),
			row('health signals', one.unhealthy, 'answers', 0),
		];
		if (one.records < 1000) return calls;
		return [
			row('records (10,000 vendors, 10,000 cost codes, 5,000 invoices)', one.records, 'records'),
			...calls,
			row('wall clock at 150 ms latency / calls at the allowed rate', one.ratio, 'x', 1.15),
			row('peak memory of the process', one.peakMegabytes, 'MB', 400),
		];
	});
}

/** A real n8n with a young audit trail, and with a long one. */
async function benchEvents(): Promise<BenchRow[]> {
	const loads = await inOwnProcess<EventsLoad[]>('events/load.ts');
	return loads.map(({ database, events, after, slower }) => ({
		name: `sync of ten invoices beside ${events} events, ${database} (${after} ms): slower by`,
		value: slower,
		unit: 'x',
		goal: '<= 0.1',
		met: slower <= 0.1,
	}));
}

/** Ours beside one lookup per item, each in a process of its own. */
async function benchMapping(): Promise<BenchRow[]> {
	const ours = await inOwnProcess('mapping/run.ts', 'ours');
	const naive = await inOwnProcess('mapping/run.ts', 'naive');
	const row = (name: string, value: number, unit: string): BenchRow => ({
		name: `map and plan ${ours.distributions} distributions: ${name}`,
		value,
		unit,
	});
	const ratio = ours.perSecond / naive.perSecond;
	return [
		row('ours', ours.perSecond, 'distributions/s'),
		row('per item', naive.perSecond, 'distributions/s'),
		{ ...row('ours against per item', ratio, 'x'), goal: '>= 1', met: ratio >= 1 },
		{
			...row('ours, peak memory of the process', ours.peakMegabytes, 'MB'),
			goal: '<= 300',
			met: ours.peakMegabytes <= 300,
		},
		row('per item, peak memory of the process', naive.peakMegabytes, 'MB'),
	];
}

/** Runs one file of this folder and reads the JSON it prints last. */
async function inOwnProcess<T = Record<string, number>>(
	file: string,
	...args: string[]
): Promise<T> {
	const { stdout } = await promisify(execFile)(process.execPath, [
		'--import',
		'tsx',
		resolve(__dirname, file),
		...args,
	]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
