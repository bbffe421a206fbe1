import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ProcoreInputError } from '../../../lib/procore/errors/procore-errors';
import { toWireId } from '../../../lib/procore/wire';
import type {
	RequisitionFields,
	RequisitionItem,
} from '../../../lib/procore/resources/commitments';
import { amountText, calendarDay } from './values';
import { procoreFields, checkedId } from './read-parameters';

const DATES: Record<string, string> = {
	billingDate: 'Billing Date',
	paymentDate: 'Paid On',
	requisitionEnd: 'Period End',
	requisitionStart: 'Period Start',
	submittedAt: 'Submitted On',
};

const AMOUNTS: Record<string, string> = {
	materialsPresentlyStored: 'Materials Stored',
	workCompletedRetainageReleasedThisPeriod: 'Retainage Released',
	workCompletedRetainageRetainedThisPeriod: 'Retainage Retained',
	workCompletedThisPeriod: 'Work Completed',
};

/** Fields and lines of a subcontractor invoice, as Procore wants them: dates checked, amounts as exact text. */
export function requisitionInput(
	context: IExecuteFunctions,
	collection: 'additionalFields' | 'updateFields',
	itemIndex: number,
): RequisitionFields {
	const { billingPeriod, ...fields } = context.getNodeParameter(collection, itemIndex, {});
	const zone = context.getTimezone();
	const dates = Object.fromEntries(
		Object.entries(DATES).map(([name, title]) => [name, calendarDay(title, fields[name], zone)]),
	);
	const periodId = checkedId(context, 'Billing Period', billingPeriod, itemIndex);
	const items = itemsOf(context, itemIndex);
	return {
		...procoreFields({ ...fields, ...dates }),
		...(periodId ? { period_id: toWireId(periodId) } : {}),
		...(items.length > 0 ? { items } : {}),
	};
}

function itemsOf(context: IExecuteFunctions, itemIndex: number): RequisitionItem[] {
	const rows = context.getNodeParameter('lines.line', itemIndex, []) as IDataObject[];
	return rows.map((row, index): RequisitionItem => {
		const title = `Line ${index + 1}`;
		const lineId = checkedId(context, `${title}: Commitment Line`, row.lineItem, itemIndex);
		if (!lineId) {
			throw new ProcoreInputError(`${title} of the requisition names no commitment line`, {
				remedy: "Give its 'Commitment Line ID'; Get Lines of Commitment lists them.",
			});
		}
		const amounts = Object.fromEntries(
			Object.entries(AMOUNTS).map(([name, label]) => [
				name,
				amountText(`${title}: ${label}`, row[name]),
			]),
		);
		return {
			line_item_id: toWireId(lineId),
			item_type: 'contract_item',
			...procoreFields({ ...amounts, comment: row.comment }),
		};
	});
}
