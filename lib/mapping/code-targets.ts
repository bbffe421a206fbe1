import { text } from './crosswalk-index';
import { notChosen } from './first-load';
import type { MappingContext } from './mapping-context';
import { costCodeOriginId, standardCostCodeOriginId } from '../model/keys';
import type { Reason } from './verdict';

/** Where a cost code goes: a project, or a standard list of the company. */
export type CodeTarget = { projectId: string } | { standardListId: string };

/**
 * Where the policy sends every cost code, whatever its account; null when each goes to the project
 * of its own job.
 */
export function commonTargets(context: MappingContext): CodeTarget[] | { reason: Reason } | null {
	const { costCodesGoTo, standardListId } = context.settings;
	switch (costCodesGoTo) {
		case 'ownProject':
			return null;
		case 'everyProject':
			return chosenOf(
				context,
				context.projects.map(({ id }) => String(id)),
			);
		case 'linkedProjects':
			return chosenOf(context, linkedProjects(context));
		case 'standardList': {
			const list = text(standardListId);
			return list === '' ? { reason: LIST_MISSING } : [{ standardListId: list }];
		}
	}
}

const chosenOf = (context: MappingContext, ids: readonly string[]): CodeTarget[] =>
	ids
		.filter((projectId) => notChosen(projectId, context) === null)
		.map((projectId) => ({ projectId }));

/** Projects the crosswalk ties to a job, found by number or chosen by hand. */
function linkedProjects(context: MappingContext): string[] {
	const ids = context.crosswalk.projects
		.filter((row) => text(row.procore_project_id) !== '')
		.flatMap((row) => {
			const job = context.jobs.decide(row.gp_job);
			return job.kind === 'project' ? [job.projectId] : [];
		});
	return [...new Set(ids)];
}

export function codeOriginId(company: string, fullCode: string, target: CodeTarget): string {
	return 'projectId' in target
		? costCodeOriginId(company, fullCode, target.projectId)
		: standardCostCodeOriginId(company, fullCode);
}

const LIST_MISSING: Reason = {
	code: 'standard-list-missing',
	message: 'Cost codes go to the standard list of the company, and no list is named',
	remedy: 'Fill in the standard list ID in the cost code policies of the mapping.',
};
