import type { GpPayable } from '../model/gp-records';
import type { MappingContext } from './mapping-context';
import type { Reason } from './verdict';

/**
 * Why a document is too early for the first load, or null. One that was sent already goes on being kept
 * as GP has it; one without a date is not called early.
 */
export function beforeStart(payable: GpPayable, context: MappingContext): Reason | null {
	const { documentsFrom } = context.settings;
	const date = payable.documentDate;
	if (documentsFrom === '' || date === null || date >= documentsFrom) return null;
	if (context.earlierProjects(payable.key).length > 0) return null;
	return {
		code: 'before-start',
		message: `The document is dated ${date}, before ${documentsFrom}, from which on documents are sent`,
		remedy:
			'Nothing to do. To send it, set "Documents From" of the Mapping node to an earlier day and start Run with options with "Read again from this date".',
	};
}

/**
 * Why a project gets nothing yet, or null. A document that was sent there before stays and is kept as GP
 * has it: choosing fewer projects takes nothing out of a budget.
 *
 * @param key of the document; absent for a cost code
 */
export function notChosen(projectId: string, context: MappingContext, key?: string): Reason | null {
	const { onlyProjects } = context.settings;
	if (onlyProjects.length === 0 || onlyProjects.includes(projectId)) return null;
	if (key !== undefined && context.earlierProjects(key).includes(projectId)) return null;
	const name = context.projects.find(({ id }) => String(id) === projectId)?.name;
	return {
		code: 'project-not-chosen',
		message: `Project ${name ? `${name} (${projectId})` : projectId} is not among the projects chosen to be synced`,
		remedy:
			'Nothing to do. To send it, add the project to "Only These Projects" of the Mapping node and start Run with options with "Read again from this date".',
	};
}
