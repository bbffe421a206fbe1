import { benchNtlm } from './bench-ntlm';

/** `npx tsx bench/ntlm/run.ts`: the login benchmark alone. */
benchNtlm().then(
	(rows) => {
		for (const { name, value, unit, goal, met } of rows) {
			const verdict = goal === undefined ? '' : `  goal ${goal}: ${met ? 'met' : 'MISSED'}`;
			console.log(`${name.padEnd(70)} ${value.toFixed(3).padStart(9)} ${unit}${verdict}`);
		}
		if (rows.some((row) => row.met === false)) process.exitCode = 1;
	},
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
