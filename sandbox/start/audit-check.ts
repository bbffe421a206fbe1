import { wentThrough } from '../../lib/model/outcome';
import { verifyChain } from '../../lib/audit/chain';
import type { AuditEventRow, RunRow } from '../../lib/audit/types';

/** What the audit says against what Procore really took. All lists are empty when each write has its one event. */
export interface AuditReport {
	/** Writes to vendors, cost codes and direct costs that carry a batch's mark. */
	writes: number;
	/** Events of writes. */
	events: number;
	/** Written and not recorded. */
	missing: string[];
	/** Recorded more than once. */
	doubled: string[];
	/** Recorded and never written. */
	invented: string[];
	/** Runs whose chain of events is broken. */
	broken: string[];
}

const WRITES = new Set(['created', 'updated', 'adopted', 'reactivated', 'voided']);
const TABLES = new Set(['vendors', 'costCodes', 'directCosts', 'requisitions']);

/**
 * Compares the events with the journal the Procore stand-in keeps of itself: one line of JSON for
 * each committed write, `[[table, id, row], …]`. Each row carries in `origin_data` the batch that
 * wrote it. A record that is created by two batches was begun by one and finished by the next.
 */
export function checkAudit(input: {
	/** Text of the stand-in's state file. */
	journal: string;
	events: AuditEventRow[];
	runs: RunRow[];
}): AuditReport {
	const written = writesOf(input.journal);
	const recorded = new Map<string, number>();
	for (const event of input.events) {
		if (event.dry_run || !WRITES.has(event.outcome)) continue;
		const key = keyOf(event.origin_id, event.batch_id ?? '');
		recorded.set(key, (recorded.get(key) ?? 0) + 1);
	}
	const total = [...recorded.values()].reduce((sum, count) => sum + count, 0);
	return {
		writes: written.size,
		events: total,
		missing: [...written].filter((key) => !recorded.has(key)),
		doubled: [...recorded].filter(([, count]) => count > 1).map(([key]) => key),
		invented: [...recorded.keys()].filter((key) => !written.has(key)),
		broken: input.runs.flatMap((run) => {
			const events = input.events.filter((event) => event.run_id === run.run_id);
			const head = wentThrough(run) ? { events: Number(run.events), hash: run.chain! } : undefined;
			const verdict = verifyChain(run.run_id, events, head);
			return verdict.intact ? [] : [`run ${run.run_id} (${run.status}): ${verdict.problem}`];
		}),
	};
}

interface Mark {
	b: string;
	w: string;
}

function writesOf(journal: string): Set<string> {
	const writes = new Set<string>();
	const last = new Map<string, Mark>();
	for (const line of journal.split('\n')) {
		if (line === '') continue;
		for (const [table, , row] of JSON.parse(line) as Array<
			[string, number, { origin_id?: string; origin_data?: string } | null]
		>) {
			if (!TABLES.has(table) || !row?.origin_id || !row.origin_data?.startsWith('{')) continue;
			const { b, w } = JSON.parse(row.origin_data) as Partial<Mark>;
			if (!b || !w) continue;
			const before = last.get(row.origin_id);
			if (before?.b === b) continue;
			last.set(row.origin_id, { b, w });
			const finished = before?.w === 'c' && w === 'c';
			if (!finished) writes.add(keyOf(row.origin_id, b));
		}
	}
	return writes;
}

function keyOf(originId: string, batchId: string): string {
	return `${originId} by ${batchId}`;
}
