import { goalOf, isMet } from '../figure';
import { benchNtlm } from './bench-ntlm';

/** `npx tsx bench/ntlm/run.ts`: the login benchmark alone. */
benchNtlm().then(
	(figures) => {
		for (const figure of figures) {
			const { name, value, unit } = figure;
			const verdict =
				goalOf(figure) && `  goal ${goalOf(figure)}: ${isMet(figure) ? 'met' : 'MISSED'}`;
			console.log(`${name.padEnd(70)} ${value.toFixed(3).padStart(9)} ${unit}${verdict}`);
		}
		if (!figures.every(isMet)) process.exitCode = 1;
	},
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
