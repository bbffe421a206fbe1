import type { RunRow } from '../../audit/types';
import { timeOf } from '../base/format';

/** A run that gave no sign of life for so long is not at work any more. */
const SILENT = 20 * 60_000;

export function isAtWork(run: RunRow, now: string): boolean {
	if (run.status !== 'running') return false;
	const signs = [run.started_at, run.alive_at ?? ''].map((sign) => timeOf(sign) ?? 0);
	return Math.max(...signs) >= (timeOf(now) ?? 0) - SILENT;
}

/** Seconds a run took, or has taken when it was last heard of. */
export function runSeconds(run: RunRow): number {
	if (run.duration_s) return run.duration_s;
	const start = timeOf(run.started_at);
	const end = timeOf(run.finished_at) ?? timeOf(run.alive_at ?? '');
	return start === null || end === null ? 0 : Math.max(0, (end - start) / 1000);
}
