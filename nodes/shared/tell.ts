import type { IExecuteFunctions, Logger } from 'n8n-workflow';

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

const PAUSE_MS = 10_000;

/** Shows life in the log of n8n during long work: the first report, then at most one in ten seconds. */
export function progressLog(logger: Logger, message: string): (progress: object) => void {
	let next = 0;
	return (progress) => {
		const now = Date.now();
		if (now < next) return;
		next = now + PAUSE_MS;
		logger.info(message, { ...progress });
	};
}
