import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from './import-graph';

const root = path.resolve(__dirname, '../..');
const linesOf = (file: string) =>
	readFileSync(path.join(root, file), 'utf8').split('\n').length - 1;
const above = (files: string[], most: number) =>
	files.map((file) => [file, linesOf(file)] as const).filter(([, lines]) => lines > most);

test('lib is few files that can each be read at one go', () => {
	const files = sourceFiles('lib');
	expect(files.length).toBeGreaterThan(150);
	expect(files.length).toBeLessThanOrEqual(240);
	expect(above(files, 300)).toEqual([]);
});

test('a kind of record in Procore is one file of its own size', () => {
	const kinds = sourceFiles('lib/sync/kinds');
	expect(kinds.length).toBeGreaterThan(4);
	expect(above(kinds, 250)).toEqual([]);
});
