import { contentHash } from '../../../../lib/model/content-hash';
import type { Outcome } from '../../../../lib/model/outcome';
import type { Entity } from '../../../../lib/model/desired';
import type { ChangeFault } from '../../../../lib/model/gp-changes';

/**
 * A record that could not be read, as an outcome, so that it reaches the audit and the parked
 * table beside the others: the checkpoint vouches for it too.
 */
export function faultAsOutcome(fault: ChangeFault, entity: Entity, company: string): Outcome {
	const { key, label, error } = fault;
	const { requestId, httpStatus } = error.details;
	return {
		kind: 'outcome',
		outcome: 'failed',
		source: { company, entity, key, label, hash: contentHash([key, error.message]) },
		reason: {
			code: error.code,
			message: error.message,
			remedy: error.remedy,
			...(requestId === undefined ? {} : { requestId }),
			...(httpStatus === undefined ? {} : { httpStatus }),
		},
		dryRun: false,
	};
}
