import { startPostgres } from '../sandbox/n8n/postgres';

/** `--events 5000` of the command line; else 100,000. */
export function eventsAsked(): number {
	const place = process.argv.indexOf('--events');
	return place < 0 ? 100_000 : Number(process.argv[place + 1]);
}

/** Measures on SQLite, then on a PostgreSQL of its own where that is installed; skips it aloud elsewhere. */
export async function onEachDatabase<Result>(
	measure: (database: string, environment: Record<string, string>) => Promise<Result>,
): Promise<Result[]> {
	const results = [await measure('SQLite', {})];
	const postgres = await startPostgres();
	if (postgres === null) console.error('SKIPPED: PostgreSQL is not installed.');
	else {
		try {
			results.push(await measure('Postgres', postgres.environment));
		} finally {
			postgres.stop();
		}
	}
	return results;
}
