/**
 * The stand-in with Procore's limits and 150 ms latency; prints where it listens. A line "forget" on
 * its input takes all origin ids and data away, as if everything had been entered by hand.
 */
import { createInterface } from 'node:readline';
import { startProcoreServer, type ProcoreStandIn } from '../../sandbox/procore/server';

const projects = Array.from({ length: Number(process.argv[2]) }, (_, index) => ({
	number: `26-${String(index).padStart(3, '0')}`,
	name: `Project ${index}`,
}));

function forget({ state }: ProcoreStandIn): void {
	const blank = { origin_id: null, origin_data: null };
	for (const row of state.vendors.all()) state.put('vendors', { ...row, ...blank });
	for (const row of state.costCodes.all()) state.put('costCodes', { ...row, ...blank });
	for (const row of state.directCosts.all()) state.put('directCosts', { ...row, ...blank });
	for (const row of state.directCostLines.all()) state.put('directCostLines', { ...row, ...blank });
	state.commit();
}

startProcoreServer({
	switches: { latencyMs: 150 },
	seed: { projects, vendors: [], costCodes: [] },
}).then(
	(standIn) => {
		const { url, clientId, clientSecret, companyId } = standIn;
		console.log(JSON.stringify({ url, clientId, clientSecret, companyId }));
		createInterface({ input: process.stdin }).on('line', (line) => {
			if (line === 'forget') forget(standIn);
			console.log(JSON.stringify({ health: standIn.health() }));
		});
	},
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
