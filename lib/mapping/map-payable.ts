import type { DesiredDirectCost, SentAs, SourceReference } from '../model/desired';
import { type GpPayable, isExpense } from '../model/gp-records';
import { addTo } from '../model/keys';
import { add, compare, isZero, toFixed } from '../model/money';
import { leftOut, ruleOf, type SharedLine, waitingLines } from './allocate';
import { beforeStart, behindAccruals } from './why-not-sent';
import { isSkip, rowName } from './crosswalk-index';
import { decideLine, type LineDecision } from './decide-line';
import { directCost } from './direct-cost';
import { type MappingContext, sourceOf } from './mapping-context';
import { type CostDistribution, costOfPayable, type PayableCost } from './payable-cost';
import * as reasons from './reasons';
import type { CheckedSettings } from './settings-check';
import { shareCharges } from './share-charges';
import { type Mapped, notSent, parked, type Reason, skipped, slim } from './types';

/**
 * One voided direct cost for each project the document was sent to before and none of its lines
 * names any more: after a crosswalk edit it would be counted twice.
 */
function withdrawals(
	payable: GpPayable,
	source: SourceReference,
	projects: ReadonlySet<string>,
	context: MappingContext,
): DesiredDirectCost[] {
	return context
		.earlierProjects(payable.key)
		.filter((projectId) => !projects.has(projectId))
		.map((projectId) => ({
			...directCost({ payable, source, projectId, lines: [], voided: true, context }),
			source: {
				...source,
				amount: '0.00',
				rule: payable.voided ? 'sent there before' : 'withdrawn: no line names this project now',
			},
			withdrawn: true as const,
		}));
}

type Field = NonNullable<GpPayable['untold']>[number];

/** Fields that a way into GP does not tell although these settings go by them: a blank one would be a guess. */
function untoldOf(
	{ untold = [], documentType }: Pick<GpPayable, 'untold' | 'documentType'>,
	settings: CheckedSettings,
): Field[] {
	const asked: Record<Field, boolean> = {
		documentDate: settings.costDate === 'document' || settings.receivedDate === 'document',
		postingDate: settings.costDate === 'posting' || settings.receivedDate === 'posting',
		purchaseOrderNumber: settings.commitments !== 'ignore' && !isExpense(documentType),
		currencyId: settings.foreignCurrency === 'park' && settings.functionalCurrency.trim() !== '',
	};
	return untold.filter((field) => asked[field]);
}

/** What became of a document, and which projects its lines name: unknown where none was looked at. */
interface Verdict extends Mapped {
	projects: ReadonlySet<string> | 'unknown';
}

/**
 * GP payables document (PM10000, PM20000, PM30200 with PM10100/PM30600) → one direct cost per
 * project its cost lines belong to.
 *
 * A document goes as a whole or waits as a whole: when one line cannot be mapped nothing of it is
 * sent. Lines on an accrual account give way to the receipt lines they pay, where those are known.
 * Lines that are on purpose not job cost are left out and reported with their amount, so
 * the `source.amount` of everything a document gives adds up to what it costs in GP. Where it was
 * sent before to a project that none of its lines names any more, it is taken back.
 */
export function mapPayable(given: GpPayable, known: MappingContext): Mapped {
	const { payable, context } = withoutSentBefore(given, known);
	const sentBefore = context.sentBefore(payable.key);
	const whole = behindAccruals(payable, context);
	const source = sourceOf(whole, context);
	const { projects, ...verdict } = verdictOn(whole, source, context);
	const withdrawn = projects === 'unknown' ? [] : withdrawals(payable, source, projects, context);
	const mapped = { ...verdict, desired: [...verdict.desired, ...withdrawn] };
	if (Object.keys(sentBefore).length > 0)
		return sentThere(withRecord(mapped, { ...slim(payable), sentBefore }), sentBefore);
	return whole === payable ? mapped : withRecord(mapped, slim(payable));
}

/**
 * Where a document was sent before is told by its events, which are not read each time it is tried again:
 * while it waits its record keeps that, too.
 */
function withoutSentBefore(given: GpPayable, context: MappingContext) {
	const { sentBefore: kept, ...rest } = given;
	if (!kept) return { payable: given, context };
	const earlier = [...new Set([...Object.keys(kept), ...context.earlierProjects(given.key)])];
	const sentBefore = { ...kept, ...context.sentBefore(given.key) };
	return {
		payable: rest as GpPayable,
		context: { ...context, earlierProjects: () => earlier, sentBefore: () => sentBefore },
	};
}

/**
 * What is taken out, or may stand as one of two kinds, says how it was sent, so that a list which does
 * not show it yet is not believed.
 */
function sentThere(
	{ desired, ...rest }: Mapped,
	sentBefore: Readonly<Record<string, SentAs>>,
): Mapped {
	return {
		...rest,
		desired: desired.map((one) => {
			const sentAs = one.kind === 'directCost' ? sentBefore[one.projectId] : undefined;
			if (one.kind !== 'directCost' || !sentAs) return one;
			return one.voided || one.commitment || sentAs.type ? { ...one, sentAs } : one;
		}),
	};
}

/** What waits is stored as GP gave it, so that its receipts are asked for again. */
function withRecord({ desired, notSent: out }: Mapped, record: GpPayable): Mapped {
	return {
		desired: desired.map((one) => ('record' in one ? { ...one, record } : one) as typeof one),
		notSent: out.map((one) => (one.record ? { ...one, record } : one)),
	};
}

function verdictOn(payable: GpPayable, source: SourceReference, context: MappingContext): Verdict {
	const { settings } = context;
	const isPayment = payable.documentType === 'payment';
	if (isPayment && settings.payments === 'skip') {
		return left({ ...source, amount: '0' }, reasons.PAYMENT);
	}
	const vendor = context.crosswalk.vendor(payable.vendorId);
	const cost = costOfPayable(payable, context.accounts.isJobCost);
	if (cost === null) return waits(source, payable, reasons.unreadableAmount());
	const whole: SourceReference = { ...source, amount: payable.voided ? '0' : toFixed(cost.total) };

	if (payable.vendorId.trim() === '') return waits(whole, payable, reasons.VENDOR_MISSING);
	if (vendor.problem) return waits(whole, payable, vendor.problem);
	if (isSkip(vendor.row)) {
		return left(whole, reasons.vendorSkipped(payable, rowName('vendors', vendor.row!)));
	}
	const early = beforeStart(payable, context);
	if (early) return left(whole, early);
	if (payable.voided) return voided(payable, whole, cost, context);
	if (payable.state === 'unposted' && settings.unposted === 'leave') {
		return left(whole, reasons.NOT_POSTED);
	}
	if (payable.documentType === 'financeCharge' && settings.financeCharges === 'skip') {
		return left(whole, reasons.FINANCE_CHARGE);
	}
	if (isPayment && cost.lines.length === 0) return left(whole, reasons.PAYMENT);
	if (cost.isEmpty && !isZero(payable.amounts.document)) {
		if (payable.state === 'history' && context.earlierProjects(payable.key).length > 0) {
			return {
				...skipped({ ...source, amount: '0' }, reasons.asSent(payable)),
				projects: 'unknown',
			};
		}
		return waits(whole, payable, reasons.noDistributions(payable));
	}
	if (payable.intercompany === 'linesUnknown' && cost.lines.length > 0) {
		if (payable.state === 'history' && context.earlierProjects(payable.key).length > 0) {
			return {
				...skipped({ ...source, amount: '0' }, reasons.companiesAsSent(payable)),
				projects: 'unknown',
			};
		}
		return waits(whole, payable, reasons.INTERCOMPANY_UNKNOWN);
	}
	if (!isZero(cost.imbalance)) return waits(whole, payable, reasons.outOfBalance(cost));
	// Of a document in another currency its own amount may be in that one.
	if (
		compare(cost.untold.replace('-', ''), '0.01') >= 0 &&
		!context.isForeignCurrency(payable) &&
		!payable.amountsAreForeign
	)
		return waits(whole, payable, reasons.linesMissing(payable, cost));
	if (cost.lines.length === 0) return left(whole, reasons.NO_COST);
	if (settings.retainage !== 'cost' && payable.retainageUnknown && isZero(cost.retainage))
		return waits(whole, payable, reasons.RETAINAGE_UNKNOWN);
	const [untold] = untoldOf(payable, settings);
	if (untold) return waits(whole, payable, reasons.columnUnknown(untold));
	const parksForeign = settings.foreignCurrency === 'park' && context.isForeignCurrency(payable);
	if (parksForeign || payable.amountsAreForeign) {
		return waits(whole, payable, reasons.foreignCurrency(payable, settings.functionalCurrency));
	}
	return byLines(payable, source, whole, cost, context);
}

function byLines(
	payable: GpPayable,
	source: SourceReference,
	whole: SourceReference,
	cost: PayableCost,
	context: MappingContext,
): Verdict {
	const lines = shareCharges(payable, cost, context);
	const projects = new Set(byProject(lines).keys());
	// Closed since it was sent there, or shown no more: its job leads there still, for all that is known.
	const stays = new Set([...projects, ...closedProjects(payable, context)]);
	const waiting = lines.filter((line) => line.decision.kind === 'park');
	if (waiting.length > 0) {
		unlinked(waiting, payable, context).forEach((projectId) => stays.add(projectId));
		const hasLeft = waiting.every(({ decision }) => LEFT.has(reasonCodeOf(decision)));
		const waits = waitingLines(waiting);
		return { ...parked(whole, payable, waits), projects: hasLeft ? stays : 'unknown' };
	}
	const shared = add(...lines.map((line) => line.amount));
	if (compare(shared, toFixed(cost.total)) !== 0) {
		return waits(whole, payable, reasons.sharesDisagree(shared, toFixed(cost.total)));
	}
	if (lines.length === 0) return left(whole, reasons.NO_COST);
	const desired = [...byProject(lines)].map(([projectId, ofProject]) =>
		directCost({ payable, source, projectId, lines: ofProject, voided: false, context }),
	);
	const out = lines.filter((line) => line.decision.kind === 'leave');
	if (out.length === 0) return { desired, notSent: [], projects };
	const amount = toFixed(add(...out.map((line) => line.amount)));
	const reference = { ...source, amount, ...ruleOf(out) };
	return {
		desired,
		notSent: [notSent('skipped', reference, leftOut(out))],
		projects: projects.size > 0 ? projects : stays,
	};
}

/**
 * A line that waits for these is shown to belong to no project that is known. Whatever else it waits for (two
 * projects of one number, a word in a row, a place nobody filled in), it may belong where it was sent.
 */
const LEFT: ReadonlySet<string> = new Set(['job-without-project', 'no-job']);

function reasonCodeOf(decision: LineDecision): string {
	return 'reason' in decision ? decision.reason.code : '';
}

/** Of those it was sent to before, the ones that are not among the active projects. */
function closedProjects(payable: GpPayable, context: MappingContext): string[] {
	if (context.projects.length === 0) return [];
	const active = new Set(context.projects.map(({ id }) => String(id)));
	return context.earlierProjects(payable.key).filter((id) => !active.has(id));
}

/** Those it was sent to by a job that has no project now: the job lost it, the document did not leave. */
function unlinked(lines: SharedLine[], payable: GpPayable, context: MappingContext) {
	const causes = lines.map(({ decision }) => 'reason' in decision && decision.reason.causeKey);
	return Object.entries(context.sentBefore(payable.key)).flatMap(([projectId, { jobs = '' }]) =>
		causes.some((cause) => jobs.includes(`|${cause}|`)) ? projectId : [],
	);
}

/** Whatever project a line names may hold this document from before: each is told of the void. */
function voided(
	payable: GpPayable,
	source: SourceReference,
	cost: PayableCost,
	context: MappingContext,
): Verdict {
	const lines = [...cost.lines, ...cost.charges].map(
		(distribution: CostDistribution): SharedLine => ({
			distribution,
			sequence: String(distribution.sequence),
			decision: decideLine(distribution, payable, context),
			amount: '0.00',
		}),
	);
	const projects = byProject(lines);
	if (projects.size === 0) {
		const sentBefore = context.earlierProjects(payable.key).length > 0;
		return sentBefore
			? { desired: [], notSent: [], projects: new Set() }
			: left(source, reasons.VOIDED_NEVER_SENT);
	}
	return {
		desired: [...projects].map(([projectId, ofProject]) =>
			directCost({ payable, source, projectId, lines: ofProject, voided: true, context }),
		),
		notSent: [],
		projects: new Set(projects.keys()),
	};
}

function waits(source: SourceReference, payable: GpPayable, reason: Reason): Verdict {
	return { ...parked(source, payable, reason), projects: 'unknown' };
}

function left(source: SourceReference, reason: Reason): Verdict {
	return { ...skipped(source, reason), projects: new Set() };
}

function byProject(lines: SharedLine[]): Map<string, SharedLine[]> {
	const projects = new Map<string, SharedLine[]>();
	for (const line of lines) {
		if (line.decision.kind !== 'send') continue;
		addTo(projects, line.decision.projectId, line);
	}
	return projects;
}
