import { ConnectorError } from '../base/connector-error';

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
