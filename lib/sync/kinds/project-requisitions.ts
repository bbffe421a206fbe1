import { add, compare, type Decimal, toFixed } from '../../model/money';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	createRequisition,
	getRequisition,
	listRequisitions,
	type RequisitionFields,
	updateRequisition,
} from '../../procore/resources/commitments';
import { type ProcoreId, readId } from '../../procore/wire';
import type { Plan, Written } from '../engine/kind';
import { Known } from '../engine/known';
import { invoiceKey, totalsAgree } from './direct-cost-state';
import { isOurs, readOriginData, writeOriginData } from '../origin-data';
import { faultOfRecord, type Reason, type RowFault } from '../outcomes';
import type { RunCache } from '../sync-run';
import {
	type ActualRequisition,
	billedBy,
	type BilledWhere,
	type DesiredRequisition,
	readRequisition,
} from './requisition-state';

/** Up to this many are looked up one by one instead of reading the project's list. */
const FEW = 3;

/** The subcontractor invoices of one project. */
export class ProjectRequisitions extends Known<ActualRequisition, 'invoice'> {
	private readonly commitmentsRead = new Set<ProcoreId>();

	private constructor(readonly projectId: ProcoreId) {
		super(({ commitmentId, invoiceNumber }) => ({
			invoice: invoiceKey(commitmentId, invoiceNumber),
		}));
	}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectRequisitions {
		return cache.get(`requisitions ${projectId}`, now, () => new ProjectRequisitions(projectId));
	}

	protected async readRows(client: ProcoreClient, take: (rows: unknown[]) => void): Promise<void> {
		take(await listRequisitions(client, this.projectId, {}, undefined, 'items'));
	}

	protected lookUp(client: ProcoreClient, originId: string): Promise<unknown[]> {
		return listRequisitions(client, this.projectId, { originId }, undefined, 'items');
	}

	protected lookUpId(client: ProcoreClient, id: ProcoreId): Promise<unknown> {
		return getRequisition(client, this.projectId, id, 'items');
	}

	protected readRow(_client: ProcoreClient, row: unknown): ActualRequisition | undefined {
		return readRequisition(row);
	}

	/** Those of one commitment, once; what is known already is as it was written here. */
	async readOf(client: ProcoreClient, commitmentId: ProcoreId): Promise<void> {
		if (this.isWhole || this.commitmentsRead.has(commitmentId)) return;
		const of = { commitmentId };
		const rows = await listRequisitions(client, this.projectId, of, undefined, 'items');
		const isNew = (row: unknown) => !this.withId(readId((row as { id?: unknown })?.id) ?? '');
		this.take(client, rows.filter(isNew));
		this.commitmentsRead.add(commitmentId);
	}

	/** What somebody entered for the commitment under the document's number: what counts, else a draft of its amount. */
	byHand({ commitmentId, header, total }: DesiredRequisition): ActualRequisition[] {
		const key = invoiceKey(commitmentId, header.invoice_number) ?? '';
		const all = this.withKey('invoice', key).filter(({ originId }) => !isOurs(originId));
		const counting = all.filter(({ status }) => status !== 'draft');
		const draft = all.find((one) => !one.originId && totalsAgree(billedBy(one), total));
		return counting.length > 0 || !draft ? counting : [draft];
	}

	/** What a document stands as, or may take over. */
	ownOf(desired: DesiredRequisition): ActualRequisition | undefined {
		return this.withOriginId(desired.originId) ?? this.byHand(desired)[0];
	}

	/** As it stood, marks of batches included, but for the mark of what was `tried` and why it was refused; whether that went. */
	async putBack(client: ProcoreClient, before: ActualRequisition, tried: string): Promise<boolean> {
		const { id, commitmentId, originId, status } = before;
		const marks = readOriginData(before.originData);
		if (!commitmentId || !originId || !marks || status === '') return false;
		const originData = writeOriginData({ ...marks, d: tried });
		const fields = { status, origin_id: originId, origin_data: originData } as RequisitionFields;
		try {
			await updateRequisition(client, this.projectId, commitmentId, id, fields);
		} catch (error) {
			faultOfRecord(error);
			return false;
		}
		this.put({ ...before, originData });
		return true;
	}

	readStanding(
		client: ProcoreClient,
		records: ReadonlyArray<{ originId: string; formerOriginIds?: readonly string[] }>,
	): Promise<void> {
		return this.readThese(client, records, FEW);
	}
}

/** What the other invoices of the commitment bill of each line, those about to be written as well. */
export async function billedByOthers(
	client: ProcoreClient,
	known: ProjectRequisitions,
	ready: ReadonlyMap<
		DesiredRequisition,
		{ billed: ReadonlyArray<{ lineId: ProcoreId; amount: Decimal }> }
	>,
	desired: DesiredRequisition,
): Promise<Map<ProcoreId, Decimal>> {
	const { commitmentId } = desired;
	await known.readOf(client, commitmentId);
	const coming = [...ready].filter(([one]) => one.commitmentId === commitmentId);
	const own = new Set([desired, ...coming.map(([one]) => one)].map((one) => known.ownOf(one)));
	const standing = [...known.all()].filter(
		(one) => one.commitmentId === commitmentId && one.status !== 'draft' && !own.has(one),
	);
	const billed = new Map<ProcoreId, Decimal>();
	for (const { lineId, amount } of [
		...standing.flatMap(({ items = [] }) => items),
		...coming.flatMap(([, one]) => one.billed),
	])
		if (lineId) billed.set(lineId, add(billed.get(lineId) ?? '0', amount));
	return billed;
}

/** Each by the words of Procore's refusal, else by what is known of the place; the first that holds. */
type Refusal = { code: string; said: RegExp; remedy: string; known?: (at: BilledWhere) => boolean };
const REFUSALS: readonly Refusal[] = [
	{
		code: 'billing-period-taken',
		said: /period.{0,60}(taken|already|exist)|(one|another) (invoice|requisition).{0,60}period/i,
		remedy:
			"Add a second billing period for it in the project's Invoicing tool in Procore, or enter its amounts into the invoice of the commitment that stands there, or delete that one if it is the draft of a void.",
	},
	{
		code: 'billing-period-closed',
		said: /\bclosed\b/i,
		known: ({ period }) => period?.closed === true,
		remedy: "Open that billing period in the project's Invoicing tool in Procore.",
	},
	{
		code: 'commitment-not-approved',
		said: /\bapproved?\b/i,
		known: ({ commitment }) =>
			Boolean(commitment?.status) && !/approved|complete|received/i.test(commitment?.status ?? ''),
		remedy: 'Approve the commitment in Procore.',
	},
	{
		code: 'commitment-overbilled',
		said: /exceed|over.?bill|scheduled value|(less|smaller) than or equal/i,
		remedy:
			'Raise the line of the commitment in Procore by a change order, or correct the document in GP.',
	},
	{
		code: 'credit-refused',
		said: /negative|(greater|more) than or equal/i,
		known: ({ billed }) => billed.some(({ amount }) => compare(amount, '0') < 0),
		remedy: 'Enter the credit into the next invoice of the commitment in Procore by hand.',
	},
];

/** A refusal of Procore with what an accountant can do about it, and where it was to go. */
export function whyRefused(fault: RowFault, where: BilledWhere | undefined): RowFault {
	const { code: given, httpStatus } = fault.reason;
	// A right that is missing is nobody's fault but the account's.
	if (given !== 'procore-request-refused' || httpStatus === 403 || !where) return fault;
	const said = fault.reason.message.slice(fault.reason.message.indexOf(':'));
	const { code = fault.reason.code, remedy = 'Mend what Procore names there.' } =
		REFUSALS.find((one) => one.said.test(said)) ?? REFUSALS.find((one) => one.known?.(where)) ?? {};
	const { commitment, period } = where;
	const places = [
		commitment &&
			`commitment ${commitment.number}${commitment.status && ` (${commitment.status})`}`,
		period && `billing period ${period.from} to ${period.to}${period.closed ? ' (closed)' : ''}`,
	].filter(Boolean);
	const message = `${fault.reason.message}${places.length > 0 ? `; ${places.join(', ')}` : ''}`;
	const or =
		'It is tried again on each run, or once a day where it stands as a direct cost. Or have such documents sent as direct costs: policy "Commitments" of the Mapping node.';
	return { ...fault, reason: { ...fault.reason, code, message, remedy: `${remedy} ${or}` } };
}

/** Makes or changes one invoice, and keeps what stands afterwards. */
export async function writeRequisition(
	client: ProcoreClient,
	known: ProjectRequisitions,
	{ desired, actual, row }: Plan<DesiredRequisition, ActualRequisition, unknown>,
): Promise<Written> {
	const { projectId, commitmentKind, voided } = desired;
	const { id: _, ...fields } = row as RequisitionFields & { id?: unknown };
	const commitmentId = (voided && actual?.commitmentId) || desired.commitmentId;
	const answer = (
		actual
			? await updateRequisition(client, projectId, commitmentId, actual.id, fields)
			: await createRequisition(client, projectId, commitmentId, fields)
	) as Record<string, unknown>;
	const sent = { id: actual?.id, commitment_id: commitmentId, commitment_type: commitmentKind };
	const after = readRequisition({ ...sent, ...fields, ...answer });
	// What an answer leaves out is what was sent, else what stood.
	if (after)
		known.put({
			...after,
			status: after.status || (actual?.status ?? ''),
			items: after.items ?? actual?.items,
			fields: { ...actual?.fields, ...after.fields },
		});
	const answered = readRequisition({ ...sent, ...answer });
	return { procoreId: after?.id, total: answered && billedBy(answered) };
}

/** One of the document's number stands, which this sync did not make. */
export function billsOtherwise(
	desired: DesiredRequisition,
	hand: ActualRequisition,
): { reason: Reason } {
	const by = hand.originId ? `of another integration (${hand.originId})` : 'entered in Procore';
	const reason = {
		code: 'already-requisition',
		message: `Subcontractor invoice ${hand.id} of this commitment, ${by}, has number ${hand.invoiceNumber} as well and bills ${billedBy(hand) ?? 'an amount that is not told'}; the document has ${toFixed(desired.total)}. Both would count.`,
		remedy:
			'Correct the amount in Procore or in GP: where both agree and it is the only one of that number, it is taken over. Or set it to draft in Procore, delete it, or give it another number there; then run again.',
	};
	return { reason };
}

/** Procore moves no invoice to another commitment. */
export function commitmentFixed(desired: DesiredRequisition, own: ActualRequisition): Reason {
	return {
		code: 'commitment-fixed',
		message: `Subcontractor invoice ${own.id} bills commitment ${own.commitmentId}; it should bill ${desired.commitmentId}, and Procore never moves it.`,
		remedy:
			'Delete the subcontractor invoice in Procore; a later run makes it anew on the other commitment. Or correct the PO number in GP.',
	};
}

/** How far an invoice has come in Procore, where people may take it further than it was sent. */
const STEPS = ['draft', 'revise_and_resubmit', 'under_review'];

/** Whether it did not get as far as it was sent. A status that is not told says nothing. */
export function isBehind(shown: string, wanted = ''): boolean {
	const step = (status: string) => (STEPS.includes(status) ? STEPS.indexOf(status) : STEPS.length);
	return shown !== '' && wanted !== '' && step(shown) < step(wanted);
}
