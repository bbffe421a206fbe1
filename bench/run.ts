import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { benchNtlm, type BenchRow } from './ntlm/bench-ntlm';

/**
 * `npm run bench`: every benchmark, one table; with `--json` one JSON object as the last line.
 * Ends with an error when a goal is missed. Figures depend on the machine, so no test waits on them.
 */
async function main(): Promise<void> {
	const rows = [...(await benchNtlm()), ...(await benchProcoreLoad())];
	for (const { name, value, unit, goal, met } of rows) {
		const verdict = goal === undefined ? '' : `  goal ${goal}: ${met ? 'met' : 'MISSED'}`;
		console.log(`${name.padEnd(70)} ${value.toFixed(3).padStart(10)} ${unit}${verdict}`);
	}
	if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }));
	if (rows.some((row) => row.met === false)) process.exitCode = 1;
}

/** In a process of its own, so that the memory measured is the load's alone. */
async function benchProcoreLoad(): Promise<BenchRow[]> {
	const { stdout } = await promisify(execFile)(process.execPath, [
		'--import',
		'tsx',
		resolve(__dirname, 'procore', 'load.ts'),
		'--json',
	]);
	const load = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>;
	const row = (name: string, value: number, unit: string, most?: number): BenchRow => ({
		name: `first Procore load: ${name}`,
		value,
		unit,
		...(most === undefined ? {} : { goal: `<= ${most}`, met: value <= most }),
	});
	return [
		row('records (10,000 vendors, 10,000 cost codes, 5,000 invoices)', load.records, 'records'),
		row('calls', load.calls, 'calls', 280),
		row('wall clock at 150 ms latency / calls at the allowed rate', load.ratio, 'x', 1.15),
		row('peak memory of the process', load.peakMegabytes, 'MB', 400),
	];
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
