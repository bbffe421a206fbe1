import { add, compare, toFixed } from '../../model/money';
import type { DesiredDirectCost, DesiredLine } from '../../model/desired';
import { requisitionOfCost } from '../payables/commitments';
import { hashOf as hashOfRequisition, hashOfShown } from '../kinds/requisition-state';
import { hashOfLines, hashOfState, VOID_HASH } from '../kinds/direct-cost-state';
import { readOriginData, type OriginData } from '../origin-data';
import type { StandingDirectCost } from './read-standing';

/** What can be shown of both sides since a direct cost was last sent. */
export interface SentEvidence {
	/**
	 * `asSent`: GP and mapping want today what was sent. Otherwise what was shown to have changed: the
	 * document in GP, only the mapping of it, or one of the two without telling which.
	 */
	gp: 'asSent' | 'documentChanged' | 'mappingChanged' | 'changed' | 'unknown';
	/** `edited`: Procore shows another total than was sent, or something else than GP still wants. */
	procore: 'asSent' | 'edited' | 'unknown';
}

/** Neither side is shown to be as it was, or not to be. */
export const NOTHING_SHOWN: SentEvidence = { gp: 'unknown', procore: 'unknown' };

/** How a document is to stand today, as far as evidence needs it. */
export type Wanted = Pick<
	DesiredDirectCost,
	'vendorOriginId' | 'vendorId' | 'header' | 'voided' | 'originId' | 'projectId'
> & {
	/** hashOfState of it; absent: nothing can be shown. */
	hash?: string;
	/** In their order; whole ones where it bills an order. */
	lines: ReadonlyArray<DesiredLine>;
	source: Pick<DesiredDirectCost['source'], 'content' | 'modified'>;
};

/**
 * Compares both sides with what was sent, by the hashes written into `origin_data` then. What stands
 * in Procore is put together as a desired state and hashed as one; an equal hash proves that nobody
 * edited it, an unequal one proves nothing, since Procore may show a value in another form.
 */
export function sentEvidence(wanted: Wanted, standing: StandingDirectCost): SentEvidence {
	const stored = readOriginData(standing.originData);
	if (!stored || wanted.hash === undefined) return NOTHING_SHOWN;
	if (wanted.voided) {
		return stored.h === VOID_HASH
			? { gp: 'asSent', procore: 'edited' }
			: { gp: 'documentChanged', procore: 'unknown' };
	}
	if (standing.kind === 'requisition') return requisitionEvidence(wanted, standing, stored);
	const gp = gpSince(wanted, stored);
	return { gp, procore: procoreSince(wanted, standing, stored, gp) };
}

/**
 * What is shown of a record whose lines GP no longer tells: `asSent` where its lines hash to what was
 * sent, `edited` where its total, or the sum of its lines, is another.
 */
export function standsAsSent(standing: StandingDirectCost): SentEvidence['procore'] {
	const stored = readOriginData(standing.originData);
	if (!stored?.t) return 'unknown';
	if (standing.kind === 'requisition') return billedAsSent(standing, stored);
	const sum = add('0', ...standing.lines.map(({ amount }) => amount));
	if (!totalStands(standing, stored) || compare(sum, stored.t) !== 0) return 'edited';
	return linesAsSent([], standing, stored) ? 'asSent' : 'unknown';
}

/** The same of a subcontractor invoice: what it shows of its head and bills of each commitment line. */
function requisitionEvidence(
	wanted: Wanted,
	standing: StandingDirectCost,
	stored: OriginData,
): SentEvidence {
	const { commitmentId } = standing;
	if (commitmentId === undefined) return NOTHING_SHOWN;
	const total = toFixed(add('0', ...wanted.lines.map(({ amount }) => amount)));
	const cost = { ...wanted, kind: 'directCost', lines: [...wanted.lines], total } as const;
	// The kind of commitment is in no hash.
	const order = { id: commitmentId, kind: 'subcontract' } as const;
	const hash = hashOfRequisition(requisitionOfCost(cost as DesiredDirectCost, order));
	const gp = gpSince({ ...wanted, hash }, stored);
	const procore = billedAsSent(standing, stored);
	return { gp, procore: gp === 'asSent' && procore === 'unknown' ? 'edited' : procore };
}

function billedAsSent(standing: StandingDirectCost, stored: OriginData): SentEvidence['procore'] {
	const billed = standing.lines.map(({ billedLineId = '', amount }) => ({
		lineId: billedLineId,
		amount,
	}));
	if (stored.l !== undefined && hashOfShown({ ...standing.fields, billed }) === stored.l)
		return 'asSent';
	const shown = add('0', ...billed.map(({ amount }) => amount));
	return stored.t !== undefined && compare(shown, stored.t) !== 0 ? 'edited' : 'unknown';
}

/** What is shown to have changed on GP's side since a record was sent, by what is kept with it. */
export function gpSince(
	wanted: Pick<Wanted, 'hash' | 'source'>,
	stored: OriginData,
): SentEvidence['gp'] {
	if (stored.h === wanted.hash) return 'asSent';
	const { content, modified } = wanted.source;
	if (stored.g && content) return stored.g === content ? 'mappingChanged' : 'documentChanged';
	// Sent before the content was kept: the stamp shows that GP was not touched, but not what was.
	return stored.m && modified && stored.m === modified && modified.length > 10
		? 'mappingChanged'
		: 'changed';
}

function procoreSince(
	wanted: Wanted,
	standing: StandingDirectCost,
	stored: OriginData,
	gp: SentEvidence['gp'],
): SentEvidence['procore'] {
	const lines = linesAsSent(wanted.lines, standing, stored);
	if (lines) {
		const { vendorOriginId, vendorId } = wanted;
		const total = toFixed(stored.t ?? standing.total ?? '0');
		for (const header of headersAsShown(wanted, standing)) {
			const hash = hashOfState({ vendorOriginId, vendorId, header, lines, total });
			if (hash === stored.h && totalStands(standing, stored)) return 'asSent';
		}
	}
	// What is wanted is what was sent, so whatever differs from it was changed in Procore.
	if (gp === 'asSent') return 'edited';
	return totalStands(standing, stored) ? 'unknown' : 'edited';
}

function totalStands({ total }: StandingDirectCost, { t }: OriginData): boolean {
	return total === null || total === undefined || t === undefined || compare(total, t) === 0;
}

/** The standing lines as they were sent, in their order; null when they are not shown to be. */
function linesAsSent(
	wanted: Wanted['lines'],
	standing: StandingDirectCost,
	stored: OriginData,
): DesiredLine[] | null {
	if (stored.l === undefined) return null;
	const shown = standing.lines.flatMap((line): DesiredLine[] => {
		const { originId, costCode, costType, amount, description, taxCodeId } = line;
		if (originId === null) return [];
		return [
			{
				...{ originId, costCode, costType, amount: toFixed(amount) },
				...(description === undefined ? {} : { description }),
				...(taxCodeId === undefined ? {} : { taxCodeId }),
			},
		];
	});
	if (shown.length < standing.lines.length) return null;
	const place = new Map(wanted.map(({ originId }, index) => [originId, index]));
	const byWanted = [...shown].sort(
		(left, right) =>
			(place.get(left.originId) ?? Infinity) - (place.get(right.originId) ?? Infinity) || 0,
	);
	const bySequence = [...shown].sort((left, right) => sequenceOf(left) - sequenceOf(right) || 0);
	const orders = [byWanted, bySequence, shown];
	return orders.find((lines) => hashOfLines(lines) === stored.l) ?? null;
}

function sequenceOf({ originId }: DesiredLine): number {
	return Number(/:L:([\d.]+)/.exec(originId)?.[1] ?? Infinity);
}

/** The header as Procore shows it, with the fields of the wanted one: sent fields are never taken away. */
function headersAsShown(
	{ header }: Wanted,
	{ fields = {} }: StandingDirectCost,
): Array<DesiredDirectCost['header']> {
	const { invoiceNumberSuffix, ...wanted } = header;
	const shown: Record<string, unknown> = {};
	for (const [name, value] of Object.entries({ ...wanted })) {
		const there = fields[name];
		if (there === undefined && value !== undefined) return [];
		if (there !== null && there !== '')
			shown[name] = isDay(name) ? String(there).slice(0, 10) : there;
	}
	const plain = shown as DesiredDirectCost['header'];
	const number = plain.invoice_number;
	if (!invoiceNumberSuffix || !number?.endsWith(invoiceNumberSuffix)) return [plain];
	return [plain, { ...plain, invoice_number: number.slice(0, -invoiceNumberSuffix.length) }];
}

function isDay(field: string): boolean {
	return field.endsWith('_date');
}
