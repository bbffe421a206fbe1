import type { GpDistribution, GpPayable, GpReceiptLine } from '../model/gp-records';
import { causeKey } from '../model/keys';
import {
	add,
	compare,
	type Decimal,
	isZero,
	negate,
	parseDecimal,
	subtract,
	toFixed,
} from '../model/money';
import { placeUnknown } from './accounts';
import { jobOfAccount, type MappingContext } from './mapping-context';
import { type CostDistribution, mayCost } from './payable-cost';
import type { Reason } from './types';

/**
 * Why a document is too early for the first load, or null. One that was sent already goes on being kept
 * as GP has it; one without a date is not called early.
 */
export function beforeStart(payable: GpPayable, context: MappingContext): Reason | null {
	const { documentsFrom } = context.settings;
	const date = payable.documentDate;
	if (documentsFrom === '' || date === null || date >= documentsFrom) return null;
	if (context.earlierProjects(payable.key).length > 0) return null;
	return {
		code: 'before-start',
		message: `The document is dated ${date}, before ${documentsFrom}, from which on documents are sent`,
		remedy:
			'Nothing to do. To send it, set "Documents From" of the Mapping node to an earlier day and start Run with options with "Read again from this date".',
	};
}

/**
 * Why a project gets nothing yet, or null. A document that was sent there before stays and is kept as GP
 * has it: choosing fewer projects takes nothing out of a budget.
 *
 * @param key of the document; absent for a cost code
 */
export function notChosen(projectId: string, context: MappingContext, key?: string): Reason | null {
	const { onlyProjects } = context.settings;
	if (onlyProjects.length === 0 || onlyProjects.includes(projectId)) return null;
	if (key !== undefined && context.earlierProjects(key).includes(projectId)) return null;
	const name = context.projects.find(({ id }) => String(id) === projectId)?.name;
	return {
		code: 'project-not-chosen',
		message: `Project ${name ? `${name} (${projectId})` : projectId} is not among the projects chosen to be synced`,
		remedy:
			'Nothing to do. To send it, add the project to "Only These Projects" of the Mapping node and start Run with options with "Read again from this date".',
	};
}

/**
 * Why a line off the cost accounts waits instead of being left out, or null. Setup makes the pattern of
 * the cost accounts of a sample; an account that came later and names the job of a project in itself is
 * cost of the project, or is not: nobody has said. A pattern that a person wrote leaves out what it does
 * not match, and so do an account known to be on the balance sheet and a project that gets nothing yet.
 * Charges follow the cost, whatever their account.
 */
export function unseenCostAccount(
	line: CostDistribution,
	payable: GpPayable,
	context: MappingContext,
): Reason | null {
	if (!context.settings.costAccountsFound || line.charge !== null) return null;
	if (line.accountFacts?.postingType === 'balanceSheet') return null;
	const found = jobOfAccount(line.account, context);
	const project = found && context.jobs.linked(found.job);
	if (!project || notChosen(project.projectId, context, payable.key)) return null;
	const named = project.jobName ? `${project.jobName} (${project.projectId})` : project.projectId;
	return {
		code: 'cost-account-unknown',
		causeKey: causeKey('A', line.account),
		message: `Account ${line.account} names job ${found.job} of project ${named} and is none of the cost accounts that setup found: nobody has said whether it is job cost`,
		remedy: `Add account ${line.account} to the accounts crosswalk table: with its cost_code where it is job cost, with the action skip where it is not. Or fill in Cost Accounts in the node Mapping of the sync.`,
	};
}

/** Intercompany: its account has the number of an account of ours, and is none. */
export function otherCompany(company: string): Reason {
	return {
		code: 'other-company',
		message: `The line belongs to GP company ${company} (intercompany) and is no cost of this one`,
		remedy: `Nothing to do. It is a general ledger entry in ${company}; where it is job cost there, enter it there as a payable.`,
	};
}

/** A rule leaves the line out; `value` is what it was told to say. */
export function skippedByRule(
	account: string,
	{ value, rule }: { value: string; rule: string },
): Reason {
	return {
		code: 'skipped-by-rule',
		message: `Account ${account} is left out by ${rule}: ${value}`,
		remedy: `To send it, change or switch off ${rule} in the GP to Procore node.`,
	};
}

/** A rule asks for the class of the vendor, and nobody has looked it up. */
export function classUnknown(rule: string): Reason {
	return {
		code: 'vendor-class-unknown',
		message: `${rule} asks for the class of the vendor, and the document came without it`,
		remedy:
			'Switch on "Add Vendor Class" in the Dynamics GP node that reads the payables and replay the document, or ask for vendor IDs in the rule instead.',
	};
}

/** No place of the line has a job number. */
export function noJob(line: CostDistribution, context: MappingContext): Reason {
	const why = context.settings.unfound?.job;
	if (why !== undefined) return placeUnknown('job', why);
	const places = [...new Set(context.settings.jobFinders.map((finder) => finder.name))];
	return {
		code: 'no-job',
		causeKey: causeKey('A', line.account),
		message: `No job number was found for account ${line.account} in ${places.join(', ') || 'any place: none is set'}`,
		remedy:
			'Correct the distribution in GP (account or reference), or add a place or a rule that gives the job, or set the account to skip in the accounts crosswalk table.',
	};
}

/**
 * The document with its accrual lines replaced by the receipt lines they pay, each on the account and
 * the job that bear its cost; exact to the cent, or not at all. Where the receipts are not known, or do
 * not add up to what the accrual debits, the document stays as it is, and `receiptsUnread` says why.
 */
export function behindAccruals(payable: GpPayable, context: MappingContext): GpPayable {
	const { receiptLines, distributions } = payable;
	if (!receiptLines || payable.voided || !Array.isArray(distributions)) return payable;
	const accruals = distributions.filter((line) => isAccrual(line, context));
	const debited = sumOf(accruals);
	if (accruals.length === 0 || debited === null) return payable;
	const unread = (why: string): GpPayable => ({ ...payable, receiptsUnread: why });
	const [first] = receiptLines;
	if (!first) return unread('no purchase invoice in GP made this document');
	const homeless = receiptLines.find(({ account, job }) => account === null && job === null);
	if (homeless)
		return unread(`line ${homeless.line} of receipt ${homeless.receipt} has no account in GP`);

	const received = add('0', ...receiptLines.map(({ cost }) => cost));
	const invoiced = add(received, ...receiptLines.map(({ variance }) => variance));
	const isReceived = toFixed(received) === toFixed(debited);
	if (!isReceived && toFixed(invoiced) !== toFixed(debited))
		return unread(
			`the receipt lines it pays add up to ${toFixed(received)} as received and ${toFixed(invoiced)} as invoiced, and the accrual is debited with ${toFixed(debited)}`,
		);
	// Where the accrual is debited with the cost as received, the variance has a distribution of its own.
	const lines = toTheCent(
		receiptLines.flatMap((line) => [
			part(line, line.cost, line.account),
			...(isReceived || isZero(line.variance) ? [] : [variance(line)]),
		]),
		debited,
	);
	const place = distributions.indexOf(accruals[0]!);
	const { sequence } = accruals[0]!;
	const kept = distributions.filter((line) => !accruals.includes(line));
	const replaced = lines.map(
		({ amount, ...line }, at): GpDistribution => ({
			...line,
			sequence: sequence + at + 1,
			type: 'purchase',
			debit: compare(amount, '0') < 0 ? '0' : amount,
			credit: compare(amount, '0') < 0 ? negate(amount) : '0',
		}),
	);
	return {
		...payable,
		distributions: [...kept.slice(0, place), ...replaced, ...kept.slice(place)],
	};
}

/** Off the job where GP books it off the job. */
function variance(line: GpReceiptLine): Part {
	if (line.varianceAccount === null) return part(line, line.variance, line.account);
	const offJob = { ...line, job: null, costCode: null, costType: null };
	return part(offJob, line.variance, line.varianceAccount);
}

type Part = Pick<
	GpDistribution,
	'account' | 'accountFacts' | 'reference' | 'job' | 'costCode' | 'costType'
> & {
	amount: Decimal;
};

function part(line: GpReceiptLine, amount: Decimal, account: string | null): Part {
	return {
		account: account ?? '',
		reference: line.description,
		amount,
		...(line.accountFacts && account === line.account ? { accountFacts: line.accountFacts } : {}),
		...(line.job === null ? {} : { job: line.job }),
		...(line.costCode === null ? {} : { costCode: line.costCode }),
		...(line.costType === null ? {} : { costType: line.costType }),
	};
}

/** Amounts in cents whose sum is that of the accrual: what rounding leaves goes to the largest. */
function toTheCent(parts: readonly Part[], debited: Decimal): Part[] {
	const rounded = parts.map((one) => ({ ...one, amount: toFixed(one.amount) }));
	const left = subtract(toFixed(debited), add('0', ...rounded.map(({ amount }) => amount)));
	const largest = rounded.reduce((most, one) =>
		compare(one.amount, most.amount) > 0 ? one : most,
	);
	largest.amount = toFixed(add(largest.amount, left));
	return rounded;
}

function isAccrual(line: GpDistribution, context: MappingContext): boolean {
	return (
		mayCost(line.type) &&
		line.company === undefined &&
		line.job === undefined &&
		context.accounts.decide(line.account).kind === 'accrual'
	);
}

function sumOf(lines: readonly GpDistribution[]): Decimal | null {
	let sum: Decimal = '0';
	for (const { debit, credit } of lines) {
		const [one, other] = [parseDecimal(debit), parseDecimal(credit)];
		if (one === null || other === null) return null;
		sum = add(sum, subtract(one, other));
	}
	return sum;
}

/** Nothing says what kind of cost the lines on an account are. */
export function noCostType(account: string): Reason {
	return {
		code: 'cost-type-missing',
		causeKey: causeKey('A', account),
		message: `Nothing tells the cost type of account ${account}`,
		remedy: `Fill in cost_type for account ${account} in the accounts crosswalk table, or add what stands in its account to "Cost Types" of the Mapping node, or fill in "Default Cost Type" there.`,
	};
}
