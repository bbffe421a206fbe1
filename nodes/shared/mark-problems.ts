import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows on the node, beside its output, what a person should know of it: a setting passed over, a list not proven whole. */
export function markProblems(context: IExecuteFunctions, problems: readonly string[]): void {
	if (problems.length === 0) return;
	context.logger?.warn?.(problems.join(' '));
	context.addExecutionHints?.(
		...problems.map((message) => ({
			message,
			type: 'warning' as const,
			location: 'outputPane' as const,
		})),
	);
}
