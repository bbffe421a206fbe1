import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TABLES, type TableDefinition } from '../../lib/tables/tables';
import type { Fingerprint } from '../flow/fingerprint';
import type { Template } from '../flow/flow';

/** Everything this version of the package brings into an n8n. */
export interface Shipped {
	packageName: string;
	version: string;
	templates: Template[];
	tables: TableDefinition[];
	/** Template id → what it looked like in earlier releases. */
	releases: Record<string, Fingerprint[]>;
}

/** Reads what lies beside this file in the package (or, in a clone, in the repository). */
export function readShipped(): Shipped {
	const workflows = path.join(__dirname, '..', '..', 'workflows');
	const manifest = readJson<{ name: string; version: string }>(findManifest(__dirname));
	const templates = jsonFiles(workflows)
		.map((file) => readJson<Template>(file))
		.filter((file) => file.id !== undefined && Array.isArray(file.nodes));
	const releases: Shipped['releases'] = {};
	for (const file of jsonFiles(path.join(workflows, 'releases'))) {
		for (const [id, print] of Object.entries(readJson<Record<string, Fingerprint>>(file))) {
			(releases[id] ??= []).push(print);
		}
	}
	return {
		packageName: manifest.name,
		version: manifest.version,
		templates,
		tables: Object.values(TABLES),
		releases,
	};
}

function jsonFiles(folder: string): string[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => path.join(folder, name));
}

/** `package.json` is one folder further up in the built package than in a clone. */
function findManifest(from: string): string {
	for (let folder = from; ; folder = path.dirname(folder)) {
		const file = path.join(folder, 'package.json');
		try {
			readFileSync(file);
			return file;
		} catch (error) {
			if (path.dirname(folder) === folder) throw error;
		}
	}
}

function readJson<T>(file: string): T {
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}
