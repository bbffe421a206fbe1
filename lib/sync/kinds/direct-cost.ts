import { contentHash } from '../../model/json-text';
import type { DesiredDirectCost } from '../../model/desired';
import { compare, isZero, toFixed } from '../../model/money';
import { type FieldChange, fieldChanges } from '../../model/outcome';
import {
	type ActualDirectCost,
	comparable,
	HEADER_FIELDS,
} from '../../procore/resources/direct-costs';
import { type ProcoreId, toWireId } from '../../procore/wire';
import type { Plan, Rules } from '../engine/kind';
import { type PlanOptions, setStatusBack, statusStands } from '../engine/plan';
import { isOtherSign, ofAnother, readOriginData, unrecordedMarks } from '../origin-data';
import { type Reason, withoutNoDate } from '../outcomes';
import type { SyncOptions } from '../sync-run';
import {
	compareVoided,
	hashOfLines,
	hashOfState,
	invoiceKey,
	type LineWork,
	notListed,
	notThere,
	VOID_HASH,
	voidDraft,
} from './direct-cost-state';
import { PLANNED, type VendorIds } from './vendor-directory';

/** The direct costs of one project, by the keys matching uses. */
export interface DirectCostLookup {
	withOriginId(originId: string): ActualDirectCost | undefined;
	withInvoice(vendorId: ProcoreId, invoiceNumber: string): ActualDirectCost[];
	/** Sent lately, and not shown by any answer so far. */
	isUnlisted?(originId: string): boolean;
}

export type DirectCostPlan = Plan<DesiredDirectCost, ActualDirectCost, LineWork>;
export type CostPolicies = Pick<SyncOptions, 'rewrite' | 'voidPolicy'> & PlanOptions;

/** What decides over the direct costs of one project. */
export function directCostRules(
	actual: DirectCostLookup,
	vendorIds: Pick<VendorIds, 'of'>,
	options: CostPolicies,
): Rules<DesiredDirectCost, ActualDirectCost, LineWork> {
	/** Vendor and invoice number → origin id of the record of this batch that has it. */
	const claims = new Map<string, string>();
	/** What leaves frees its invoice number for what comes. */
	const leaving = new Set<ProcoreId>();
	const holdersOf = (vendorId: ProcoreId, number: string) =>
		actual.withInvoice(vendorId, number).filter(({ id }) => !leaving.has(id));
	return {
		find: (desired) => comparable(actual.withOriginId(desired.originId), desired),
		hash: (desired) => (desired.voided ? VOID_HASH : hashOfState(desired)),

		/** By origin id, so that which of two documents gets the suffix never depends on their order. */
		begin(desired) {
			claims.clear();
			leaving.clear();
			const voided = desired.filter((one) => one.voided);
			return [...voided, ...desired.filter((one) => !one.voided).sort(byOriginId)];
		},

		rule(desired, own) {
			if (!desired.voided || own) return undefined;
			return actual.isUnlisted?.(desired.originId)
				? { outcome: 'parked', reason: notListed(desired) }
				: { outcome: 'skipped', reason: notThere(desired, options), amount: '0.00' };
		},

		compare(desired, own, stored, hash) {
			if (desired.voided) return compareVoided(own, stored, options);
			if (own.type && own.type !== desired.header.direct_cost_type)
				return { outcome: 'conflict', actual: own, reason: typeFixed(desired, own) };
			const amountsStand =
				own.total !== null &&
				compare(own.total, desired.total) === 0 &&
				(own.lineCount ?? Infinity) >= desired.lines.length;
			const change = { outcome: 'updated', actual: own } as const;
			if (stored?.h !== hash || options.rewrite) {
				const sameLines =
					!options.rewrite && stored?.l === hashOfLines(desired.lines) && amountsStand;
				const readLines =
					!sameLines && (options.rewrite === true || stored?.o !== hashOfLineIds(desired));
				return { ...change, detail: { withLines: !sameLines, readLines } };
			}
			const isStatus = statusStands(own.status, desired.header.status);
			// A header alone looks complete when its lines cancel out, unless the count is told.
			const suspicious =
				own.lineCount === undefined && isZero(desired.total) && desired.lines.length > 0;
			if (amountsStand && !suspicious && (isStatus || options.drift === 'keep')) return undefined;
			const onlyIfIncomplete = options.drift === 'keep' || (amountsStand && isStatus);
			const doubtful = !amountsStand || suspicious;
			// The header that claims its lines stands without them: the batch that made it was cut off.
			const completes = unrecordedMarks(own.originData, options).last !== undefined;
			const detail = { withLines: doubtful, readLines: doubtful, onlyIfIncomplete };
			const rewritten = { ...change, completes, detail };
			if (isStatus) return rewritten;
			return doubtful
				? { ...rewritten, driftSeen: contentHash(own.status) }
				: setStatusBack(rewritten, stored, desired.header.status);
		},

		/** One entered by hand, under the same vendor and invoice number. */
		adopt(desired) {
			const vendorId = vendorIds.of(desired);
			const { invoice_number: number, direct_cost_type } = desired.header;
			const standing = vendorId && number ? holdersOf(vendorId, number) : [];
			const counted = ofAnother(standing, desired.total);
			if (counted) return counted;
			const free = standing.find(
				({ originId, total }) => originId === null && !isOtherSign(total, desired.total),
			);
			if (!free || claims.has(invoiceKey(vendorId ?? null, number) ?? ''))
				return { outcome: 'created', detail: { withLines: desired.lines.length > 0 } };
			return free.type && free.type !== direct_cost_type
				? { outcome: 'conflict', actual: free, reason: typeFixed(desired, free) }
				: { outcome: 'adopted', actual: free, detail: { withLines: true, readLines: true } };
		},

		row(desired, change, hash) {
			if (desired.voided) return voidDraft(desired, change);
			const { actual: target, detail } = change;
			const vendorId = vendorIds.of(desired);
			const number = chooseNumber(desired, holdersOf, vendorId, target, claims);
			if (number === null)
				return { outcome: 'conflict', actual: target, reason: duplicate(desired) };
			const { direct_cost_type, invoiceNumberSuffix: _, ...given } = desired.header;
			// A day of payment that goes is only sent where one stands, or may stand.
			const mayBePaid = target !== undefined && target.fields.payment_date !== null;
			const header = {
				...(mayBePaid ? given : withoutNoDate(given)),
				...(number === undefined ? {} : { invoice_number: number }),
			};
			const { content } = desired.source;
			const part = contentHash({ partOf: hash });
			return {
				// Told once: taken a second time, the same lines are no other state.
				...(target && readOriginData(target.originData)?.h !== part ? { part } : {}),
				fields: {
					...(target ? {} : { direct_cost_type }),
					...header,
					...(vendorId ? { vendor_id: toWireId(vendorId) } : {}),
				},
				changes: changesOf(target, header, desired, vendorId),
				keeps: {
					l: hashOfLines(desired.lines),
					o: hashOfLineIds(desired),
					t: toFixed(desired.total),
					...(content ? { g: content } : {}),
				},
				amount: toFixed(desired.total),
				detail,
			};
		},

		planned({ outcome, actual: own }) {
			if (outcome === 'voided' && own) leaving.add(own.id);
		},

		amount: ({ voided }, own) =>
			voided && own?.status === 'draft' ? '0.00' : (own?.total ?? undefined),
	};
}

function byOriginId(left: DesiredDirectCost, right: DesiredDirectCost): number {
	return left.originId < right.originId ? -1 : left.originId > right.originId ? 1 : 0;
}

function hashOfLineIds({ lines }: DesiredDirectCost): string {
	return contentHash(lines.map(({ originId }) => originId).sort());
}

/**
 * The invoice number to write: Procore allows one only once per vendor and project. A record keeps
 * the one it has; a later one gets the suffix. Undefined: none wanted. Null: none is free.
 */
function chooseNumber(
	{ header, originId }: DesiredDirectCost,
	holdersOf: (vendorId: ProcoreId, number: string) => ActualDirectCost[],
	vendorId: ProcoreId | undefined,
	target: ActualDirectCost | undefined,
	claims: Map<string, string>,
): string | undefined | null {
	const plain = header.invoice_number;
	if (plain === undefined || !vendorId) return plain;
	const suffixed = header.invoiceNumberSuffix ? plain + header.invoiceNumberSuffix : undefined;
	const wishes = [plain, ...(suffixed ? [suffixed] : [])];
	if (suffixed && target?.vendorId === vendorId && target.invoiceNumber === suffixed)
		wishes.reverse();
	for (const number of wishes) {
		const key = invoiceKey(vendorId, number) as string;
		const claimed = claims.get(key);
		const holders = holdersOf(vendorId, number).filter(({ id }) => id !== target?.id);
		if ((claimed !== undefined && claimed !== originId) || holders.length > 0) continue;
		claims.set(key, originId);
		return number;
	}
	return null;
}

function changesOf(
	target: ActualDirectCost | undefined,
	fields: Record<string, unknown>,
	desired: DesiredDirectCost,
	vendorId: ProcoreId | undefined,
): FieldChange[] {
	const wanted = Object.fromEntries(HEADER_FIELDS.map((field) => [field, fields[field]]));
	return fieldChanges(
		target ? { ...target.fields, vendor_id: target.vendorId, total: target.total } : {},
		{ ...wanted, vendor_id: vendorId, total: toFixed(desired.total) },
	).map((change) =>
		String(change.after).startsWith(PLANNED) ? { ...change, after: null } : change,
	);
}

function typeFixed(desired: DesiredDirectCost, actual: ActualDirectCost): Reason {
	return {
		code: 'type-fixed',
		message: `Procore direct cost ${actual.id} is of type ${actual.type}; it should be ${desired.header.direct_cost_type}, and Procore never changes the type.`,
		remedy: 'Delete the direct cost in Procore; the next run makes it anew with the right type.',
	};
}

function duplicate(desired: DesiredDirectCost): Reason {
	return {
		code: 'duplicate-invoice',
		message: `Another direct cost of this vendor in project ${desired.projectId} has invoice number ${desired.header.invoice_number}.`,
		remedy:
			'Correct one of the two document numbers, or set the policy "Invoice Number Used Twice" of the Mapping node to "Add the Voucher Number to the Later One".',
	};
}

/** Of one that was sent since: then a list that shows it so lags behind. */
export function isTakenOut({ status, originData }: ActualDirectCost): boolean {
	return status === 'draft' && readOriginData(originData)?.h === VOID_HASH;
}

/** Whether one of these documents comes under an invoice number that a void has yet to give up. */
export function freesANumber(voids: DirectCostPlan[], others: DirectCostPlan[]): boolean {
	const freed = new Set(
		voids.map(({ actual }) => invoiceKey(actual?.vendorId ?? null, actual?.invoiceNumber)),
	);
	freed.delete(undefined);
	return others.some(({ row }) =>
		freed.has(
			invoiceKey(row?.vendor_id ? String(row.vendor_id) : null, String(row?.invoice_number ?? '')),
		),
	);
}
