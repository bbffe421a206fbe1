import { costCodeOriginId, standardCostCodeOriginId } from '../model/keys';
import { text } from './crosswalk-index';
import { notChosen } from './why-not-sent';
import type { MappingContext } from './mapping-context';
import type { Reason } from './types';

/** "03-300" is code 300 under division 03; "5110" stands alone. */
export function splitCostCode(fullCode: string): { parent: string | null; code: string } {
	const cut = fullCode.indexOf('-');
	if (cut <= 0 || cut === fullCode.length - 1) return { parent: null, code: fullCode };
	return { parent: fullCode.slice(0, cut), code: fullCode.slice(cut + 1) };
}

interface JobName {
	number: string;
	name: string;
}

/**
 * Name of a cost code from the descriptions of the accounts behind it: the job part taken off, and
 * of several descriptions ("Concrete - Labor", "Concrete - Material") the words they begin with in
 * common. The code itself when nothing is left. One job for all accounts, or one for each.
 */
export function costCodeName(
	descriptions: ReadonlyArray<string | null>,
	jobs: JobName | readonly JobName[],
	fullCode: string,
): string {
	const names = descriptions.map((description, index) => {
		const job = Array.isArray(jobs) ? (jobs[index] as JobName | undefined) : (jobs as JobName);
		return job?.number ? withoutJob(text(description), job) : trimmed(text(description));
	});
	const given = names.filter((name) => name !== '');
	if (given.length === 0) return fullCode;
	return trimmed(commonStart(given)) || given[0];
}

/** Longer than any account's description; what is taken off is looked for from each sign on. */
const LONGEST_DESCRIPTION = 300;

function withoutJob(description: string, job: JobName): string {
	if (description.length > LONGEST_DESCRIPTION) return trimmed(description);
	const number = escaped(job.number);
	const parts = [`job\\s*(?:no\\.?\\s*)?#?\\s*${number}`, number];
	if (text(job.name) !== '') parts.unshift(escaped(text(job.name)));
	const part = `(?:${parts.join('|')})`;
	// Only at either end, as a whole word: "5100 Concrete 300 psi" keeps its 300.
	const start = new RegExp(`^(?:${part}(?![\\p{L}\\p{N}])[\\s\\-–—:/,#]*)+`, 'iu');
	const end = new RegExp(`[\\s\\-–—:/,#(]+${part}\\)?$`, 'iu');
	let rest = description.replace(start, '');
	for (let before = ''; before !== rest; ) rest = (before = rest).replace(end, '');
	return trimmed(rest);
}

/** The words all of these begin with, in whatever case, as the first has them. */
export function commonStart(names: readonly string[]): string {
	const [first, ...others] = names.map((name) => name.split(/\s+/));
	let length = first.length;
	for (const words of others) {
		let same = 0;
		while (same < length && words[same]?.toLowerCase() === first[same].toLowerCase()) same++;
		length = same;
	}
	return first.slice(0, length).join(' ');
}

function trimmed(value: string): string {
	return value.replace(/^[\s\-–—:/,]{1,40}|[\s\-–—:/,(]{1,40}$/gu, '');
}

function escaped(value: string): string {
	return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

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
	remedy:
		'Choose the "Standard List" beside "Cost Codes Go To" in the cost code policies of the Mapping node.',
};
