import { requiredId, type Route } from '../http/call';
import { keep, page } from '../http/list';
import type { TaxCode } from '../state/records';
import { unitsOfMeasure } from './direct-cost-lines';
import { projectOf } from './projects';

function showTaxCode(code: TaxCode) {
	const { id, description, rate1, archived, origin_id, origin_data } = code;
	const shared = { id, code: code.code, description, rate1, archived, origin_id, origin_data };
	return { ...shared, default_tax_code: false };
}

/** Small lists that other records refer to (facts 3.9, 3.11). */
export const lookupRoutes: Route[] = [
	{
		method: 'GET',
		path: '/rest/v1.0/tax_codes',
		handle(call) {
			requiredId(call, 'company_id');
			return page(call, call.store.taxCodes.all(), showTaxCode, { cap: 100 });
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/companies/{company_id}/currency_configuration',
		handle: (call) => ({
			body: {
				company_id: Number(call.params.company_id),
				currency_iso_code: 'USD',
				currency_display: 'symbol',
				multicurrency_enabled: false,
				eligible_for_multicurrency: false,
			},
		}),
	},
	{
		method: 'GET',
		path: '/rest/v1.0/companies/{company_id}/uoms',
		handle: (call) =>
			page(call, unitsOfMeasure, (name) => ({
				id: unitsOfMeasure.indexOf(name) + 1,
				name,
				description: name,
				is_standard: true,
				uom_category: { id: 1, name: 'Standard' },
			})),
	},
	{
		method: 'GET',
		path: '/rest/v1.0/projects/{project_id}/billing_periods',
		handle(call) {
			const project = projectOf(call, call.params.project_id);
			let rows = call.store.billingPeriods.by('project', project.id);
			rows = keep(call, rows, 'id', (period) => period.id);
			rows = keep(call, rows, 'status', (period) => period.status);
			return page(call, rows, (period) => period);
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/projects/{project_id}/budget',
		handle(call) {
			projectOf(call, call.params.project_id);
			return { body: { locked: false } };
		},
	},
];
