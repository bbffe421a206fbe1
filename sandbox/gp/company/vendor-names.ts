/** Vendors whose names are hard on a reader: accents, ampersands, quotes, commas, parentheses. */
export const SPECIAL_VENDORS: ReadonlyArray<{ name: string; trade: string }> = [
	{ name: 'Peña & Ibáñez Masonry, S.A.', trade: 'Masonry' },
	{ name: 'Müller HVAC GmbH (Texas)', trade: 'HVAC' },
	{ name: `O'Neill "Quick-Mix" Concrete, Inc.`, trade: 'Concrete' },
	{ name: 'A & B Electrical (Division of Litware, Inc.)', trade: 'Electrical' },
	{ name: 'Núñez Roofing & Sheet Metal', trade: 'Roofing' },
	{ name: 'Smith, Jones & Partners, Ltd.', trade: 'Site work' },
	{ name: 'Über Drywall Systems', trade: 'Drywall' },
	{ name: 'Compañía de Acero, S. de R.L.', trade: 'Structural steel' },
	{ name: 'Plumb-Rite / Pipe+Fittings #2', trade: 'Plumbing' },
	{ name: 'Adventure Works <Rentals>', trade: 'Equipment rental' },
	{ name: '5% Club Carpentry; Trim & Finish', trade: 'Carpentry' },
	{ name: 'Contoso, Ltd.', trade: 'General conditions' },
	{ name: 'CONTOSO LTD', trade: 'General conditions' },
	{ name: 'Wide World Importers, LLC (formerly Wingtip Toys Incorporated of ND)', trade: 'Site work' },
];

export const NAME_HEADS = [
	'Ace', 'Alpine', 'Anchor', 'Bayside', 'Big Sky', 'Blue Ridge', 'Cascade', 'Central', 'Coastal', 'Crown',
	'Delta', 'Eagle', 'Evergreen', 'Fargo', 'First Street', 'Frontier', 'Gateway', 'Granite', 'Great Plains',
	'Heartland', 'Highland', 'Ironwood', 'Keystone', 'Lakeshore', 'Liberty', 'Lone Star', 'Metro', 'Midwest',
	'Northern', 'Oak Hill', 'Pacific', 'Pinnacle', 'Prairie', 'Red River', 'Ridgeline', 'Rocky Mountain',
	'Sierra', 'Southside', 'Summit', 'Sunrise', 'Three Rivers', 'Tri-State', 'United', 'Valley', 'West End',
] as const;

export const TRADE_WORDS: Readonly<Record<string, readonly string[]>> = {
	'General conditions': ['Site Services', 'Builders Supply', 'Safety Supply'],
	'Site work': ['Excavating', 'Grading & Paving', 'Sitework'],
	Concrete: ['Ready Mix', 'Concrete', 'Concrete Pumping'],
	Masonry: ['Masonry', 'Brick & Stone'],
	'Structural steel': ['Steel Erectors', 'Steel Fabricators', 'Iron Works'],
	Carpentry: ['Lumber', 'Carpentry', 'Millwork'],
	Roofing: ['Roofing', 'Roofing & Waterproofing'],
	Drywall: ['Drywall', 'Interiors'],
	Electrical: ['Electric', 'Electrical Contractors'],
	Plumbing: ['Plumbing', 'Mechanical & Plumbing'],
	HVAC: ['Heating & Cooling', 'HVAC', 'Sheet Metal'],
	'Equipment rental': ['Equipment Rental', 'Crane Service', 'Scaffolding'],
};

export const NAME_TAILS = ['', '', ', Inc.', ' Inc', ', LLC', ' LLC', ' Co.', ' Company', ', Ltd.', ' Corp.'] as const;

export const CITIES: ReadonlyArray<[city: string, state: string, zip: string]> = [
	['Fargo', 'ND', '58103'], ['Bismarck', 'ND', '58501'], ['Moorhead', 'MN', '56560'], ['Saint Cloud', 'MN', '56301'],
	['Minneapolis', 'MN', '55401'], ['Sioux Falls', 'SD', '57104'], ['Cañon City', 'CO', '81212'],
	['Denver', 'CO', '80202-1234'], ['Omaha', 'NE', '68102'], ['Des Moines', 'IA', '50309'], ['Chicago', 'IL', '60601'],
	["Coeur d'Alene", 'ID', '83814'], ['Peoria', 'IL', '61602'], ['Houston', 'TX', '77002'], ['Austin', 'TX', '78701'],
];

export const STREETS = ['Industrial Blvd', 'Main St', 'County Road 12', 'Commerce Pkwy', 'Railroad Ave', 'Elm St, Suite 4', 'Hwy 10 W'] as const;
