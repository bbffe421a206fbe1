import type { GpAccount } from '../../model/gp-records';
import { many } from '../../model/outcome';
import { keyOf } from '../crosswalk-index';
import { decideLine } from '../decide-line';
import {
	type Crosswalk,
	DEFAULT_MAPPING_SETTINGS,
	type PlaceToFind,
	type ProjectCrosswalkRow,
} from '../types';
import { contextFor, findJob } from '../mapping-context';
import { proposeAccounts } from './propose-accounts';
import { proposeCodeAndType } from './propose-code';
import { proposeJob } from './propose-job';
import {
	costLineOf,
	documentOf,
	type Finding,
	type ProcoreNumbers,
	type Proposal,
	type Sample,
	SUBJECTS,
} from './propose-types';
import { lineShown, shownText } from './propose-choice';

/**
 * Where a company writes job, cost code and cost type, by what its cost lines have in common with
 * Procore's own numbers. A place is claimed only where it holds enough of them and no other place that
 * says something else comes near; else nothing is set, and the finding says what was looked at. In steps.
 */
export function* propose(
	sample: Sample,
	procore: ProcoreNumbers,
	standing: Standing = { projects: [], accounts: [] },
): Generator<void, Proposal, void> {
	const job = yield* proposeJob(sample, procore);
	yield;
	const accounts = proposeAccounts(sample, job);
	yield;
	const { costCode, costType } = proposeCodeAndType({ sample, procore, job, accounts });
	yield;
	const others = accounts.finding.sure ? otherAccounts(sample, accounts.isCost) : [];
	const findings = [job.finding, accounts.finding, ...others, costCode, costType];
	const proposal: Proposal = {
		findings,
		settings: Object.assign({}, ...findings.map(({ sure, settings }) => (sure ? settings : {}))),
		links: job.links,
		skips: job.skips,
		coverage: { lines: sample.costLines, placed: 0, left: 0, waiting: 0 },
	};
	const own = withoutThose(standing, proposal);
	const measured = yield* measure(sample, procore, { ...proposal, ...own }, standing);
	proposal.coverage = measured.coverage;
	findings.push(...jobFindings(own.skips, measured, sample.costLines));
	findings.sort((left, right) => SUBJECTS.indexOf(left.subject) - SUBJECTS.indexOf(right.subject));
	return proposal;
}

type Standing = Pick<Crosswalk, 'projects' | 'accounts'>;

/** What is proposed about jobs that no row stands for: rows that stand are left as they are. */
function withoutThose(
	{ projects }: Standing,
	{ links, skips }: Proposal,
): Pick<Proposal, 'links' | 'skips'> {
	const known = new Set(projects.map((row) => keyOf(row.gp_job)));
	const isNew = ({ job }: { job: string }) => !known.has(keyOf(job));
	return { links: links.filter(isNew), skips: skips.filter(isNew) };
}

/** Projects whose numbers stand where the job does: those whose cost codes tell something. */
export function* projectsMet(
	sample: Sample,
	projects: ProcoreNumbers['projects'],
	costTypes: ProcoreNumbers['costTypes'],
): Generator<void, string[], void> {
	const { places } = yield* proposeJob(sample, { projects, costTypes, costCodes: [] });
	return [...new Set(places.flatMap(({ distinct }) => [...distinct]))];
}

/** Why each place that decides about every line is not known; empty where all are. */
export function unfoundOf(findings: readonly Finding[]): Partial<Record<PlaceToFind, string>> {
	return Object.fromEntries(
		findings
			.filter(({ subject, sure }) => !sure && PLACES.has(subject))
			.map(({ subject, said }) => [subject, said]),
	);
}

const PLACES = new Set<string>([
	'job',
	'costAccounts',
	'costCode',
	'costType',
] satisfies PlaceToFind[]);

/** Rows of the project crosswalk that the proposal comes with. */
export function rowsOf(
	company: string,
	{ links, skips }: Pick<Proposal, 'links' | 'skips'>,
): ProjectCrosswalkRow[] {
	return [
		...links.map(({ job, projectId }) => ({
			gp_company: company,
			gp_job: job,
			procore_project_id: projectId,
			action: 'send',
		})),
		...skips.map(({ job, why }) => ({
			gp_company: company,
			gp_job: job,
			procore_project_id: '',
			action: 'skip',
			note: `No project: ${why}`,
		})),
	];
}

interface Measured {
	coverage: Proposal['coverage'];
	/** Jobs that have no project, with lines and an example. */
	open: Map<string, { lines: number; example: string }>;
	skipped: Map<string, number>;
}

/** What the mapping itself makes of the sample with these settings. */
function* measure(
	sample: Sample,
	procore: ProcoreNumbers,
	proposal: Proposal,
	standing: Standing,
): Generator<void, Measured, void> {
	const company = 'sample';
	const ofSample = <Row>(rows: readonly Row[]) =>
		rows.map((row) => ({ ...row, gp_company: company }));
	const context = contextFor(company, {
		records: [],
		crosswalk: {
			projects: [...ofSample(standing.projects), ...rowsOf(company, proposal)],
			accounts: ofSample(standing.accounts),
			vendors: [],
		},
		projects: [...procore.projects],
		settings: {
			...DEFAULT_MAPPING_SETTINGS,
			...proposal.settings,
			...('costAccountPattern' in proposal.settings ? { costAccountsFound: true as const } : {}),
			unfound: unfoundOf(proposal.findings),
		},
	});
	const measured: Measured = {
		coverage: { lines: sample.costLines, placed: 0, left: 0, waiting: 0 },
		open: new Map(),
		skipped: new Map(),
	};
	const chart = new Map(sample.accounts.map((account) => [keyOf(account.account), account]));
	for (const line of sample.lines) {
		yield;
		const payable = documentOf(line, company);
		const costLine = costLineOf(line, chart.get(keyOf(line.account)));
		const decision = decideLine(costLine, payable, context);
		const kind = { send: 'placed', leave: 'left', park: 'waiting' } as const;
		measured.coverage[kind[decision.kind]] += line.lines;
		if (decision.kind === 'send') continue;
		const job = findJob(line, payable, context)?.job ?? '';
		if (decision.reason.code === 'job-without-project') {
			const known = measured.open.get(job) ?? { lines: 0, example: lineShown(line) };
			measured.open.set(job, known);
			known.lines += line.lines;
		} else if (decision.reason.code === 'skipped-by-crosswalk') {
			measured.skipped.set(keyOf(job), (measured.skipped.get(keyOf(job)) ?? 0) + line.lines);
		}
	}
	return measured;
}

function jobFindings(skips: Proposal['skips'], measured: Measured, of: number): Finding[] {
	const base = { of, others: [], settings: {} };
	const sum = (counts: Iterable<number>) => [...counts].reduce((all, one) => all + one, 0);
	const findings: Finding[] = [];
	if (skips.length > 0) {
		findings.push({
			...base,
			subject: 'skippedJobs',
			sure: true,
			said: `No projects by the names of their accounts, so they are left out: ${skips.map(({ job, why }) => `${job} (${why})`).join(', ')}`,
			covered: sum(skips.map(({ job }) => measured.skipped.get(keyOf(job)) ?? 0)),
			examples: [],
		});
	}
	if (measured.open.size > 0) {
		const open = [...measured.open].sort((left, right) => right[1].lines - left[1].lines);
		findings.push({
			...base,
			subject: 'openJobs',
			sure: false,
			said: `${many(open.length, 'job')} ${open.length === 1 ? 'has' : 'have'} no active project in Procore: ${open
				.slice(0, 10)
				.map(([job, { lines }]) => `${job} (${many(lines, 'line')})`)
				.join(
					', ',
				)}. ${open.length === 1 ? 'Its' : 'Their'} invoices wait until a project is chosen in gpp_project_crosswalk, or skip`,
			covered: sum(open.map(([, { lines }]) => lines)),
			examples: open.slice(0, 3).map(([job, { example }]) => `${example}: job ${job}`),
		});
	}
	return findings;
}

const ACCRUAL =
	/\baccrued? (purchases?|receipts?|a\/?p|payables?|invoices?|vouchers?)|\b(purchase|receipts?|po|p\.o\.|inventory|a\/?p) accruals?\b|\bgr ?[/-]? ?ni\b|\bgrni\b|\b(received|receipts?),? not (yet )?(invoiced|billed|vouchered)\b|\buninvoiced receipts?\b|\bunvouchered\b/i;

/** Accruals, tax, other balance-sheet accounts that purchases were posted to, inactive accounts. */
function otherAccounts(sample: Sample, isCost: (account: string) => boolean): Finding[] {
	const chart = new Map(sample.accounts.map((account) => [keyOf(account.account), account]));
	const lines = new Map<string, number>();
	for (const line of sample.lines) {
		const key = keyOf(line.account);
		lines.set(key, (lines.get(key) ?? 0) + line.lines);
	}
	const posted = [...lines].flatMap(([key, count]) => {
		const account = chart.get(key);
		return account ? [{ account, count }] : [];
	});
	const sheet = posted.filter(
		({ account }) => account.postingType === 'balanceSheet' && !isCost(account.account),
	);
	const accrual = sheet.filter(({ account }) => ACCRUAL.test(account.description ?? ''));
	const rest = sheet.filter((one) => !accrual.includes(one));
	const taxes = [...sample.taxAccounts].map(([number, count]) => ({
		account: chart.get(keyOf(number)) ?? null,
		number,
		count,
	}));
	const inactive = posted.filter(({ account }) => account.active === false);
	const base = { sure: true, of: sample.costLines, others: [], settings: {} };
	const findings: Finding[] = [];
	if (accrual.length > 0) {
		findings.push({
			...base,
			subject: 'accrual',
			said: 'Purchase accrual accounts: an invoice on them waits, its cost stands on the purchase receipt',
			covered: total(accrual),
			examples: accrual.slice(0, 5).map(shownAccount),
			settings: { accrualAccounts: accrual.map(({ account }) => keyOf(account.account)) },
		});
	}
	if (taxes.length > 0) {
		const recoverable = taxes.filter(({ account }) => account?.postingType === 'balanceSheet');
		const unknown = taxes.filter(({ account }) => !account || account.postingType === 'unknown');
		findings.push({
			...base,
			subject: 'tax',
			sure: unknown.length === 0,
			said: `${recoverable.length} of ${taxes.length} tax accounts are on the balance sheet: recoverable tax, which is no cost and is left out. The tax of the others is shared out over the cost lines${unknown.length > 0 ? `. Of ${unknown.map(({ number }) => shownText(number)).join(', ')} GP does not say what it is: its invoices wait` : ''}`,
			covered: total(taxes),
			of: total(taxes),
			examples: recoverable
				.slice(0, 5)
				.map(({ account, count }) => shownAccount({ account: account!, count })),
		});
	}
	if (rest.length > 0) {
		findings.push({
			...base,
			subject: 'balanceSheet',
			said: 'Balance-sheet accounts that purchases were posted to: no job cost, left out. If one is a purchase accrual, write accrual into its row of gpp_account_crosswalk',
			covered: total(rest),
			examples: rest.slice(0, 5).map(shownAccount),
		});
	}
	if (inactive.length > 0) {
		findings.push({
			...base,
			subject: 'inactive',
			said: `${many(inactive.length, 'account')} with cost ${inactive.length === 1 ? 'is inactive in GP: its cost code is made only where a cost needs it' : 'are inactive in GP: their cost codes are made only where a cost needs them'}`,
			covered: total(inactive),
			examples: inactive.slice(0, 5).map(shownAccount),
		});
	}
	return findings;
}

function shownAccount({ account, count }: { account: GpAccount; count: number }): string {
	const described = (account.description ?? '').trim();
	return `${shownText(account.account)}${described ? ` ${shownText(described)}` : ''} (${many(count, 'line')})`;
}

function total(list: ReadonlyArray<{ count: number }>): number {
	return list.reduce((all, { count }) => all + count, 0);
}
