import type { GpAccount } from '../../model/gp-records';
import { many } from '../../model/outcome';
import { isSkip, keyOf, text } from '../crosswalk-index';
import { contextFor, findJob } from '../mapping-context';
import type { MappingInput, ProjectCrosswalkRow } from '../types';
import { ALL_LINES, type FindingRow, isOpen } from './finding-rows';
import { lineShown, shownText } from './propose-choice';
import { documentOf, type Sample } from './propose-types';

/** How many were looked at, how many had what was looked for, and up to three that had not. */
interface Looked {
	read: number;
	found: number;
	without: string[];
}

/** What the mapping as it stands finds in GP's records; counts of records, no amounts. */
interface SetupFindings {
	/** Accounts; found: job cost, with a cost code. */
	accounts: Looked;
	/** Payables read; null when they were not asked for. */
	payables: number | null;
	/** Cost lines of those payables; found: their job is a Procore project, or set to skip. */
	lines: Looked;
	/** Cost lines on which something was read as a job number, whether or not it is a job. */
	linesWithNumber: number;
}

/** Job rows, those that stand and those added now. */
interface JobCounts {
	linked: number;
	open: number;
	skipped: number;
}

const EXAMPLES = 3;

/**
 * Counts what the mapping finds in records and in a sample of cost lines.
 *
 * @throws MappingSettingsError
 */
export function lookThrough(
	company: string,
	input: Omit<MappingInput, 'records'>,
): {
	accounts(records: readonly GpAccount[]): void;
	/** Cost lines of payables. */
	payables(sample: Pick<Sample, 'payables' | 'lines'>): void;
	/** With the job rows added since: what they link counts as found. */
	findings(added?: readonly ProjectCrosswalkRow[]): SetupFindings;
} {
	const context = contextFor(company, { ...input, records: [] });
	const accounts: Looked = { read: 0, found: 0, without: [] };
	const byJob = new Map<string, { read: number; without: string[] }>();
	let payables: number | null = null;
	return {
		accounts: (records) => {
			for (const { account } of records) {
				count(accounts, context.accounts.decide(account).kind === 'cost', () => shownText(account));
			}
		},
		payables: (sample) => {
			payables = (payables ?? 0) + sample.payables;
			for (const line of sample.lines) {
				const job = keyOf(findJob(line, documentOf(line, company), context)?.job);
				const seen = byJob.get(job) ?? { read: 0, without: [] };
				byJob.set(job, seen);
				if (seen.read === 0 || job === '') addExample(seen.without, () => lineShown(line));
				seen.read += line.lines;
			}
		},
		findings: (added = []) => {
			const projects = [...input.crosswalk.projects, ...added];
			const crosswalk = { ...input.crosswalk, projects };
			const { jobs } = contextFor(company, { ...input, crosswalk, records: [] });
			const lines: Looked = { read: 0, found: 0, without: [] };
			for (const [job, { read, without }] of byJob) {
				lines.read += read;
				if (job !== '' && jobs.decide(job).kind !== 'unknown') lines.found += read;
				else for (const one of without) addExample(lines.without, () => one);
			}
			const linesWithNumber = lines.read - (byJob.get('')?.read ?? 0);
			return { accounts, payables, lines, linesWithNumber };
		},
	};
}

/** The jobs of one company's rows by what is decided about them. */
export function jobCounts(rows: readonly ProjectCrosswalkRow[]): JobCounts {
	const skipped = rows.filter((row) => isSkip(row)).length;
	const linked = rows.filter((row) => !isSkip(row) && text(row.procore_project_id) !== '').length;
	return { linked, open: rows.length - linked - skipped, skipped };
}

function count(into: Looked, found: boolean, example: () => string): void {
	into.read += 1;
	if (found) into.found += 1;
	else addExample(into.without, example);
}

function addExample(to: string[], example: () => string): void {
	if (to.length >= EXAMPLES) return;
	const one = example();
	if (!to.includes(one)) to.push(one);
}

export interface SetupWords {
	title: string;
	/** What was looked at and found, in counts; where little was found, why and what to do. */
	text: string;
	/** One for each count that is 0 or small. */
	problems: string[];
}

/** Below this share of cost lines with a job, the place of the job is probably another one. */
const SMALL_SHARE = 0.5;

/** Never says that the tables are ready where no job or no cost account was found. */
export function findingsInWords(
	found: SetupFindings & {
		jobs: JobCounts;
		vendorsRead: number;
		vendorsAlike: number;
		projectsRead: number;
		/** What was found about places; absent where nobody looked. */
		rows?: readonly FindingRow[];
		/** Lists of GP not shown to have been read to their end, in words; blank when all were. */
		notProven?: string;
		/** Records of GP that could not be understood. */
		leftOut?: number;
	},
): SetupWords {
	const { accounts, payables, lines, jobs, vendorsAlike, vendorsRead } = found;
	const jobRows = jobs.linked + jobs.open + jobs.skipped;
	const problems = problemsOf(found, jobRows);
	const nothing = accounts.found === 0 || jobRows === 0;
	const looked = [
		`${many(accounts.read, 'GP account')} read: a cost code was found for ${accounts.found}.`,
		payables === null
			? 'Payables were not looked through.'
			: `${payables} payables with ${many(lines.read, 'cost line')} looked through: a job number was read from ${found.linesWithNumber}, that of a linked or skipped job from ${lines.found}.`,
		`${many(jobs.linked, 'job')} ${jobs.linked === 1 ? 'is' : 'are'} linked to their Procore project (${many(found.projectsRead, 'project')} read); ${jobs.open} wait for you${jobs.open > 0 ? ': fill in procore_project_id in gpp_project_crosswalk' : ''}.`,
		`${many(vendorsRead, 'GP vendor')} read: ${vendorsAlike} added that are written alike in Procore${vendorsAlike > 0 ? ': look through gpp_vendor_crosswalk' : ''}.`,
	];
	const rows = found.rows ?? [];
	const toAccept = rows.some(isOpen);
	const told = rows.map(rowInWords).filter((line) => line !== '');
	return {
		title: nothing
			? 'The tables are made, but the mapping does not fit this company yet'
			: toAccept
				? 'Look at what was found, and accept it'
				: problems.length > 0
					? 'The tables are filled, with something to look at'
					: 'The tables are ready',
		text: [...told, ...looked, ...problems].join(told.length > 0 ? '\n' : ' '),
		problems,
	};
}

/** One finding, with its share of the lines and one example. */
function rowInWords({ subject, found, coverage, examples, status }: FindingRow): string {
	if (status === 'not found any more') return '';
	const [example] = examples.split('\n');
	const share = coverage !== '' && status !== 'not sure' ? ` (${coverage})` : '';
	const accepted = status === 'accepted' ? ' Accepted.' : '';
	return `${found}${share}.${example && subject !== ALL_LINES ? ` For example ${example}.` : ''}${accepted}`;
}

function problemsOf(
	{
		accounts,
		payables,
		lines,
		jobs,
		projectsRead,
		notProven = '',
		leftOut = 0,
	}: Parameters<typeof findingsInWords>[0],
	jobRows: number,
): string[] {
	const problems: string[] = [];
	if (notProven !== '')
		problems.push(
			`GP's lists are not proven complete (${notProven}), so jobs, accounts and vendors may be missing: run Survey of the Dynamics GP node, put the profile it proposes into the GP nodes and run setup again.`,
		);
	if (leftOut > 0)
		problems.push(
			`${leftOut} GP records could not be understood and are not counted: Survey names what is wrong with their fields.`,
		);
	if (accounts.read === 0) {
		problems.push(
			'GP gave no accounts: check the company and the rights of the GP login in the Dynamics GP credential.',
		);
	} else if (accounts.found === 0) {
		problems.push(
			`No account is job cost: none of the ${accounts.read} fits Cost Accounts in Mapping with a cost code. This company writes them as ${examples(accounts)}: change Cost Accounts and Cost Code Segment (or Cost Code Pattern) in Mapping, or fill in cost_code in gpp_account_crosswalk, and run setup again.`,
		);
	}
	if (payables === 0) {
		problems.push(
			'No payables are dated in the months looked through: choose an earlier date in Look Through Payables From.',
		);
	} else if (payables !== null && lines.read === 0) {
		problems.push(`None of the ${payables} payables has a cost line: no job could be looked for.`);
	} else if (lines.read > 0 && lines.found < lines.read * SMALL_SHARE) {
		problems.push(
			`${lines.read - lines.found} of ${lines.read} cost lines show no linked job in the places of Job Found In in Mapping, for example ${examples(lines)}: change Job Found In to where this company writes the job and run setup again, or fill in procore_project_id in gpp_project_crosswalk. Lines of overhead need none.`,
		);
	}
	if (projectsRead === 0) {
		problems.push(
			'Procore gave no projects: check the company and the permissions of the Procore credential.',
		);
	} else if (jobRows === 0) {
		problems.push(
			`No job was found in GP, so none could be linked${accounts.without.length > 0 ? `; accounts are written as ${examples(accounts)}` : ''}: change Job Found In in Mapping.`,
		);
	} else if (jobs.linked === 0 && jobs.open > 0) {
		problems.push(
			`None of the ${jobs.open} open jobs has the number or name of one of the ${projectsRead} Procore projects: fill in procore_project_id in gpp_project_crosswalk, or change Job Found In in Mapping if gp_job is no job there.`,
		);
	}
	return problems;
}

function examples({ without }: Looked): string {
	return without.join('; ');
}
