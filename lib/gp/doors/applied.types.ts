import type { GpPayable, IsoDate } from '../../model/gp-records';

/** One document applied to a payables document (PM10200, PM30300). */
export interface Applied {
	/** DOCTYPE of what was applied: 4 return, 5 credit memo, 6 payment. */
	documentType: number;
	voucher: string;
	/** Day it was applied; null where GP has none. */
	date: IsoDate | null;
}

/** Which payments and credits were applied to documents. */
export interface AppliedReader {
	/** By the keys of the documents; absent where GP keeps no such rows. Only what is posted. */
	to(
		documents: ReadonlyArray<Pick<GpPayable, 'key' | 'voucher' | 'documentType'>>,
	): Promise<Map<string, Applied[]>>;
}
