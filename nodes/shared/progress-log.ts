import type { Logger } from 'n8n-workflow';

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
