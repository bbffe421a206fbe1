import type { Outcome, OutcomeKind, OutcomeLine, ProcoreType } from '../model/outcome';
import { WAITING_OUTCOMES } from '../model/outcome';
import { ProcoreError } from '../procore/errors/procore-errors';
import type { SourceReference } from '../model/desired';
import { contractName, type CommitmentKind } from '../procore/resources/commitments';

export type Reason = NonNullable<Outcome['reason']>;

/** What an outcome says of its desired record, whatever the type. */
export interface OutcomeSubject {
	kind: ProcoreType;
	originId: string;
	source: SourceReference;
	projectId?: string;
	commitmentKind?: CommitmentKind;
	commitmentId?: string;
	lines?: ReadonlyArray<OutcomeLine>;
	record?: unknown;
}

/** The outcome of one desired record; the GP record rides along only when it has to wait. */
export function outcomeOf(
	desired: OutcomeSubject,
	outcome: OutcomeKind,
	dryRun: boolean,
	more: Pick<Outcome, 'changes' | 'reason' | 'amount' | 'wrote'> & { procoreId?: string } = {},
): Outcome {
	const { procoreId, ...rest } = more;
	const { commitmentKind, commitmentId } = desired;
	return {
		kind: 'outcome',
		outcome,
		source: desired.source,
		originId: desired.originId,
		procore: {
			type: desired.kind,
			...(procoreId ? { id: procoreId } : {}),
			...(desired.projectId ? { projectId: desired.projectId } : {}),
			...(commitmentKind ? { contract: `${contractName(commitmentKind)}/${commitmentId}` } : {}),
		},
		...rest,
		...linesOf(desired, outcome),
		dryRun,
		...(WAITING_OUTCOMES.includes(outcome) && desired.record !== undefined
			? { record: desired.record }
			: {}),
	};
}

/** A record that needed nothing says nothing new about its lines. */
function linesOf({ lines }: OutcomeSubject, outcome: OutcomeKind): Pick<Outcome, 'lines'> {
	if (!lines || lines.length === 0 || outcome === 'unchanged' || outcome === 'skipped') return {};
	return {
		lines: lines.map(({ costCode, costType, amount, description }) => ({
			...{ costCode, costType, amount },
			...(description === undefined ? {} : { description }),
		})),
	};
}

/** Why every record of a project stands still. */
export function reasonOfError(error: ProcoreError): Reason {
	return {
		code: error.scope === 'project' ? 'project-blocked' : error.code,
		message: error.message,
		remedy: error.remedy,
		requestId: error.details.requestId,
		httpStatus: error.details.httpStatus,
	};
}

/** Whether the error concerns this project only, so that the others go on. */
export function isProjectBlock(error: unknown): error is ProcoreError {
	return error instanceof ProcoreError && error.scope === 'project';
}
