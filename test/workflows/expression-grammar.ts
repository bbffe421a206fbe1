import ts from 'typescript';

/** One `{{ … }}` of a template, and where it stands. */
export interface FoundExpression {
	node: string;
	/** E.g. `parameters.state`. */
	setting: string;
	code: string;
}

/** Every expression in the settings of nodes. n8n takes a text that begins with = for a template. */
export function expressionsOf(
	nodes: ReadonlyArray<{ name: string; [setting: string]: unknown }>,
): FoundExpression[] {
	const found: FoundExpression[] = [];
	const look = (node: string, setting: string, value: unknown): void => {
		if (typeof value === 'string' && value.startsWith('=')) {
			for (const [, code] of value.matchAll(/\{\{([\s\S]*?)\}\}(?!\})/g))
				found.push({ node, setting, code: code.trim() });
		} else if (value !== null && typeof value === 'object') {
			for (const [name, part] of Object.entries(value)) look(node, `${setting}.${name}`, part);
		}
	};
	for (const { name, ...settings } of nodes)
		for (const [setting, value] of Object.entries(settings)) look(name, setting, value);
	return found;
}

/** What n8n knows without asking a node. */
const ROOTS = new Set(['$json', '$input', '$workflow', '$execution', 'undefined']);
const READS = new Set(['first', 'all', 'last']);

/**
 * The first part of an expression that does more than fetch a field; null when none does. Allowed:
 * literals, `$json`, `$('Node')`, property access, `first()`, `all()`, `??` and `=== true`.
 *
 * @param mayNotHaveRun also allows `$('Node').isExecuted ? … : …`, whose branches fetch no more
 */
export function moreThanFetching(code: string, mayNotHaveRun = false): string | null {
	const source = ts.createSourceFile('expression.ts', `(${code})`, ts.ScriptTarget.ES2022, true);
	const [statement] = source.statements;
	const text = (node: ts.Node) => node.getText(source);
	const check = (node: ts.Node): string | null => {
		if (ts.isParenthesizedExpression(node)) return check(node.expression);
		if (
			ts.isStringLiteral(node) ||
			ts.isNoSubstitutionTemplateLiteral(node) ||
			ts.isNumericLiteral(node) ||
			[ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(
				node.kind,
			)
		)
			return null;
		if (ts.isArrayLiteralExpression(node)) return firstOf(node.elements.map(check));
		if (ts.isObjectLiteralExpression(node))
			return firstOf(
				node.properties.map((one) =>
					ts.isPropertyAssignment(one) && !ts.isComputedPropertyName(one.name)
						? check(one.initializer)
						: text(one),
				),
			);
		if (ts.isIdentifier(node)) return ROOTS.has(node.text) ? null : text(node);
		if (ts.isPropertyAccessExpression(node)) return check(node.expression);
		if (ts.isElementAccessExpression(node))
			return ts.isStringLiteral(node.argumentExpression) ||
				ts.isNumericLiteral(node.argumentExpression)
				? check(node.expression)
				: text(node);
		if (ts.isCallExpression(node)) return checkCall(node);
		if (mayNotHaveRun && ts.isConditionalExpression(node)) {
			return /^\$\('[^']+'\)\.isExecuted$/.test(text(node.condition))
				? firstOf([check(node.whenTrue), check(node.whenFalse)])
				: text(node.condition);
		}
		if (ts.isBinaryExpression(node)) {
			const { kind } = node.operatorToken;
			if (kind === ts.SyntaxKind.QuestionQuestionToken)
				return firstOf([check(node.left), check(node.right)]);
			if (
				kind === ts.SyntaxKind.EqualsEqualsEqualsToken &&
				node.right.kind === ts.SyntaxKind.TrueKeyword
			)
				return check(node.left);
		}
		return text(node);
	};
	const checkCall = (node: ts.CallExpression): string | null => {
		const { expression, arguments: given } = node;
		const plain = given.every((one) => ts.isStringLiteral(one) || ts.isNumericLiteral(one));
		if (!plain) return text(node);
		if (ts.isIdentifier(expression)) return expression.text === '$' ? null : text(node);
		if (ts.isPropertyAccessExpression(expression) && READS.has(expression.name.text))
			return check(expression.expression);
		return text(node);
	};
	if (source.statements.length !== 1 || !ts.isExpressionStatement(statement)) return code;
	return check(statement.expression);
}

const firstOf = (parts: Array<string | null>): string | null =>
	parts.find((part) => part !== null) ?? null;
