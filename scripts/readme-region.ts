import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A line of a Markdown table. */
export const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** When and on what something was measured, e.g. `2026-11-29, Node 20.20.2, 2 × AMD EPYC, 24 GB`. */
export function measuredOn(at: Date): string {
	const [cpu] = os.cpus();
	return [
		at.toISOString().slice(0, 10),
		`Node ${process.versions.node}`,
		`${os.cpus().length} × ${cpu?.model ?? 'CPU'}`,
		`${Math.round(os.totalmem() / 2 ** 30)} GB`,
	].join(', ');
}

/**
 * Puts measured text between `<!-- name -->` and `<!-- /name -->` of the README.
 * @throws {Error} the README has no such pair of marks.
 */
export function writeReadmeRegion(root: string, name: string, text: string): void {
	const file = path.join(root, 'README.md');
	writeFileSync(file, withRegion(readFileSync(file, 'utf8'), name, text));
}

export function withRegion(page: string, name: string, text: string): string {
	const opening = `<!-- ${name} -->`;
	const from = page.indexOf(opening);
	const to = page.indexOf(`<!-- /${name} -->`);
	if (from < 0 || to < from) throw new Error(`The page has no region "${name}".`);
	return `${page.slice(0, from + opening.length)}\n${text.trim()}\n${page.slice(to)}`;
}
