import type { RowRequest } from '../../../../lib/gp/doors/rows/row-sets';
import { writeSql } from '../../../../lib/gp/doors/rows/ask-rows';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { toItem } from '../../../shared/item-kinds';

export const option: OperationOption = {
	name: 'Write SQL',
	value: 'writeSql',
	action: 'Turn a request for rows into SQL',
	description:
		'Turn what the Dynamics GP node asks for into one parameterised statement over the shipped views',
};

/** A request of the Dynamics GP node comes in; `query` and `parameters` for an SQL node go out. */
export const execute: BatchOperation = async function () {
	return [
		this.getInputData().map(({ json }, item) => {
			const request = json as unknown as RowRequest;
			return toItem({ request: request.request, ...writeSql(request) }, item);
		}),
	];
};
