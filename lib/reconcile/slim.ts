import type { DesiredDirectCost, DesiredRecord } from '../model/desired';
import type { ExpectedCost } from './reconcile.types';

export function isDirectCost(desired: DesiredRecord): desired is DesiredDirectCost {
	return desired.kind === 'directCost';
}

/**
 * Without the GP record and what of the lines nobody compares: every document of a company is kept at
 * once. `hash` stands for all of it.
 */
export function slimCost(cost: DesiredDirectCost, hash?: string): ExpectedCost {
	const { originId, projectId, vendorId, vendorOriginId, voided, commitment } = cost;
	return {
		originId,
		projectId,
		...(vendorId === undefined ? {} : { vendorId }),
		...(vendorOriginId === undefined ? {} : { vendorOriginId }),
		...(commitment === undefined ? {} : { commitment }),
		voided,
		source: {
			key: cost.source.key,
			label: cost.source.label,
			...(cost.source.content === undefined ? {} : { content: cost.source.content }),
			...(cost.source.modified === undefined ? {} : { modified: cost.source.modified }),
		},
		header: cost.header,
		...(hash === undefined ? {} : { hash }),
		lines: cost.lines.map(
			({ originId: id, costCode, costType, amount, taxCodeId, description }) => ({
				originId: id,
				costCode,
				costType,
				amount,
				...(taxCodeId === undefined ? {} : { taxCodeId }),
				// Part of a subcontractor invoice's own hash, which depends on the order it bills.
				...(commitment === undefined || description === undefined ? {} : { description }),
			}),
		),
	};
}
