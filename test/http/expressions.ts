import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface FoundExpression {
	source: string;
	flags: string;
	/** "lib/gp/probe.ts:12" */
	at: string;
}

const ROOT = path.join(__dirname, '..', '..');

/** Every regular expression written in the package, literals and `new RegExp('…')` with a fixed text. */
export function findExpressions(): { found: FoundExpression[]; computed: string[] } {
	const found: FoundExpression[] = [];
	const computed: string[] = [];
	for (const file of ['lib', 'nodes', 'cli', 'credentials'].flatMap(filesBelow)) {
		const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
		const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
		const visit = (node: ts.Node): void => {
			const at = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
			if (ts.isRegularExpressionLiteral(node)) {
				const end = node.text.lastIndexOf('/');
				found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), at });
			}
			if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
				const [first, flags] = node.arguments ?? [];
				if (first && ts.isStringLiteralLike(first)) {
					const written = flags && ts.isStringLiteralLike(flags) ? flags.text : '';
					found.push({ source: first.text, flags: written, at });
				} else computed.push(at);
			}
			ts.forEachChild(node, visit);
		};
		visit(tree);
	}
	return { found, computed };
}

function filesBelow(folder: string): string[] {
	return fs
		.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
		.map((name) => path.join(folder, name));
}

/** Pieces that, repeated, lead an expression astray: its own words, one of each class, and pairs of them. */
export function pumpsFor({ source }: FoundExpression): string[] {
	const words = (source.match(/[A-Za-z0-9<>"'=:;,@#%&!~_/-]{1,12}/g) ?? []).slice(0, 12);
	const signs = ['a', 'A', '0', ' ', '\n', '<', '>', '"', '\\', '/', '-', '.', '(', ')', ',', '='];
	const single = [...new Set([...signs, ...words])];
	const pairs = words
		.slice(0, 6)
		.flatMap((word) => [`${word} `, `${word}a`, `${word}0`, ` ${word}`]);
	// A beginning and its end, e.g. of a comment.
	const couples = words
		.slice(0, 5)
		.flatMap((one) => words.slice(0, 5).flatMap((two) => [`${one}${two}`, `${one} ${two} `]));
	return [...new Set([...single, ...pairs, ...couples])];
}
