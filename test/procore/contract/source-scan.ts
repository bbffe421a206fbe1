import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '../../..');

/** What the sources of the package say about requests to Procore, read from their syntax trees. */
export interface SourceScan {
	/** Literals that begin with /rest/, their variable parts as {}: "/rest/v1.0/vendors/{}". */
	paths: Set<string>;
	/** "vendors.ts listVendors": exported functions of the resources room whose first parameter is a client. */
	requesters: string[];
	/** Files outside the resources room that send requests themselves. */
	senders: string[];
}

export function scanSources(): SourceScan {
	const scan: SourceScan = { paths: new Set(), requesters: [], senders: [] };
	for (const folder of ['lib', 'nodes', 'credentials']) {
		for (const file of filesIn(join(root, folder))) look(file, scan);
	}
	scan.requesters.sort();
	scan.senders.sort();
	return scan;
}

function filesIn(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return filesIn(path);
		return name.endsWith('.ts') ? [path] : [];
	});
}

function look(file: string, scan: SourceScan): void {
	const source = ts.createSourceFile(
		file,
		readFileSync(file, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const name = relative(root, file).split('\\').join('/');
	const isResource = name.startsWith('lib/procore/resources/');
	let sends = false;
	const visit = (node: ts.Node): void => {
		const path = pathOf(node);
		if (path) scan.paths.add(path);
		if (
			ts.isCallExpression(node) &&
			/^client\.(call|list|eachPage)$/.test(node.expression.getText())
		)
			sends = true;
		// What the sync calls of all of them have in common is exercised by each.
		const isOwn = isResource && !name.endsWith('/sync-rows.ts');
		if (isOwn && ts.isFunctionDeclaration(node) && isExported(node)) {
			const [first] = node.parameters;
			if (first?.name.getText() === 'client')
				scan.requesters.push(`${name.split('/').at(-1)} ${node.name?.text}`);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	// The client of GP has a method `list` of its own.
	if (sends && !isResource && !name.startsWith('lib/gp/')) scan.senders.push(name);
}

function isExported(node: ts.FunctionDeclaration): boolean {
	return (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function pathOf(node: ts.Node): string | undefined {
	let text: string | undefined;
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) text = node.text;
	if (ts.isTemplateExpression(node)) {
		text = node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
	}
	// "/rest/" alone is a prefix, and a placeholder speaks to people.
	return text && /^\/rest\/v\d/.test(text) ? text : undefined;
}
