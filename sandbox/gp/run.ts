import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { startGpAdmin } from './admin/start-admin';
import { SANDBOX_ACCOUNT } from './ntlm/directory';
import { startGpServer } from './server/start-gp-server';
import { startGpDatabase } from './sql/start-gp-database';
import type { SwitchChange } from './server/switches';

/**
 * Starts the GP stand-in by itself: `npx tsx sandbox/gp/run.ts [--port 8443] [--admin-port 8444]
 * [--seed text] [--layout first|second] [--database TWO] [--company-name "Fabrikam, Inc."] [--vendors n] [--documents n]
 * [--base-date YYYY-MM-DD] [--password text] [--tls-key file --tls-cert file]
 * [--switches '{"dialect":"none"}'] [--sql]`. With --sql the company's tables stand in a PostgreSQL of its own too. Each flag has an environment
 * variable: GP_SANDBOX_PORT, GP_SANDBOX_ADMIN_PORT, GP_SANDBOX_SEED, GP_SANDBOX_VENDORS, and so on.
 */
async function main(): Promise<void> {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			port: text,
			'admin-port': text,
			host: text,
			seed: text,
			database: text,
			'company-name': text,
			vendors: text,
			documents: text,
			'base-date': text,
			layout: text,
			password: text,
			'tls-key': text,
			'tls-cert': text,
			switches: text,
			sql: { type: 'boolean', default: false },
		},
	});
	const setting = (name: Exclude<keyof typeof values, 'sql'>): string | undefined =>
		values[name] ?? process.env[`GP_SANDBOX_${name.toUpperCase().replace(/-/g, '_')}`];
	const [key, cert] = [setting('tls-key'), setting('tls-cert')];
	const vendorCount = setting('vendors');
	const documentCount = setting('documents');
	const seed = setting('seed');
	const baseDate = setting('base-date');
	const [databaseId, displayName] = [setting('database'), setting('company-name')];
	const password = setting('password') ?? SANDBOX_ACCOUNT.password;
	const gp = await startGpServer({
		port: Number(setting('port') ?? 8480),
		host: setting('host'),
		tls:
			key && cert
				? { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
				: undefined,
		company: {
			...(seed ? { seed } : {}),
			...(setting('layout') === 'second' ? { layout: 'second' as const } : {}),
			...(baseDate ? { baseDate } : {}),
			...(databaseId ? { databaseId } : {}),
			...(displayName ? { displayName } : {}),
			...(vendorCount ? { vendorCount: Number(vendorCount) } : {}),
			...(documentCount ? { documentCount: Number(documentCount) } : {}),
		},
		accounts: [
			{ ...SANDBOX_ACCOUNT, password },
			{ domain: SANDBOX_ACCOUNT.domain, user: 'nogp', password, mappedInGp: false },
		],
		switches: JSON.parse(setting('switches') ?? '{}') as SwitchChange,
	});
	const database = values.sql ? await startGpDatabase(gp.company) : null;
	if (values.sql && !database) throw new Error('--sql needs PostgreSQL, which is not installed.');
	const admin = await startGpAdmin(
		gp,
		Number(setting('admin-port') ?? 8481),
		async () => await database?.load(gp.company),
	);
	if (database) console.log(`SQL database          ${JSON.stringify(database.reader)}`);
	console.log(`Dynamics GP stand-in  ${gp.url}/GPService/Tenants(DefaultTenant)/help`);
	console.log(`Windows login         ${SANDBOX_ACCOUNT.domain}\\${SANDBOX_ACCOUNT.user}`);
	console.log(
		`Company               ${gp.company.options.displayName} (${gp.company.options.databaseId})`,
	);
	console.log(`Change the company at ${admin.url}/`);
	const stop = () =>
		void Promise.all([admin.close(), gp.close(), database?.stop()]).then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
