import { type AuditEventRow, eventRow } from '../../../lib/audit/event-row';
import type { ReplayAsk, RequestRow } from '../../../lib/run/requests/requests';
import type { OutcomeKind } from '../../../lib/model/outcome';
import type { SourceReference } from '../../../lib/model/desired';
import { outcome, source } from '../../audit/samples';

export function ask(given: Partial<ReplayAsk> = {}): ReplayAsk {
	return {
		choice: 'records',
		search: '',
		entity: '',
		company: '',
		from: '',
		to: '',
		use: 'gp',
		by: 'form',
		...given,
	};
}

/** An event of a payables document of ACME0001, or of whatever `given` says. */
export function event(
	key: string,
	kind: OutcomeKind = 'created',
	at = '2026-03-01T08:00:00.000Z',
	given: Partial<SourceReference> = {},
): AuditEventRow {
	const label = `Invoice INV-${key.slice(-3)} of ACME0001, voucher ${key.slice(2)}`;
	return eventRow(outcome(kind, key, { source: source(key, { label, ...given }) }), {
		runId: 'run-1',
		executionId: '12',
		at,
		dryRun: false,
	});
}

export function request(key: string, given: Partial<RequestRow> = {}): RequestRow {
	return {
		id: 1,
		entity: 'payable',
		gp_company: 'TWO',
		gp_key: key,
		gp_label: key,
		reason: 'replay',
		requested_at: '2026-03-01T09:00:00.000Z',
		requested_by: '',
		tries: 0,
		payload: '',
		note: '',
		...given,
	};
}
