import { Client } from 'pg';
import type { RowSource } from '../../../lib/gp/doors/rows/row-sets';
import { writeSql } from '../../../lib/gp/doors/rows/ask-rows';
import type { GpDatabase } from './start-gp-database';

/** What the shipped template does, without n8n around it: the same statements, as the same reader. */
export async function postgresSource(
	reader: GpDatabase['reader'],
): Promise<{ source: RowSource; statements: string[]; close(): Promise<void> }> {
	const client = new Client(reader);
	await client.connect();
	const statements: string[] = [];
	return {
		statements,
		source: async (request) => {
			// Between two workflows everything is data.
			const asked = JSON.parse(JSON.stringify(request)) as typeof request;
			const { query, parameters } = writeSql(asked);
			statements.push(query);
			const { rows } = await client.query<object>(query, parameters);
			return [{ request: asked.request, rows }];
		},
		close: async () => await client.end(),
	};
}
