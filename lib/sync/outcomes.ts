import type { SourceReference } from '../model/desired';
import { causeKey } from '../model/keys';
import {
	type AlsoWritten,
	type Outcome,
	type OutcomeKind,
	type OutcomeLine,
	type ProcoreType,
	WAITING_OUTCOMES,
} from '../model/outcome';
import {
	fieldsOf,
	type ErrorMessage,
	ProcoreError,
	summarise,
} from '../procore/errors/procore-errors';
import { type CommitmentKind, contractName } from '../procore/resources/commitments';
import type { RowResult } from '../procore/resources/sync-rows';

export type Reason = NonNullable<Outcome['reason']>;

/** What an outcome says of its desired record, whatever the type. */
export interface OutcomeSubject {
	kind: ProcoreType;
	originId: string;
	source: SourceReference;
	projectId?: string;
	commitmentKind?: CommitmentKind;
	commitmentId?: string;
	lines?: ReadonlyArray<OutcomeLine>;
	record?: unknown;
}

/** The outcome of one desired record; the GP record rides along only when it has to wait. */
export function outcomeOf(
	desired: OutcomeSubject,
	outcome: OutcomeKind,
	dryRun: boolean,
	more: Pick<Outcome, 'changes' | 'reason' | 'amount' | 'also'> & { procoreId?: string } = {},
): Outcome {
	const { procoreId, ...rest } = more;
	const { commitmentKind, commitmentId } = desired;
	return {
		kind: 'outcome',
		outcome,
		source: desired.source,
		originId: desired.originId,
		procore: {
			type: desired.kind,
			...(procoreId ? { id: procoreId } : {}),
			...(desired.projectId ? { projectId: desired.projectId } : {}),
			...(commitmentKind ? { contract: `${contractName(commitmentKind)}/${commitmentId}` } : {}),
		},
		...rest,
		...linesOf(desired, outcome),
		dryRun,
		...(WAITING_OUTCOMES.includes(outcome) && desired.record !== undefined
			? { record: desired.record }
			: {}),
	};
}

/** What Procore took of a record before it refused the rest. */
export function partOf(
	desired: OutcomeSubject,
	outcome: OutcomeKind,
	more: Pick<AlsoWritten, 'changes' | 'amount' | 'unmarked'> & { procoreId?: string } = {},
): AlsoWritten {
	const { procoreId, ...rest } = more;
	return {
		outcome,
		procore: {
			type: desired.kind,
			...(procoreId ? { id: procoreId } : {}),
			...(desired.projectId ? { projectId: desired.projectId } : {}),
		},
		originId: desired.originId,
		...rest,
		reason: {
			code: 'written-in-part',
			message: 'Procore took this much of the record before it refused the rest.',
			remedy: 'Nothing to do here: the event behind this one says what was refused, and why.',
		},
	};
}

/** Another record of Procore that was written so that this one could be. */
export function alongTheWay(write: Omit<AlsoWritten, 'reason'>, why: string): AlsoWritten {
	return {
		...write,
		reason: { code: 'along-the-way', message: why, remedy: 'Nothing to do.' },
	};
}

/** The outcome with writes that came before it. */
export function withAlso(outcome: Outcome, also: readonly AlsoWritten[]): Outcome {
	return also.length === 0 ? outcome : { ...outcome, also: [...also, ...(outcome.also ?? [])] };
}

/** A record that needed nothing says nothing new about its lines. */
function linesOf({ lines }: OutcomeSubject, outcome: OutcomeKind): Pick<Outcome, 'lines'> {
	if (!lines || lines.length === 0 || outcome === 'unchanged' || outcome === 'skipped') return {};
	return {
		lines: lines.map(({ costCode, costType, amount, description }) => ({
			...{ costCode, costType, amount },
			...(description === undefined ? {} : { description }),
		})),
	};
}

/** Why every record of a project stands still. */
export function reasonOfError(error: ProcoreError): Reason {
	return { ...saidBy(error), ...(error.scope === 'project' ? { code: 'project-blocked' } : {}) };
}

function saidBy({ code, message, remedy, details }: ProcoreError): Reason {
	return { code, message, remedy, requestId: details.requestId, httpStatus: details.httpStatus };
}

/** Whether the error concerns this project only, so that the others go on. */
export function isProjectBlock(error: unknown): error is ProcoreError {
	return error instanceof ProcoreError && error.scope === 'project';
}

export interface RowFault {
	outcome: Extract<OutcomeKind, 'failed' | 'locked' | 'conflict'>;
	reason: NonNullable<Outcome['reason']>;
}

/** Kinds of complaint Procore makes about a row, first match wins (facts: "Using sync actions", ERP guides). */
const KINDS: Array<{
	code: string;
	outcome: RowFault['outcome'];
	field?: RegExp;
	message: RegExp;
	remedy: string;
}> = [
	{
		code: 'locked',
		outcome: 'locked',
		message:
			/\block(ed)?\b|immutable|read.?only|only the latest|\bsynced with (an )?erp\b|\berp integration\b|\b(can(no|['’])t|can not) (be )?(edit|chang|updat|modif|delet|destroy)/i,
		remedy:
			'Procore does not let this record be changed. Unlock it there (for direct costs: "Edit Synced Direct Cost Transactions" in the ERP settings, or an approval in progress), then run again.',
	},
	{
		code: 'duplicate-invoice',
		outcome: 'conflict',
		field: /invoice_number/,
		message: /taken|unique|already|exist/i,
		remedy:
			'Another direct cost of this vendor in this project has the same invoice number. Correct one of the two, or set the policy "Invoice Number Used Twice" of the Mapping node to "Add the Voucher Number to the Later One".',
	},
	{
		code: 'origin-conflict',
		outcome: 'conflict',
		field: /origin_id/,
		message: /.*/,
		remedy:
			'Another record has this origin id: one of another project, or one that was deleted in Procore and keeps it. Restore the deleted one, or take the origin id from the record that has it; the next run tries again.',
	},
	{
		code: 'code-taken',
		outcome: 'conflict',
		field: /^code$/,
		message: /taken|already|exist/i,
		remedy:
			'Another cost code with this number stands under the same division. Remove one of the two, or write it into cost_code of the account in the accounts crosswalk table.',
	},
	{
		code: 'vendor-inactive',
		outcome: 'failed',
		field: /vendor/,
		message: /inactive|not active|disabled|archived/i,
		remedy:
			"Activate the vendor in Procore's Directory, or, where it is inactive in GP as well, there: its documents are tried again on each run.",
	},
	{
		code: 'status-refused',
		outcome: 'failed',
		field: /^(status|workflow\w*)$/,
		message: /.*/,
		remedy:
			'A workflow of this project decides who approves. Set the policy "Posted Invoices Become" of the Mapping node to "Pending" and replay the document, or have the workflow leave out direct costs of this account in Procore.',
	},
	{
		code: 'type-not-enabled',
		outcome: 'failed',
		field: /direct_cost_type/,
		message: /included|enabled|invalid|supported|allowed/i,
		remedy:
			'This Procore company does not have that type of direct cost. Ask Procore support to switch on subcontractor invoices among direct costs, or choose another way in the policy "Commitments" of the Mapping node; then replay the document.',
	},
	{
		code: 'vendor-missing',
		outcome: 'failed',
		field: /vendor/,
		message: /blank|find|found|exist|invalid|required|directory/i,
		remedy:
			"Send the vendor first, and add it to the project's directory in Procore if Procore asks for that.",
	},
	{
		code: 'budget-code-needed',
		outcome: 'failed',
		field: /wbs|budget_code|segment/,
		message: /blank|required|missing|invalid|must/i,
		remedy:
			'The budget codes of this project have a segment besides cost code and cost type, which is not filled in here. Make that segment optional in Procore (Admin tool of the project, Work Breakdown Structure), or enter the cost there by hand.',
	},
	{
		code: 'bad-state',
		outcome: 'failed',
		field: /state_code|country_code/,
		message: /.*/,
		remedy:
			'Procore takes neither the state nor the vendor without it. Correct the address on the Vendor Maintenance card in GP.',
	},
	{
		code: 'deleted-in-procore',
		outcome: 'failed',
		message: /still keeps it as deleted/,
		remedy: 'Ask Procore support to restore or purge it. What needs it waits until then.',
	},
	{
		code: 'not-acknowledged',
		outcome: 'failed',
		// The other: deleted there between reading and writing.
		message: /did not acknowledge|^Entity with this ID not found/i,
		remedy: 'Run it again: rows are recognised by their origin id, nothing is doubled.',
	},
];

function kindOf(messages: readonly ErrorMessage[]) {
	return KINDS.find(({ field, message }) =>
		messages.some(
			(one) =>
				message.test(one.message) && (!field || fieldsOf(one).some((name) => field.test(name))),
		),
	);
}

/** The refusal of a call for one record as that record's fault; anything worse is thrown on. */
export function faultOfRecord(error: unknown): RowFault {
	if (!(error instanceof ProcoreError) || error.scope !== 'record') throw error;
	const known = faultOf({ row: {}, errors: { base: [error.message] } });
	if (known?.outcome !== 'locked') return { outcome: 'failed', reason: saidBy(error) };
	const { code, remedy } = known.reason;
	return { outcome: 'locked', reason: { ...saidBy(error), code, remedy } };
}

/** Turns a refused row into outcome and reason; undefined when the row went through. */
export function faultOf({ fault, errors, requestId }: RowResult): RowFault | undefined {
	if (!fault && !errors) return undefined;
	const messages = fault ? refusals(fault) : complaints(errors ?? {});
	const kind = kindOf(messages);
	const named = Object.keys(errors ?? {});
	const told = kind && { code: kind.code, remedy: kind.remedy };
	return {
		outcome: kind?.outcome ?? 'failed',
		reason: fault
			? { ...reasonOfError(fault), ...told }
			: {
					code: 'row-refused',
					causeKey: causeKey('FIELDS', named.sort().join(' ')),
					message: `Procore refused the record: ${summarise(messages)}`,
					remedy:
						'Correct the named fields in GP or in the mapping; the record is tried again on the next run.',
					...told,
					...(requestId ? { requestId } : {}),
					httpStatus: 200,
				},
	};
}

function complaints(errors: Record<string, string[]>): ErrorMessage[] {
	return Object.entries(errors).flatMap(([field, texts]) =>
		texts.map((message) => ({ field, message })),
	);
}

/** A row refused by the status of the whole call is told no less why. */
function refusals({ code, details }: ProcoreError): ErrorMessage[] {
	return code === 'procore-request-refused' ? ((details.messages ?? []) as ErrorMessage[]) : [];
}

/** Procore took the record and left its status as it was, without a word. */
export function statusDiffers(shown: string, wanted = ''): Reason | undefined {
	const said = `stays "${shown}" after writing, instead of "${wanted}"`;
	return faultOf({ row: {}, errors: { status: [said] } })?.reason;
}

/** The header as it stands once written: a day of payment that is none is no field. */
export function withoutNoDate<Header extends { payment_date?: string }>(header: Header): Header {
	if (header.payment_date !== '') return header;
	const { payment_date: _, ...rest } = header;
	return rest as Header;
}
