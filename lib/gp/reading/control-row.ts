import { canonicalKey } from '../../model/keys';
import { DOCUMENT_TYPE_NUMBERS, type GpPayable } from '../../model/gp-records';
import type { ControlRow } from '../../model/gp-changes';
import { negate, parseDecimal } from '../../model/money';
import { codeOf, DOCUMENT_TYPES, TRANSACTION_STATES } from '../normalise/code-lists';
import { compileFields, FieldReader, type RawRecord } from '../normalise/field-reader';
import type { SiteProfile } from '../profiles/site-profile';
import { flag, isoDate, stamp, text, type MomentSettings } from '../normalise/values';

/**
 * Reads of a list row of a payables document no more than what control totals need, apart from the
 * normaliser: what it cannot read is null, never a fault. Null without a key.
 */
export function controlRows(profile: SiteProfile): (raw: RawRecord) => ControlRow | null {
	const fields = compileFields(profile.entities.payable.fields);
	const moments: MomentSettings = {
		zone: profile.stamp.zone,
		granularity: profile.stamp.granularity,
		dateFormat: profile.dateFormat,
		dateZone: profile.dateZone,
	};
	return (raw) => {
		const reader = new FieldReader(raw, fields);
		const voucher = text(reader.plain('voucher'));
		const { found: type } = reader.ofKind('documentType', (value) => codeOf(DOCUMENT_TYPES, value));
		if (voucher === null || !type) return null;
		const { found: amount } = reader.ofKind('documentAmount', parseDecimal);
		const reduces = type === 'return' || type === 'creditMemo' || type === 'payment';
		const day = (field: string) => isoDate(reader.plain(field), moments);
		return {
			key: canonicalKey(`${DOCUMENT_TYPE_NUMBERS[type]};${voucher}`),
			vendor: canonicalKey(text(reader.plain('vendorId')) ?? ''),
			month: (day('documentDate') ?? '').slice(0, 7),
			amount: amount === null ? null : reduces ? negate(amount) : amount,
			voided: flag(reader.ofKind('voided', flag).found),
			state: stateOf(reader, day('postedDate')),
			modified: stamp(reader.plain('modified'), moments) ?? null,
		};
	};
}

/** The state where the row tells one, else whether it was posted; where it tells neither it is not left out. */
function stateOf(reader: FieldReader, posted: string | null | undefined): GpPayable['state'] {
	const { found } = reader.ofKind('state', (value) => codeOf(TRANSACTION_STATES, value));
	return found ?? (posted || !reader.has('postedDate') ? 'open' : 'unposted');
}
