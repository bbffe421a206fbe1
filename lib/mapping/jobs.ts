import { causeKey } from '../model/keys';
import { isSkip, keyOf, rowName, text, type CrosswalkIndex } from './crosswalk-index';
import { projectFinder } from './project-finder';
import { projectSuggester } from './suggest/suggest';
import type { ProjectCandidate, ProjectCrosswalkRow } from './types';
import type { Reason } from './verdict';

/** What a GP job is in Procore. */
export type JobDecision =
	| {
			kind: 'project';
			projectId: string;
			jobName: string;
			rule: string;
			/** A person chose it: the row says more than the project number would. */
			chosen: boolean;
	  }
	| { kind: 'skip'; reason: Reason; rule: string }
	/** `byRow`: the crosswalk rows themselves cannot be followed, so nothing below them may decide. */
	| { kind: 'unknown'; reason: Reason; byRow?: true };

export interface Jobs {
	decide(job: string): JobDecision;
	/** Jobs met so far that have no crosswalk row, in the order met. */
	met(): ProjectCrosswalkRow[];
}

/** Crosswalk row first; then, where wanted, the one project with the job's number; else unknown. */
export function jobsOf(input: {
	company: string;
	crosswalk: CrosswalkIndex;
	projects: ProjectCandidate[];
	matchProjectNumber: boolean;
}): Jobs {
	const byNumber = new Map<string, ProjectCandidate[]>();
	for (const project of input.projects) {
		const number = keyOf(project.projectNumber);
		if (number === '') continue;
		byNumber.set(number, [...(byNumber.get(number) ?? []), project]);
	}
	const findProject = projectFinder(input.projects);
	const nameOfProject = new Map(
		input.projects.map((project) => [String(project.id), project.name]),
	);
	const met = new Map<string, ProjectCrosswalkRow>();
	const hints = new Map<string, string>();
	const suggest = projectSuggester(input.projects, { limit: 3 });

	function decide(job: string): JobDecision {
		const { row, problem } = input.crosswalk.project(job);
		if (problem) return { kind: 'unknown', reason: problem, byRow: true };
		if (row && isSkip(row)) {
			const rule = rowName('projects', row);
			return { kind: 'skip', rule, reason: skippedJob(job, rule, text(row.note)) };
		}
		const candidates = input.matchProjectNumber ? (byNumber.get(keyOf(job)) ?? []) : [];
		const byNumberId = candidates.length === 1 ? String(candidates[0].id) : '';
		const written = text(row?.procore_project_id);
		if (row && written !== '') {
			const found = findProject(written);
			if ('why' in found)
				return { kind: 'unknown', reason: wrongProject(job, row, found.why), byRow: true };
			const chosen = found.id;
			const jobName = text(row.gp_job_name) || nameOfProject.get(chosen) || '';
			return {
				kind: 'project',
				projectId: chosen,
				jobName,
				rule: rowName('projects', row),
				chosen: chosen !== byNumberId,
			};
		}
		if (!row) remember(job, candidates);
		if (candidates.length === 1) {
			const [project] = candidates;
			const rule = `job ${job} = project number`;
			return {
				kind: 'project',
				projectId: String(project.id),
				jobName: project.name,
				rule,
				chosen: false,
			};
		}
		const reason =
			candidates.length > 1 ? severalProjects(job, candidates) : noProject(job, hintFor(job));
		return { kind: 'unknown', reason };
	}

	function remember(job: string, candidates: ProjectCandidate[]): void {
		if (met.has(keyOf(job))) return;
		const project = candidates.length === 1 ? candidates[0] : undefined;
		met.set(keyOf(job), {
			gp_company: input.company,
			gp_job: keyOf(job),
			gp_job_name: null,
			procore_project_id: project ? String(project.id) : '',
			procore_project_name: project ? project.name : '',
			action: 'send',
			note: project ? 'Found by project number' : hintFor(job),
		});
	}

	/** "Perhaps Lincoln School (9002)"; blank when no project looks like it. */
	function hintFor(job: string): string {
		const known = hints.get(keyOf(job));
		if (known !== undefined) return known;
		const names = suggest({ number: job }).candidates.map((one) => `${one.name} (${one.id})`);
		const hint = names.length > 0 ? `Perhaps ${names.join(' or ')}` : '';
		hints.set(keyOf(job), hint);
		return hint;
	}

	return { decide, met: () => [...met.values()] };
}

function wrongProject(job: string, row: ProjectCrosswalkRow, why: string): Reason {
	const rule = rowName('projects', row);
	return {
		code: 'project-unknown',
		causeKey: causeKey('J', job),
		message: `${rule} gives GP job ${job} the project "${text(row.procore_project_id)}": ${why}`,
		remedy: `Write the id, the number or the exact name of an active Procore project into procore_project_id of ${rule}, or "skip" into action.`,
	};
}

function skippedJob(job: string, rule: string, note: string): Reason {
	return {
		code: 'skipped-by-crosswalk',
		message: `Job ${job} is set to skip in ${rule}${note ? `: ${note}` : ''}`,
		remedy: `To send it, change "action" to send in ${rule}.`,
	};
}

function noProject(job: string, hint: string): Reason {
	return {
		code: 'job-without-project',
		causeKey: causeKey('J', job),
		message: `No Procore project is linked to GP job ${job}${hint ? `. ${hint}?` : ''}`,
		remedy: `Fill in procore_project_id for job ${job} in the projects crosswalk table, or give the Procore project the number ${job}.`,
	};
}

function severalProjects(job: string, projects: ProjectCandidate[]): Reason {
	const names = projects.slice(0, 3).map((project) => `${project.name} (${project.id})`);
	return {
		code: 'job-ambiguous',
		causeKey: causeKey('J', job),
		message: `${projects.length} Procore projects have the number of GP job ${job}: ${names.join(', ')}`,
		remedy: `Choose one: fill in procore_project_id for job ${job} in the projects crosswalk table.`,
	};
}
