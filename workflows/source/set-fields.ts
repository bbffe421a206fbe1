/** A field of an Edit Fields node. */
export function assignment(name: string, value: string, type: string) {
	return { id: name, name, value, type };
}

/** Parameters of an If node that asks one yes-or-no expression. */
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
