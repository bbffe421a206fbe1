/** Parameters of n8n's flow nodes, without their noise. */

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
