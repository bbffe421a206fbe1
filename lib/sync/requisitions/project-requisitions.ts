import { isZero } from '../../model/money';
import type { AlsoWritten, FieldChange, Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { listRequisitions } from '../../procore/resources/commitments';
import type { ProcoreId } from '../../procore/wire';
import type { DesiredRequisition } from '../commitments/route-document';
import { ProjectDirectCosts } from '../direct-costs/project-direct-costs';
import { syncDirectCosts } from '../direct-costs/sync-direct-costs';
import { OriginIndex } from '../engine/known';
import { readOriginData } from '../origin-data';
import { alongTheWay, type Reason } from '../outcomes';
import type { RunCache, SyncOptions } from '../sync-run';

type Row = Record<string, unknown>;

/** Up to this many are looked up one by one instead of reading the project's list. */
const FEW = 3;

/** The subcontractor invoices of one project that have an origin id, as far as they are known. */
export class ProjectRequisitions {
	private readonly byOriginId = new OriginIndex<Row>();
	private readonly lookedUp = new Set<string>();
	private isWhole = false;

	private constructor(private readonly projectId: ProcoreId) {}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectRequisitions {
		return cache.get(`requisitions ${projectId}`, now, () => new ProjectRequisitions(projectId));
	}

	/** Reads what stands under these origin ids, in the fewest calls. */
	async readKnown(
		client: ProcoreClient,
		records: ReadonlyArray<{ originId: string; formerOriginIds?: readonly string[] }>,
	): Promise<void> {
		const unknown = records.filter(
			({ originId }) => !this.byOriginId.has(originId) && !this.lookedUp.has(originId),
		);
		if (this.isWhole || unknown.length === 0) return;
		if (unknown.length > FEW) {
			this.take(await listRequisitions(client, this.projectId, {}, undefined, 'items'));
			this.isWhole = true;
			return;
		}
		for (const one of unknown) {
			for (const originId of [one.originId, ...(one.formerOriginIds ?? [])]) {
				this.take(await listRequisitions(client, this.projectId, { originId }, undefined, 'items'));
				if (this.byOriginId.has(one.originId)) break;
			}
			this.lookedUp.add(one.originId);
		}
	}

	private take(rows: unknown[]): void {
		for (const row of rows) this.put(row as Row);
	}

	put(row: Row): void {
		if (typeof row?.origin_id === 'string' && row.origin_id)
			this.byOriginId.set(row.origin_id, row);
	}

	withOriginId(originId: string): Row | undefined {
		return this.byOriginId.get(originId);
	}
}

export interface TakenOut {
	changes: FieldChange[];
	/** The write by which it was taken out now. */
	also: AlsoWritten[];
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
	if (!originId) return NOT_THERE;
	const known = ProjectDirectCosts.of(cache, projectId, client.effects.now());
	const cost = known.knows(originId)
		? known.withOriginId(originId)
		: await known.lookUpOriginId(client, { originId, formerOriginIds });
	if (!cost || cost.status === 'draft') return NOT_THERE;
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
	const procore = { type: 'directCost', id: cost.id, projectId } as const;
	return {
		also:
			outcome.outcome === 'voided' && !options.dryRun && !outcome.recovered
				? [
						alongTheWay(
							{ outcome: 'voided', procore, originId, changes: outcome.changes, amount: '0.00' },
							'Taken out as a direct cost: the document stands as a subcontractor invoice from now on.',
						),
					]
				: [],
		changes: [{ field: 'direct cost', before: cost.total, after: '0.00' }],
		...(unrecorded ? { unrecorded: { procore, ...unrecorded } } : {}),
	};
}

const NOT_THERE: TakenOut = { changes: [], also: [] };

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
