import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.resolve(__dirname, '../..');

/** Every source file of the folders, relative to the project. */
export function sourceFiles(...folders: string[]): string[] {
	return folders.flatMap((folder) =>
		(readdirSync(path.join(root, folder), { recursive: true }) as string[])
			.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
			.map((file) => path.posix.join(folder, file.split(path.sep).join('/'))),
	);
}

/** File → the files it imports, types included, as TypeScript's parser reads it. */
export function importGraph(files: readonly string[]): Map<string, string[]> {
	const known = new Set(files);
	return new Map(
		files.map((file) => [
			file,
			importsOf(file, readFileSync(path.join(root, file), 'utf8')).filter((one) => known.has(one)),
		]),
	);
}

/** Relative imports of one file: `import`, `export … from`, `import()`, `require()` and `import('…').Type`. */
export function importsOf(file: string, text: string): string[] {
	const found = new Set<string>();
	const note = (specifier: ts.Node | undefined) => {
		if (!specifier || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return;
		const target = path.posix.join(path.posix.dirname(file), specifier.text);
		found.add(`${target}.ts`).add(`${target}/index.ts`);
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) note(node.moduleSpecifier);
		else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
			note(node.argument.literal);
		else if (
			ts.isCallExpression(node) &&
			(node.expression.kind === ts.SyntaxKind.ImportKeyword ||
				(ts.isIdentifier(node.expression) && node.expression.text === 'require'))
		)
			note(node.arguments[0]);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, false));
	return [...found];
}

/** Groups of files each of which reaches all others of its group (Tarjan's strongly connected components). */
export function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
	const index = new Map<string, number>();
	const low = new Map<string, number>();
	const stack: string[] = [];
	const cycles: string[][] = [];
	const visit = (file: string): void => {
		index.set(file, index.size);
		low.set(file, index.get(file)!);
		stack.push(file);
		for (const next of graph.get(file) ?? []) {
			if (!index.has(next)) {
				visit(next);
				low.set(file, Math.min(low.get(file)!, low.get(next)!));
			} else if (stack.includes(next)) {
				low.set(file, Math.min(low.get(file)!, index.get(next)!));
			}
		}
		if (low.get(file) !== index.get(file)) return;
		const group = stack.splice(stack.indexOf(file));
		if (group.length > 1 || graph.get(file)?.includes(file)) cycles.push(group.sort());
	};
	for (const file of graph.keys()) if (!index.has(file)) visit(file);
	return cycles.sort();
}
