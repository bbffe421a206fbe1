import { addTo, causeKey } from '../model/keys';
import { type CrosswalkIndex, isSkip, keyOf, rowName, text } from './crosswalk-index';
import { projectSuggester } from './suggest/suggest';
import type { ProjectCandidate, ProjectCrosswalkRow, Reason } from './types';

/** Candidates a person is shown at most. */
const SHOWN = 3;

/**
 * Which project a person means who writes its Procore id, its project number or its name into a table:
 * the first of these three that exactly one project has. `why` tells what is wrong with the text and
 * which projects it could mean. Where no project was read nothing can be checked: a Procore id, a
 * number of at least one digit, is then taken as it is.
 */
function projectFinder(
	projects: readonly ProjectCandidate[],
): (written: string) => { id: string } | { why: string } {
	const byId = new Map<string, ProjectCandidate[]>();
	const byNumber = new Map<string, ProjectCandidate[]>();
	const byName = new Map<string, ProjectCandidate[]>();
	for (const project of projects) {
		put(byId, keyOf(project.id), project);
		put(byNumber, keyOf(project.projectNumber), project);
		put(byName, nameKey(project.name), project);
	}
	const suggest = projectSuggester(projects, { limit: SHOWN });
	const answers = new Map<string, { id: string } | { why: string }>();
	return (written) => {
		let answer = answers.get(written);
		if (!answer) answers.set(written, (answer = find(written)));
		return answer;
	};

	function find(written: string): { id: string } | { why: string } {
		if (projects.length === 0 && /^\d+$/.test(written.trim())) return { id: written.trim() };
		for (const [index, key] of [
			[byId, keyOf(written)],
			[byNumber, keyOf(written)],
			[byName, nameKey(written)],
		] as const) {
			const found = key === '' ? [] : (index.get(key) ?? []);
			if (found.length === 1) return { id: String(found[0].id) };
			if (found.length > 1) return { why: `${found.length} projects have it: ${listed(found)}` };
		}
		const near = suggest({ number: written, name: written }).candidates;
		const nobody = `none of the ${projects.length} active Procore projects has this id, number or name`;
		return { why: near.length > 0 ? `${nobody}. Perhaps ${listed(near, ' or ')}?` : nobody };
	}
}

function put(index: Map<string, ProjectCandidate[]>, key: string, project: ProjectCandidate): void {
	if (key !== '') addTo(index, key, project);
}

function nameKey(name: string): string {
	return keyOf(name).replace(/\s+/g, ' ');
}

function listed(projects: ReadonlyArray<{ id: string; name: string }>, glue = ', '): string {
	const names = projects.slice(0, SHOWN).map(({ id, name }) => `${name} (${id})`);
	const more = projects.length - names.length;
	return names.join(glue) + (more > 0 ? ` and ${more} more` : '');
}

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
	/** The project a job is linked to, null where there is none or not one; the job is not taken down as met. */
	linked(job: string): Extract<JobDecision, { kind: 'project' }> | null;
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
	for (const project of input.projects) put(byNumber, keyOf(project.projectNumber), project);
	const findProject = projectFinder(input.projects);
	const nameOfProject = new Map(
		input.projects.map((project) => [String(project.id), project.name]),
	);
	const met = new Map<string, ProjectCrosswalkRow>();
	const hints = new Map<string, string>();
	const suggest = projectSuggester(input.projects, { limit: 3 });

	function decide(job: string): JobDecision {
		const { decision, candidates } = lookUp(job);
		if (candidates && !input.crosswalk.project(job).row) remember(job, candidates);
		if (decision) return decision;
		const reason =
			candidates.length > 1 ? severalProjects(job, candidates) : noProject(job, hintFor(job));
		return { kind: 'unknown', reason };
	}

	function linked(job: string): Extract<JobDecision, { kind: 'project' }> | null {
		const { decision } = lookUp(job);
		return decision?.kind === 'project' ? decision : null;
	}

	/** `candidates` where no row decides; without a decision they are none or several. */
	function lookUp(
		job: string,
	):
		| { decision: JobDecision; candidates?: ProjectCandidate[] }
		| { decision: null; candidates: ProjectCandidate[] } {
		const { row, problem } = input.crosswalk.project(job);
		if (problem) return { decision: { kind: 'unknown', reason: problem, byRow: true } };
		if (row && isSkip(row)) {
			const rule = rowName('projects', row);
			const reason = skippedJob(job, rule, text(row.note));
			return { decision: { kind: 'skip', rule, reason } };
		}
		const candidates = input.matchProjectNumber ? (byNumber.get(keyOf(job)) ?? []) : [];
		const byNumberId = candidates.length === 1 ? String(candidates[0].id) : '';
		const written = text(row?.procore_project_id);
		if (row && written !== '') {
			const found = findProject(written);
			if ('why' in found) {
				const reason = wrongProject(job, row, found.why);
				return { decision: { kind: 'unknown', reason, byRow: true } };
			}
			const chosen = found.id;
			const jobName = text(row.gp_job_name) || nameOfProject.get(chosen) || '';
			const rule = rowName('projects', row);
			const isOwn = chosen !== byNumberId;
			return {
				decision: { kind: 'project', projectId: chosen, jobName, rule, chosen: isOwn },
			};
		}
		if (candidates.length !== 1) return { decision: null, candidates };
		const [{ id, name: jobName }] = candidates;
		const rule = `job ${job} = project number`;
		return {
			decision: { kind: 'project', projectId: String(id), jobName, rule, chosen: false },
			candidates,
		};
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

	return { decide, linked, met: () => [...met.values()] };
}

function wrongProject(job: string, row: ProjectCrosswalkRow, why: string): Reason {
	const rule = rowName('projects', row);
	return {
		code: 'project-unknown',
		causeKey: causeKey('J', job),
		message: `${rule} gives GP job ${job} the project "${text(row.procore_project_id)}": ${why}`,
		remedy: `Write the id, the number or the exact name of an active Procore project into procore_project_id of ${rule}, or "skip" into action; or, if it is that project, set it to active in Procore and let the account of the connection see it.`,
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
		remedy: `Fill in procore_project_id for job ${job} in the projects crosswalk table, or give the Procore project the number ${job}; one that is inactive there has to be set to active.`,
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
