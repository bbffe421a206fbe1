import type { DesiredDirectCost, DesiredRecord } from '../../procore/desired';
import type { ExpectedCost } from './reconcile.types';

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
		lines: cost.lines.map(({ originId: id, costCode, costType, amount, taxCodeId }) => ({
			originId: id,
			costCode,
			costType,
			amount,
			...(taxCodeId === undefined ? {} : { taxCodeId }),
		})),
	};
}
