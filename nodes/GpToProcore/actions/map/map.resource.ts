import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { runStepsInTurns } from '../../../../lib/http/read-body';
import { mapRecords } from '../../../../lib/mapping/map-records';
import { previewer } from '../../../../lib/mapping/preview';
import { compileRulesInSteps } from '../../../../lib/mapping/rules';
import { checkSettings } from '../../../../lib/mapping/settings-check';
import type { DeletedRecord, MappingResult } from '../../../../lib/mapping/types';
import type { SourceReference } from '../../../../lib/model/desired';
import type { CheckpointItem } from '../../../../lib/model/gp-changes';
import type { GpPayable, GpRecord } from '../../../../lib/model/gp-records';
import { recordIdentity } from '../../../../lib/model/keys';
import { type Entity, isEntity, STREAMS } from '../../../../lib/streams/streams';
import { isBlank, isCheckpoint, isOutcome, kindOf, toItem } from '../../../shared/item-kinds';
import { markProblems } from '../../../shared/tell';
import {
	type BatchOperation,
	type Operation,
	type Resource,
	resource,
} from '../../../shared/operations';
import { crosswalkDescription } from '../../descriptions/crosswalk.description';
import { mappingSettingsV1 } from '../../descriptions/mapping-settings-v1.description';
import { mappingSettingsV2 } from '../../descriptions/places.description';
import { readMappingInput } from './read-mapping-input';

const mapItems: BatchOperation = async function () {
	const items = this.getInputData();
	const entity = this.getNodeParameter('resource', 0) as string;
	const records: GpRecord[] = [];
	const deleted: DeletedRecord[] = [];
	const itemOf = new Map<string, number>();
	const checkpoints: Array<{ checkpoint: CheckpointItem; item: number }> = [];
	const notSent: INodeExecutionData[] = [];
	items.forEach(({ json }, item) => {
		if (isBlank(json)) return;
		if (isCheckpoint(json)) checkpoints.push({ checkpoint: json, item });
		else if (kindOf(json) === 'deleted' && json.entity === entity) {
			deleted.push(json as unknown as DeletedRecord);
			itemOf.set(identityOf(json as unknown as DeletedRecord), item);
		} else if (isOutcome(json)) notSent.push(toItem(json, item));
		else if (kindOf(json) === entity) {
			const record = json as unknown as GpRecord;
			records.push(record);
			itemOf.set(
				identityOf({ company: record.company, entity: record.kind, key: record.key }),
				item,
			);
		} else throw notARecord(this.getNode(), json, entity, item);
	});
	const input = readMappingInput(this);
	await runStepsInTurns(compileRulesInSteps(input.settings.rules ?? []));
	markProblems(this, checkSettings(input.settings).problems);
	const result = mapRecords({ records, deleted, ...input });
	const item = (source: SourceReference) => itemOf.get(identityOf(source)) ?? 0;
	return [
		[
			...result.desired.map((desired) => toItem(desired, item(desired.source))),
			...checkpoints.map(({ checkpoint, item: at }, index) =>
				toItem(index === 0 ? withProposals(checkpoint, result) : checkpoint, at),
			),
		],
		[...result.notSent.map((outcome) => toItem(outcome, item(outcome.source))), ...notSent],
	];
};

/** One item per cost line: where it would go, and which rule decided. Nothing is sent. */
const previewItems: BatchOperation = async function () {
	const input = readMappingInput(this);
	await runStepsInTurns(compileRulesInSteps(input.settings.rules ?? []));
	markProblems(this, checkSettings(input.settings).problems);
	const preview = previewer(input);
	const lines = this.getInputData().flatMap(({ json }, item) => {
		if (isBlank(json) || isCheckpoint(json) || isOutcome(json)) return [];
		if (kindOf(json) !== 'payable') throw notARecord(this.getNode(), json, 'payable', item);
		return preview(json as unknown as GpPayable).map((line) => toItem(line, item));
	});
	return [lines];
};

const mapped = (action: string, description: string): Operation => ({
	option: { name: 'Map', value: 'map', action, description },
	outputs: ['To Procore', 'Not Sent'],
	execute: mapItems,
});

/** Each stream by itself: vendors, GL accounts, payables. */
export const mapResources = {
	account: resource('account', 'map', [
		mapped(
			'Map GL accounts to cost codes',
			'Turn GL accounts of GP into cost codes as they should stand in Procore',
		),
	]),
	payable: resource('payable', 'map', [
		mapped(
			'Map payables invoices to direct costs',
			'Turn payables invoices of GP into direct costs as they should stand in Procore',
		),
		{
			option: {
				name: 'Preview',
				value: 'preview',
				action: 'Preview how payables invoices are mapped',
				description: 'Show for each cost line where it would go and which rule decided',
			},
			execute: previewItems,
		},
	]),
	vendor: resource('vendor', 'map', [
		mapped('Map vendors', 'Turn vendors of GP into vendors as they should stand in Procore'),
	]),
} satisfies Record<Entity, Resource>;

/** What they have in common; each field says itself for which it is shown. */
export const mapFieldsV1 = [...crosswalkDescription, ...mappingSettingsV1];
export const mapFieldsV2 = [...crosswalkDescription, ...mappingSettingsV2];

/** Crosswalk rows to propose ride on the checkpoint, so that they are written with the batch. */
function withProposals(checkpoint: CheckpointItem, { newJobs, newAccounts }: MappingResult) {
	return {
		...checkpoint,
		...(newJobs.length > 0 ? { newJobs } : {}),
		...(newAccounts.length > 0 ? { newAccounts } : {}),
	};
}

function identityOf({ company, entity, key }: Pick<SourceReference, 'company' | 'entity' | 'key'>) {
	return recordIdentity({ company, entity, key });
}

/** "payables invoice" for `payable`; undefined for anything else. */
const nameOf = (kind: string) =>
	isEntity(kind) ? STREAMS[kind].a.replace(/^an? /, '') : undefined;

/** A wrongly wired workflow: everything after would be wrong, so it stops. */
function notARecord(
	node: INode,
	json: IDataObject,
	entity: string,
	itemIndex: number,
): NodeOperationError {
	const kind = kindOf(json);
	const what = kind && nameOf(kind) ? `a ${nameOf(kind)}` : 'no record of the Dynamics GP node';
	return new NodeOperationError(
		node,
		`Item ${itemIndex} is ${what}; this node maps ${nameOf(entity) ?? entity} records`,
		{
			description:
				'Connect the output of a Dynamics GP node of the same resource, unchanged, or choose the matching resource here.',
			itemIndex,
		},
	);
}
