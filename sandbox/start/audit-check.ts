import { wentThrough } from '../../lib/model/outcome';
import { verifyChain } from '../../lib/audit/chain';
import type { AuditEventRow, RunRow } from '../../lib/audit/event-row';

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
/** Reasons of writes beside the outcome's own. */
const BESIDE = new Set(['written-in-part', 'along-the-way']);
const TYPES: Record<string, string> = {
	vendors: 'vendor',
	costCodes: 'costCode',
	directCosts: 'directCost',
	requisitions: 'requisition',
};

/**
 * Compares the events with the journal the Procore stand-in keeps of itself: one line of JSON for
 * each committed write, `[[table, id, row], …]`. Each row carries in `origin_data` the batch that
 * wrote it. A record that is created by two batches was begun by one and finished by the next. What
 * carries no mark (a vendor put into a project, lines whose head was refused then, a code without origin
 * id) is told by an event, too; such an event is invented where the journal shows no write of that kind.
 */
export function checkAudit(input: {
	/** Text of the stand-in's state file. */
	journal: string;
	events: AuditEventRow[];
	runs: RunRow[];
}): AuditReport {
	const { written, unmarked } = writesOf(input.journal);
	const recorded = new Map<string, number>();
	const beside = new Set<string>();
	for (const event of input.events) {
		if (event.dry_run || !WRITES.has(event.outcome)) continue;
		const key = keyOf(event.procore_type, event.origin_id, event.batch_id ?? '');
		recorded.set(key, (recorded.get(key) ?? 0) + 1);
		if (BESIDE.has(event.reason_code)) beside.add(key);
	}
	const total = [...recorded.values()].reduce((sum, count) => sum + count, 0);
	const isUnmarked = (key: string) =>
		beside.has(key) && unmarked.has(key.slice(0, key.lastIndexOf(' by ')));
	return {
		writes: written.size,
		events: total,
		missing: [...written].filter((key) => !recorded.has(key)),
		doubled: [...recorded].filter(([, count]) => count > 1).map(([key]) => key),
		invented: [...recorded.keys()].filter((key) => !written.has(key) && !isUnmarked(key)),
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

function writesOf(journal: string): { written: Set<string>; unmarked: Set<string> } {
	const written = new Set<string>();
	const unmarked = new Set<string>();
	const last = new Map<string, Mark>();
	for (const line of journal.split('\n')) {
		if (line === '') continue;
		for (const [table, , row] of JSON.parse(line) as Array<
			[string, number, { origin_id?: string; origin_data?: string } | null]
		>) {
			if (table === 'projects') unmarked.add('vendor ');
			if (table === 'directCostLines')
				unmarked.add(`directCost ${String(row?.origin_id).replace(/:L:.*$/, '')}`);
			const type = TYPES[table];
			if (type === 'costCode' && row && !row.origin_id) unmarked.add('costCode ');
			if (!type || !row?.origin_id || !row.origin_data?.startsWith('{')) continue;
			const { b, w } = JSON.parse(row.origin_data) as Partial<Mark>;
			if (!b || !w) continue;
			const record = `${type} ${row.origin_id}`;
			const before = last.get(record);
			if (before?.b === b) continue;
			last.set(record, { b, w });
			const finished = before?.w === 'c' && w === 'c';
			if (!finished) written.add(keyOf(type, row.origin_id, b));
		}
	}
	return { written, unmarked };
}

function keyOf(type: string, originId: string, batchId: string): string {
	return `${type} ${originId} by ${batchId}`;
}
