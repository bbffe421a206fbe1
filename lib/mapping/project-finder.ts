import { keyOf } from './crosswalk-index';
import { projectSuggester } from './suggest/suggest';
import type { ProjectCandidate } from './types';

/** Candidates a person is shown at most. */
const SHOWN = 3;

/**
 * Which project a person means who writes its Procore id, its project number or its name into a table:
 * the first of these three that exactly one project has. `why` tells what is wrong with the text and
 * which projects it could mean. Where no project was read nothing can be checked: a Procore id, a
 * number of at least one digit, is then taken as it is.
 */
export function projectFinder(
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
	if (key !== '') index.set(key, [...(index.get(key) ?? []), project]);
}

function nameKey(name: string): string {
	return keyOf(name).replace(/\s+/g, ' ');
}

function listed(projects: ReadonlyArray<{ id: string; name: string }>, glue = ', '): string {
	const names = projects.slice(0, SHOWN).map(({ id, name }) => `${name} (${id})`);
	const more = projects.length - names.length;
	return names.join(glue) + (more > 0 ? ` and ${more} more` : '');
}
