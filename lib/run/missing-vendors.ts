import type { ParkedRow } from '../audit/types';
import { readCauseKey } from '../model/keys';
import type { Outcome } from '../model/outcome';

const MISSING = 'vendor-missing';

/**
 * A row for each vendor that documents newly wait for. A vendor that was merged or removed in Procore
 * does not change in GP, so no reading of changes would bring it again: its row holds no record, and so
 * the next run reads it from GP by its key and sends it.
 */
export function missingVendors(
	outcomes: readonly Outcome[],
	rows: readonly ParkedRow[],
	{ runId, now }: { runId: string; now: string },
): ParkedRow[] {
	const waited = new Set(
		rows.filter(({ reason_code }) => reason_code === MISSING).map(({ gp_key }) => gp_key),
	);
	const vendors = new Map<string, ParkedRow>();
	for (const { source, reason } of outcomes) {
		if (source.entity !== 'payable' || reason?.code !== MISSING || waited.has(source.key)) continue;
		const cause = readCauseKey(reason.causeKey ?? '');
		if (cause?.kind !== 'V' || vendors.has(cause.value)) continue;
		vendors.set(cause.value, {
			run_id: runId,
			entity: 'vendor',
			gp_company: source.company,
			gp_key: cause.value,
			gp_label: `vendor ${cause.value}`,
			reason_code: MISSING,
			cause_key: reason.causeKey ?? '',
			message:
				'Documents wait for this vendor, which is not in Procore: never sent, merged or removed',
			remedy:
				'Nothing to do: the next run reads it from GP and sends it. Was it merged in Procore, link it to the company that is left in the vendors crosswalk table before.',
			tries: 1,
			first_parked_at: now,
			last_tried_at: now,
			gp_amount: '',
			payload: '',
		});
	}
	return [...vendors.values()];
}
