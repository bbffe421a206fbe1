import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	GpRowSourceFailed,
	GpRowSourceNotCallable,
	GpRowSourceTooSlow,
} from '../../../lib/gp/errors/other-doors';
import type { RowRequest, RowSource } from '../../../lib/gp/doors/rows/row-sets';
import { unlessAborted } from '../../../lib/http/request-rules';
import { messageOf } from '../../../lib/model/foreign-text';
import { toItem } from '../../shared/item-kinds';
import { heardFault } from '../../shared/to-node-error';

/**
 * Rows of another workflow: calls it as *Execute Sub-workflow* does, with one item that says what is
 * wanted. While somebody tries a workflow in the editor its draft is called, otherwise the published one.
 */
export function workflowRows(
	context: IExecuteFunctions,
	workflow: string,
	timeoutMs: number,
): RowSource {
	return async (request, signal) => {
		const where = { address: `workflow ${workflow}` };
		const deadline = AbortSignal.timeout(timeoutMs);
		const ends = AbortSignal.any(signal ? [deadline, signal] : [deadline]);
		return await unlessAborted(call(context, workflow, request), ends).catch((error: unknown) =>
			Promise.reject(
				error === deadline.reason ? new GpRowSourceTooSlow(where, workflow, timeoutMs) : error,
			),
		);
	};
}

async function call(
	context: IExecuteFunctions,
	workflow: string,
	request: RowRequest,
): Promise<unknown[]> {
	let answer: { data?: Array<INodeExecutionData[] | null> | null } | undefined;
	try {
		answer = await context.executeWorkflow({ id: workflow }, [toItem(request)], undefined, {
			executionMode: context.getMode(),
			parentExecution: {
				executionId: context.getExecutionId(),
				workflowId: context.getWorkflow().id ?? '',
			},
		});
	} catch (error) {
		throw failure(error, workflow);
	}
	// Only the first output of the last node: others are for faults.
	const [items] = answer?.data ?? [];
	return (items ?? []).map(({ json }) => json);
}

/** n8n's own words are all there is to tell a workflow that may not be called from one that failed. */
function failure(error: unknown, workflow: string): Error {
	const { message = String(error), description } = (error ?? {}) as {
		message?: string;
		description?: string | null;
	};
	if (/workflow is not active/i.test(message))
		return new GpRowSourceNotCallable(
			`the workflow ${workflow} is not published`,
			'Open it in n8n and press "Publish".',
		);
	if (/workflow does not exist|could not find workflow/i.test(message))
		return new GpRowSourceNotCallable(
			`there is no workflow ${workflow} in this n8n`,
			'Copy the ID from the address of that workflow in the browser into the "Dynamics GP API" credential.',
		);
	const told = heardFault(message);
	const said = [told.message, told.remedy || description].filter(Boolean).join(' ');
	return new GpRowSourceFailed({ serverMessage: messageOf(said) }, workflow);
}
