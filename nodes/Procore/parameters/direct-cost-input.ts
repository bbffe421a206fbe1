import type { IExecuteFunctions } from 'n8n-workflow';

import { toWireId } from '../../../lib/procore/wire';
import type { DirectCostInput } from '../../../lib/procore/resources/direct-costs';
import { calendarDay } from './dates';
import { procoreFields } from './given';
import { checkedId } from './locator-value';

/** Direct cost fields of a collection, as Procore wants them; dates checked. */
export function directCostInput(
	context: IExecuteFunctions,
	collection: 'additionalFields' | 'updateFields',
	itemIndex: number,
): DirectCostInput {
	const { vendor, employeeId, directCostDate, receivedDate, paymentDate, ...fields } =
		context.getNodeParameter(collection, itemIndex, {});
	const zone = context.getTimezone();
	const vendorId = checkedId(context, 'Vendor', vendor, itemIndex);
	const employee = checkedId(context, 'Employee', employeeId, itemIndex);
	return {
		...procoreFields({
			...fields,
			directCostDate: calendarDay('Date', directCostDate, zone),
			receivedDate: calendarDay('Received On', receivedDate, zone),
			paymentDate: calendarDay('Paid On', paymentDate, zone),
		}),
		...(vendorId ? { vendor_id: toWireId(vendorId) } : {}),
		...(employee ? { employee_id: toWireId(employee) } : {}),
	};
}
