import type { DesiredCostCode } from '../../model/desired';
import type { ActualCostCode } from '../../procore/resources/cost-codes';
import {
	hashOfCode,
	planCostCodes,
	type CostCodeLookup,
	type CostCodePlan,
} from '../cost-codes/plan-cost-codes';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ProcoreId } from '../../procore/procore-id';
import { ProjectCodes } from '../cost-codes/project-codes';
import { isProjectBlock, reasonOfError, type Reason } from '../outcomes';
import { runCacheFor } from '../run-cache';
import { readOriginData } from '../origin-data';
import type { SentEvidence } from './as-sent';
import { gpSince, NOTHING_SHOWN, type RecordStanding } from './record-standing';

const HOW: Record<CostCodePlan['action'], RecordStanding<DesiredCostCode>['how']> = {
	create: 'missing',
	adopt: 'notLinked',
	update: 'differs',
	unchanged: 'agrees',
	sameAs: 'agrees',
	skip: 'notSent',
	conflict: 'conflict',
	failed: 'conflict',
};

/** The same, read from Procore; or why it does not let this project be read. */
export async function readCostCodesStanding(
	client: ProcoreClient,
	projectId: ProcoreId,
	desired: readonly DesiredCostCode[],
): Promise<Array<RecordStanding<DesiredCostCode>> | Reason> {
	const codes = ProjectCodes.of(runCacheFor(client), projectId, client.effects.now());
	try {
		await codes.read(client);
	} catch (error) {
		if (isProjectBlock(error)) return reasonOfError(error);
		throw error;
	}
	return costCodesStand(desired, codes);
}

/** How the cost codes of one project stand in Procore: what a sync would do, and why. */
export function costCodesStand(
	desired: readonly DesiredCostCode[],
	actual: CostCodeLookup,
): Array<RecordStanding<DesiredCostCode>> {
	const { plans } = planCostCodes(desired, actual, { drift: 'overwrite' });
	return plans.map(({ desired: one, action, actual: own, changes = [], reason }) => ({
		desired: one,
		how: HOW[action],
		evidence: own && own.originId !== null ? evidenceOf(one, own, actual) : NOTHING_SHOWN,
		changes,
		procoreId: own?.id ?? '',
		...(reason ? { reason } : {}),
	}));
}

function evidenceOf(
	desired: DesiredCostCode,
	own: ActualCostCode,
	actual: CostCodeLookup,
): SentEvidence {
	const stored = readOriginData(own.originData);
	const gp = gpSince(stored, { hash: hashOfCode(desired) });
	if (!stored) return { gp, procore: 'unknown' };
	const parent = own.parentId === null ? undefined : actual.withId(own.parentId);
	// Procore does not show whether the code is active: it is what it was sent as.
	const shown = { code: own.code, name: own.name, active: stored.i !== 1 };
	if (hashOfCode({ ...shown, ...(parent ? { parent } : {}) }) === stored.h)
		return { gp, procore: 'asSent' };
	return { gp, procore: gp === 'asSent' ? 'edited' : 'unknown' };
}
