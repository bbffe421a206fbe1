import { add, parseDecimal, type Decimal } from '../../model/money';
import { count } from './format';

/** Exact sum of amounts as tables hold them; a blank or unreadable cell adds nothing. */
export function sumOf(amounts: readonly string[]): Decimal {
	return add('0', ...amounts.map((text) => parseDecimal(text) ?? '0'));
}

/** How many there are, when one row more than is shown was read at most: "12", or "more than 100". */
export function atMost(rows: number, limit: number): string {
	return rows < limit ? count(rows) : `more than ${count(limit - 1)}`;
}
