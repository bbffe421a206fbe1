import { isZero } from '../../model/money';
import type { FieldChange, Outcome } from '../../model/outcome';
import type { DesiredRequisition } from '../desired-requisition';
import type { ProcoreClient } from '../../procore/procore-client';
import { ProjectDirectCosts } from '../direct-costs/project-direct-costs';
import { syncDirectCosts } from '../direct-costs/sync-direct-costs';
import { readOriginData } from '../origin-data';
import type { Reason } from '../outcomes';
import type { RunCache } from '../run-cache';
import type { SyncOptions } from '../sync-options';

export interface TakenOut {
	changes: FieldChange[];
	/** What a batch that was cut off had done to the direct cost. */
	unrecorded?: Outcome['unrecorded'];
}

/**
 * The same document may stand as a direct cost, from before its commitment was known: there it goes
 * out of the budget first, by the policy for voided documents. A reason when it may not be.
 */
export async function takeOutDirectCost(
	client: ProcoreClient,
	cache: RunCache,
	{ projectId, directCostOriginId: originId, formerOriginIds, source }: DesiredRequisition,
	options: SyncOptions,
): Promise<TakenOut | { reason: Reason }> {
	if (!originId) return { changes: [] };
	const known = ProjectDirectCosts.of(cache, projectId, client.effects.now());
	const cost = known.knows(originId)
		? known.withOriginId(originId)
		: await known.lookUpOriginId(client, { originId, formerOriginIds });
	if (!cost || cost.status === 'draft') return { changes: [] };
	if (!readOriginData(cost.originData)) return { reason: counted(cost.id) };
	const [outcome] = await syncDirectCosts(
		client,
		[
			{
				kind: 'directCost',
				originId,
				source,
				projectId,
				voided: true,
				header: { direct_cost_type: 'invoice', status: 'draft' },
				lines: [],
				total: '0.00',
			},
		],
		options,
		cache,
	);
	if (outcome.amount === undefined || !isZero(outcome.amount))
		return { reason: counted(cost.id, outcome.reason) };
	const { unrecorded } = outcome;
	return {
		changes: [{ field: 'direct cost', before: cost.total, after: '0.00' }],
		...(unrecorded ? { unrecorded } : {}),
	};
}

function counted(id: string, why?: Reason): Reason {
	return {
		...why,
		code: 'already-direct-cost',
		message: `The document already stands in the budget as direct cost ${id}; as subcontractor invoice it would count twice.${why ? ` ${why.message}` : ''}`,
		remedy:
			why?.remedy ??
			'Set that direct cost to draft or delete it in Procore, then run again; or go on sending this vendor as direct costs.',
	};
}
