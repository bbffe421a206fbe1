import { updateDisplayOptions } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Outcome } from '../../../../lib/base/outcome';
import type {
	DesiredCostCode,
	DesiredDirectCost,
	DesiredRecord,
	DesiredVendor,
} from '../../../../lib/procore/desired';
import type { ProcoreClient, ProcoreCounters } from '../../../../lib/procore/procore-client';
import { syncCostCodes } from '../../../../lib/procore/sync/cost-codes/sync-cost-codes';
import { syncDirectCosts } from '../../../../lib/procore/sync/direct-costs/sync-direct-costs';
import type { SyncOptions } from '../../../../lib/procore/sync/sync-options';
import { syncVendors } from '../../../../lib/procore/sync/vendors/sync-vendors';
import { isBlank, isCheckpoint, isOutcome, kindOf, toItem } from '../../../shared/item-kinds';
import { toNodeError } from '../../../shared/to-node-error';
import { syncOptionsDescription } from '../../descriptions/sync-options.description';
import { optionalId } from '../../parameters/locator-value';
import { connect, type ConnectOptions } from '../../transport/connect';
import { notDesired } from './not-desired';

export const description: INodeProperties[] = [
	...updateDisplayOptions(
		{ show: { resource: ['costCode', 'directCost', 'vendor'], operation: ['sync'] } },
		[
			{
				displayName:
					'Takes the items of the GP to Procore node and gives one outcome for each. Records that are already as they should be cost no write.',
				name: 'syncNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description: 'Whether to do everything but write: the outcomes say what would happen',
			},
		],
	),
	...syncOptionsDescription,
];

/** The whole batch goes at once: that is what makes few calls of many records. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const kind = this.getNodeParameter('resource', 0) as DesiredRecord['kind'];
	const desired: DesiredRecord[] = [];
	const itemOf: number[] = [];
	const passedOn: INodeExecutionData[] = [];
	this.getInputData().forEach(({ json }, item) => {
		if (isBlank(json)) return;
		if (isCheckpoint(json) || isOutcome(json)) passedOn.push(toItem(json, item));
		else if (kindOf(json) === kind) {
			desired.push(json as unknown as DesiredRecord);
			itemOf.push(item);
		} else throw notDesired(this.getNode(), json, kind, item);
	});
	const { outcomes, counters } =
		desired.length === 0 ? { outcomes: [], counters: undefined } : await sync(this, kind, desired);
	return [
		...outcomes.map((outcome, index) => toItem(outcome, itemOf[index])),
		...passedOn.map((item) => withTraffic(item, counters)),
	];
}

/** What the sync cost rides on the checkpoint, added to what syncs before this one put there. */
function withTraffic(item: INodeExecutionData, counters?: ProcoreCounters): INodeExecutionData {
	if (!isCheckpoint(item.json) || !counters) return item;
	const before = (item.json as IDataObject).procore as Partial<Traffic> | undefined;
	const procore: Traffic = {
		calls: (before?.calls ?? 0) + counters.calls,
		writes: (before?.writes ?? 0) + counters.writes,
		waitedMs: (before?.waitedMs ?? 0) + counters.waitsMs,
	};
	return { ...item, json: { ...(item.json as IDataObject), procore } };
}

interface Traffic extends IDataObject {
	/** Requests sent, and those of them that were not GET. */
	calls: number;
	writes: number;
	/** Time spent waiting for Procore's rate limits and between attempts. */
	waitedMs: number;
}

async function sync(
	context: IExecuteFunctions,
	kind: DesiredRecord['kind'],
	desired: DesiredRecord[],
): Promise<{ outcomes: Outcome[]; counters: ProcoreCounters }> {
	const { runId, batchId, unrecordedBatches, batchSize, projectConcurrency, ...policies } =
		context.getNodeParameter('options', 0, {}) as Policies & ConnectOptions & RunOptions;
	const options: SyncOptions = {
		...policies,
		...(batchId ? { batchId: String(batchId) } : {}),
		unrecordedBatches: listOf(unrecordedBatches),
		dryRun: context.getNodeParameter('dryRun', 0, false) as boolean,
		...(runId ? { cacheKey: String(runId) } : {}),
	};
	try {
		const companyId = optionalId(context, 'company', 0);
		const client = await connect(context, { companyId, batchSize, projectConcurrency });
		const outcomes = await SYNCS[kind](client, desired, options);
		context.logger.info('Procore sync is done', {
			kind,
			records: desired.length,
			dryRun: options.dryRun,
			...client.counters,
		});
		return { outcomes, counters: client.counters };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

type Policies = Omit<SyncOptions, 'dryRun' | 'cacheKey' | 'batchId' | 'unrecordedBatches'>;

interface RunOptions {
	runId?: string;
	batchId?: string;
	/** As an expression gives it: a list, or text with commas. */
	unrecordedBatches?: unknown;
}

function listOf(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[,\s]+/);
	return parts.map((part) => String(part ?? '').trim()).filter((part) => part !== '');
}

type Sync = (
	client: ProcoreClient,
	desired: DesiredRecord[],
	options: SyncOptions,
) => Promise<Outcome[]>;

/** The items were sorted by kind before. */
const SYNCS: Record<DesiredRecord['kind'], Sync> = {
	vendor: async (client, desired, options) =>
		await syncVendors(client, desired as DesiredVendor[], options),
	costCode: async (client, desired, options) =>
		await syncCostCodes(client, desired as DesiredCostCode[], options),
	directCost: async (client, desired, options) =>
		await syncDirectCosts(client, desired as DesiredDirectCost[], options),
};
