import type { Outcome } from '../model/outcome';
import type { Checkpoint } from '../model/gp-changes';
import type { EntityCounts } from './types';

/**
 * Counts after a batch. Rows GP returned again unchanged count as read and unchanged although
 * they were never handed on; locked and conflicting records count as failed.
 */
export function countOutcomes(
	before: EntityCounts,
	outcomes: Outcome[],
	checkpoint: Checkpoint | null,
): EntityCounts {
	const counts = { ...before };
	for (const { outcome } of outcomes) {
		if (outcome === 'locked' || outcome === 'conflict') counts.failed++;
		else counts[outcome]++;
	}
	counts.read += checkpoint?.counts.read ?? 0;
	counts.unchanged += checkpoint?.counts.unchanged ?? 0;
	return counts;
}
