import { addDays, DAY_MS, toRowStamp } from './calendar';
import type { SeededRandom } from './seeded-random';
import type { CompanyAccount, Job } from './types';

/** Account string: job or 000 - natural account - cost type or 00. */
const COST_TYPES: Readonly<Record<string, string>> = {
	'01': 'Labor',
	'02': 'Materials',
	'03': 'Subcontract',
	'04': 'Equipment',
};

/** Job cost accounts: natural account, name, cost types in use. The name is the same in every job. */
export const TRADES: ReadonlyArray<{ natural: string; name: string; costTypes: string[] }> = [
	{ natural: '5110', name: 'General conditions', costTypes: ['01', '02'] },
	{ natural: '5120', name: 'Site work', costTypes: ['03', '04'] },
	{ natural: '5130', name: 'Concrete', costTypes: ['02', '03'] },
	{ natural: '5140', name: 'Masonry', costTypes: ['03'] },
	{ natural: '5150', name: 'Structural steel', costTypes: ['02', '03'] },
	{ natural: '5160', name: 'Carpentry', costTypes: ['01', '02'] },
	{ natural: '5170', name: 'Roofing', costTypes: ['03'] },
	{ natural: '5210', name: 'Drywall', costTypes: ['02', '03'] },
	{ natural: '5310', name: 'Electrical', costTypes: ['03'] },
	{ natural: '5320', name: 'Plumbing', costTypes: ['03'] },
	{ natural: '5330', name: 'HVAC', costTypes: ['03'] },
	{ natural: '5390', name: 'Equipment rental', costTypes: ['04'] },
];

export const JOBS: readonly Job[] = [
	{ number: '100', name: 'Harborview Medical Offices' },
	{ number: '200', name: 'Lakeside Elementary School' },
	{ number: '300', name: 'Riverfront Parking Garage' },
	{ number: '400', name: 'Northgate Distribution Center' },
	{ number: '500', name: 'City Library Renovation' },
	{ number: '600', name: 'Piñon Ridge Apartments' },
	{ number: '700', name: 'Müller & Sons Brewery' },
	{ number: '800', name: 'Airport Terminal B Expansion (Phase 2)' },
];

/** Company-level accounts the payables distributions need by name. */
export const ACCOUNT = {
	cash: '000-1100-00',
	payables: '000-2100-00',
	retainagePayable: '000-2150-00',
	discountsAvailable: '000-2160-00',
	freightIn: '000-5900-00',
	salesTax: '000-5910-00',
	miscellaneous: '000-5920-00',
	tradeDiscounts: '000-5990-00',
	financeCharges: '000-6810-00',
	discountsTaken: '000-7100-00',
} as const;

const BALANCE_SHEET: ReadonlyArray<[string, string, string]> = [
	[ACCOUNT.cash, 'Cash - Operating account', 'Cash'],
	['000-1110-00', 'Cash - Payroll', 'Cash'],
	['000-1200-00', 'Contract receivables', 'Accounts Receivable'],
	['000-1250-00', 'Retainage receivable', 'Accounts Receivable'],
	['000-1300-00', 'Costs in excess of billings', 'Work in Process'],
	['000-1400-00', 'Prepaid insurance', 'Prepaid Expenses'],
	['000-1500-00', 'Construction equipment', 'Property, Plant and Equipment'],
	['000-1510-00', 'Trucks & autos', 'Property, Plant and Equipment'],
	['000-1590-00', 'Accumulated depreciation', 'Accumulated Depreciation'],
	[ACCOUNT.payables, 'Accounts payable', 'Accounts Payable'],
	[ACCOUNT.retainagePayable, 'Retainage payable', 'Accounts Payable'],
	[ACCOUNT.discountsAvailable, 'Purchase discounts available', 'Accounts Payable'],
	['000-2200-00', 'Billings in excess of costs', 'Other Current Liabilities'],
	['000-2300-00', 'Payroll taxes payable', 'Taxes Payable'],
	['000-2500-00', 'Notes payable, long-term', 'Long-Term Debt'],
];

export const OVERHEAD: ReadonlyArray<[string, string]> = [
	['000-6010-00', 'Office salaries'],
	['000-6100-00', 'Office rent'],
	['000-6110-00', 'Utilities'],
	['000-6120-00', 'Telephone & internet'],
	['000-6200-00', 'Office supplies'],
	['000-6300-00', 'Insurance, general liability'],
	['000-6310-00', "Workers' compensation"],
	['000-6400-00', 'Legal & accounting'],
	['000-6500-00', 'Vehicle expense (fuel, tires)'],
	['000-6600-00', 'Small tools'],
	['000-6700-00', 'Depreciation'],
	['000-6800-00', 'Bank charges'],
	[ACCOUNT.financeCharges, 'Vendor finance charges'],
];

const CHARGES: ReadonlyArray<[string, string]> = [
	[ACCOUNT.freightIn, 'Freight-in'],
	[ACCOUNT.salesTax, 'Sales tax on purchases'],
	[ACCOUNT.miscellaneous, 'Miscellaneous purchase charges'],
	[ACCOUNT.tradeDiscounts, 'Trade discounts'],
	[ACCOUNT.discountsTaken, 'Purchase discounts taken'],
];

/** About 220 accounts: every trade in every job and once at company level, balance sheet, overhead, units. */
export function generateAccounts(
	random: SeededRandom,
	baseDate: string,
	months: number,
): CompanyAccount[] {
	const accounts: CompanyAccount[] = [];
	const first = Date.parse(`${baseDate}T00:00:00Z`) - months * 30 * DAY_MS;
	// The chart was loaded in a few sittings, each leaving one stamp on many rows.
	const loads = Array.from(
		{ length: 6 },
		(_, n) => first + n * 9 * DAY_MS + random.integer(8, 17) * 3600_000,
	);
	const put = (
		account: string,
		description: string,
		category: string,
		over: Partial<CompanyAccount> = {},
	) => {
		const at = random.chance(0.9)
			? random.pick(loads)
			: first + random.integer(60, months * 30 - 2) * DAY_MS + random.integer(0, DAY_MS);
		accounts.push({
			index: accounts.length + 1,
			account,
			description,
			alias: '',
			category,
			type: 1,
			postingType: 1,
			typicalBalance: 0,
			active: true,
			created: addDays(baseDate, -months * 30 - 400),
			modified: toRowStamp(at),
			...over,
		});
	};
	for (const [account, description, category] of BALANCE_SHEET) {
		const credit = account.slice(4, 5) === '2' || account.slice(4, 8) === '1590';
		put(account, description, category, { postingType: 0, typicalBalance: credit ? 1 : 0 });
	}
	for (const job of ['000', ...JOBS.map((one) => one.number)]) {
		for (const trade of TRADES) {
			for (const costType of trade.costTypes) {
				put(
					`${job}-${trade.natural}-${costType}`,
					`${trade.name} - ${COST_TYPES[costType]}`,
					'Cost of Goods Sold',
					{
						alias: job === '000' ? '' : `J${job}${trade.natural.slice(1)}${costType}`,
						// A finished phase: closed for posting, still on old documents.
						active: !(job === '500' && trade.natural === '5140'),
					},
				);
			}
		}
	}
	for (const [account, description] of CHARGES) {
		const credit = account === ACCOUNT.tradeDiscounts || account === ACCOUNT.discountsTaken;
		put(account, description, 'Cost of Goods Sold', { typicalBalance: credit ? 1 : 0 });
	}
	for (const [account, description] of OVERHEAD)
		put(account, description, 'Administrative Expense');
	put('000-6990-00', 'Overhead allocation (by job)', 'Administrative Expense', { type: 3 });
	put('000-9100-00', 'Square feet under roof', 'Nonfinancial Accounts', { type: 2 });
	put('000-9110-00', 'Crew headcount', 'Nonfinancial Accounts', { type: 2 });
	put('000-9190-00', 'Headcount allocation', 'Nonfinancial Accounts', { type: 4 });
	put('000-6950-00', 'Suspense (do not use)', 'Administrative Expense', { active: false });
	return accounts;
}
