import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { writesUntil } from '../../../lib/run/lease';
import type { Outcome } from '../../../lib/model/outcome';
import type { DesiredCostCode, DesiredDirectCost, DesiredVendor } from '../../../lib/model/desired';
import type { DesiredRequisition } from '../../../lib/sync/kinds/requisition-state';
import type { ProcoreClient, ProcoreCounters } from '../../../lib/procore/procore-client';
import { withLink } from '../../../lib/procore/wire';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import {
	findUnrecordedWrites,
	leftBehind,
	type SearchOptions,
	type UnrecordedWrites,
	type WrittenKind,
} from '../../../lib/sync/unrecorded-writes';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import { isBlank, isCheckpoint, isOutcome, kindOf, toItem } from '../../shared/item-kinds';
import { toNodeError } from '../../shared/to-node-error';
import { standardListLocator } from '../descriptions/locators.description';
import { syncOptionsDescription } from '../descriptions/sync-options.description';
import { optionalId, requiredId, sameForAll } from '../parameters/read-parameters';
import { connect, type ConnectOptions, linkSiteOf } from '../transport/connect';

type DesiredRecord = DesiredVendor | DesiredCostCode | DesiredDirectCost | DesiredRequisition;

/** Parameters of *Sync*; those that several resources share stand once. */
export const syncDescription: INodeProperties[] = [
	...updateDisplayOptions(
		{
			show: {
				resource: ['costCode', 'directCost', 'standardCostCode', 'vendor'],
				operation: ['sync'],
			},
		},
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
	...updateDisplayOptions({ show: { resource: ['standardCostCode'], operation: ['sync'] } }, [
		standardListLocator(),
	]),
	...syncOptionsDescription,
];

/** The whole batch goes at once: that is what makes few calls of many records. */
export async function executeSync(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const resource = this.getNodeParameter('resource', 0);
	const { kind, also } = SYNCS[resource];
	const desired: DesiredRecord[] = [];
	const itemOf: number[] = [];
	const passedOn: INodeExecutionData[] = [];
	this.getInputData().forEach(({ json }, item) => {
		if (isBlank(json)) return;
		if (isCheckpoint(json) || isOutcome(json)) passedOn.push(toItem(json, item));
		else if (kindOf(json) === kind || (also && kindOf(json) === also)) {
			desired.push(json as unknown as DesiredRecord);
			itemOf.push(item);
		} else throw notDesired(this.getNode(), json, kind, item);
	});
	// What it finds rides on the checkpoint; without one nobody would hear of it.
	const search = isSearchDue(this) && passedOn.some(({ json }) => isCheckpoint(json));
	const { outcomes, counters, unrecorded } =
		desired.length === 0 && !search
			? { outcomes: [], counters: undefined, unrecorded: undefined }
			: await sync(this, resource, desired, itemOf, search);
	return [
		...outcomes.map((outcome, index) => toItem(outcome, itemOf[index])),
		...passedOn.map((item) => withFound(withTraffic(item, counters), unrecorded)),
	];
}

function isSearchDue(context: IExecuteFunctions): boolean {
	const options = context.getNodeParameter('options', 0, {}) as RunOptions;
	const dryRun = context.getNodeParameter('dryRun', 0, false) as boolean;
	return !dryRun && listOf(options.unrecordedBatches).length > 0;
}

function withFound(item: INodeExecutionData, unrecorded?: UnrecordedWrites): INodeExecutionData {
	if (!isCheckpoint(item.json) || !unrecorded) return item;
	return { ...item, json: { ...(item.json as IDataObject), unrecorded } as unknown as IDataObject };
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
	resource: string,
	desired: DesiredRecord[],
	itemOf: number[],
	search: boolean,
): Promise<{ outcomes: Outcome[]; counters: ProcoreCounters; unrecorded?: UnrecordedWrites }> {
	try {
		const { client, options } = await prepareSync(context, itemOf);
		if (resource === 'standardCostCode') sameForAll(context, 'standardCostCodeList', itemOf);
		// First of all: what is written next may be the same records.
		const found = search
			? await findUnrecordedWrites(client, SYNCS[resource].kind as WrittenKind, options)
			: undefined;
		if (found && resource === 'directCost')
			for (const { goesWith, gone } of leftBehind(desired, found)) {
				desired.push(gone);
				itemOf.push(itemOf[goesWith]);
			}
		const credential = await context.getCredentials('procoreOAuth2Api');
		const site = linkSiteOf(credential, client.companyId);
		const outcomes = (await SYNCS[resource].run(client, desired, options, context)).map((outcome) =>
			withLink(outcome, site),
		);
		const unrecorded = found && {
			...found,
			writes: found.writes.map((write) => withLink(write, site)),
		};
		context.logger.info('Procore sync is done', {
			kind: SYNCS[resource].kind,
			records: desired.length,
			dryRun: options.dryRun,
			...client.counters,
		});
		return { outcomes, counters: client.counters, ...(unrecorded ? { unrecorded } : {}) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** The client and the options of a sync of these items, as chosen in the node. */
export async function prepareSync(
	context: IExecuteFunctions,
	items: readonly number[],
): Promise<{ client: ProcoreClient; options: SyncOptions & SearchOptions }> {
	for (const name of ['dryRun', 'company']) sameForAll(context, name, items);
	const {
		runId,
		batchId,
		leaseUntil,
		unrecordedBatches,
		unrecordedPlaces,
		batchSize,
		projectConcurrency,
		...policies
	} = context.getNodeParameter('options', 0, {}) as Policies & ConnectOptions & RunOptions;
	const options: SyncOptions & SearchOptions = {
		...policies,
		...(batchId ? { batchId: String(batchId) } : {}),
		unrecordedBatches: listOf(unrecordedBatches),
		unrecordedPlaces: placesIn(unrecordedPlaces),
		dryRun: context.getNodeParameter('dryRun', 0, false) as boolean,
		...(runId ? { cacheKey: String(runId) } : {}),
	};
	const companyId = optionalId(context, 'company', 0);
	const client = await connect(context, {
		companyId,
		batchSize,
		projectConcurrency,
		...(leaseUntil ? { writesUntil: writesUntil(String(runId ?? ''), leaseUntil) } : {}),
	});
	return { client, options };
}

type Policies = Omit<SyncOptions, 'dryRun' | 'cacheKey' | 'batchId' | 'unrecordedBatches'>;

interface RunOptions {
	runId?: string;
	batchId?: string;
	/** UTC instant; anything else says that the lease was gone. */
	leaseUntil?: string;
	/** As an expression gives it: a list, or text with commas. */
	unrecordedBatches?: unknown;
	unrecordedPlaces?: unknown;
}

/** A standard list is named with a blank in it. */
function placesIn(value: unknown): string[] {
	return listOf(Array.isArray(value) ? value : String(value ?? '').split(','));
}

function listOf(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[,\s]+/);
	return parts.map((part) => String(part ?? '').trim()).filter((part) => part !== '');
}

interface Sync {
	/** What the items are. */
	kind: DesiredRecord['kind'];
	also?: DesiredRecord['kind'];
	run(
		client: ProcoreClient,
		desired: DesiredRecord[],
		options: SyncOptions,
		context: IExecuteFunctions,
	): Promise<Outcome[]>;
}

/** By resource. The items were sorted by kind before. */
const SYNCS: Record<string, Sync> = {
	costCode: {
		kind: 'costCode',
		run: async (client, desired, options) =>
			await syncCostCodes(client, desired as DesiredCostCode[], options),
	},
	directCost: {
		kind: 'directCost',
		// A payable that bills a commitment may stand as a requisition.
		also: 'requisition',
		run: async (client, desired, options) =>
			await syncPayables(client, desired as Array<DesiredDirectCost | DesiredRequisition>, options),
	},
	standardCostCode: {
		kind: 'costCode',
		run: async (client, desired, options, context) => {
			const standardListId = requiredId(context, 'standardCostCodeList', 0);
			const codes = (desired as DesiredCostCode[]).map((one) => ({ ...one, standardListId }));
			return await syncCostCodes(client, codes, options);
		},
	},
	vendor: {
		kind: 'vendor',
		run: async (client, desired, options) =>
			await syncVendors(client, desired as DesiredVendor[], options),
	},
};

const NAMES: Record<string, string> = {
	vendor: 'vendors',
	costCode: 'cost codes',
	directCost: 'direct costs',
};

/** A wrongly wired workflow: everything after would be wrong, so it stops before writing. */
function notDesired(
	node: INode,
	json: IDataObject,
	kind: string,
	itemIndex: number,
): NodeOperationError {
	const found = kindOf(json);
	return new NodeOperationError(
		node,
		`Item ${itemIndex} cannot be synced: it is ${found && NAMES[found] ? `one of the ${NAMES[found]}` : 'nothing the GP to Procore node gives'}, not one of the ${NAMES[kind] ?? kind}`,
		{
			description:
				'Connect the "To Procore" output of a GP to Procore node, unchanged, or choose the matching resource here. Nothing was written.',
			itemIndex,
		},
	);
}
