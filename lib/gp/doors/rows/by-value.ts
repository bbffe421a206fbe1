import { DOCUMENT_TYPE_NUMBERS } from '../../../model/gp-records';
import type { Completeness } from '../../../model/gp-changes';
import { canonicalKey } from '../../../model/keys';
import { type GpErrorContext, GpRecordMalformed } from '../../errors/gp-error';
import type { RawRecord } from '../../normalise/field-reader';
import { isoDate, type MomentSettings, text } from '../../normalise/values';
import { Pages, type PageSource } from '../../reading/pages';
import type { AppliedReader } from '../door';
import { type AskRows, VALUES_PER_REQUEST } from './ask-rows';
import type { RowSetName } from './row-sets';

/** Rows whose column has one of the values, in canonical form by that value. */
export type RowsByValue = (
	rows: RowSetName,
	column: string,
	values: Iterable<string>,
) => Promise<Map<string, RawRecord[]>>;

/**
 * All rows of a reading that is known to be short.
 * @throws GpRecordMalformed where they may not be all: half of them would look like the whole
 */
export async function allRows(
	source: PageSource<RawRecord, Completeness>,
	context: GpErrorContext,
	what: string,
): Promise<RawRecord[]> {
	const pages = new Pages(source);
	const rows: RawRecord[] = [];
	for await (const page of pages) for (const row of page) rows.push(row);
	const end = pages.end!;
	if (!end.proven) throw new GpRecordMalformed(context, what, end.why);
	return rows;
}

/** Reads rows by values of a column, all of them or an error: half of them would look like the whole. */
export function createRowsByValue(services: {
	ask: AskRows;
	mustBeCompany(): Promise<void>;
}): RowsByValue {
	return async (rows, column, values) => {
		await services.mustBeCompany();
		const found = new Map<string, RawRecord[]>();
		const all = [...new Set([...values].map((value) => value.trim()))].filter(Boolean);
		for (let at = 0; at < all.length; at += VALUES_PER_REQUEST) {
			const only = { column, values: all.slice(at, at + VALUES_PER_REQUEST) };
			const answer = allRows(services.ask(rows, { only }, {}), {}, `the rows ${rows}`);
			for (const row of await answer) {
				const key = canonicalKey(row[column]);
				const known = found.get(key);
				if (known) known.push(row);
				else found.set(key, [row]);
			}
		}
		return found;
	};
}

/** What was applied to which document, by the view gpp_payment_applied. */
export function createRowsApplied(byValue: RowsByValue, moments: MomentSettings): AppliedReader {
	return {
		async to(documents) {
			const vouchers = documents.map(({ voucher }) => voucher);
			const rows = await byValue('paymentApplied', 'APTVCHNM', vouchers);
			return new Map(
				documents.flatMap(({ key, voucher, documentType }) => {
					const own = (rows.get(canonicalKey(voucher)) ?? []).filter(
						({ APTODCTY }) => Number(text(APTODCTY)) === DOCUMENT_TYPE_NUMBERS[documentType],
					);
					if (own.length === 0) return [];
					const applied = own.map((row) => {
						const date = isoDate(row.APPLIED, moments);
						if (date === undefined)
							throw new GpRecordMalformed(
								{ entity: 'payable', key },
								'the day something was applied to it',
								`"${text(row.APPLIED) ?? ''}" cannot be read`,
							);
						return {
							documentType: Number(text(row.DOCTYPE)),
							voucher: text(row.VCHRNMBR) ?? '',
							date,
						};
					});
					return [[key, applied] as const];
				}),
			);
		},
	};
}
