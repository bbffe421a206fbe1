import type { GpAccount, GpPayable, GpVendor } from '../../model/gp-records';
import { addTo } from '../../model/keys';
import { commonStart } from '../cost-codes';
import { keyOf, sameKey, text } from '../crosswalk-index';
import { decideLine } from '../decide-line';
import { mapRecords } from '../map-records';
import { contextFor, jobOfAccount } from '../mapping-context';
import type { AccountCrosswalkRow, Crosswalk, MappingInput, ProjectCrosswalkRow } from '../types';
import { type ProcoreCandidates, vendorRows } from './crosswalk-rows';
import { costLineOf, documentOf, type Proposal, type SampleLine } from './propose-types';
import { candidatesNote, linkedNote, projectSuggester, SAME_FIRM } from './suggest';

/** Below this many accounts a common beginning may be chance. */
const FEWEST = 3;

/**
 * Name of a job from the descriptions of its accounts ("Riverfront Garage - Concrete", "Riverfront
 * Garage - Steel"): the words all begin with. Core GP keeps no name of a job, so this is the only
 * place it may stand. Null where they have nothing in common.
 */
export function jobNameOf(descriptions: ReadonlyArray<string | null>): string | null {
	const given = descriptions.map((one) => (one ?? '').trim()).filter((one) => one !== '');
	if (given.length < FEWEST) return null;
	const name = commonStart(given).replace(/[\s\-–—:/,(]{1,40}$/u, '');
	return name === '' ? null : name;
}

export interface Filled extends Crosswalk {
	/** Of the rows above, those that say where the record goes. */
	linked: { projects: number; vendors: number };
}

/**
 * Rows for everything seen in GP that has none yet; rows that stand are left alone, whatever they
 * say. Nothing is linked below the threshold, nor where two candidates are equally sure: the note
 * then lists them with their scores. Vendors get a row only where one written alike stands in
 * Procore that the sync would not take for the same.
 *
 * @throws MappingSettingsError
 */
export function* fillCrosswalks(
	given: Omit<MappingInput, 'records'> & {
		company: string;
		accounts: readonly GpAccount[];
		/** One at a time, so that they need not all be there together. */
		jobsAndAccounts: Pick<Crosswalk, 'projects' | 'accounts'>;
		vendors: readonly GpVendor[];
		procore: ProcoreCandidates;
		/** Jobs whose project, or that they have none, was found with the places. */
		proposed?: Pick<Proposal, 'links' | 'skips'>;
		/** 0 to 1: from here on a row is linked by itself. Above 1 nothing is. */
		automaticFrom?: number;
	},
): Generator<void, Filled, void> {
	const automaticFrom = given.automaticFrom ?? SAME_FIRM;
	const projects = yield* jobRows(given, automaticFrom);
	const vendors = yield* vendorRows(given, automaticFrom);
	return {
		projects,
		accounts: accountRows(given, projects),
		vendors,
		linked: {
			projects: projects.filter((row) => text(row.procore_project_id) !== '').length,
			vendors: vendors.filter((row) => text(row.procore_vendor_id) !== '').length,
		},
	};
}

/** Jobs and cost accounts that some records meet and no row names, each once over all calls. */
export function unmetRows(
	records: ReadonlyArray<GpAccount | GpPayable>,
	input: Omit<MappingInput, 'records'>,
	progress: Pick<Crosswalk, 'projects' | 'accounts'>,
): void {
	const { newJobs, newAccounts } = mapRecords({ ...input, records: [...records] });
	addUnmet(newJobs, newAccounts, progress);
}

/** The same of a sample of cost lines. */
export function unmetRowsOfLines(
	company: string,
	lines: readonly SampleLine[],
	input: Omit<MappingInput, 'records'>,
	progress: Pick<Crosswalk, 'projects' | 'accounts'>,
): void {
	const context = contextFor(company, { ...input, records: [] });
	for (const line of lines) decideLine(costLineOf(line), documentOf(line, company), context);
	addUnmet(context.jobs.met(), context.accounts.met(), progress);
}

function addUnmet(
	newJobs: readonly ProjectCrosswalkRow[],
	newAccounts: readonly AccountCrosswalkRow[],
	progress: Pick<Crosswalk, 'projects' | 'accounts'>,
): void {
	for (const row of newJobs) {
		if (!progress.projects.some(({ gp_job }) => sameKey(gp_job, row.gp_job)))
			progress.projects.push(row);
	}
	const known = new Map(progress.accounts.map((row) => [keyOf(row.gp_account), row]));
	for (const row of newAccounts) {
		const standing = known.get(keyOf(row.gp_account));
		if (!standing) {
			known.set(keyOf(row.gp_account), row);
			progress.accounts.push(row);
		} else standing.gp_description ??= row.gp_description;
	}
}

type Given = Parameters<typeof fillCrosswalks>[0];

function* jobRows(
	given: Given,
	automaticFrom: number,
): Generator<void, ProjectCrosswalkRow[], void> {
	const context = contextFor(given.company, { ...given, records: [] });
	const descriptions = new Map<string, Array<string | null>>();
	for (const { account, description } of given.accounts) {
		const job = jobOfAccount(account, context)?.job;
		if (job !== undefined) addTo(descriptions, keyOf(job), description);
	}
	const suggest = projectSuggester(given.projects, { automaticFrom, limit: 3 });
	const rows: ProjectCrosswalkRow[] = [];
	for (const row of given.jobsAndAccounts.projects) {
		yield;
		const name = text(row.gp_job_name) || jobNameOf(descriptions.get(keyOf(row.gp_job)) ?? []);
		const { automatic, candidates } = suggest({ number: row.gp_job, name });
		const proposed = proposedFor(row, given);
		rows.push({
			...row,
			gp_job_name: name || null,
			...(proposed ?? {
				procore_project_id: automatic?.id ?? '',
				procore_project_name: automatic?.name ?? '',
				note: automatic ? linkedNote(automatic) : candidatesNote(candidates, 'no project is alike'),
			}),
		});
	}
	return rows;
}

function proposedFor(
	{ gp_job }: ProjectCrosswalkRow,
	{ proposed, projects }: Given,
): Partial<ProjectCrosswalkRow> | null {
	const skip = proposed?.skips.find(({ job }) => sameKey(job, gp_job));
	if (skip) return { procore_project_id: '', action: 'skip', note: `no project: ${skip.why}` };
	const link = proposed?.links.find(({ job }) => sameKey(job, gp_job));
	const project = link && projects.find(({ id }) => String(id) === link.projectId);
	if (!project) return null;
	return {
		procore_project_id: String(project.id),
		procore_project_name: project.name,
		note: `linked: ${gp_job} is in the number ${project.projectNumber}, ${project.name}`,
	};
}

function accountRows(given: Given, newJobs: ProjectCrosswalkRow[]): AccountCrosswalkRow[] {
	const context = contextFor(given.company, { ...given, records: [] });
	const projectOf = new Map(
		[...given.crosswalk.projects, ...newJobs]
			.filter((row) => text(row.procore_project_id) !== '')
			.map((row) => [keyOf(row.gp_job), text(row.procore_project_id)]),
	);
	const names = new Map(
		given.procore.costCodes.map(({ projectId, code, name }) => [`${projectId} ${code}`, name]),
	);
	const types = new Set(given.procore.costTypes);
	return given.jobsAndAccounts.accounts.map((row) => {
		const job = jobOfAccount(row.gp_account, context)?.job;
		const projectId = job === undefined ? undefined : projectOf.get(keyOf(job));
		const standing =
			projectId === undefined ? undefined : names.get(`${projectId} ${text(row.cost_code)}`);
		const notes = [
			standing === undefined
				? projectId === undefined
					? ''
					: `${text(row.cost_code)} is not in Procore yet: the sync makes it`
				: `linked: same number, ${standing}`,
			types.size > 0 && !types.has(text(row.cost_type))
				? `cost type ${text(row.cost_type)} is not in Procore: choose one of ${[...types].join(', ')}`
				: '',
		];
		return { ...row, note: notes.filter(Boolean).join('; ') };
	});
}
