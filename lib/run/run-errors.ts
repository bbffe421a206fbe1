import { ConnectorError } from '../model/connector-error';

/** Reading goes round in circles: the run stops before it can do so for ever. */
export class RunLoopError extends ConnectorError {
	readonly code = 'run-loop';
	readonly scope = 'configuration' as const;

	constructor(runId: string, problem: string) {
		super(`Run ${runId} was stopped: ${problem}`, {
			remedy:
				'Nothing is lost: the watermark stands behind the last finished batch. Check the paging settings of the GP site profile, then start the run again.',
			runId,
		});
	}
}

/** A batch of changes ended without its checkpoint, so nobody knows how far reading got. */
export class MissingCheckpointError extends ConnectorError {
	readonly code = 'missing-checkpoint';
	readonly scope = 'configuration' as const;

	constructor(runId: string, part: string) {
		super(
			`Run ${runId}: the ${part} batch came without its checkpoint, so the watermark cannot move`,
			{
				remedy:
					'Check that the last item of the GP node (kind "checkpoint") reaches the audit step, then retry the execution.',
				runId,
			},
		);
	}
}

export const LEASE_LOST = 'lease-lost';

/** Another run took over while this one was silent for too long. */
export class LeaseLostError extends ConnectorError {
	readonly code = LEASE_LOST;
	readonly scope = 'configuration' as const;

	constructor(runId: string, holder: { run_id: string; execution_id: string } | null) {
		super(
			holder
				? `Run ${runId} does not go on: run ${holder.run_id} (execution ${holder.execution_id}) took over while it was silent`
				: `Run ${runId} does not go on: it no longer holds the lease`,
			{
				remedy:
					'Nothing is lost: what this run had not finished, the other one or the next takes up. If runs are often silent for long, make the lease in the node "Open run" longer.',
				runId,
			},
		);
	}
}
