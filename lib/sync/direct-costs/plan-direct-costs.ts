import { contentHash } from '../../model/content-hash';
import { compare, isZero, toFixed } from '../../model/money';
import { type FieldChange, fieldChanges } from '../../model/outcome';
import type { DesiredDirectCost } from '../../model/desired';
import { type ProcoreId, toWireId } from '../../procore/wire';
import { HEADER_FIELDS, type ActualDirectCost } from '../../procore/resources/direct-costs';
import {
	isNewerInProcore,
	keptMark,
	markOf,
	type MarkOptions,
	readOriginData,
	unrecordedMarks,
	writeOriginData,
} from '../origin-data';
import { type Reason, withoutNoDate } from '../outcomes';
import type { SyncOptions } from '../sync-run';
import { type DirectCostPlan, hashOfLines, hashOfState, planVoid } from './direct-cost-plan';
import { invoiceKey } from './project-direct-costs';

/** The direct costs of one project, by the keys matching uses. */
export interface DirectCostLookup {
	withOriginId(originId: string): ActualDirectCost | undefined;
	withInvoice(vendorId: ProcoreId, invoiceNumber: string): ActualDirectCost[];
}

type CostPolicies = Pick<SyncOptions, 'drift' | 'rewrite' | 'voidPolicy'> & MarkOptions;

/** The records this very sync has written and marked already, in an earlier round. */
export type AlreadyMarked = Pick<ReadonlySet<DesiredDirectCost>, 'has'>;

/**
 * Decides, without any I/O, what has to happen to the direct costs of one project.
 * `vendorIds`: the Procore vendor of each desired record that has one. Origin ids must be distinct.
 */
export function planDirectCosts(
	desired: readonly DesiredDirectCost[],
	actual: DirectCostLookup,
	vendorIds: ReadonlyMap<DesiredDirectCost, ProcoreId>,
	options: CostPolicies,
	already: AlreadyMarked = new Set(),
): DirectCostPlan[] {
	const plans = new Map<DesiredDirectCost, DirectCostPlan>();
	const claims: Claims = new Map();
	// What leaves frees its invoice number for what comes.
	const leaving = new Set<ProcoreId>();
	for (const one of desired.filter(({ voided }) => voided)) {
		const plan = planVoid(one, actual.withOriginId(one.originId), options);
		if (plan.actual && (plan.action === 'void' || plan.action === 'delete'))
			leaving.add(plan.actual.id);
		plans.set(one, plan);
	}
	const staying: DirectCostLookup = {
		withOriginId: (originId) => actual.withOriginId(originId),
		withInvoice: (vendorId, number) =>
			actual.withInvoice(vendorId, number).filter(({ id }) => !leaving.has(id)),
	};
	// By origin id, so that which of two documents gets the suffix never depends on their order.
	for (const one of [...desired].sort(byOriginId)) {
		if (one.voided) continue;
		plans.set(one, planOne(one, staying, vendorIds.get(one), options, claims, already.has(one)));
	}
	return desired.map((one) => plans.get(one) as DirectCostPlan);
}

function byOriginId(left: DesiredDirectCost, right: DesiredDirectCost): number {
	return left.originId < right.originId ? -1 : left.originId > right.originId ? 1 : 0;
}

/** Vendor and invoice number → origin id of the record of this batch that has it. */
type Claims = Map<string, string>;

function planOne(
	desired: DesiredDirectCost,
	actual: DirectCostLookup,
	vendorId: ProcoreId | undefined,
	options: CostPolicies,
	claims: Claims,
	already: boolean,
): DirectCostPlan {
	const own = actual.withOriginId(desired.originId);
	const stored = readOriginData(own?.originData);
	const still = (): DirectCostPlan => ({
		desired,
		action: 'unchanged',
		actual: own,
		withLines: false,
		readLines: false,
	});
	if (own && isNewerInProcore(stored, desired.source.modified)) return still();
	if (own && own.type && own.type !== desired.header.direct_cost_type) {
		return { ...still(), action: 'conflict', reason: typeFixed(desired, own) };
	}

	const hash = hashOfState(desired);
	const linesHash = hashOfLines(desired.lines);
	const lineIdsHash = contentHash(desired.lines.map(({ originId }) => originId).sort());
	const amountsStand =
		own?.total != null &&
		compare(own.total, desired.total) === 0 &&
		(own.lineCount ?? Infinity) >= desired.lines.length;
	if (own && stored?.h === hash && !options.rewrite) {
		const statusStands = own.status === desired.header.status;
		// A header alone looks complete when its lines cancel out, unless the count is told.
		const suspicious =
			own.lineCount === undefined && isZero(desired.total) && desired.lines.length > 0;
		if (amountsStand && !suspicious && (statusStands || options.drift === 'keep')) return still();
		const onlyIfIncomplete = options.drift === 'keep' || (amountsStand && statusStands);
		// The header that claims its lines stands without them: the batch that made it was cut off.
		const completes = unrecordedMarks(own.originData, options).last !== undefined;
		const plan = write('update', own, completes);
		return {
			...plan,
			completes,
			withLines: !amountsStand || suspicious,
			readLines: !amountsStand || suspicious,
			onlyIfIncomplete,
		};
	}
	if (own) {
		const sameLines = !options.rewrite && stored?.l === linesHash && amountsStand;
		const readLines = !sameLines && (options.rewrite === true || stored?.o !== lineIdsHash);
		return { ...write('update', own), withLines: !sameLines, readLines };
	}

	const number = desired.header.invoice_number;
	const standing = vendorId && number ? actual.withInvoice(vendorId, number) : [];
	const free = standing.find(({ originId }) => originId === null);
	if (free && !claims.has(invoiceKey(vendorId ?? null, number) ?? '')) {
		if (free.type && free.type !== desired.header.direct_cost_type) {
			return { ...still(), action: 'conflict', actual: free, reason: typeFixed(desired, free) };
		}
		return { ...write('adopt', free), withLines: true, readLines: true };
	}
	return { ...write('create'), withLines: desired.lines.length > 0, readLines: false };

	function write(
		action: 'create' | 'update' | 'adopt',
		target?: ActualDirectCost,
		completes = false,
	): DirectCostPlan {
		const invoiceNumber = chooseNumber(desired, actual, vendorId, target, claims);
		if (invoiceNumber === null) {
			return { ...still(), action: 'conflict', actual: target, reason: duplicate(desired) };
		}
		const { direct_cost_type, invoiceNumberSuffix: _, ...given } = desired.header;
		// A day of payment that goes is only sent where one stands, or may stand.
		const mayBePaid = target !== undefined && target.fields.payment_date !== null;
		const header = mayBePaid ? given : withoutNoDate(given);
		const fields = {
			...header,
			...(invoiceNumber === undefined ? {} : { invoice_number: invoiceNumber }),
		};
		const part = contentHash({ partOf: hash });
		const mark = already
			? keptMark(target?.originData)
			: markOf(options, OUTCOME[action], target?.originData, completes);
		return {
			desired,
			action,
			actual: target,
			// Told once: taken a second time, the same lines are no other state.
			...(target && readOriginData(target.originData)?.h !== part
				? {
						partRow: {
							id: toWireId(target.id),
							origin_id: desired.originId,
							origin_data: writeOriginData({ src: 'gp', h: part, ...mark }),
						},
					}
				: {}),
			withLines: true,
			readLines: false,
			changes: changesOf(target, fields, desired, vendorId),
			row: {
				...(target ? { id: toWireId(target.id) } : { direct_cost_type }),
				origin_id: desired.originId,
				...fields,
				...(vendorId ? { vendor_id: toWireId(vendorId) } : {}),
				origin_data: writeOriginData({
					src: 'gp',
					h: hash,
					...(desired.source.modified ? { m: desired.source.modified } : {}),
					l: linesHash,
					o: lineIdsHash,
					t: toFixed(desired.total),
					...(desired.source.content ? { g: desired.source.content } : {}),
					...mark,
				}),
			},
		};
	}
}

const OUTCOME = { create: 'created', update: 'updated', adopt: 'adopted' } as const;

/**
 * The invoice number to write: Procore allows one only once per vendor and project. A record keeps
 * the one it has; a later one gets the suffix. Undefined: none wanted. Null: none is free.
 */
function chooseNumber(
	{ header, originId }: DesiredDirectCost,
	actual: DirectCostLookup,
	vendorId: ProcoreId | undefined,
	target: ActualDirectCost | undefined,
	claims: Claims,
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
		const holders = actual.withInvoice(vendorId, number).filter(({ id }) => id !== target?.id);
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
