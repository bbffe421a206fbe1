/** What stands in Procore before the first sync. Everything has a default; pass [] for nothing. */
export interface SeedOptions {
	company?: { id: number; name: string };
	projects?: Array<{ number: string; name: string; active?: boolean; originId?: string }>;
	/** Vendors entered by hand, so without origin id unless given. Any writable vendor field. */
	vendors?: Array<Record<string, unknown> & { name: string }>;
	/** Project cost codes entered by hand. */
	costCodes?: Array<{
		project: string;
		code: string;
		name: string;
		parent?: string;
		originId?: string;
	}>;
	costTypes?: Array<{ code: string; name: string; baseType: string }>;
	/** Direct costs entered by hand. */
	directCosts?: Array<{
		project: string;
		vendor: string;
		invoiceNumber: string;
		date: string;
		description: string;
		lines: Array<{ costCode: string; costType: string; amount: number; description: string }>;
	}>;
	commitments?: Array<{
		project: string;
		kind: 'work_order_contract' | 'purchase_order_contract';
		number: string;
		title: string;
		vendor: string;
		status?: string;
		lines: Array<{ costCode: string; costType: string; amount: string; description: string }>;
	}>;
}

/** The company above 32 bits, as Procore's newer companies are. */
export const defaultCompany = { id: 562949953442334, name: 'Fabrikam Construction' };

/** Projects carry the numbers and names of GP's jobs; job 800 has no project yet. */
export const defaultProjects: NonNullable<SeedOptions['projects']> = [
	{ number: '100', name: 'Harborview Medical Offices' },
	{ number: '200', name: 'Lakeside Elementary School' },
	{ number: '300', name: 'Riverfront Parking Garage' },
	{ number: '400', name: 'Northgate Distribution Center' },
	{ number: '500', name: 'City Library Renovation' },
	{ number: '600', name: 'Piñon Ridge Apartments' },
	{ number: '700', name: 'Müller & Sons Brewery' },
];

export const defaultCostTypes: NonNullable<SeedOptions['costTypes']> = [
	{ code: 'L', name: 'Labor', baseType: 'labor' },
	{ code: 'M', name: 'Materials', baseType: 'materials' },
	{ code: 'S', name: 'Commitment', baseType: 'commitment' },
	{ code: 'E', name: 'Equipment', baseType: 'equipment' },
	{ code: 'O', name: 'Other', baseType: 'other' },
	{ code: 'OC', name: 'Owner Cost', baseType: 'owner_cost' },
	{ code: 'SVC', name: 'Professional Services', baseType: 'professional_services' },
];

/**
 * Companies somebody typed in earlier, without origin id: four under the very name GP has, two
 * written differently, one that GP does not know.
 */
export const defaultVendors: NonNullable<SeedOptions['vendors']> = [
	{ name: 'Núñez Roofing & Sheet Metal', city: 'Houston', state_code: 'TX', country_code: 'US' },
	{ name: 'Über Drywall Systems', city: 'Fargo', state_code: 'ND', country_code: 'US' },
	{ name: 'Plumb-Rite / Pipe+Fittings #2', city: 'Omaha', state_code: 'NE', country_code: 'US' },
	{ name: 'A & B Electrical (Division of Litware, Inc.)', business_phone: '7015550142' },
	{ name: 'MULLER HVAC GMBH (TEXAS)', city: 'Austin', state_code: 'TX', country_code: 'US' },
	{ name: 'Smith Jones and Partners', city: 'Denver', state_code: 'CO', country_code: 'US' },
	{ name: 'Relecloud Surveying', city: 'Bismarck', state_code: 'ND', country_code: 'US' },
];

/** Codes a project manager had set up before; the natural account of GP is the code. */
export const defaultCostCodes: NonNullable<SeedOptions['costCodes']> = [
	{ project: '100', code: '5110', name: 'General conditions' },
	{ project: '100', code: '5130', name: 'Concrete' },
	{ project: '100', code: '5210', name: 'Drywall and interiors' },
	{ project: '200', code: '5110', name: 'General requirements' },
	{ project: '200', code: '5310', name: 'Electrical' },
];

export const defaultCommitments: NonNullable<SeedOptions['commitments']> = [
	{
		project: '100',
		kind: 'work_order_contract',
		number: 'SC-100-001',
		title: 'Interior partitions',
		vendor: 'Über Drywall Systems',
		lines: [
			{ costCode: '5210', costType: 'S', amount: '84000.0', description: 'Framing and board' },
			{ costCode: '5210', costType: 'S', amount: '36500.0', description: 'Taping and finish' },
		],
	},
	{
		project: '200',
		kind: 'purchase_order_contract',
		number: 'PO-200-001',
		title: 'Switchgear',
		vendor: 'A & B Electrical (Division of Litware, Inc.)',
		lines: [
			{ costCode: '5310', costType: 'M', amount: '41250.0', description: 'Main switchboard' },
		],
	},
];

export const taxCodes: Array<[string, string, number]> = [
	['ILST', 'Illinois state sales tax', 6.25],
	['CHI', 'Chicago sales tax', 10.25],
];

export const standardDivisions: Array<[string, string, Array<[string, string]>]> = [
	[
		'01',
		'General Requirements',
		[
			['010', 'Supervision'],
			['500', 'Temporary Facilities'],
		],
	],
	[
		'03',
		'Concrete',
		[
			['100', 'Formwork'],
			['300', 'Cast-in-Place Concrete'],
		],
	],
	['05', 'Metals', [['120', 'Structural Steel']]],
];
