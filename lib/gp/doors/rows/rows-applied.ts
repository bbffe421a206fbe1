import { canonicalKey } from '../../../model/keys';
import { DOCUMENT_TYPE_NUMBERS } from '../../../model/gp-records';
import { GpRecordMalformed } from '../../errors/records';
import { isoDate, text, type MomentSettings } from '../../normalise/values';
import type { AppliedReader } from '../applied.types';
import type { RowsByValue } from './by-value';

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
