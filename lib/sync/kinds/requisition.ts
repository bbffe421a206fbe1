import { contentHash } from '../../model/json-text';
import { type Decimal, toFixed } from '../../model/money';
import { type AlsoWritten, fieldChanges, type Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { toWireId, type ProcoreId } from '../../procore/wire';
import type { Kind, KindOf, Plan, Rules, Written } from '../engine/kind';
import { setStatusBack, statusStands } from '../engine/plan';
import { syncRecords } from '../engine/run';
import { readOriginData } from '../origin-data';
import {
	faultOfRecord,
	type Reason,
	type RowFault,
	statusDiffers,
	withoutNoDate,
} from '../outcomes';
import type { RunCache, SyncOptions } from '../sync-run';
import { findOut, itemsOf, type Ready } from '../payables/commitments';
import { totalsAgree } from './direct-cost-state';
import {
	billedByOthers,
	billsOtherwise,
	commitmentFixed,
	isBehind,
	ProjectRequisitions,
	whyRefused,
	writeRequisition,
} from './project-requisitions';
import {
	type ActualRequisition,
	type BilledWhere,
	billedBy,
	checkRequisition,
	type DesiredRequisition,
	hashOf,
	hashOfShown,
	NEVER_SENT,
	onlyPaymentDiffers,
	totalsDiffer,
} from './requisition-state';

interface Detail {
	/** The day of payment alone: a paid invoice may be closed to changes of its lines. */
	paidOnly: true;
}

type RequisitionPlan = Plan<DesiredRequisition, ActualRequisition, Detail>;

/** What decides over the subcontractor invoices of one project. */
function requisitionRules(
	known: ProjectRequisitions,
	ready: ReadonlyMap<DesiredRequisition, Ready>,
	elsewhere: Pick<Elsewhere, 'counts'>,
	options: Pick<SyncOptions, 'drift'>,
): Rules<DesiredRequisition, ActualRequisition, Detail> {
	/** Taken over by another document of this batch. */
	const claimed = new Set<ProcoreId>();
	return {
		find: ({ originId }) => known.withOriginId(originId),
		hash: hashOf,
		amount: ({ voided, total }) => (voided ? '0.00' : toFixed(total)),

		rule: ({ voided }, own) =>
			voided && !own ? { outcome: 'skipped', reason: NEVER_SENT } : undefined,

		compare(desired, own, stored, hash) {
			const { voided, total } = desired;
			if (!voided && own.commitmentId && own.commitmentId !== desired.commitmentId)
				return { outcome: 'conflict', actual: own, reason: commitmentFixed(desired, own) };
			const isTwice = !voided && elsewhere.counts(desired);
			const isEdited = options.drift !== 'keep' && totalsAgree(billedBy(own), total) === false;
			const differs = isTwice || isEdited;
			const wanted = voided ? 'draft' : desired.header.status;
			const isSent = stored?.h === hash;
			const isOff = voided
				? isSent && !statusStands(own.status, 'draft')
				: options.drift !== 'keep' && isBehind(own.status, wanted);
			const change = { outcome: voided ? 'voided' : 'updated', actual: own } as const;
			if (isSent && (voided || !differs))
				return isOff ? setStatusBack(change, stored, wanted, billedBy(own)) : undefined;
			if (!differs && onlyPaymentDiffers(desired, stored?.h, own.fields.payment_date))
				return { outcome: 'updated', actual: own, detail: { paidOnly: true } };
			return { ...change, ...(isOff ? { driftSeen: contentHash(own.status) } : {}) };
		},

		/** One that somebody entered, where it bills the same; where it does not, both would count. */
		adopt(desired) {
			const [actual, ...more] = known.byHand(desired).filter(({ id }) => !claimed.has(id));
			if (!actual) return undefined;
			if (!actual.originId && more.length === 0 && totalsAgree(billedBy(actual), desired.total)) {
				claimed.add(actual.id);
				return { outcome: 'adopted', actual };
			}
			return { outcome: 'conflict', actual, amount: '0.00', ...billsOtherwise(desired, actual) };
		},

		row(desired, { actual: own, detail }) {
			const { voided, total, header, source } = desired;
			const content = source.content ? { g: source.content } : {};
			if (voided) return { fields: { status: 'draft' }, keeps: content, amount: '0.00' };
			const amount = toFixed(total);
			const { payment_date = '' } = header;
			if (detail?.paidOnly) {
				const { l, t } = readOriginData(own?.originData) ?? {};
				return {
					fields: { payment_date },
					keeps: { ...content, ...(l ? { l } : {}), ...(t ? { t } : {}) },
					changes: fieldChanges(own?.fields ?? {}, { payment_date }),
					amount,
					detail,
				};
			}
			const { billed, periodId } = ready.get(desired) as Ready;
			return {
				fields: {
					...(own ? header : withoutNoDate(header)),
					period_id: toWireId(periodId),
					items: itemsOf(billed, own),
				},
				keeps: { ...content, l: hashOfShown({ ...header, billed }), t: amount },
				changes: fieldChanges(own ? { ...own.fields, total: billedBy(own) } : {}, {
					...header,
					total: amount,
				}),
				amount,
			};
		},
	};
}

/** What taking a document out elsewhere came to. */
export interface Departed {
	written?: Pick<Written, 'changes' | 'unrecorded'>;
	/** The write by which it was taken out now. */
	also?: readonly AlsoWritten[];
	/** To be done once it has arrived. */
	arrived?: () => Promise<void>;
	/** Puts it back as it stood, because it may not arrive, and remembers why; whether that went. */
	putBack?: (code: string) => Promise<boolean>;
}

/** What a document may stand as otherwise. */
export interface Elsewhere {
	/** Whether it counts so, as far as that was read. */
	counts(desired: DesiredRequisition): boolean;
	/** Takes it out there, before it arrives at `where`; or why it may not be, a conflict unless it says otherwise. */
	leave(
		desired: DesiredRequisition,
		where: BilledWhere | undefined,
	): Promise<Departed | { reason: Reason; outcome?: 'failed' }>;
}

/**
 * Brings subcontractor invoices to the desired state. Procore has no bulk way: one write each where
 * something changed. A document leaves `elsewhere` last of all that may go wrong before it, so that one that
 * cannot go on stays where it counts.
 */
export async function syncRequisitions(
	client: ProcoreClient,
	desired: readonly DesiredRequisition[],
	options: SyncOptions,
	cache: RunCache,
	elsewhere: Elsewhere,
): Promise<Outcome[]> {
	const of: KindOf<DesiredRequisition, ActualRequisition, Detail> = {
		label: 'subcontractor invoices',
		check: checkRequisition,
		at: ({ projectId = '' }) => atProject(projectId),
	};
	const also = new Map<DesiredRequisition, readonly AlsoWritten[]>();
	return await syncRecords(client, of, desired, options, cache);

	function atProject(projectId: ProcoreId): Kind<DesiredRequisition, ActualRequisition, Detail> {
		const known = ProjectRequisitions.of(cache, projectId, client.effects.now());
		const ready = new Map<DesiredRequisition, Ready>();
		return {
			...requisitionRules(known, ready, elsewhere, options),
			read: (records) => known.readStanding(client, records),

			async complete(records, decided) {
				const lacking = new Map<DesiredRequisition, RowFault>();
				for (const one of records) {
					const decision = decided.get(one);
					if (one.voided || (decision && 'detail' in decision)) continue;
					try {
						const others = () => billedByOthers(client, known, ready, one);
						if (!decision) await known.readOf(client, one.commitmentId);
						const found = await findOut(client, cache, one, others, known.ownOf(one));
						if ('billed' in found) ready.set(one, found);
						else lacking.set(one, { outcome: 'failed', reason: found });
					} catch (error) {
						lacking.set(one, faultOfRecord(error));
					}
				}
				return lacking;
			},

			also: (one) => also.get(one) ?? [],
			write: (plans) => eachPlan(plans, ready, (plan) => writeRequisition(client, known, plan)),
			rehearse: (plans) => eachPlan(plans, ready, () => Promise.resolve({})),

			differs({ desired: one, detail }, { total, procoreId }) {
				if (detail?.paidOnly) return undefined;
				const shown = (procoreId && known.withOriginId(one.originId)?.status) ?? '';
				const wanted = one.voided ? 'draft' : (one.header.status ?? '');
				if (one.voided ? !statusStands(shown, wanted) : isBehind(shown, wanted))
					return statusDiffers(shown, wanted);
				const wrong = !one.voided && totalsAgree(total, one.total) === false;
				return wrong ? totalsDiffer(one, total as Decimal) : undefined;
			},
		};
	}

	async function eachPlan(
		plans: readonly RequisitionPlan[],
		ready: ReadonlyMap<DesiredRequisition, Ready>,
		write: (plan: RequisitionPlan) => Promise<Written>,
	): Promise<Map<RequisitionPlan, Written>> {
		const written = new Map<RequisitionPlan, Written>();
		/** A right that is missing for one is missing for all of its commitment: asked for once. */
		const forbidden = new Map<string, RowFault>();
		for (const plan of plans) {
			let left: Departed = {};
			const right = `${plan.outcome} ${plan.desired.commitmentId}`;
			const before = forbidden.get(right);
			if (before) written.set(plan, { fault: before });
			if (before) continue;
			try {
				const arrives = !plan.desired.voided && !plan.detail?.paidOnly;
				const leaving = arrives ? await elsewhere.leave(plan.desired, ready.get(plan.desired)) : {};
				if ('reason' in leaving) written.set(plan, { fault: { outcome: 'conflict', ...leaving } });
				else {
					left = leaving;
					written.set(plan, { ...left.written, ...(await write(plan)) });
					await left.arrived?.();
				}
			} catch (error) {
				const fault = whyRefused(faultOfRecord(error), ready.get(plan.desired));
				if (fault.reason.httpStatus === 403) forbidden.set(right, fault);
				// Put back while one stands and counts, the document would count twice.
				const { status = 'draft' } = plan.actual ?? {};
				if (status === 'draft' && (await left.putBack?.(fault.reason.code))) left = {};
				written.set(plan, { ...left.written, fault });
			}
			also.set(plan.desired, left.also ?? []);
			client.progress('subcontractor invoices', written.size, plans.length);
		}
		return written;
	}
}
