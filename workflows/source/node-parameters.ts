/** What the templates share: our nodes, settings of a node, and parameters of n8n's flow nodes without their noise. */
export const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
/** Steps of these workflows that nobody puts into another. */
export const ENGINE = 'n8n-nodes-dynamics-gp-procore.gpToProcoreEngine';

export const ONCE = { executeOnce: true };
/** A step that finds nothing still hands on one empty item, so that the chain goes on. */
export const EVEN_IF_EMPTY = { alwaysOutputData: true };
export const ONCE_EVEN_IF_EMPTY = { ...ONCE, ...EVEN_IF_EMPTY };
/** Nor does a table that is not there yet stop the chain: the page or the alert goes out all the same. */
export const EVEN_IF_ABSENT = { ...ONCE_EVEN_IF_EMPTY, onError: 'continueRegularOutput' };

/** All rows a Data Table node read, to stand in an expression. */
export const rowsIn = (node: string) => `$('${node}').all().map(row => row.json)`;

/** Expression: the same. */
export const rows = (node: string) => `={{ ${rowsIn(node)} }}`;

/** One field of an Edit Fields node (Set 3.4). */
export function assignment(name: string, value: string, type: string) {
	return { id: name, name, value, type };
}

/** An Edit Fields node that gives exactly these fields. */
export function fields(...assignments: Array<ReturnType<typeof assignment>>) {
	return { mode: 'manual', assignments: { assignments }, options: {} };
}

/** An Edit Fields node whose item is the value of an expression. */
export function wholeItem(expression: string) {
	return { mode: 'raw', jsonOutput: expression, options: {} };
}

/** An If node (2.2): true where the expression gives true. */
export function isTrue(expression: string) {
	return {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'condition',
					leftValue: expression,
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
			combinator: 'and',
		},
		options: {},
	};
}

/** A Switch node (3.2): one output for each value the expression can have. */
export function route(expression: string, outputs: Array<[value: string, title: string]>) {
	return {
		mode: 'rules',
		rules: {
			values: outputs.map(([value, title]) => ({
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: value,
							leftValue: expression,
							rightValue: value,
							operator: { type: 'string', operation: 'equals' },
						},
					],
					combinator: 'and',
				},
				renameOutput: true,
				outputKey: title,
			})),
		},
		options: {},
	};
}
