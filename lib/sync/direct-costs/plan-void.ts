import type { DesiredDirectCost } from '../../model/desired';
import { toWireId } from '../../procore/procore-id';
import type { ActualDirectCost } from '../../procore/resources/direct-costs';
import { markOf, unrecordedMarks, type MarkOptions } from '../batch-mark';
import { isNewerInProcore, readOriginData, writeOriginData } from '../origin-data';
import type { Reason } from '../outcomes';
import type { SyncOptions } from '../sync-options';
import type { SyncRow } from '../../procore/resources/sync-rows';
import type { DirectCostPlan } from './direct-cost-plan.types';
import { VOID_HASH } from './state-hash';

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
