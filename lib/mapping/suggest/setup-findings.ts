import type { GpAccount, GpPayable } from '../../model/gp-records';
import { isSkip, keyOf, text } from '../crosswalk-index';
import { findJob } from '../find-job';
import { contextFor } from '../mapping-context';
import { costOfPayable } from '../payable-cost';
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
/** An account or a reference longer than this is cut. */
const SHOWN_CHARACTERS = 60;

/**
 * Counts records as they are read, so that payables need not all be there together.
 *
 * @throws MappingSettingsError
 */
export function lookThrough(
	company: string,
	input: Omit<MappingInput, 'records'>,
): {
	accounts(records: readonly GpAccount[]): void;
	payables(records: readonly GpPayable[]): void;
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
				count(accounts, context.accounts.decide(account).kind === 'cost', () => shown(account));
			}
		},
		payables: (records) => {
			payables = (payables ?? 0) + records.length;
			for (const payable of records) {
				if (payable.voided || payable.documentType === 'payment') continue;
				for (const line of costOfPayable(payable, context.accounts.isJobCost)?.lines ?? []) {
					// Another company's cost is found there, not here.
					if (line.company !== undefined) continue;
					const job = keyOf(findJob(line, payable, context)?.job);
					const seen = byJob.get(job) ?? { read: 0, without: [] };
					byJob.set(job, seen);
					seen.read += 1;
					if (seen.read === 1 || job === '')
						addExample(seen.without, () => lineShown(line, payable));
				}
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

function lineShown(
	line: { account: string; reference: string | null },
	payable: GpPayable,
): string {
	const carriers = [
		['reference', line.reference],
		['PO number', payable.purchaseOrderNumber],
		['description', payable.description],
	].flatMap(([name, value]) => (text(value) === '' ? [] : [`${name} "${shown(text(value))}"`]));
	return [`account ${shown(line.account)}`, ...carriers].join(', ');
}

function shown(value: string): string {
	const trimmed = value.trim();
	return trimmed.length > SHOWN_CHARACTERS ? `${trimmed.slice(0, SHOWN_CHARACTERS)}…` : trimmed;
}
