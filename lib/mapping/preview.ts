import type { GpPayable } from '../model/gp-records';
import { add, type Decimal, toFixed } from '../model/money';
import { many } from '../model/outcome';
import { isAccrual, isSkip, keyOf, rowName, text } from './crosswalk-index';
import { decideLine, type LineDecision } from './decide-line';
import type { DocumentVerdict } from './map-records';
import { contextFor, inspectLine, type MappingContext, payableLabel } from './mapping-context';
import { type ChargeKind, type CostDistribution, costOfPayable } from './payable-cost';
import { shareCharges } from './share-charges';
import type { MappingInput, ProjectCandidate, ReasonCode } from './types';
import { behindAccruals } from './why-not-sent';

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
	/** `share`: a charge that is shared out over the other lines, wherever they go. */
	decision: LineDecision['kind'] | 'share';
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

interface Decided extends CostDistribution {
	decision: LineDecision | { kind: 'share' };
}

/** Cost lines as in GP; behind them the charges with what becomes of them by their policy, perhaps in parts. */
function decidedLines(payable: GpPayable, context: MappingContext): Decided[] {
	const cost = costOfPayable(payable, context.accounts.isJobCost);
	if (cost === null) return [];
	const shared = cost.charges.length === 0 ? [] : shareCharges(payable, cost, context);
	return [
		...cost.lines.map((line) => ({ ...line, decision: decideLine(line, payable, context) })),
		...cost.charges.flatMap((charge): Decided[] => {
			const parts = shared.filter(({ distribution }) => distribution === charge);
			if (parts.length === 0) return [{ ...charge, decision: { kind: 'share' } }];
			return parts.map(({ decision, amount }) => ({ ...charge, amount, decision }));
		}),
	];
}

/**
 * Shows for each cost line of a sample payable which crosswalk row or rule decides it, by the very
 * decision that mapping takes; charges are shared out as it shares them.
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
	return (given) => {
		const context = contextOf(given.company);
		const payable = behindAccruals(given, context);
		return decidedLines(payable, context).map(({ accountFacts, decision, ...line }) => {
			const sent = decision.kind === 'send' ? decision : null;
			const reason = 'reason' in decision ? decision.reason : null;
			const decidedBy = ('rule' in decision ? decision.rule : undefined) ?? '';
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

/** How many, and their amount as in GP, before charges are shared. */
interface Counted {
	lines: number;
	amount: Decimal;
}

export interface PreviewCounts {
	documents: number;
	/** Documents by what becomes of them as a whole, and the amount of those that go. */
	going: { documents: number; amount: Decimal };
	waitingWhole: number;
	lines: number;
	placed: Counted;
	left: Counted;
	waiting: Counted;
	shared: Counted;
}

interface PreviewedDocument {
	payable: GpPayable;
	lines: readonly PreviewLine[];
	verdict: DocumentVerdict;
}

/**
 * What a person reads who wants to see before anything is written: each line, who decided, what waits.
 *
 * @param unseen what was asked for and is not among the documents, with the reason; a sentence each
 */
export function previewInWords(
	documents: readonly PreviewedDocument[],
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
	const whole = (decision: DocumentVerdict['decision']) =>
		documents.filter(({ verdict }) => verdict.decision === decision);
	const sums = whole('send').flatMap(({ verdict }) => verdict.places.map(({ amount }) => amount));
	const counts: PreviewCounts = {
		documents: documents.length,
		going: { documents: whole('send').length, amount: toFixed(add('0', ...sums)) },
		waitingWhole: whole('park').length,
		lines: documents.reduce((sum, { lines }) => sum + lines.length, 0),
		placed: of('send'),
		left: of('leave'),
		waiting: of('park'),
		shared: of('share'),
	};
	const text = [
		countsInWords(counts),
		...unseen,
		...documents.map((one) => documentInWords(one, names)),
	].join('\n\n');
	const title =
		counts.documents > 0
			? `${many(counts.documents, 'document')} with ${many(counts.lines, 'cost line')}`
			: unseen.some((one) => one.includes('could not be read'))
				? 'The document could not be read from GP'
				: 'No such document was found in GP';
	return { title, text, counts };
}

function countsInWords(counts: PreviewCounts): string {
	const { documents, going, waitingWhole, placed, left, waiting, shared } = counts;
	const of = ({ lines, amount }: Counted) => `${lines} (${amount})`;
	return [
		`${many(going.documents, 'document')} (${going.amount}) would go to Procore, ${waitingWhole} would wait, ${documents - going.documents - waitingWhole} would be left out or taken out. A document goes whole or waits whole.`,
		`Of the lines ${of(placed)} have a project, ${of(left)} are left out, ${of(waiting)} wait, ${of(shared)} of freight, tax and the like are shared out over the others. Amounts of lines are as in GP.`,
		'Nothing was written.',
	].join(' ');
}

/** Where the document goes, or why it does not; what a line says for itself is not said again. */
function verdictInWords(
	{ verdict, lines }: PreviewedDocument,
	names: ReadonlyMap<string, ProjectCandidate>,
): string {
	const { decision, places, message, remedy } = verdict;
	const to = places.map(
		({ projectId, amount }) => `${amount} to ${projectNamed(projectId, names)}`,
	);
	switch (decision) {
		case 'send':
			return `Would go: ${to.join('; ')}`;
		case 'void':
			return `Void in GP: would be taken out of ${places.map(({ projectId }) => projectNamed(projectId, names)).join('; ')}, where it was sent there`;
		case 'leave':
			return `Would be left out: ${message}`;
		case 'park':
			return lines.some((line) => line.decision === 'park' && message.includes(line.message))
				? 'Would wait whole, for what is said below'
				: `Would wait: ${message}. ${remedy}`;
	}
}

function projectNamed(id: string, names: ReadonlyMap<string, ProjectCandidate>): string {
	const project = names.get(id);
	if (!project) return `project ${id}`;
	return `${project.name}${project.projectNumber ? ` (${project.projectNumber})` : ''}`;
}

function documentInWords(
	document: PreviewedDocument,
	names: ReadonlyMap<string, ProjectCandidate>,
): string {
	const { payable, lines } = document;
	const head = `${payable.documentType} ${payable.documentNumber}, voucher ${payable.voucher}, ${payable.vendorName ?? payable.vendorId}, ${payable.documentDate ?? 'no date'}${payable.voided ? ', voided' : ''}${payable.state === 'unposted' ? ', not posted' : ''}`;
	const said = [head, verdictInWords(document, names)];
	return [...said, ...lines.map((line) => `– ${lineInWords(line, names)}`)].join('\n');
}

function lineInWords(line: PreviewLine, names: ReadonlyMap<string, ProjectCandidate>): string {
	const what = `${toFixed(line.amount)} on ${line.account}${line.charge ? ` (${line.charge})` : ''}`;
	if (line.decision === 'send')
		return `${what} → ${projectNamed(line.projectId, names)}, code ${line.costCode}, type ${line.costType}. Decided by ${line.decidedBy}`;
	if (line.decision === 'share') return `${what} is shared out over the other lines`;
	return line.decision === 'leave'
		? `${what} is left out: ${line.message}`
		: `${what} waits: ${line.message}. ${line.remedy}`;
}
