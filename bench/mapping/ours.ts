import { mapRecords } from '../../lib/mapping/map-records';
import type { DesiredDirectCost } from '../../lib/model/desired';
import { planRecords } from '../../lib/sync/engine/plan';
import { directCostRules } from '../../lib/sync/kinds/direct-cost';
import { CROSSWALK, documentAt, PROJECTS, SETTINGS } from './books';

/** As the sync works: batches of 500 documents, each mapped as a whole and planned by project. */
export function mapAndPlan(documents: number): { lines: number; costs: number } {
	let lines = 0;
	let costs = 0;
	const nothing = { withOriginId: () => undefined, withInvoice: () => [] };
	for (let from = 0; from < documents; from += 500) {
		const records = Array.from({ length: Math.min(500, documents - from) }, (_, index) =>
			documentAt(from + index),
		);
		const { desired } = mapRecords({
			records,
			crosswalk: CROSSWALK,
			projects: PROJECTS,
			settings: SETTINGS,
		});
		const byProject = new Map<string, DesiredDirectCost[]>();
		for (const one of desired as DesiredDirectCost[]) {
			const group = byProject.get(one.projectId);
			if (group) group.push(one);
			else byProject.set(one.projectId, [one]);
		}
		for (const group of byProject.values()) {
			const rules = directCostRules(nothing, { of: ({ vendorOriginId }) => vendorOriginId }, {});
			for (const { desired: planned } of planRecords(rules, group, {})) {
				costs += 1;
				lines += planned.lines.length;
			}
		}
	}
	return { lines, costs };
}
