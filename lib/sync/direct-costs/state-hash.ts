import { contentHash } from '../../model/content-hash';
import { toFixed } from '../../model/money';
import type { DesiredDirectCost } from '../../model/desired';
import { withoutNoDate } from '../paid-date';

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
