import type { GpPayable } from '../model/gp-records';
import { add, type Decimal, toFixed } from '../model/money';
import { isAccrual, isSkip, keyOf, rowName, text } from './crosswalk-index';
import { decideLine } from './decide-line';
import { contextFor, inspectLine, type MappingContext, payableLabel } from './mapping-context';
import { type ChargeKind, type CostDistribution, costOfPayable } from './payable-cost';
import { chargeLeft } from './share-charges';
import type { MappingInput, ProjectCandidate, ReasonCode } from './types';

/**
 * Why nothing that stands above the decider decided, in the order of precedence: crosswalk rows,
 * then each rule. What `decidedBy` names is left out.
 */
function passedOver(
	line: CostDistribution,
	payable: GpPayable,
	decidedBy: string,
	context: MappingContext,
): string[] {
	const { found } = inspectLine(line, payable, context);
	const told = [
		accountRow(line.account, context),
		projectRow(found?.job ?? null, context),
		...context.settings.rules
			.explain({
				account: line.account,
				reference: line.reference,
				payable,
				vendorClass: context.vendorClass(payable),
			})
			.map(({ rule, unmet }) => [rule, unmet ?? UNHEARD] as const),
	];
	return told.filter(([name]) => !decidedBy.includes(name)).map(([name, why]) => `${name}: ${why}`);
}

const UNHEARD = 'holds, but the crosswalk or an earlier rule has said it all';

function accountRow(account: string, context: MappingContext): readonly [string, string] {
	const { row, problem } = context.crosswalk.account(account);
	if (!row) return ['accounts crosswalk', `has no row for ${account}`];
	const name = rowName('accounts', row);
	if (problem) return [name, problem.message];
	if (isSkip(row)) return [name, 'is set to skip'];
	if (isAccrual(row)) return [name, 'is set to accrual'];
	return text(row.cost_code) === '' && text(row.cost_type) === ''
		? [name, 'names no cost code']
		: [name, 'says what would hold without it'];
}

function projectRow(job: string | null, context: MappingContext): readonly [string, string] {
	if (job === null) return ['projects crosswalk', 'the line shows no job number'];
	const { row, problem } = context.crosswalk.project(job);
	if (!row) return ['projects crosswalk', `has no row for job ${job}`];
	const name = rowName('projects', row);
	if (problem) return [name, problem.message];
	if (isSkip(row)) return [name, 'is set to skip'];
	return text(row.procore_project_id) === ''
		? [name, 'names no Procore project']
		: [name, 'says what would hold without it'];
}

/** One cost line of a sample document: where it would go and what decided it. */
interface PreviewLine {
	document: string;
	key: string;
	sequence: number;
	account: string;
	reference: string | null;
	/** As in GP, before any charge is shared. */
	amount: Decimal;
	charge: ChargeKind | null;
	decision: 'send' | 'leave' | 'park';
	projectId: string;
	costCode: string;
	costType: string;
	/** Every decider, e.g. `account segment 1; projects crosswalk row 12; rule "Rebar"`. */
	decidedBy: string;
	/** What stands above that and did not decide, and why: crosswalk rows, then the rules in order. */
	passedOver: string;
	reasonCode: ReasonCode | '';
	message: string;
	remedy: string;
}

/**
 * Shows for each cost line of a sample payable which crosswalk row or rule decides it, by the very
 * decision that mapping takes. Charges are listed with what their own account would give; by the
 * policy "spread" they follow the other lines instead.
 *
 * @throws MappingSettingsError
 */
export function previewer(
	input: Omit<MappingInput, 'records'>,
): (payable: GpPayable) => PreviewLine[] {
	const contexts = new Map<string, MappingContext>();
	const contextOf = (company: string): MappingContext => {
		const known = contexts.get(keyOf(company));
		if (known) return known;
		const context = contextFor(company, { ...input, records: [] });
		contexts.set(keyOf(company), context);
		return context;
	};
	return (payable) => {
		const context = contextOf(payable.company);
		const cost = costOfPayable(payable, context.accounts.isJobCost);
		if (cost === null) return [];
		return [...cost.lines, ...cost.charges].map(({ accountFacts, ...line }): PreviewLine => {
			const whole = { ...line, ...(accountFacts === undefined ? {} : { accountFacts }) };
			const refused = line.charge === null ? null : chargeLeft(whole, payable, context);
			const decision = refused ?? decideLine(whole, payable, context);
			const sent = decision.kind === 'send' ? decision : null;
			const reason = decision.kind === 'send' ? null : decision.reason;
			const decidedBy = (decision.kind === 'park' ? undefined : decision.rule) ?? '';
			return {
				document: payableLabel(payable),
				key: payable.key,
				...line,
				decision: decision.kind,
				projectId: sent?.projectId ?? '',
				costCode: sent?.costCode ?? '',
				costType: sent?.costType ?? '',
				decidedBy,
				passedOver: passedOver(line, payable, decidedBy, context).join('; '),
				reasonCode: reason?.code ?? '',
				message: reason?.message ?? '',
				remedy: reason?.remedy ?? '',
			};
		});
	};
}

export interface PreviewCounts {
	documents: number;
	lines: number;
	/** Lines and their amount as in GP, before charges are shared. */
	placed: { lines: number; amount: Decimal };
	left: { lines: number; amount: Decimal };
	waiting: { lines: number; amount: Decimal };
}

/**
 * What a person reads who wants to see before anything is written: each line, who decided, what waits.
 *
 * @param unseen what was asked for and is not among the documents, with the reason; a sentence each
 */
export function previewInWords(
	documents: ReadonlyArray<{ payable: GpPayable; lines: readonly PreviewLine[] }>,
	projects: readonly ProjectCandidate[],
	unseen: readonly string[] = [],
): { title: string; text: string; counts: PreviewCounts } {
	const names = new Map(projects.map((one) => [String(one.id), one]));
	const of = (decision: PreviewLine['decision']) => {
		const lines = documents.flatMap((one) =>
			one.lines.filter((line) => line.decision === decision),
		);
		return { lines: lines.length, amount: toFixed(add('0', ...lines.map(({ amount }) => amount))) };
	};
	const counts: PreviewCounts = {
		documents: documents.length,
		lines: documents.reduce((sum, { lines }) => sum + lines.length, 0),
		placed: of('send'),
		left: of('leave'),
		waiting: of('park'),
	};
	const text = [
		`${counts.placed.lines} lines (${counts.placed.amount}) go to a project, ${counts.left.lines} (${counts.left.amount}) are left out, ${counts.waiting.lines} (${counts.waiting.amount}) wait. Amounts are as in GP, before freight, tax and the like are shared out. Nothing was written.`,
		...unseen,
		...documents.map((one) => documentInWords(one, names)),
	].join('\n\n');
	const title =
		counts.documents > 0
			? `${counts.documents} documents with ${counts.lines} cost lines`
			: unseen.some((one) => one.includes('could not be read'))
				? 'The document could not be read from GP'
				: 'No such document was found in GP';
	return { title, text, counts };
}

function documentInWords(
	{ payable, lines }: { payable: GpPayable; lines: readonly PreviewLine[] },
	names: ReadonlyMap<string, ProjectCandidate>,
): string {
	const head = `${payable.documentType} ${payable.documentNumber}, voucher ${payable.voucher}, ${payable.vendorName ?? payable.vendorId}, ${payable.documentDate ?? 'no date'}${payable.voided ? ', voided' : ''}${payable.state === 'unposted' ? ', not posted' : ''}`;
	if (lines.length === 0) return `${head}: no cost line`;
	return [head, ...lines.map((line) => `– ${lineInWords(line, names)}`)].join('\n');
}

function lineInWords(line: PreviewLine, names: ReadonlyMap<string, ProjectCandidate>): string {
	const what = `${toFixed(line.amount)} on ${line.account}${line.charge ? ` (${line.charge})` : ''}`;
	if (line.decision === 'send') {
		const project = names.get(line.projectId);
		const where = project
			? `${project.name}${project.projectNumber ? ` (${project.projectNumber})` : ''}`
			: `project ${line.projectId}`;
		return `${what} → ${where}, code ${line.costCode}, type ${line.costType}. Decided by ${line.decidedBy}`;
	}
	return line.decision === 'leave'
		? `${what} is left out: ${line.message}`
		: `${what} waits: ${line.message}. ${line.remedy}`;
}
