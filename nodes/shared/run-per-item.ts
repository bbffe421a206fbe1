import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ConnectorError } from '../../lib/model/connector-error';
import { toNodeError } from './to-node-error';

/**
 * Runs one operation for each input item. With *Continue On Fail* a failed item goes on carrying
 * its own fields, what happened and what to do. A login that was refused once is not tried again
 * for the other items: repeating a wrong password locks accounts.
 */
export async function runPerItem(
	this: IExecuteFunctions,
	operation: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	const inputs = this.getInputData();
	let refused: ConnectorError | undefined;
	for (let itemIndex = 0; itemIndex < inputs.length; itemIndex++) {
		try {
			if (refused) throw toNodeError(this.getNode(), refused, itemIndex);
			for (const result of await operation(itemIndex)) {
				results.push({ ...result, pairedItem: { item: itemIndex } });
			}
		} catch (error) {
			if (isRefusedLogin(error)) refused = error;
			const nodeError = toNodeError(this.getNode(), error, itemIndex);
			if (!this.continueOnFail()) throw nodeError;
			const failure = { error: nodeError.message, details: nodeError.description ?? '' };
			// Of an item that goes to the error output n8n itself adds the incoming fields, and only
			// when there are no others; on the regular output it adds none.
			const fields = this.getNode().onError === 'continueErrorOutput' ? {} : inputs[itemIndex].json;
			results.push({ json: { ...fields, ...failure }, pairedItem: { item: itemIndex } });
		}
	}
	return results;
}

function isRefusedLogin(error: unknown): error is ConnectorError {
	if (!(error instanceof ConnectorError) || error.scope !== 'configuration') return false;
	return error.details.httpStatus === 401 || error.details.httpStatus === 403;
}
