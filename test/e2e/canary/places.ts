import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findN8n, runN8nCommand } from '../../../sandbox/n8n/n8n-process';
import type { Session } from '../../../sandbox/start/session';
import type { Place } from './secrets';

/** n8n's Node has SQLite built in; ours may not. */
const DUMP = `
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(process.argv[1], { readOnly: true });
const text = (cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('latin1') : String(cell ?? ''));
const tables = {};
for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all())
	tables[name] = database.prepare(\`SELECT * FROM "\${name}"\`).all()
		.map((row) => Object.values(row).map(text).join('\\n')).join('\\n');
process.stdout.write(JSON.stringify(tables));
`;

/** Every table of n8n's database, cell by cell: executions with their data, Data Tables, settings. */
export async function databasePlaces(session: Session): Promise<Place[]> {
	const { node } = await findN8n();
	const file = path.join(session.n8n.userFolder, '.n8n', 'database.sqlite');
	const dumped = execFileSync(node, ['--no-warnings', '-e', DUMP, file], {
		maxBuffer: 1024 ** 3,
	}).toString();
	return Object.entries(JSON.parse(dumped) as Record<string, string>).map(([name, text]) => ({
		name: `table ${name}`,
		text,
	}));
}

/** What n8n printed, and each file in its folder, the database with what was deleted in it among them. */
export function filePlaces({ n8n }: Session): Place[] {
	const files = readdirSync(n8n.userFolder, { recursive: true, withFileTypes: true })
		// Not what was installed, and not n8n's copy of its own pages.
		.filter((entry) => entry.isFile() && !/node_modules|\.cache/.test(entry.parentPath))
		.map((entry) => path.join(entry.parentPath, entry.name));
	return [
		{ name: 'what n8n printed', text: n8n.output() },
		...files.map((file) => ({
			name: `file ${path.relative(n8n.userFolder, file)}`,
			text: readFileSync(file, 'latin1'),
		})),
	];
}

/** All credentials in clear text, as only the holder of n8n's encryption key can have them. */
export async function decryptedCredentials(session: Session): Promise<string> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-credentials-'));
	try {
		const file = path.join(folder, 'credentials.json');
		await runN8nCommand(await findN8n(), session.n8n.userFolder, [
			'export:credentials',
			'--all',
			'--decrypted',
			`--output=${file}`,
		]);
		return readFileSync(file, 'utf8');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
