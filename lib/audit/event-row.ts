import { storable } from '../model/content-hash';
import type { Checkpoint } from '../model/gp-changes';
import { recordIdentity, withAffectedKey } from '../model/keys';
import type { FieldChange, Outcome, OutcomeLine } from '../model/outcome';
import { redactChange, redactText } from '../model/redact';
import type { AuditEventRow, EntityCounts } from './types';

/** Letters a cell takes: some 25 lines. */
const LONGEST = 2_000;
const LONGEST_DESCRIPTION = 60;

/** Cost code, cost type, amount, description. */
type Written = [costCode: string, costType: string, amount: string, description: string];

/** Lines as a cell of gpp_event holds them: whole ones only; those that do not fit are counted at the end. */
export function linesCell(lines: readonly OutcomeLine[]): string {
	const parts: string[] = [];
	let length = 0;
	for (const { costCode = '', costType = '', amount, description = '' } of lines) {
		const text = storable(redactText(description)).slice(0, LONGEST_DESCRIPTION);
		const part = JSON.stringify([costCode, costType, amount, text] satisfies Written);
		if (length + part.length > LONGEST) {
			parts.push(String(lines.length - parts.length));
			break;
		}
		length += part.length + 1;
		parts.push(part);
	}
	return parts.length === 0 ? '' : `[${parts.join(',')}]`;
}

/** What stands in such a cell, and how many lines did not fit; null for any other text. */
export function readLinesCell(cell: string): { lines: OutcomeLine[]; more: number } | null {
	try {
		const list: unknown = JSON.parse(cell);
		if (!Array.isArray(list)) return null;
		const more: unknown = list.at(-1);
		const written = typeof more === 'number' ? list.slice(0, -1) : list;
		const fits = (one: unknown): one is Written =>
			Array.isArray(one) && one.length === 4 && one.every((part) => typeof part === 'string');
		if (!written.every(fits)) return null;
		return {
			lines: written.map(([costCode, costType, amount, description]) => ({
				...{ costCode, costType, amount, description },
			})),
			more: typeof more === 'number' ? more : 0,
		};
	} catch {
		return null;
	}
}

const LONGEST_TEXT = 1000;
const LONGEST_CHANGES = 4000;

export interface EventContext {
	runId: string;
	executionId: string;
	/** UTC instant. */
	at: string;
	dryRun: boolean;
	batchId?: string;
	/** How often the record has been tried since it last stood as it should. */
	attempt?: number;
	/** Id of the request that asked for it. */
	replayOf?: string;
}

/** One outcome as a row of the events table. */
export function eventRow(outcome: Outcome, run: EventContext): AuditEventRow {
	const { source, reason, procore } = outcome;
	return {
		run_id: run.runId,
		execution_id: run.executionId,
		at: run.at,
		entity: source.entity,
		gp_company: source.company,
		gp_key: source.key,
		gp_label: cell(source.label),
		gp_state: source.state ?? '',
		source_hash: source.hash,
		rule: cell(source.rule),
		outcome: outcome.outcome,
		reason_code: reason?.code ?? '',
		message: cell(reason?.message),
		remedy: cell(reason?.remedy),
		procore_type: procore?.type ?? '',
		procore_id: procore?.id ?? '',
		procore_project_id: procore?.projectId ?? '',
		origin_id: outcome.originId ?? '',
		gp_amount: source.amount ?? '',
		procore_amount: outcome.amount ?? '',
		changes: changesCell(outcome.changes ?? []),
		vendor_name: cell(source.vendorName),
		lines: linesCell(outcome.lines ?? []),
		request_id: cell(reason?.requestId),
		dry_run: run.dryRun || outcome.dryRun,
		batch_id: run.batchId ?? '',
		attempt: run.attempt ?? 1,
		replay_of: run.replayOf ?? '',
		mapping_version: source.mappingVersion ?? '',
		procore_link: procore?.link ?? '',
		touches: withAffectedKey(
			source.touches ?? '',
			{ kind: 'P', value: procore?.projectId ?? '' },
			LONGEST_TEXT,
		),
	};
}

/** Text as it may stand in a table: no secrets, no greater than a person reads, the same when read back. */
export function cell(text: string | undefined): string {
	const clean = redactText(text ?? '');
	return storable(clean.length <= LONGEST_TEXT ? clean : `${clean.slice(0, LONGEST_TEXT - 1)}…`);
}

/** Changes as JSON, whole ones only: what does not fit is counted at the end. */
function changesCell(changes: FieldChange[]): string {
	if (changes.length === 0) return '';
	const parts: string[] = [];
	let length = 0;
	for (const change of changes) {
		const part = JSON.stringify(redactChange(change));
		if (length + part.length > LONGEST_CHANGES) {
			parts.push(JSON.stringify({ field: '…', more: changes.length - parts.length }));
			break;
		}
		length += part.length;
		parts.push(part);
	}
	return `[${parts.join(',')}]`;
}

export function recordId(row: { gp_company: string; entity: string; gp_key: string }): string {
	return recordIdentity({ company: row.gp_company, entity: row.entity, key: row.gp_key });
}

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
