import { toFixed } from '../../../lib/model/money';
import type { DesiredCostCode, DesiredDirectCost, DesiredVendor } from '../../../lib/model/desired';
import { costCode, directCost, vendor } from './desired';

export interface Size {
	vendors: number;
	projectIds: string[];
	codesPerProject: number;
	invoices: number;
	linesPerInvoice: number;
}

/** A contractor's books as desired state, the same every time for the same size. */
export function companyOf(size: Size): {
	vendors: DesiredVendor[];
	codes: DesiredCostCode[];
	costs: DesiredDirectCost[];
} {
	const vendors = Array.from({ length: size.vendors }, (_, index) =>
		vendor(`V${String(index).padStart(5, '0')}`, {
			name: `Vendor ${index} ${['Concrete', 'Electric', 'Supply', 'Steel'][index % 4]}, Inc.`,
			address: `${index} Main Street`,
			city: 'Fargo',
			state_code: 'ND',
			country_code: 'US',
			zip: '58102',
			business_phone: `701555${String(index % 10_000).padStart(4, '0')}`,
		}),
	);
	const divisions = ['03', '05', '09', '16'];
	const codes = size.projectIds.flatMap((projectId) =>
		Array.from({ length: size.codesPerProject }, (_, index) => {
			const division = divisions[index % divisions.length];
			return costCode(String(100 + index), {
				projectId,
				parent: {
					code: division,
					name: `Division ${division}`,
					originId: `GP:TWO:D:${division}:P:${projectId}`,
				},
			});
		}),
	);
	const costs = Array.from({ length: size.invoices }, (_, index) => {
		const projectId = size.projectIds[index % size.projectIds.length];
		const amounts = Array.from({ length: size.linesPerInvoice }, (_, line) =>
			toFixed(`${((index * 7 + line * 131) % 90_000) + 1}e-2`),
		);
		const cost = directCost(String(index), amounts, {
			projectId,
			vendorOriginId: vendors[(index * 13) % size.vendors].originId,
		});
		cost.lines.forEach((line, number) => {
			const code = (index + number) % size.codesPerProject;
			line.costCode = `${divisions[code % divisions.length]}-${100 + code}`;
		});
		return cost;
	});
	return { vendors, codes, costs };
}
