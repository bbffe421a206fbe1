import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port';

export interface Postgres {
	/** For n8n. */
	environment: Record<string, string>;
	/** Runs statements in n8n's database. */
	sql(statements: string): void;
	stop(): void;
}

const ROOT = '/usr/lib/postgresql';

/**
 * A PostgreSQL of its own on the loopback interface, in a folder that goes away again; no cluster of
 * the system is touched. Null when PostgreSQL is not installed.
 */
export async function startPostgres(): Promise<Postgres | null> {
	const binaries = findBinaries();
	if (binaries === null) return null;
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-postgres-'));
	const port = String(await freePort());
	const run = (program: string, ...args: string[]) => {
		// PostgreSQL does not run as root.
		const asUser = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
		const [first, ...rest] = [...asUser, path.join(binaries, program), ...args];
		execFileSync(first!, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	};
	try {
		if (process.getuid?.() === 0) {
			execFileSync('chown', ['postgres', folder]);
			chmodSync(folder, 0o755);
		}
		const data = path.join(folder, 'data');
		run('initdb', '-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8');
		const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
		run('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start');
		return {
			environment: {
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: port,
				DB_POSTGRESDB_DATABASE: 'postgres',
				DB_POSTGRESDB_USER: 'n8n',
				DB_POSTGRESDB_PASSWORD: '',
			},
			sql: (statements) =>
				run(
					'psql',
					'-h',
					'127.0.0.1',
					'-p',
					port,
					'-U',
					'n8n',
					'-v',
					'ON_ERROR_STOP=1',
					'-c',
					statements,
					'postgres',
				),
			stop: () => {
				run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
				rmSync(folder, { recursive: true, force: true });
			},
		};
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
}

function findBinaries(): string | null {
	const versions = existsSync(ROOT) ? readdirSync(ROOT).sort().reverse() : [];
	const found = versions.map((version) => path.join(ROOT, version, 'bin'));
	return found.find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null;
}
