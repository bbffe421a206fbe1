import { ALL_CASES } from './cases';
import { buildChild, runCase } from './run-case';

/**
 * Every hostile case, one after the other, each in a process of its own with little memory: prints
 * what each cost and ends with 1 when one went wrong. Arguments are parts of names to run.
 */
async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const cases = ALL_CASES.filter(
		({ name, kind }) =>
			wanted.length === 0 || wanted.some((part) => `${kind} ${name}`.includes(part)),
	);
	const child = await buildChild();
	let failed = 0;
	let [peakMb, blockMs, logins] = [0, 0, 0];
	try {
		for (const test of cases) {
			const verdict = await runCase(test, child.file);
			const good = verdict.faults.length === 0;
			if (!good) failed += 1;
			peakMb = Math.max(peakMb, verdict.peakMb);
			blockMs = Math.max(blockMs, verdict.blockMs);
			logins = Math.max(logins, verdict.logins);
			console.log(
				`${good ? 'ok  ' : 'FAIL'} ${`${test.kind}: ${test.name}`.slice(0, 78).padEnd(78)} ${verdict.end.padEnd(28)} ${String(verdict.peakMb).padStart(4)} MB ${String(verdict.blockMs).padStart(4)} ms blocked ${String(verdict.logins).padStart(2)} logins ${String(verdict.ms).padStart(6)} ms`,
			);
			if (!good) console.log(`     ${verdict.faults.join('; ')}\n     ${verdict.message}`);
		}
	} finally {
		child.remove();
	}
	console.log(
		`\n${cases.length - failed} passed, ${failed} failed. Most memory ${peakMb} MB, longest block ${blockMs} ms, most logins ${logins}.`,
	);
	process.exitCode = failed === 0 ? 0 : 1;
}

void main();
