import type { ParkedRow } from '../../audit/types';
import { compare, parseDecimal } from '../../model/money';
import { isOfCause } from './causes';

/** In which order records that wait are listed. */
export const SORTS = ['since', 'newest', 'amount', 'name', 'noted'] as const;
export type Sort = (typeof SORTS)[number];

/** Records on one page. */
export const RECORDS_PER_PAGE = 50;

export interface Choice {
	/** Reason code; blank shows all causes. */
	cause: string;
	causeKey: string;
	company: string;
	entity: string;
	/** Part of a name, key, message or amount, in any case. */
	search: string;
	sort: Sort;
	/** From 1. */
	place: number;
}

/** The rows that fit, and those of them that stand on the page asked for. */
export function chooseRecords<Row extends ParkedRow>(
	rows: readonly Row[],
	choice: Choice,
): { fitting: Row[]; shown: Row[]; place: number; places: number } {
	const wanted = choice.search.toLowerCase();
	const fitting = rows.filter(
		(row) =>
			(choice.cause === '' ||
				isOfCause(row, {
					company: choice.company === '' ? row.gp_company : choice.company,
					code: choice.cause,
					key: choice.causeKey,
				})) &&
			(choice.entity === '' || row.entity === choice.entity) &&
			(choice.company === '' || row.gp_company === choice.company) &&
			(wanted === '' || textOf(row).includes(wanted)),
	);
	fitting.sort(ORDERS[choice.sort]);
	const places = Math.max(1, Math.ceil(fitting.length / RECORDS_PER_PAGE));
	const place = Math.min(choice.place, places);
	const first = (place - 1) * RECORDS_PER_PAGE;
	return { fitting, shown: fitting.slice(first, first + RECORDS_PER_PAGE), place, places };
}

function textOf(row: ParkedRow): string {
	const { gp_label, gp_key, message, gp_amount, reason_code } = row;
	return [gp_label, gp_key, message, gp_amount, reason_code].join('\n').toLowerCase();
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

const amountOf = (row: ParkedRow) => parseDecimal(row.gp_amount) ?? '0';

const ORDERS: Record<Sort, (left: ParkedRow, right: ParkedRow) => number> = {
	since: (left, right) => byText(left.first_parked_at, right.first_parked_at),
	newest: (left, right) => byText(right.first_parked_at, left.first_parked_at),
	amount: (left, right) => compare(amountOf(right), amountOf(left)),
	name: (left, right) => byText(left.gp_label || left.gp_key, right.gp_label || right.gp_key),
	noted: (left, right) => right.tries - left.tries,
};
