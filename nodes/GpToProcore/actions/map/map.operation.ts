import type { INodeExecutionData } from 'n8n-workflow';

import { runStepsInTurns } from '../../../../lib/http/read-body';
import { recordIdentity } from '../../../../lib/model/keys';
import type { SourceReference } from '../../../../lib/model/desired';
import type { Checkpoint } from '../../../../lib/model/gp-changes';
import type { GpRecord } from '../../../../lib/model/gp-records';
import { mapRecords } from '../../../../lib/mapping/map-records';
import { compileRulesInSteps } from '../../../../lib/mapping/rules';
import { checkSettings } from '../../../../lib/mapping/settings-check';
import type { DeletedRecord, MappingResult } from '../../../../lib/mapping/types';
import { isBlank, isCheckpoint, isOutcome, kindOf, toItem } from '../../../shared/item-kinds';
import type { BatchOperation } from '../../../shared/operations';
import { markProblems } from '../../../shared/mark-problems';
import { notARecord } from './not-a-record';
import { readMappingInput } from './read-mapping-input';

export const execute: BatchOperation = async function () {
	const items = this.getInputData();
	const entity = this.getNodeParameter('resource', 0) as string;
	const records: GpRecord[] = [];
	const deleted: DeletedRecord[] = [];
	const itemOf = new Map<string, number>();
	const checkpoints: Array<{ checkpoint: Checkpoint; item: number }> = [];
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

/** Crosswalk rows to propose ride on the checkpoint, so that they are written with the batch. */
function withProposals(checkpoint: Checkpoint, { newJobs, newAccounts }: MappingResult) {
	return {
		...checkpoint,
		...(newJobs.length > 0 ? { newJobs } : {}),
		...(newAccounts.length > 0 ? { newAccounts } : {}),
	};
}

function identityOf({ company, entity, key }: Pick<SourceReference, 'company' | 'entity' | 'key'>) {
	return recordIdentity({ company, entity, key });
}
