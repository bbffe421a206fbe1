import { parseArgs } from 'node:util';
import { startProcoreServer } from './server';
import { SECOND_SEED } from './state/second-seed';

/**
 * The stand-in alone: `npx tsx sandbox/procore/run.ts --port 4100 --admin-port 4101 --state procore.jsonl`.
 * Environment: PROCORE_PORT, PROCORE_ADMIN_PORT, PROCORE_STATE_FILE, PROCORE_SWITCHES (JSON),
 * PROCORE_SPECIFICATION (an OpenAPI file to check the traffic against, see /admin/violations).
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: process.env.PROCORE_PORT ?? '4100' },
			'admin-port': { type: 'string', default: process.env.PROCORE_ADMIN_PORT ?? '4101' },
			specification: { type: 'string', default: process.env.PROCORE_SPECIFICATION },
			state: { type: 'string', default: process.env.PROCORE_STATE_FILE },
			company: { type: 'string', default: process.env.PROCORE_COMPANY ?? 'one' },
			switches: { type: 'string', default: process.env.PROCORE_SWITCHES ?? '{}' },
		},
	});
	const standIn = await startProcoreServer({
		port: Number(values.port),
		adminPort: Number(values['admin-port']),
		stateFile: values.state,
		specification: values.specification,
		...(values.company === 'two' ? { seed: SECOND_SEED } : {}),
		switches: JSON.parse(values.switches) as object,
	});
	const { url, adminUrl, companyId, clientId, clientSecret } = standIn;
	console.log(JSON.stringify({ url, adminUrl, companyId, clientId, clientSecret }));
	console.log(`See what is in Procore at ${adminUrl}`);
	const stop = () => void standIn.close().then(() => process.exit(0));
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
