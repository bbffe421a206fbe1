import { runStepsInTurns } from '../../../../lib/http/read-body';
import type { GpPayable } from '../../../../lib/model/gp-records';
import { previewer } from '../../../../lib/mapping/preview';
import { compileRulesInSteps } from '../../../../lib/mapping/rules';
import { checkSettings } from '../../../../lib/mapping/settings-check';
import { isBlank, isCheckpoint, isOutcome, kindOf, toItem } from '../../../shared/item-kinds';
import type { BatchOperation } from '../../../shared/operations';
import { markProblems } from '../../../shared/mark-problems';
import { notARecord } from './not-a-record';
import { readMappingInput } from './read-mapping-input';

/** One item per cost line: where it would go, and which rule decided. Nothing is sent. */
export const execute: BatchOperation = async function () {
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
