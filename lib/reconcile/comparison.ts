import type { DesiredDirectCost, DesiredRecord } from '../model/desired';
import { type Decimal, isZero, toFixed } from '../model/money';
import { many } from '../model/outcome';
import type { Comparison } from './account-books';
import { controlInWords, type ControlTotals } from './control-totals';
import type { DifferenceCause, ExpectedCost, InProject, Unrecorded } from './reconcile.types';
import type { RecordResult } from './table-rows';

/** Whether a desired record is a cost; vendors and cost codes are compared apart. */
export function isDirectCost(desired: DesiredRecord): desired is DesiredDirectCost {
	return desired.kind === 'directCost';
}

/**
 * Without the GP record and what of the lines nobody compares: every document of a company is kept at
 * once. `hash` stands for all of it.
 */
export function slimCost(cost: DesiredDirectCost, hash?: string): ExpectedCost {
	const { originId, projectId, vendorId, vendorOriginId, voided, commitment } = cost;
	return {
		originId,
		projectId,
		...(vendorId === undefined ? {} : { vendorId }),
		...(vendorOriginId === undefined ? {} : { vendorOriginId }),
		...(commitment === undefined ? {} : { commitment }),
		voided,
		source: {
			key: cost.source.key,
			label: cost.source.label,
			...(cost.source.content === undefined ? {} : { content: cost.source.content }),
			...(cost.source.modified === undefined ? {} : { modified: cost.source.modified }),
		},
		header: cost.header,
		...(hash === undefined ? {} : { hash }),
		lines: cost.lines.map(
			({ originId: id, costCode, costType, amount, taxCodeId, description }) => ({
				originId: id,
				costCode,
				costType,
				amount,
				...(taxCodeId === undefined ? {} : { taxCodeId }),
				// Part of a subcontractor invoice's own hash, which depends on the order it bills.
				...(commitment === undefined || description === undefined ? {} : { description }),
			}),
		),
	};
}

const CAUSES: Record<DifferenceCause, string> = {
	parked: 'wait in the parked table',
	skipped: 'left out on purpose',
	unposted: 'not posted in GP',
	missing: 'missing in Procore',
	editedInProcore: 'edited in Procore',
	changedInGp: 'changed in GP since it was sent',
	mappingChanged: 'mapped otherwise than when it was sent',
	changedSinceSent: 'changed since it was sent',
	changedOnBothSides: 'changed on both sides',
	differs: 'different, and nothing shows which side changed',
	notYetVoided: 'voided in GP, still counting in Procore',
	duplicate: 'twice in Procore',
	stale: 'in a project the mapping no longer names',
	asSent: 'as sent: GP keeps no distributions any more',
	asSentEdited: 'changed in Procore since it was sent; GP keeps no distributions to mend it from',
	goneFromGp: 'no longer in GP',
	notFromGp: 'entered in Procore only',
	waitingRequest: 'asked for, done by the next run',
	notRead: 'could not be read',
	unrecorded: 'written by a batch that never recorded it',
	unsaid: 'of which no run said what became of it',
	contradicted: 'told otherwise by the list than by the document',
	unexplained: 'unexplained',
};

/** The result for a person, as a title and a few sentences. */
export function inWords(
	{
		total,
		differences,
		documents,
		control,
	}: Pick<Comparison, 'total' | 'differences' | 'documents' | 'control'>,
	mendable: number,
	notProven = '',
	others: readonly string[] = [],
): { title: string; text: string } {
	const agree = isZero(total.unexplained);
	const explained = (Object.entries(total.explained) as Array<[DifferenceCause, Decimal]>)
		.filter(([, amount]) => !isZero(amount))
		.map(([cause, amount]) => `${money(amount)} ${CAUSES[cause]}`);
	const sentences = [
		`GP has ${money(total.gp)} in ${many(documents, 'document')}, Procore ${money(total.procore)}; the difference is ${money(total.difference)}.`,
		explained.length > 0 ? `Of that, ${explained.join('; ')}.` : '',
		control ? controlInWords(control.total) : '',
		...others,
		notProven === '' ? '' : `Not proven complete: ${notProven}.`,
		agree ? 'Nothing is unexplained.' : `${money(total.unexplained)} is unexplained.`,
		differences.length > 0
			? 'Each difference stands with its document in the table gpp_reconciliation.'
			: '',
		mendable > 0 ? `The next run can mend ${mendable} of what differs.` : '',
	];
	const nothing = documents === 0 && isZero(total.gp) && isZero(total.procore);
	return {
		title: !agree
			? 'There are unexplained differences'
			: notProven !== ''
				? 'Not proven: documents may be missing from this comparison'
				: nothing
					? 'There was no document to compare'
					: 'Every difference is explained',
		text: sentences.filter(Boolean).join(' '),
	};
}

/** "1,234.50", with a minus where negative. */
function money(amount: Decimal): string {
	return toFixed(amount).replace(/\B(?=(\d{3}){1,20}(?=\.))/g, ',');
}

const NAMES = { vendor: 'vendors', account: 'GL accounts' } as const;

/** What keeps a comparison from being proven complete. */
export interface Doubts {
	/** Documents GP has that the comparison lacks. */
	missing: number;
	/** Why the second reading ended early; null where it came to its end. */
	failed: string | null;
	/** Why lists may have been cut; blank where they were read to their end. */
	list: string;
	/** Documents no run said anything of, and those the list tells otherwise than they are. */
	control?: Pick<ControlTotals, 'unsaid' | 'contradicted'> &
		Partial<Pick<ControlTotals, 'total' | 'amountsKnown'>>;
	/** The first of those no run said anything of, with its reason and remedy. */
	firstUnsaid?: string;
	/** Batches begun and never recorded. */
	unrecorded?: Unrecorded;
	/** Vendors and cost codes compared, too. */
	records?: readonly RecordResult[];
	/** Projects that could not be read, with what GP has for them. */
	unread?: ReadonlyArray<InProject & { project: string; closed: boolean }>;
}

/** Column `not_proven` of the total: blank when both sides are whole, as far as that can be shown. */
export function notProvenText({
	missing,
	failed,
	list,
	control,
	unrecorded,
	records = [],
	unread = [],
	firstUnsaid = '',
}: Doubts): string {
	const { unsaid = 0, contradicted = 0 } = control ?? {};
	return [
		missing === 0
			? ''
			: `${documents(missing)} of GP ${missing === 1 ? 'is' : 'are'} missing from this comparison`,
		failed === null ? '' : `the second reading failed: ${failed}`,
		list,
		unsaid === 0
			? ''
			: `of ${documents(unsaid)} no run said what became of it${unsaidText(firstUnsaid, control)}`,
		contradicted === 0
			? ''
			: `GP’s list tells ${documents(contradicted)} otherwise than the document itself`,
		unrecorded ? unrecordedText(unrecorded) : '',
		...records.map((one) =>
			'failed' in one || one.missing === 0
				? ''
				: `${one.missing} ${NAMES[one.entity]} of GP are missing from this comparison`,
		),
		...unread.map(unreadText),
	]
		.filter(Boolean)
		.join('; ');
}

function unrecordedText({ batches, writes, since }: Unrecorded): string {
	if (batches === 0) return '';
	const begun = since === '' ? '' : `, begun ${since.slice(0, 16).replace('T', ' ')} UTC`;
	const [what, were, whose] =
		batches === 1 ? ['1 batch', 'is', 'its'] : [`${batches} batches`, 'are', 'their'];
	const found =
		writes === 0 ? `none of ${whose} writes was met` : `${writes} of ${whose} writes named`;
	return `${what} in the journal${begun} ${were} not recorded (${found})`;
}

/** " (111,788.63 in all; the first: Invoice 88 …: No Procore project is linked to GP job 800. Fill in …)". */
function unsaidText(first: string, control: Doubts['control']): string {
	if (first === '') return '';
	const amount = control?.amountsKnown ? control.total?.unsaid?.amount : undefined;
	return ` (${amount === undefined ? '' : `${money(amount)} in all; `}the first: ${first})`;
}

function unreadText({ project, closed, ...of }: InProject & { project: string; closed: boolean }) {
	const what = `project ${project} could not be read: ${documents(of.documents)} with ${money(of.amount)} for it ${of.documents === 1 ? 'is' : 'are'} not compared`;
	return closed ? `${what} (it is inactive in Procore: ${SET_ACTIVE})` : what;
}

const SET_ACTIVE =
	'set it to active there for as long as it takes, or let the account of this connection read it';

/** For each inactive project in which something from GP stands: what it is, and what may be done. */
export function closedInWords(
	inProjects: readonly InProject[],
	closed: ReadonlySet<string>,
	nameOf: (id: string) => string | undefined,
): string[] {
	return inProjects
		.filter(({ projectId }) => closed.has(projectId))
		.map(
			({ projectId, documents: count, amount }) =>
				`Project ${nameOf(projectId) ?? projectId} is inactive in Procore; ${documents(count)} from GP with ${money(amount)} stand in it and were compared. What changes in them is not sent until the project is set to active.`,
		);
}

const documents = (count: number) => many(count, 'document');
