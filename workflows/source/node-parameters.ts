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
/** What n8n's tables, being full, do not take keeps nothing behind it from happening. */
export const EVEN_IF_FULL = {
	...EVEN_IF_EMPTY,
	retryOnFail: true,
	onError: 'continueRegularOutput',
};

/** All rows a Data Table node read, to stand in an expression; our nodes take them as items. */
export const rowsIn = (node: string) => `$('${node}').all()`;

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
	return when(expression, { type: 'boolean', operation: 'true', singleValue: true });
}

/** An If node: true where the expression gives false. */
export function isFalse(expression: string) {
	return when(expression, { type: 'boolean', operation: 'false', singleValue: true });
}

/** An If node: true where the expression gives anything. */
export function exists(expression: string, type: 'object' | 'string' = 'object') {
	return when(expression, { type, operation: 'exists', singleValue: true });
}

/** An If node: true where the expression gives a list that is not empty. */
export function notEmpty(expression: string) {
	return when(expression, { type: 'array', operation: 'notEmpty', singleValue: true });
}

/** An If node: true where the expression gives just this text. */
export function isText(expression: string, text: string) {
	return when(expression, { type: 'string', operation: 'equals' }, text);
}

type Condition = [expression: string, operator: object, rightValue?: unknown];

/** An If or Filter node: true where any of the conditions holds. */
export function anyOf(...conditions: Condition[]) {
	return conditionsOf(conditions, 'or');
}

export const TEXT_IS = { type: 'string', operation: 'equals' };
export const TEXT_IS_EMPTY = { type: 'string', operation: 'empty', singleValue: true };
export const LIST_IS_EMPTY = { type: 'array', operation: 'empty', singleValue: true };

/** An If node: true where the first gives a smaller number than the second. */
export function isLess(left: string, right: string) {
	return when(left, { type: 'number', operation: 'lt' }, right);
}

function when(expression: string, operator: object, rightValue: unknown = '') {
	return conditionsOf([[expression, operator, rightValue]], 'and');
}

function conditionsOf(conditions: Condition[], combinator: 'and' | 'or') {
	return {
		conditions: {
			options: COMPARED,
			conditions: conditions.map(([leftValue, operator, rightValue = ''], index) => ({
				id: index === 0 ? 'condition' : `condition ${index + 1}`,
				leftValue,
				rightValue,
				operator,
			})),
			combinator,
		},
		options: {},
	};
}

const COMPARED = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };

/** A Switch node (3.2): true, false, and anything else, such as nothing. */
export function trueFalseOrElse(expression: string, titles: [string, string, string]) {
	const is = { type: 'boolean', operation: 'equals' };
	return switchBy(
		[true, false].map((value, index) => [titles[index]!, String(value), [expression, is, value]]),
		{ fallbackOutput: 'extra', renameFallbackOutput: titles[2] },
	);
}

/** A Switch node (3.2): one output for each value the expression can have. */
export function route(expression: string, outputs: Array<[value: string, title: string]>) {
	return switchBy(
		outputs.map(([value, title]) => [title, value, [expression, TEXT_IS, value]]),
		{},
	);
}

/** A Switch node (3.2): one output for each kind of item, told by a text field that no other kind has. */
export function routeByField(outputs: Array<[field: string, title: string]>) {
	const isThere = { type: 'string', operation: 'exists', singleValue: true };
	return switchBy(
		outputs.map(([field, title]) => [title, field, [`={{ $json.${field} }}`, isThere]]),
		{},
	);
}

function switchBy(rules: Array<[title: string, id: string, Condition]>, options: object) {
	return {
		mode: 'rules',
		rules: {
			values: rules.map(([outputKey, id, [leftValue, operator, rightValue = '']]) => ({
				conditions: {
					options: COMPARED,
					conditions: [{ id, leftValue, rightValue, operator }],
					combinator: 'and',
				},
				renameOutput: true,
				outputKey,
			})),
		},
		options,
	};
}
