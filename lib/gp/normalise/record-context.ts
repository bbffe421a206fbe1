import type { GpRecordMalformed } from '../errors/records';
import type { GpPayable } from '../../model/gp-records';
import type { FieldReader, RawRecord } from './field-reader';
import type { MomentSettings } from './values';

/** What the normalisers of the three entities need beside the record itself. */
export interface RecordContext {
	moments: MomentSettings;
	accountSeparator: string;
	/** Database id of the GP company that is read. */
	companyId: string;
	/** A list row that is followed by its record: what it lacks says nothing yet. */
	summary: boolean;
	/** One of the states that are read: a summary that tells none must not be left out for it. */
	anyState: GpPayable['state'];
	/** What a field means that the record does not have; undefined: nobody knows. See absent-fields.ts. */
	absent(field: string): string | undefined;
	/** A reader for one element of a list inside the record. */
	nested(list: 'addresses' | 'distributions' | 'taxes', raw: RawRecord): FieldReader;
	/** What stands for a tax id outside GP; undefined without a key. */
	taxIdMatch(taxId: unknown): string | undefined;
	/** The error for a record that cannot be used; `key` as far as it is known by then. */
	malformed(
		field: string,
		why: string,
		key?: string,
		more?: { remedy?: string; absent?: boolean },
	): GpRecordMalformed;
}
