import { canonicalKey } from './gp-key';

/** Vendor id, voucher, document number, GP job, account, Procore project (added by the audit). */
export type AffectedKeyKind = 'V' | 'VOUCHER' | 'DOC' | 'J' | 'A' | 'P';

export interface AffectedKey {
	kind: AffectedKeyKind;
	value: string;
}

/** `|V:ACME0001|J:300|`, upper case; blanks and repetitions are left out. Empty without any. */
export function writeAffectedKeys(touches: readonly AffectedKey[]): string {
	return joined(touches.flatMap(entryOf));
}

/** What to look for in written touches, e.g. `|J:300|`: the bars keep job 300 apart from job 3001. */
export function affectedKeyToken(kind: AffectedKeyKind, value: string): string {
	return `|${kind}:${plain(value)}|`;
}

/** Written touches and one more; only whole ones, as many as `longest` characters hold. */
export function withAffectedKey(touches: string, more: AffectedKey, longest: number): string {
	return joined([...touches.split('|').filter(Boolean), ...entryOf(more)], longest);
}

function entryOf({ kind, value }: AffectedKey): string[] {
	const shown = plain(value);
	return shown === '' ? [] : [`${kind}:${shown}`];
}

/** Bars part the touches, so none may stand in a value. */
function plain(value: string): string {
	return canonicalKey(value).replaceAll('|', '/');
}

function joined(entries: readonly string[], longest = Infinity): string {
	let text = '';
	for (const entry of new Set(entries)) {
		if (text.length + entry.length > longest - 2) break;
		text += `|${entry}`;
	}
	return text === '' ? '' : `${text}|`;
}
