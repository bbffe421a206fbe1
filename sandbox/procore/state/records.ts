/** What the stand-in stores. Names are Procore's; money is decimal text; dates are YYYY-MM-DD. */

interface Stored {
	id: number;
	created_at: string;
	updated_at: string;
}

interface Owned extends Stored {
	origin_id: string | null;
	origin_data: string | null;
}

export interface Project extends Owned {
	name: string;
	project_number: string;
	active: boolean;
	origin_code: string | null;
	city: string | null;
	state_code: string | null;
	/** Ids of the company vendors in this project's directory. */
	vendor_ids: number[];
}

export interface Vendor extends Owned {
	name: string;
	is_active: boolean;
	origin_code: string | null;
	parent_id: number | null;
	business_register: { id: number; type: 'abn' | 'ein'; identifier: string } | null;
	/** The remaining writable fields (address, business_phone, ...), as they were sent. */
	details: Record<string, unknown>;
}

export interface CostCode extends Owned {
	project_id: number;
	code: string;
	name: string;
	parent_id: number | null;
	position: number;
	standard_cost_code_id: number | null;
	active: boolean;
}

export interface StandardCostCodeList extends Stored {
	name: string;
	is_erp_list: boolean;
}

export interface StandardCostCode extends Owned {
	standard_cost_code_list_id: number;
	code: string;
	name: string;
	parent_id: number | null;
}

export interface LineItemType extends Owned {
	name: string;
	code: string;
	base_type: string;
}

export interface TaxCode extends Owned {
	code: string;
	description: string;
	rate1: number;
	archived: boolean;
}

export interface WbsCode extends Stored {
	project_id: number;
	cost_code_id: number;
	line_item_type_id: number;
	description: string;
	status: 'active' | 'inactive';
}

export interface DirectCost extends Owned {
	project_id: number;
	direct_cost_type: string;
	invoice_number: string | null;
	vendor_id: number | null;
	status: string;
	direct_cost_date: string | null;
	received_date: string | null;
	payment_date: string | null;
	terms: string | null;
	description: string | null;
	employee_id: number | null;
	currency_iso_code: string | null;
	currency_exchange_rate: number | null;
	deleted_at: string | null;
	/** Kept up to date by every change of a line. */
	grand_total: string;
	line_items_count: number;
}

export interface DirectCostLine extends Owned {
	project_id: number;
	direct_cost_id: number;
	wbs_code_id: number;
	amount: string;
	extended_type: 'manual' | 'calculated';
	quantity: string | null;
	unit_cost: string | null;
	uom: string | null;
	description: string | null;
	tax_code_id: number | null;
	position: number;
}

export interface Commitment extends Owned {
	kind: 'work_order_contract' | 'purchase_order_contract';
	project_id: number;
	number: string;
	title: string;
	vendor_id: number;
	status: string;
	origin_code: string | null;
	requisitions_are_enabled: boolean;
}

export interface CommitmentLine extends Owned {
	commitment_id: number;
	cost_code_id: number;
	line_item_type_id: number;
	amount: string;
	description: string;
	position: number;
}

export interface BillingPeriod extends Stored {
	project_id: number;
	start_date: string;
	end_date: string;
	due_date: string;
	status: 'open' | 'closed';
	position: number;
}

export interface Requisition extends Owned {
	project_id: number;
	commitment_id: number;
	period_id: number | null;
	number: number;
	invoice_number: string | null;
	status: string;
	billing_date: string | null;
	requisition_start: string | null;
	requisition_end: string | null;
	payment_date: string | null;
	submitted_at: string | null;
	final: boolean;
	items: Array<Record<string, unknown> & { id: number }>;
}

/** A token pair. Only digests are stored. */
export interface TokenPair extends Stored {
	client_id: string;
	grant: 'client_credentials' | 'authorization_code';
	access_digest: string;
	refresh_digest: string | null;
	expires_at: number;
	refresh_used: boolean;
	revoked: boolean;
}

export interface Tables {
	projects: Project;
	vendors: Vendor;
	costCodes: CostCode;
	standardCostCodeLists: StandardCostCodeList;
	standardCostCodes: StandardCostCode;
	lineItemTypes: LineItemType;
	taxCodes: TaxCode;
	wbsCodes: WbsCode;
	directCosts: DirectCost;
	directCostLines: DirectCostLine;
	commitments: Commitment;
	commitmentLines: CommitmentLine;
	billingPeriods: BillingPeriod;
	requisitions: Requisition;
	tokens: TokenPair;
}

export type TableName = keyof Tables;
