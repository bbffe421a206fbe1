import { startPostgres } from '../sandbox/n8n/postgres';

/** So many events n8n takes in a minute or two; more are copied inside the database. */
const PUT_IN_BY_N8N = 100_000;

/** `--events 5000` of the command line; else 100,000. */
export function eventsAsked(): number {
	const place = process.argv.indexOf('--events');
	const asked = place < 0 ? PUT_IN_BY_N8N : Number(process.argv[place + 1]);
	if (!Number.isInteger(asked) || asked < 1) throw new Error('--events takes a whole number');
	if (asked > PUT_IN_BY_N8N && (asked % PUT_IN_BY_N8N !== 0 || asked > 10 * PUT_IN_BY_N8N))
		throw new Error('--events takes up to 100000, or hundred thousands up to 1000000');
	return asked;
}

/** The database of an n8n to measure. */
export interface BenchDatabase {
	name: string;
	/** For n8n. */
	environment: Record<string, string>;
	/** How many events to put in; the others are copies of them. */
	putIn: number;
	/** Once they stand: copies them, under other keys and runs, until there are as many as asked for. */
	copyEvents(): void;
}

/**
 * Measures on SQLite, then on a PostgreSQL of its own where that is installed; skips it aloud elsewhere.
 * More than 100,000 events are measured on PostgreSQL alone: SQLite holds all tables in 200 MB.
 */
export async function onEachDatabase<Result>(
	events: number,
	measure: (database: BenchDatabase) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const putIn = Math.min(events, PUT_IN_BY_N8N);
	if (events > putIn) console.error('SKIPPED: so many events are more than n8n allows on SQLite.');
	else
		results.push(
			await measure({ name: 'SQLite', environment: {}, putIn, copyEvents: () => undefined }),
		);
	const postgres = await startPostgres();
	if (postgres === null) {
		console.error('SKIPPED: PostgreSQL is not installed.');
		return results;
	}
	try {
		results.push(
			await measure({
				name: 'Postgres',
				environment: { ...postgres.environment, N8N_DATA_TABLES_MAX_SIZE_BYTES: String(4e9) },
				putIn,
				copyEvents: () => postgres.sql(copiesOfEvents(events / putIn - 1)),
			}),
		);
	} finally {
		postgres.stop();
	}
	return results;
}

/** Each copy has a voucher, a run and a batch of its own: `1;90…` becomes `1;81…`, `1;82…` */
function copiesOfEvents(times: number): string {
	return `do $$ declare events text; others text; begin
		select 'data_table_user_' || id into events from data_table where name = 'gpp_event';
		select string_agg(quote_ident(column_name), ', ') into others from information_schema.columns
			where table_name = events
			and column_name not in ('id', 'createdAt', 'updatedAt', 'gp_key', 'run_id', 'batch_id');
		execute format('insert into %I (gp_key, run_id, batch_id, %s) select
			regexp_replace(gp_key, ''^(\\d+;)\\d\\d'', ''\\18'' || n), run_id || ''-'' || n, batch_id || ''-'' || n, %s
			from %I cross join generate_series(1, ${times}) n', events, others, others, events);
		execute format('analyze %I', events);
	end $$`;
}
