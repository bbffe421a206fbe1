import type { IExecuteFunctions } from 'n8n-workflow';

/** The fields people look for; everything else stands in the raw answer. Absent ones stay absent. */
const FIELDS = {
	commitment:
		'id number title status vendor grand_total requisitions_are_enabled origin_id origin_code origin_data kind created_at updated_at',
	costCode:
		'id code full_code name parent budgeted standard_cost_code_id origin_id origin_data created_at updated_at',
	directCost:
		'id direct_cost_type invoice_number status vendor_id vendor_name vendor direct_cost_date received_date payment_date terms description amount grand_total line_items_count line_items origin_id origin_data created_at updated_at',
	project:
		'id name display_name project_number accounting_project_number active stage address city state_code zip country_code start_date completion_date total_value origin_id origin_data origin_code created_at updated_at',
	requisition:
		'id number invoice_number status commitment_id contract_name vendor_id vendor_name period_id billing_date requisition_start requisition_end payment_date submitted_at final total_claimed_amount percent_complete items origin_id origin_data created_at updated_at',
	vendor:
		'id name abbreviated_name trade_name is_active address city state_code zip country_code business_phone mobile_phone fax_number email_address website license_number notes parent origin_id origin_code origin_data project_ids synced_to_erp created_at updated_at',
};

export type Simplified = keyof typeof FIELDS;

/** Leaves the fields most people need of each row, when *Simplify* is on. */
export function simplified(
	context: IExecuteFunctions,
	itemIndex: number,
	what: Simplified,
	rows: unknown[],
): unknown[] {
	if (!context.getNodeParameter('simplify', itemIndex, true)) return rows;
	const names = FIELDS[what].split(' ');
	return rows.map((row) =>
		typeof row === 'object' && row !== null
			? Object.fromEntries(
					names.flatMap((name) => (name in row ? [[name, row[name as keyof typeof row]]] : [])),
				)
			: row,
	);
}
