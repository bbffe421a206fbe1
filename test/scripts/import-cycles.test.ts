import { cyclesOf, importGraph, importsOf, sourceFiles } from './import-graph';

const files = sourceFiles('lib', 'nodes', 'cli', 'credentials', 'workflows/source');
const graph = importGraph(files);

test('no file imports itself by way of others, not even for a type', () => {
	expect(files.length).toBeGreaterThan(400);
	expect(cyclesOf(graph)).toEqual([]);
});

test('every kind of import is seen', () => {
	const text = `
		import { a } from './a';
		import type { B } from './b';
		export * from '../c';
		export type { D } from './d';
		type E = import('./e').E;
		const f = async () => await import('./f');
		const g = require('./g');
		import 'n8n-workflow';
		const h = "import './h'";
	`;
	const seen = importsOf('lib/room/file.ts', text).filter((one) => !one.endsWith('/index.ts'));
	expect(seen).toEqual(
		['a', 'b', '../c', 'd', 'e', 'f', 'g'].map((name) =>
			name === '../c' ? 'lib/c.ts' : `lib/room/${name}.ts`,
		),
	);
});

test('a circle of three is found, a way round is not taken for one', () => {
	const circle = new Map([
		['a', ['b', 'd']],
		['b', ['c']],
		['c', ['a']],
		['d', ['c']],
		['e', ['a']],
	]);
	expect(cyclesOf(circle)).toEqual([['a', 'b', 'c', 'd']]);
	expect(cyclesOf(new Map([...circle, ['c', []]]))).toEqual([]);
});
