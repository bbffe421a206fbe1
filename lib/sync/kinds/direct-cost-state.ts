import { contentHash } from '../../model/json-text';
import type { DesiredDirectCost } from '../../model/desired';
import { causeKey } from '../../model/keys';
import { add, compare, type Decimal, toFixed } from '../../model/money';
import type { ActualDirectCost } from '../../procore/resources/direct-costs';
import { isCalendarDate, type ProcoreId, toWireAmount } from '../../procore/wire';
import type { Change, Decision, Draft } from '../engine/kind';
import { setStatusBack, statusStands } from '../engine/plan';
import { type MarkOptions, type OriginData, unrecordedMarks } from '../origin-data';
import { type Reason, withoutNoDate } from '../outcomes';
import type { SyncOptions } from '../sync-run';

/** What has to be done beside writing the header. */
export interface LineWork {
	/** The lines have to be sent as well. */
	withLines?: boolean;
	/** Lines may have to go: what stands must be read before writing. */
	readLines?: boolean;
	/** Only to be written when lines of ours turn out to be missing; else unchanged. */
	onlyIfIncomplete?: boolean;
	/** The direct cost is deleted; before, made a draft that carries the mark of the batch. */
	deletes?: boolean;
	drafts?: boolean;
}

/** Vendor (or commitment) and invoice number as one key, in any case; undefined when one of them is missing. */
export function invoiceKey(
	vendorId: ProcoreId | null,
	invoiceNumber: string | null | undefined,
): string | undefined {
	const number = invoiceNumber?.trim().toLowerCase();
	return vendorId && number ? [vendorId, number].join(' ') : undefined;
}

/** Hash a voided direct cost is written with. */
export const VOID_HASH = contentHash({ voided: true });

/** Over everything GP decides, with the number as in GP: the suffix depends on the neighbours. */
export function hashOfState({
	vendorOriginId,
	vendorId,
	header,
	lines,
	total,
}: Pick<DesiredDirectCost, 'vendorOriginId' | 'vendorId' | 'header' | 'lines' | 'total'>): string {
	const { invoiceNumberSuffix: _, ...own } = header;
	return contentHash({
		vendorOriginId,
		vendorId,
		header: withoutNoDate(own),
		lines,
		total: toFixed(total),
	});
}

/** Over the lines alone, in their order. */
export function hashOfLines(lines: DesiredDirectCost['lines']): string {
	return contentHash(lines);
}

/**
 * Takes a direct cost out of the budget: as a draft that keeps the trail, or by deletion. Undefined where
 * it is out already.
 */
export function compareVoided(
	own: ActualDirectCost,
	stored: OriginData | null,
	options: Pick<SyncOptions, 'voidPolicy'> & MarkOptions,
): Decision<ActualDirectCost, LineWork> | undefined {
	const isSent = stored?.h === VOID_HASH;
	const stands = isSent && statusStands(own.status, 'draft');
	const change = { outcome: 'voided', actual: own } as const;
	if (options.voidPolicy !== 'delete') {
		if (stands || !isSent) return stands ? undefined : change;
		return setStatusBack(change, stored, 'draft', own.total);
	}
	const { last } = unrecordedMarks(own.originData, options);
	// What is deleted keeps no mark. As a draft with one it is out of the budget, and known again
	// should the batch be cut off before the deletion.
	const drafts = options.batchId !== undefined && !stands;
	const completes = stands && last?.outcome === 'voided';
	return { ...change, completes, detail: { deletes: true, drafts } };
}

/** As a draft or deleted, its invoice number is free for a document that is issued again or moved here. */
export function voidDraft(
	{ withdrawn }: DesiredDirectCost,
	{ actual, detail }: Change<ActualDirectCost, LineWork>,
): Draft<LineWork> {
	const own = actual as ActualDirectCost;
	const number = releasedNumber(own);
	const total = { field: 'total', before: own.total, after: '0.00' };
	return {
		fields: { status: 'draft', ...(number === undefined ? {} : { invoice_number: number }) },
		...(detail?.deletes && !detail.drafts ? { without: true } : {}),
		changes: detail?.deletes
			? [total]
			: [
					{ field: 'status', before: own.status, after: 'draft' },
					...(number === undefined
						? []
						: [{ field: 'invoice_number', before: own.invoiceNumber, after: number }]),
					total,
				],
		...(withdrawn ? { reason: WITHDRAWN } : {}),
		amount: '0.00',
		detail,
	};
}

/** Procore lets a vendor have an invoice number once per project, drafts included. */
function releasedNumber({ id, invoiceNumber, vendorId }: ActualDirectCost): string | undefined {
	if (!invoiceNumber || !vendorId) return undefined;
	const mark = ` (void ${id})`;
	return invoiceNumber.endsWith(mark) ? undefined : invoiceNumber + mark;
}

export function notThere(
	{ withdrawn }: DesiredDirectCost,
	{ voidPolicy }: Pick<SyncOptions, 'voidPolicy'>,
): Reason {
	const what = withdrawn
		? 'The document no longer belongs to this project'
		: 'The document is void in GP';
	// Nothing in Procore tells the two apart: what was deleted is in no list.
	return {
		code: 'void-never-sent',
		message:
			voidPolicy === 'delete'
				? `${what} and is not there: it was never sent, or is deleted already.`
				: `${what} and was never there.`,
		remedy: 'Nothing to do.',
	};
}

/** A list may lag behind what was written: then what it lacks is not gone. */
export function notListed({
	sentAs,
	projectId,
	voided = false,
}: Pick<DesiredDirectCost, 'sentAs' | 'projectId'> & { voided?: boolean }): Reason {
	const kind = sentAs?.type === 'requisition' ? 'Subcontractor invoice' : 'Direct cost';
	const what = voided ? `taken out of project ${projectId}` : `changed in project ${projectId}`;
	return {
		code: 'not-listed-yet',
		message: `${kind} ${sentAs?.id}, sent on ${sentAs?.at}, is to be ${what}, and Procore does not show it yet.`,
		remedy:
			'Nothing to do: each run looks again. Was it deleted in Procore, this ends by itself a day after it was sent.',
	};
}

/** Goes with the outcome of a void that GP knows nothing of. */
export const WITHDRAWN: Reason = {
	code: 'withdrawn',
	message:
		'The document is taken out of this project: no line of it names the project any more, or it is gone from GP.',
	remedy:
		'Nothing to do. If it belongs here, look at its accounts and at the projects crosswalk table.',
};

/** What Procore would refuse, or store otherwise than meant, told before anything is sent. */
export function checkDirectCost(desired: DesiredDirectCost): Reason | undefined {
	if (desired.voided) return undefined;
	const { header, lines } = desired;
	for (const field of ['direct_cost_date', 'received_date', 'payment_date'] as const) {
		const date = header[field];
		if (date === '' && field === 'payment_date') continue;
		if (date !== undefined && !isCalendarDate(date)) {
			return reason(
				'bad-date',
				`${field} "${date}" is not a date; Procore would silently store none.`,
				'Correct the date of the document in GP.',
			);
		}
	}
	if (header.direct_cost_type === 'invoice' && !header.invoice_number?.trim()) {
		return reason(
			'invoice-number-missing',
			'A direct cost of type invoice needs an invoice number.',
			'Enter the document number in GP.',
		);
	}
	if (header.direct_cost_type === 'invoice' && !desired.vendorId && !desired.vendorOriginId) {
		return reason(
			'vendor-missing',
			'A direct cost of type invoice needs a vendor.',
			'Send the vendor first.',
		);
	}
	const unsendable = lines.find(({ amount }) => toWireAmount(amount) === undefined);
	if (unsendable) {
		return reason(
			'bad-amount',
			`The amount ${unsendable.amount} of line ${unsendable.originId} cannot be sent exactly.`,
			'Correct the distribution in GP.',
		);
	}
	const originIds = new Set(lines.map(({ originId }) => originId));
	if (originIds.size !== lines.length) {
		return reason(
			'lines-not-distinct',
			'Two lines have the same origin id, so one would overwrite the other.',
			'Report this as a fault of the mapping.',
		);
	}
	const sum = add('0', ...lines.map(({ amount }) => amount));
	if (compare(sum, desired.total) !== 0) {
		return reason(
			'lines-do-not-add-up',
			`The lines add up to ${sum}, the document to ${desired.total}.`,
			'Report this as a fault of the mapping.',
		);
	}
	return undefined;
}

function reason(code: string, message: string, remedy: string): Reason {
	return { code, message, remedy };
}

/** Whether a record is complete: what stands is what GP says. Undefined when Procore did not tell. */
export function totalsAgree(
	total: Decimal | null | undefined,
	desired: Decimal,
): boolean | undefined {
	return total === null || total === undefined ? undefined : compare(total, desired) === 0;
}

export function vendorMissing({ vendorOriginId }: DesiredDirectCost): Reason {
	return {
		code: 'vendor-missing',
		causeKey: causeKey('V', /^GP:[^:]+:V:(.+)$/i.exec(vendorOriginId ?? '')?.[1] ?? ''),
		message: `The vendor of this invoice (origin id ${vendorOriginId}) is not in Procore.`,
		remedy:
			'Send the vendor first (run the vendors sync), or link it to a Procore vendor in the vendors crosswalk table.',
	};
}

export function totalsDiffer(desired: DesiredDirectCost, total: Decimal): Reason {
	return {
		code: 'totals-differ',
		message: `Procore shows a total of ${total} after writing; GP has ${toFixed(desired.total)}.`,
		remedy:
			'Open the direct cost in Procore and look for lines or taxes added there; it is written again on the next run.',
	};
}
