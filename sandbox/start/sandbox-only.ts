import { SANDBOX_ACCOUNT } from '../gp/ntlm/directory';
import { DEFAULT_SWITCHES } from '../gp/server/switches';
import { freePort } from '../n8n/free-port';
import { defaultSwitches } from '../procore/options';
import { startGpProcess, startProcoreProcess } from './stand-ins';

/** `npm run sandbox`: the two stand-ins alone, for people who bring their own n8n. */
async function main(): Promise<void> {
	const gp = await startGpProcess({ port: await freePort(8480), adminPort: await freePort(8481) });
	const procore = await startProcoreProcess({
		port: await freePort(4100),
		adminPort: await freePort(4101),
	});
	const stop = () => void Promise.all([gp.stop(), procore.stop()]).then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	console.log(
		[
			`Dynamics GP  ${gp.url}/GPService/Tenants(DefaultTenant)/help`,
			`             Windows login ${SANDBOX_ACCOUNT.domain}\\${SANDBOX_ACCOUNT.user}, password ${SANDBOX_ACCOUNT.password}`,
			`             change the company: ${gp.adminUrl}/`,
			`Procore      ${procore.url}, company ${procore.companyId}`,
			`             client id ${procore.clientId}, client secret ${procore.clientSecret}`,
			`             look at it: ${procore.adminUrl}/`,
			'',
			'Switches of the GP site and how they stand:',
			...switchLines(DEFAULT_SWITCHES),
			`  change one:   curl -H 'content-type: application/json' -d '{"dialect":"none"}' ${gp.adminUrl}/switches`,
			`  inject:       curl -H 'content-type: application/json' -d '{"faults":[{"kind":"status","status":503,"times":2,"match":"vendors"}]}' ${gp.adminUrl}/faults`,
			'',
			'Switches of Procore and how they stand:',
			...switchLines(defaultSwitches),
			`  change one:   curl -X PATCH -d '{"latencyMs":200}' ${procore.adminUrl}/admin/switches`,
			`  inject:       curl -d '{"method":"PATCH","path":"/direct_costs/sync","times":1,"action":{"kind":"status","status":503}}' ${procore.adminUrl}/admin/faults`,
			'',
			'Ctrl-C stops both.',
		].join('\n'),
	);
}

function switchLines(switches: object): string[] {
	return Object.entries(switches).map(
		([name, value]) => `  ${name.padEnd(26)} ${JSON.stringify(value)}`,
	);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
