import type { GpAccount } from '../../model/gp-records';
import { isSkip, keyOf, text } from '../crosswalk-index';
import { findJob } from '../find-job';
import { contextFor } from '../mapping-context';
import { documentOf } from './propose-sample';
import type { Sample } from './propose-types';
import { lineShown, shownText } from './propose-words';
import type { MappingInput, ProjectCrosswalkRow } from '../types';

/** How many were looked at, how many had what was looked for, and up to three that had not. */
export interface Looked {
	read: number;
	found: number;
	without: string[];
}

/** What the mapping as it stands finds in GP's records; counts of records, no amounts. */
export interface SetupFindings {
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
export interface JobCounts {
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
