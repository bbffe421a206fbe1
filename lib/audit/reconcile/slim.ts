import type { GpPayable } from '../../gp/records';
import type { DesiredDirectCost, DesiredRecord } from '../../procore/desired';
import type { ExpectedCost, GpDocument } from './reconcile.types';

/** Date a document counts in, as mapping chooses it for the direct cost. */
export function dateOf(payable: Pick<GpPayable, 'documentDate' | 'postingDate'>): string {
	return payable.documentDate ?? payable.postingDate ?? '';
}

/** A document of GP as the comparison keeps it. */
export function documentOf(
	payable: GpPayable,
	given: { label: string; cost: string; vendor: string },
): GpDocument {
	return {
		key: payable.key,
		label: given.label,
		amount: payable.voided || payable.documentType === 'payment' ? '0' : given.cost,
		vendor: given.vendor,
		month: dateOf(payable).slice(0, 7),
	};
}

export function isDirectCost(desired: DesiredRecord): desired is DesiredDirectCost {
	return desired.kind === 'directCost';
}

/** Without the GP record and all but a few fields: every document of a company is kept at once. */
export function slimCost(cost: DesiredDirectCost): ExpectedCost {
	const { originId, projectId, vendorId, vendorOriginId, voided, commitment } = cost;
	return {
		originId,
		projectId,
		...(vendorId === undefined ? {} : { vendorId }),
		...(vendorOriginId === undefined ? {} : { vendorOriginId }),
		...(commitment === undefined ? {} : { commitment }),
		voided,
		source: { key: cost.source.key, label: cost.source.label },
		header: {
			status: cost.header.status,
			...(cost.header.direct_cost_date === undefined
				? {}
				: { direct_cost_date: cost.header.direct_cost_date }),
		},
		lines: cost.lines.map(({ originId: id, costCode, costType, amount }) => ({
			originId: id,
			costCode,
			costType,
			amount,
		})),
	};
}
