import { contentHash } from '../../model/content-hash';
import type { DesiredDirectCost } from '../../model/desired';
import { add, compare, toFixed } from '../../model/money';
import type { FieldChange } from '../../model/outcome';
import type { ActualDirectCost } from '../../procore/resources/direct-costs';
import type { SyncRow } from '../../procore/resources/sync-rows';
import { isCalendarDate, toWireAmount, toWireId } from '../../procore/wire';
import {
	isNewerInProcore,
	markOf,
	type MarkOptions,
	readOriginData,
	unrecordedMarks,
	writeOriginData,
} from '../origin-data';
import { type Reason, withoutNoDate } from '../outcomes';
import type { SyncOptions } from '../sync-run';

/** What has to happen to one direct cost. */
export interface DirectCostPlan {
	desired: DesiredDirectCost;
	action: 'create' | 'update' | 'adopt' | 'void' | 'delete' | 'unchanged' | 'skip' | 'conflict';
	actual?: ActualDirectCost;
	/** Header to send, for create, update, adopt and void. */
	row?: SyncRow;
	/** Header to send instead where only some of its lines were taken. */
	partRow?: SyncRow;
	/** The lines have to be sent as well. */
	withLines: boolean;
	/** Lines may have to go: what stands must be read before writing. */
	readLines: boolean;
	/** Only to be written when lines of ours turn out to be missing; else unchanged. */
	onlyIfIncomplete?: boolean;
	/** Only finishes what a batch that was cut off began. */
	completes?: boolean;
	changes?: FieldChange[];
	reason?: Reason;
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
 * Takes a direct cost out of the budget, without any I/O: as a draft that keeps the trail, or by
 * deletion. Either way its invoice number is free for a document that is issued again or moved here.
 */
export function planVoid(
	desired: DesiredDirectCost,
	own: ActualDirectCost | undefined,
	options: Pick<SyncOptions, 'voidPolicy'> & MarkOptions,
): DirectCostPlan {
	const base = { desired, actual: own, withLines: false, readLines: false };
	if (!own) return { ...base, action: 'skip', reason: notThere(desired, options) };
	const stored = readOriginData(own.originData);
	const hash = VOID_HASH;
	const stands = own.status === 'draft' && stored?.h === hash;
	if (
		isNewerInProcore(stored, desired.source.modified) ||
		(stands && options.voidPolicy !== 'delete')
	)
		return { ...base, action: 'unchanged' };
	const number = releasedNumber(own);
	const row: SyncRow = {
		id: toWireId(own.id),
		origin_id: desired.originId,
		status: 'draft',
		...(number === undefined ? {} : { invoice_number: number }),
		origin_data: writeOriginData({
			src: 'gp',
			h: hash,
			...(desired.source.modified ? { m: desired.source.modified } : {}),
			...markOf(options, 'voided', own.originData),
		}),
	};
	const total = { field: 'total', before: own.total, after: '0.00' };
	const reason = desired.withdrawn ? WITHDRAWN : undefined;
	if (options.voidPolicy === 'delete') {
		// What is deleted keeps no mark. As a draft with one it is out of the budget, and known again
		// should the batch be cut off before the deletion.
		const { last } = unrecordedMarks(own.originData, options);
		const marks = options.batchId !== undefined && !stands;
		return {
			...base,
			action: 'delete',
			changes: [total],
			reason,
			...(marks ? { row } : {}),
			completes: stands && last?.outcome === 'voided',
		};
	}
	return {
		...base,
		action: 'void',
		changes: [
			{ field: 'status', before: own.status, after: 'draft' },
			...(number === undefined
				? []
				: [{ field: 'invoice_number', before: own.invoiceNumber, after: number }]),
			total,
		],
		reason,
		row,
	};
}

/** Procore lets a vendor have an invoice number once per project, drafts included. */
function releasedNumber({ id, invoiceNumber, vendorId }: ActualDirectCost): string | undefined {
	if (!invoiceNumber || !vendorId) return undefined;
	const mark = ` (void ${id})`;
	return invoiceNumber.endsWith(mark) ? undefined : invoiceNumber + mark;
}

function notThere(
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
