import type { DesiredDirectCost, SourceReference } from '../model/desired';
import type { GpPayable } from '../model/gp-records';
import { directCost } from './direct-cost';
import type { MappingContext } from './mapping-context';

/**
 * One voided direct cost for each project the document was sent to before and none of its lines
 * names any more: after a crosswalk edit it would be counted twice.
 */
export function withdrawals(
	payable: GpPayable,
	source: SourceReference,
	projects: ReadonlySet<string>,
	context: MappingContext,
): DesiredDirectCost[] {
	return context
		.earlierProjects(payable.key)
		.filter((projectId) => !projects.has(projectId))
		.map((projectId) => ({
			...directCost({ payable, source, projectId, lines: [], voided: true, context }),
			source: {
				...source,
				amount: '0.00',
				rule: payable.voided ? 'sent there before' : 'withdrawn: no line names this project now',
			},
			withdrawn: true as const,
		}));
}
