import { keyOf, sameKey, text } from '../crosswalk-index';
import { splitAccount } from '../patterns';
import type { ProjectCandidate, ProjectCrosswalkRow } from '../types';
import { projectSuggester, vendorSuggester } from './suggest';

/** What a person may choose for a crosswalk row; those that look right stand first. */
export interface PickList {
	choices: Array<{ value: string; name: string; likely: boolean }>;
	/** Accounts only: codes of the company's cost types. */
	costTypes: string[];
	/** Where the choices come from, e.g. which projects' cost codes they are. */
	note: string;
}

const LIKELY = 5;

export function projectChoices(
	job: { number: string; name: string },
	projects: readonly ProjectCandidate[],
): PickList {
	const likely = projectSuggester(projects, { limit: LIKELY })(job).candidates.map(({ id }) => id);
	const choices = projects.map(({ id, name, projectNumber }) => ({
		value: String(id),
		name: projectNumber ? `${projectNumber} · ${name}` : name,
		likely: likely.includes(id),
	}));
	return { choices: inOrder(choices, likely), costTypes: [], note: '' };
}

export function vendorChoices(
	vendor: { vendorId: string; name: string },
	vendors: ReadonlyArray<{ id: string; name: string; originCode?: string | null }>,
): PickList {
	const likely = vendorSuggester(vendors, { limit: LIKELY })(vendor).candidates.map(({ id }) => id);
	const choices = vendors.map(({ id, name }) => ({ value: id, name, likely: likely.includes(id) }));
	return { choices: inOrder(choices, likely), costTypes: [], note: '' };
}

/** Each code once, by its first name. Codes that end in a segment of the account look right. */
export function codeChoices(
	account: string,
	codes: ReadonlyArray<{ code: string; name: string }>,
	costTypes: readonly string[],
): PickList {
	const segments = splitAccount(account).map(keyOf);
	const names = new Map<string, string>();
	for (const { code, name } of codes) if (!names.has(code)) names.set(code, name);
	const choices = [...names].map(([value, name]) => ({
		value,
		name,
		likely: segments.some((one) => one !== '' && keyOf(value).split('-').at(-1) === one),
	}));
	choices.sort((left, right) => (left.value < right.value ? -1 : 1));
	return { choices: inOrder(choices, []), costTypes: [...costTypes], note: '' };
}

/** Most projects whose cost codes are read for one choice: each is a call. */
const MOST_PROJECTS = 3;

/**
 * The projects whose cost codes an account may have: those of jobs that are a segment of it, else
 * the first ones that a job is linked to.
 */
export function projectsOfAccount(
	account: string,
	rows: readonly ProjectCrosswalkRow[],
	projects: readonly ProjectCandidate[],
): ProjectCandidate[] {
	const visible = new Map(projects.map((project) => [String(project.id), project]));
	const linked = rows.flatMap((row) => {
		const project = visible.get(text(row.procore_project_id));
		return project ? [{ job: row.gp_job, project }] : [];
	});
	const segments = splitAccount(account);
	const own = linked.filter(({ job }) => segments.some((segment) => sameKey(segment, job)));
	const chosen = (own.length > 0 ? own : linked).map(({ project }) => project);
	return [...new Set(chosen.length > 0 ? chosen : projects)].slice(0, MOST_PROJECTS);
}

function inOrder<Choice extends { value: string; name: string; likely: boolean }>(
	choices: Choice[],
	likely: readonly string[],
): Choice[] {
	const place = ({ value }: Choice) => {
		const index = likely.indexOf(value);
		return index < 0 ? likely.length : index;
	};
	return choices.sort(
		(left, right) =>
			Number(right.likely) - Number(left.likely) ||
			place(left) - place(right) ||
			byText(left.name, right.name),
	);
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
