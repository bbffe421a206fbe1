import { roundToCents, toCents, toUnits } from './cents';

/** A payables document as the GP stand-in's admin API shows it (GET /documents). */
export interface GpBookDocument {
	documentType: number;
	voucher: string;
	state: 'work' | 'open' | 'history';
	voided: boolean;
	distributions: Array<{ type: number; debit: string; credit: string }>;
}

/** A direct cost as the Procore stand-in's admin API shows it (GET /admin/state). */
export interface ProcoreBookCost {
	origin_id: string | null;
	status: string;
	grand_total: string | number;
}

export interface ParkedNote {
	entity: string;
	gp_key: string;
}

export interface EventNote extends ParkedNote {
	id: number;
	run_id: string;
	outcome: string;
	gp_amount: string;
	dry_run: boolean;
}

/** Amounts in dollars and cents, as text. */
export interface BooksReport {
	/** Cost of the posted, not voided documents in GP. */
	gpTotal: string;
	/** The direct costs in Procore that came from GP and are no drafts. */
	procoreTotal: string;
	difference: string;
	/** The part of the difference that waits in the parked table or was left out for a stated reason. */
	explained: string;
	/** What nobody can account for, document by document and without signs, so that faults do not cancel out. */
	unexplained: string;
	/** The documents behind `unexplained`, e.g. "1;00000000000000417". */
	suspects: string[];
}

/** DOCTYPE numbers that are cost: invoice, miscellaneous charge, return, credit memo. */
const COST_DOCUMENTS = new Set([1, 3, 4, 5]);
/** DISTTYPE numbers that are cost: purchase, trade discount, miscellaneous, freight, taxes. */
const COST_DISTRIBUTIONS = new Set([6, 7, 8, 9, 10]);

/**
 * Compares the two sets of books without any help from the product: its tables are only believed
 * where they explain why a document is not, or not wholly, in Procore.
 */
export function compareBooks(input: {
	company: string;
	documents: GpBookDocument[];
	directCosts: ProcoreBookCost[];
	parked: ParkedNote[];
	events: EventNote[];
}): BooksReport {
	const gp = gpCosts(input.documents);
	const procore = procoreCosts(input.directCosts, input.company);
	const parked = new Set(
		input.parked.filter((row) => row.entity === 'payable').map((row) => row.gp_key),
	);
	const leftOut = latestLeftOut(input.events);

	const total = { gp: 0n, procore: 0n, explained: 0n, unexplained: 0n };
	const suspects: string[] = [];
	for (const key of new Set([...gp.keys(), ...procore.keys()])) {
		const inGp = gp.get(key) ?? 0n;
		const inProcore = procore.get(key) ?? 0n;
		const gap = inGp - inProcore;
		const explained = parked.has(key) ? gap : gp.has(key) ? (leftOut.get(key) ?? 0n) : 0n;
		const rest = gap - explained;
		total.gp += inGp;
		total.procore += inProcore;
		total.explained += explained;
		total.unexplained += rest < 0n ? -rest : rest;
		if (rest !== 0n) suspects.push(key);
	}
	return {
		gpTotal: toCents(total.gp),
		procoreTotal: toCents(total.procore),
		difference: toCents(total.gp - total.procore),
		explained: toCents(total.explained),
		unexplained: toCents(total.unexplained),
		suspects,
	};
}

/** Cost per document key, rounded to cents as Procore keeps it. */
function gpCosts(documents: GpBookDocument[]): Map<string, bigint> {
	const costs = new Map<string, bigint>();
	for (const document of documents) {
		if (document.voided || document.state === 'work' || !COST_DOCUMENTS.has(document.documentType))
			continue;
		const cost = document.distributions
			.filter((row) => COST_DISTRIBUTIONS.has(row.type))
			.reduce((sum, row) => sum + toUnits(row.debit) - toUnits(row.credit), 0n);
		costs.set(`${document.documentType};${document.voucher.trim()}`, roundToCents(cost));
	}
	return costs;
}

/** Direct costs that carry our origin id, per document key. */
function procoreCosts(directCosts: ProcoreBookCost[], company: string): Map<string, bigint> {
	const costs = new Map<string, bigint>();
	for (const cost of directCosts) {
		if (!cost.origin_id?.startsWith(`GP:${company}:`) || cost.status === 'draft') continue;
		const [, , , type, voucher] = cost.origin_id.split(':');
		const key = `${type};${voucher}`;
		costs.set(key, (costs.get(key) ?? 0n) + toUnits(String(cost.grand_total)));
	}
	return costs;
}

/**
 * What the latest run that handled a document left out on purpose. Rows GP shows again unchanged
 * are not handled, so an earlier run's word stands until a newer one speaks.
 */
function latestLeftOut(events: EventNote[]): Map<string, bigint> {
	const ordered = events
		.filter((event) => event.entity === 'payable' && !event.dry_run)
		.sort((left, right) => left.id - right.id);
	const latest = new Map<string, { run: string; leftOut: bigint }>();
	for (const { gp_key, run_id, outcome, gp_amount } of ordered) {
		const known = latest.get(gp_key);
		const before = known?.run === run_id ? known.leftOut : 0n;
		const leftOut = outcome === 'skipped' ? toUnits(gp_amount || '0') : before;
		latest.set(gp_key, { run: run_id, leftOut });
	}
	return new Map([...latest].map(([key, { leftOut }]) => [key, leftOut]));
}
