/** The stand-in with Procore's limits and 150 ms latency; prints where it listens. */
import { startProcoreServer } from '../../sandbox/procore/server';

const projects = Array.from({ length: Number(process.argv[2]) }, (_, index) => ({
	number: `26-${String(index).padStart(3, '0')}`,
	name: `Project ${index}`,
}));

startProcoreServer({
	switches: { latencyMs: 150 },
	seed: { projects, vendors: [], costCodes: [] },
}).then(
	({ url, clientId, clientSecret, companyId }) =>
		console.log(JSON.stringify({ url, clientId, clientSecret, companyId })),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
