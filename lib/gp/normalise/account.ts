import type { GpAccount } from '../../model/gp-records';
import { ACCOUNT_TYPES, codeOf, POSTING_TYPES, type CodeList } from './code-lists';
import type { FieldReader } from './field-reader';
import type { RecordContext } from './record-context';
import { refuseUnknown, readFlag } from './refuse-unknown';
import { text } from './values';

type Content = Omit<GpAccount, 'company' | 'modified' | 'hash' | 'extra' | 'raw'>;

/** Most segments an account can have (Account Framework). */
const MAX_SEGMENTS = 10;

/** GL account (SOAP GLAccount, GL00100 with the string of GL00105). */
export function accountContent(reader: FieldReader, context: RecordContext): Content {
	const { accountSeparator } = context;
	const columns = segmentColumns(reader);
	const account =
		text(reader.plain('account')) ?? (columns.length > 0 ? columns.join(accountSeparator) : null);
	if (!account) throw context.malformed('the account number', 'is missing');
	const known = <Code extends string>(list: CodeList<Code>, field: string, label: string) =>
		refuseUnknown(
			reader.ofKind(field, (value) => codeOf(list, value)),
			label,
			context,
			account,
		);
	const listed = reader.value('segments');
	const segments = Array.isArray(listed)
		? listed.map((segment) => text(segment) ?? '').filter(Boolean)
		: columns.length > 0
			? columns
			: account.split(accountSeparator);
	return {
		kind: 'account',
		key: account,
		account,
		segments: segments.length > 0 ? segments : account.split(accountSeparator),
		description: text(reader.plain('description')),
		alias: text(reader.plain('alias')),
		category: text(reader.plain('category')),
		type: known(ACCOUNT_TYPES, 'type', 'the account type') ?? 'unknown',
		postingType: known(POSTING_TYPES, 'postingType', 'the posting type') ?? 'unknown',
		active: readFlag(reader, 'active', 'the active flag', context, account),
	};
}

/** ACTNUMBR_1 … ACTNUMBR_10 of GL00100; unused ones are blank. */
function segmentColumns(reader: FieldReader): string[] {
	const segments: string[] = [];
	for (let number = 1; number <= MAX_SEGMENTS; number += 1) {
		const segment = text(reader.member(`actnumbr${number}`));
		if (segment) segments.push(segment);
	}
	return segments;
}
