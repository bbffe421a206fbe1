import { add, compare, isZero, subtract, toFixed, type Decimal } from '../base/money';
import type { SourceReference } from '../base/source';
import type { GpPayable } from '../gp/records';
import type { DesiredDirectCost } from '../procore/desired';
import { isSkip, rowName } from './crosswalk-index';
import { decideLine, type LineDecision } from './decide-line';
import { directCost } from './direct-cost';
import type { MappingContext } from './mapping-context';
import { costOfPayable, type CostDistribution, type PayableCost } from './payable-cost';
import { shareCharges, type SharedLine } from './share-charges';
import { sourceOf } from './source-of';
import { notSent, parked, skipped, type Mapped, type Reason } from './verdict';

/**
 * GP payables document (PM10000, PM20000, PM30200 with PM10100/PM30600) → one direct cost per
 * project its cost lines belong to.
 *
 * A document goes as a whole or waits as a whole: when one line cannot be mapped nothing of it is
 * sent. Lines that are on purpose not job cost are left out and reported with their amount, so
 * the `source.amount` of everything a document gives adds up to what it costs in GP.
 */
export function mapPayable(payable: GpPayable, context: MappingContext): Mapped {
	const source = sourceOf(payable, context);
	if (payable.documentType === 'payment') return skipped({ ...source, amount: '0' }, PAYMENT);

	const vendor = context.crosswalk.vendor(payable.vendorId);
	const cost = costOfPayable(payable, context.accounts.isJobCost);
	if (cost === null) return parked(source, payable, unreadableAmount());
	const whole: SourceReference = { ...source, amount: payable.voided ? '0' : toFixed(cost.total) };

	if (payable.vendorId.trim() === '') return parked(whole, payable, VENDOR_MISSING);
	if (vendor.conflict)
		return parked(whole, payable, ambiguousVendor(payable, vendor.conflict.length));
	if (isSkip(vendor.row))
		return skipped(whole, vendorSkipped(payable, rowName('vendors', vendor.row!)));

	const decide = (line: CostDistribution) => decideLine(line, payable, context);
	if (payable.voided) return mapVoided(payable, whole, cost, decide, context);
	if (payable.state === 'unposted' && context.settings.unposted === 'leave') {
		return skipped(whole, NOT_POSTED);
	}
	if (payable.documentType === 'financeCharge' && context.settings.financeCharges === 'skip') {
		return skipped(whole, FINANCE_CHARGE);
	}
	if (payable.distributions.length === 0 && !isZero(payable.amounts.document)) {
		return parked(whole, payable, noDistributions(payable));
	}
	if (!isZero(cost.imbalance)) return parked(whole, payable, outOfBalance(cost));
	if (cost.lines.length === 0) return skipped(whole, NO_COST);

	const lines = shareCharges(cost, decide, context);
	const waiting = lines.filter((line) => line.decision.kind === 'park');
	if (waiting.length > 0) return parked(whole, payable, waitingLines(waiting));
	const shared = add(...lines.map((line) => line.amount));
	if (compare(shared, toFixed(cost.total)) !== 0) {
		return parked(whole, payable, sharesDisagree(shared, toFixed(cost.total)));
	}
	if (lines.length === 0) return skipped(whole, NO_COST);
	return send(payable, source, lines, context);
}

function send(
	payable: GpPayable,
	source: SourceReference,
	lines: SharedLine[],
	context: MappingContext,
): Mapped {
	const desired: DesiredDirectCost[] = [];
	for (const [projectId, ofProject] of byProject(lines)) {
		desired.push(
			directCost({ payable, source, projectId, lines: ofProject, voided: false, context }),
		);
	}
	const left = lines.filter((line) => line.decision.kind === 'leave');
	if (left.length === 0) return { desired, notSent: [] };
	const amount = add(...left.map((line) => line.amount));
	return {
		desired,
		notSent: [
			notSent('skipped', { ...source, amount: toFixed(amount), ...ruleOf(left) }, leftOut(left)),
		],
	};
}

/** Whatever project a line names may hold this document from before: each is told of the void. */
function mapVoided(
	payable: GpPayable,
	source: SourceReference,
	cost: PayableCost,
	decide: (line: CostDistribution) => LineDecision,
	context: MappingContext,
): Mapped {
	const lines = [...cost.lines, ...cost.charges].map((distribution) => ({
		distribution,
		sequence: String(distribution.sequence),
		decision: decide(distribution),
		amount: '0.00',
	}));
	const projects = byProject(lines);
	if (projects.size === 0) return skipped(source, VOIDED_NEVER_SENT);
	return {
		desired: [...projects].map(([projectId, ofProject]) =>
			directCost({ payable, source, projectId, lines: ofProject, voided: true, context }),
		),
		notSent: [],
	};
}

function byProject(lines: SharedLine[]): Map<string, SharedLine[]> {
	const projects = new Map<string, SharedLine[]>();
	for (const line of lines) {
		if (line.decision.kind !== 'send') continue;
		const known = projects.get(line.decision.projectId);
		if (known) known.push(line);
		else projects.set(line.decision.projectId, [line]);
	}
	return projects;
}

const PAYMENT: Reason = {
	code: 'payment',
	message: 'Payments settle invoices and are no cost',
	remedy: 'Nothing to do.',
};

const NOT_POSTED: Reason = {
	code: 'not-posted',
	message: 'The document is not posted in GP yet',
	remedy:
		'Post it in GP; it goes to Procore on the next run. Unposted documents can also be sent as drafts by a setting.',
};

const FINANCE_CHARGE: Reason = {
	code: 'finance-charge',
	message: 'Finance charges are not sent, by setting',
	remedy: 'To send them as expenses, change the finance charges setting.',
};

const NO_COST: Reason = {
	code: 'no-cost',
	message: 'The document has no distribution that is a cost',
	remedy: 'Nothing to do.',
};

const VENDOR_MISSING: Reason = {
	code: 'vendor-missing',
	message: 'The document names no vendor',
	remedy: 'Enter the vendor id on the document in GP.',
};

const VOIDED_NEVER_SENT: Reason = {
	code: 'voided-never-sent',
	message: 'The document is voided in GP, and none of its lines belongs to a Procore project',
	remedy: 'Nothing to do.',
};

function unreadableAmount(): Reason {
	return {
		code: 'record-unreadable',
		message: 'A distribution has a debit or credit that is no number',
		remedy: 'Check the field names of the distributions in the site profile of the GP node.',
	};
}

function ambiguousVendor(payable: GpPayable, count: number): Reason {
	return {
		code: 'crosswalk-ambiguous',
		message: `Vendor ${payable.vendorId} stands in ${count} rows of the vendors crosswalk that decide differently`,
		remedy: 'Delete the wrong row in the vendors crosswalk table.',
	};
}

function vendorSkipped(payable: GpPayable, rule: string): Reason {
	return {
		code: 'vendor-skipped',
		message: `Vendor ${payable.vendorId} is set to skip in ${rule}, and so are its documents`,
		remedy: `To send them, change "action" to send in ${rule}.`,
	};
}

function noDistributions(payable: GpPayable): Reason {
	return {
		code: 'no-distributions',
		message: `The document amounts to ${toFixed(payable.amounts.document)} but came without distributions`,
		remedy:
			'Check in the site profile of the GP node that payables are read with their distributions.',
	};
}

function outOfBalance(cost: PayableCost): Reason {
	return {
		code: 'out-of-balance',
		message: `Debits and credits of the distributions differ by ${toFixed(cost.imbalance)}, so some of them are missing or wrong`,
		remedy:
			'Check the distributions of the voucher in GP (Distributions > Default restores them on an unposted one).',
	};
}

function sharesDisagree(shared: Decimal, total: Decimal): Reason {
	return {
		code: 'out-of-balance',
		message: `The lines add up to ${shared} but GP's cost is ${total}, ${subtract(shared, total)} apart`,
		remedy: 'Report this as a defect of the mapping; nothing of the document was sent.',
	};
}

/** The first line's reason decides the code; the message names every line that waits. */
function waitingLines(lines: SharedLine[]): Reason {
	const reasons = lines.map((line) => (line.decision as { reason: Reason }).reason);
	const named = lines.map(
		(line, index) =>
			`line ${line.sequence} (${line.distribution.account}): ${reasons[index].message}`,
	);
	const more = named.length > 3 ? `; and ${named.length - 3} more` : '';
	return { ...reasons[0], message: `${named.slice(0, 3).join('; ')}${more}` };
}

function leftOut(lines: SharedLine[]): Reason {
	const reasons = lines.map((line) => (line.decision as { reason: Reason }).reason);
	const messages = [...new Set(reasons.map((reason) => reason.message))];
	const more = messages.length > 3 ? `; and ${messages.length - 3} more` : '';
	return { ...reasons[0], message: `${messages.slice(0, 3).join('; ')}${more}` };
}

function ruleOf(lines: SharedLine[]): { rule?: string } {
	const rule = lines.map((line) => (line.decision as { rule?: string }).rule).find(Boolean);
	return rule ? { rule } : {};
}
