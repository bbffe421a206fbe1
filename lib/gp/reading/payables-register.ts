import { canonicalKey } from '../../model/keys';
import type { GpPayable } from '../../model/gp-records';
import { codeOf, TRANSACTION_STATES } from '../normalise/code-lists';
import type { RawRecord } from '../normalise/field-reader';
import { text } from '../normalise/values';
import type { ListSource } from '../profiles/site-profile';
import type { RowRecogniser } from '../response/find-rows';

/**
 * PM00400, the register of payables: one row per document wherever it is (DCSTATUS 0 reserved, 1 work,
 * 2 open, 3 history), taken away with the last trace of it. Shares no table with the lists of documents.
 */
export const PAYABLES_REGISTER: ListSource = {
	...{ path: 'PM00400', parameters: {}, assign: {}, keyColumns: {}, children: [], lookups: [] },
};

/** In the other order than anybody reads it. */
export const REGISTER_ORDER = ['CNTRLTYP desc', 'CNTRLNUM desc'];

export const registerRows: RowRecogniser = {
	knownFields: (raw) => ['CNTRLNUM', 'CNTRLTYP', 'DCSTATUS'].filter((name) => name in raw).length,
	hasKey: (raw) => 'CNTRLNUM' in raw,
};

/** Key of the document a row stands for; null where it stands for none in these states. */
export function registerKey(
	raw: RawRecord,
	states: ReadonlyArray<GpPayable['state']>,
): string | null {
	const [type, number] = [text(raw.DOCTYPE), text(raw.CNTRLNUM)];
	const state = codeOf(TRANSACTION_STATES, raw.DCSTATUS);
	if (type === null || number === null || !/^[1-6]$/.test(type)) return null;
	return state && states.includes(state) ? canonicalKey(`${type};${number}`) : null;
}
