import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ProcoreInputError } from '../../../lib/procore/errors/procore-errors';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import type { DirectCostInput, NestedLine } from '../../../lib/procore/resources/direct-costs';
import { type CodeAndType, wbsCodeIdsOf } from '../../../lib/procore/resources/wbs-codes';
import { type ProcoreId, toWireId } from '../../../lib/procore/wire';
import { wireAmount, calendarDay } from './values';
import { given, procoreFields, checkedId, textField } from './read-parameters';

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

/** What Procore takes in one call. */
const MOST_LINES = 100;

/**
 * The lines typed in the node, as Procore nests them in a direct cost. It wants budget codes there:
 * those of cost codes and cost types are looked up, two calls for all lines together.
 */
export async function nestedLines(
	context: IExecuteFunctions,
	client: ProcoreClient,
	projectId: ProcoreId,
	itemIndex: number,
): Promise<NestedLine[]> {
	const rows = context.getNodeParameter('lines.line', itemIndex, []) as IDataObject[];
	if (rows.length > MOST_LINES) {
		throw new ProcoreInputError(`The direct cost has ${rows.length} lines`, {
			remedy: `Procore takes ${MOST_LINES} at once: create it with the first ${MOST_LINES} and add the others with Update.`,
		});
	}
	const read = rows.map((row, index) => lineOf(context, row, `Line ${index + 1}`, itemIndex));
	const pairs = read.flatMap(({ pair }) => pair ?? []);
	const ids = pairs.length > 0 ? await wbsCodeIdsOf(client, projectId, pairs) : [];
	return read.map(({ line, pair }) =>
		pair ? { ...line, wbs_code_id: toWireId(ids[pairs.indexOf(pair)]) } : line,
	);
}

function lineOf(
	context: IExecuteFunctions,
	row: IDataObject,
	title: string,
	itemIndex: number,
): { line: NestedLine; pair?: CodeAndType } {
	const id = (name: string, of: string) =>
		checkedId(context, `${title}: ${of}`, row[name], itemIndex);
	const lineId = id('id', 'Line');
	const [wbsCodeId, costCodeId, costTypeId, taxCodeId] = [
		id('wbsCode', 'WBS Code'),
		id('costCode', 'Cost Code'),
		id('costType', 'Cost Type'),
		id('taxCode', 'Tax Code'),
	];
	const amount = wireAmount(`${title}: Amount`, row.amount);
	const quantity = wireAmount(`${title}: Quantity`, row.quantity, 6);
	const unitCost = wireAmount(`${title}: Unit Cost`, row.unitCost, 6);
	const refuse = (what: string, remedy: string) => {
		throw new ProcoreInputError(`${title} of the direct cost ${what}`, { remedy });
	};
	if (!lineId && amount === undefined && (quantity === undefined || unitCost === undefined)) {
		refuse('has no amount', 'Give its amount, or quantity and unit cost.');
	}
	if (!wbsCodeId && Boolean(costCodeId) !== Boolean(costTypeId)) {
		refuse(
			`has a ${costCodeId ? 'cost code but no cost type' : 'cost type but no cost code'}`,
			'Procore books a cost on both together: choose the missing one as well.',
		);
	}
	if (!wbsCodeId && !costCodeId && !lineId) {
		refuse('says nowhere where the cost belongs', 'Choose its cost code and cost type.');
	}
	const line: NestedLine = {
		...given({
			manual_amount: amount,
			quantity,
			unit_cost: unitCost,
			description: textField(`${title}: Description`, row.description),
			uom: textField(`${title}: Unit of Measure`, row.uom),
			origin_id: textField(`${title}: Origin ID`, row.originId),
		}),
		...(lineId ? { id: toWireId(lineId) } : {}),
		...(wbsCodeId ? { wbs_code_id: toWireId(wbsCodeId) } : {}),
		...(taxCodeId ? { tax_code_id: toWireId(taxCodeId) } : {}),
	};
	return costCodeId && costTypeId && !wbsCodeId
		? { line, pair: { costCodeId, costTypeId } }
		: { line };
}
