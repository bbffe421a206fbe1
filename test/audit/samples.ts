import type { Outcome, OutcomeKind } from '../../lib/model/outcome';
import type { SourceReference } from '../../lib/model/desired';
import type { Checkpoint } from '../../lib/model/gp-changes';
import { recordOutcomes, type RecordOutcomesInput } from '../../lib/run/record-outcomes';
import { openRun } from '../../lib/run/run';
import type { ParkedRow, RunState } from '../../lib/audit/event-row';

export const NOW = '2026-03-02T06:00:00.000Z';

export function run(given: Partial<Parameters<typeof openRun>[0]> = {}): RunState {
	return openRun({
		runId: 'run-2',
		startKind: 'schedule',
		company: 'TWO',
		dryRun: false,
		from: null,
		parts: ['vendors', 'accounts', 'payables'],
		now: '2026-03-02T05:59:00.000Z',
		...given,
	});
}

/** A run in its payables step. */
export function payablesRun(given: Partial<RunState> = {}): RunState {
	return { ...run(), step: { part: 'payables', phase: 'changes', batch: 1 }, ...given };
}

export function source(key: string, given: Partial<SourceReference> = {}): SourceReference {
	return {
		company: 'TWO',
		entity: 'payable',
		key,
		label: `Invoice of ACME0001, voucher ${key}`,
		state: 'open',
		hash: 'abc',
		amount: '10.00',
		...given,
	};
}

export function outcome(kind: OutcomeKind, key: string, given: Partial<Outcome> = {}): Outcome {
	const waits = ['locked', 'conflict', 'failed', 'parked'].includes(kind);
	return {
		kind: 'outcome',
		outcome: kind,
		source: source(key),
		dryRun: false,
		...(waits
			? {
					reason: { code: 'missing-vendor', message: 'No vendor', remedy: 'Add the vendor' },
					record: { kind: 'payable', key },
				}
			: { amount: '10.00' }),
		...given,
	};
}

export function checkpoint(given: Partial<Checkpoint> = {}): Checkpoint {
	return {
		kind: 'checkpoint',
		entity: 'payable',
		company: 'TWO',
		watermark: { since: '2026-03-01', seen: { '1;7': 'hash' } },
		more: false,
		cursor: null,
		counts: { read: 0, unchanged: 0, requests: 1 },
		...given,
	};
}

export function parkedRow(key: string, given: Partial<ParkedRow> = {}): ParkedRow {
	return {
		id: 1,
		run_id: 'run-1',
		entity: 'payable',
		gp_company: 'TWO',
		gp_key: key,
		gp_label: 'Invoice',
		reason_code: 'missing-vendor',
		message: 'No vendor',
		remedy: 'Add the vendor',
		tries: 2,
		first_parked_at: '2026-02-20T00:00:00.000Z',
		last_tried_at: '2026-03-01T00:00:00.000Z',
		gp_amount: '10.00',
		payload: JSON.stringify({ kind: 'payable', key, old: true }),
		...given,
	};
}

export function record(given: Partial<RecordOutcomesInput> = {}) {
	return recordOutcomes({
		state: payablesRun(),
		executionId: '17',
		outcomes: [],
		notSent: [],
		checkpoint: checkpoint(),
		parkedRows: [],
		newJobs: [],
		newAccounts: [],
		knownJobs: [],
		knownAccounts: [],
		now: NOW,
		...given,
	});
}
