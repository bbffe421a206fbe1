import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '../../n8n/postgres';
import { projectRoot } from '../../n8n/project-files';
import type { Company } from '../company/company';
import { companyRows, type SqlRow } from './company-rows';
import { createTable, DIALECT, initialOf, SQL_TABLES } from './tables';

/** The company database of the sandbox on PostgreSQL, with the shipped views and their reader. */
export interface GpDatabase {
	/** As the reader, who sees the views and nothing else. */
	reader: { host: string; port: number; database: string; user: string; password: string };
	/** A connection of the owner. */
	owner: Client;
	/** Brings the tables to what the company holds now. */
	load(company: Company): Promise<void>;
	stop(): Promise<void>;
}

const READER = { user: 'gpp_reader', password: 'sandbox' };
/** Where a PostgreSQL of a session is to be found by another process. */
const DATABASE_NAME = 'postgres';

/** The batches of a script for sqlcmd or Management Studio: GO on a line of its own ends one. */
export function batchesOf(script: string): string[] {
	return script
		.split(/^\s*GO\s*$/im)
		.map((batch) => batch.trim())
		.filter((batch) => batch.replace(/--.*$/gm, '').trim() !== '');
}

export function shippedSql(name = 'gp-views.sql'): string {
	return readFileSync(path.join(projectRoot, 'sql', name), 'utf8');
}

/** Null where PostgreSQL is not installed. */
export async function startGpDatabase(company: Company): Promise<GpDatabase | null> {
	const postgres = await startPostgres();
	if (postgres === null) return null;
	const place = {
		host: '127.0.0.1',
		port: Number(postgres.environment.DB_POSTGRESDB_PORT),
		database: DATABASE_NAME,
	};
	const owner = new Client({ ...place, user: postgres.environment.DB_POSTGRESDB_USER! });
	const stop = async () => {
		await owner.end().catch(() => undefined);
		postgres.stop();
	};
	try {
		await owner.connect();
		await owner.query(DIALECT);
		await owner.query(
			`CREATE FUNCTION DB_NAME() RETURNS text LANGUAGE sql STABLE AS $$ SELECT '${company.options.databaseId}' $$;`,
		);
		for (const [name, table] of Object.entries(SQL_TABLES))
			await owner.query(createTable(name, table));
		await owner.query(`CREATE ROLE ${READER.user} LOGIN PASSWORD '${READER.password}';`);
		for (const batch of batchesOf(shippedSql())) await owner.query(batch);
		const load = async (now: Company) => await loadCompany(owner, now);
		await load(company);
		return { reader: { ...place, ...READER }, owner, load, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function loadCompany(owner: Client, company: Company): Promise<void> {
	await owner.query('BEGIN');
	try {
		for (const [name, rows] of Object.entries(companyRows(company)))
			if (SQL_TABLES[name]) await replaceRows(owner, name, rows);
		await owner.query('COMMIT');
	} catch (error) {
		await owner.query('ROLLBACK');
		throw error;
	}
}

/** All rows anew, by columns the table has; names in one spelling, since PostgreSQL folds them. */
async function replaceRows(owner: Client, name: string, rows: readonly SqlRow[]): Promise<void> {
	await owner.query(`DELETE FROM ${name}`);
	if (rows.length === 0) return;
	const types = SQL_TABLES[name]!.columns;
	const known = Object.keys(types);
	const columns = known.filter((column) => rows.some((row) => row[column] !== undefined));
	const width = columns.length;
	const perStatement = Math.max(1, Math.floor(30_000 / width));
	for (let at = 0; at < rows.length; at += perStatement) {
		const part = rows.slice(at, at + perStatement);
		const places = part.map(
			(_row, row) =>
				`(${columns.map((_column, column) => `$${row * width + column + 1}`).join(', ')})`,
		);
		await owner.query(
			`INSERT INTO ${name} (${columns.join(', ')}) VALUES ${places.join(', ')}`,
			part.flatMap((row) => columns.map((column) => row[column] ?? initialOf(types[column]!))),
		);
	}
}
