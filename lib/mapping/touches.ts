import type { GpPayable, GpRecord } from '../gp/records';
import { text } from './crosswalk-index';
import { jobOfAccount } from './find-job';
import { sightOf } from './line-sight';
import type { MappingContext } from './mapping-context';
import { mayCost } from './payable-cost';

/** Vendor id, voucher, document number, GP job, account, Procore project (added by the audit). */
export type TouchKind = 'V' | 'VOUCHER' | 'DOC' | 'J' | 'A' | 'P';

export interface Touch {
	kind: TouchKind;
	/** Upper case. */
	value: string;
}

const KINDS: ReadonlySet<string> = new Set<TouchKind>(['V', 'VOUCHER', 'DOC', 'J', 'A', 'P']);

/**
 * Everything a record has to do with, whatever becomes of it: also of lines that are left out or
 * wait, so that a changed crosswalk row finds each record it may concern.
 */
export function touchesOf(record: GpRecord, context: MappingContext): string {
	const touches: Array<[TouchKind, unknown]> =
		record.kind === 'vendor'
			? [['V', record.vendorId]]
			: record.kind === 'account'
				? [
						['J', jobOfAccount(text(record.account), context)?.job],
						['A', record.account],
					]
				: touchesOfPayable(record, context);
	return writeTouches(touches.map(([kind, value]) => ({ kind, value: text(value) })));
}

function touchesOfPayable(
	payable: GpPayable,
	context: MappingContext,
): Array<[TouchKind, unknown]> {
	const jobs = new Set<string>();
	const accounts = new Set<string>();
	// Malformed records come here too, on their way to the parked table.
	const distributions = Array.isArray(payable.distributions) ? payable.distributions : [];
	for (const { type, account, reference: written } of distributions) {
		if (!mayCost(type)) continue;
		const reference = written ?? null;
		accounts.add(text(account));
		const { found, byRule } = sightOf({ account: text(account), reference }, payable, context);
		if (found) jobs.add(found.job);
		if (byRule.job) jobs.add(byRule.job.value);
	}
	return [
		['V', payable.vendorId],
		['VOUCHER', payable.voucher],
		['DOC', payable.documentNumber],
		...[...jobs].map((job): [TouchKind, string] => ['J', job]),
		...[...accounts].map((account): [TouchKind, string] => ['A', account]),
	];
}

/** `|V:ACME0001|J:300|`; blanks and repetitions are left out. Empty without any. */
export function writeTouches(touches: readonly Touch[]): string {
	const tokens = touches
		.filter(({ value }) => value.trim() !== '')
		.map(({ kind, value }) => `${kind}:${plain(value)}`);
	return tokens.length === 0 ? '' : `|${[...new Set(tokens)].join('|')}|`;
}

/** What `touches` of an event says; anything it does not know is left out. */
export function readTouches(touches: string | null | undefined): Touch[] {
	return (touches ?? '').split('|').flatMap((token) => {
		const [kind, ...value] = token.split(':');
		return KINDS.has(kind) && value.length > 0
			? [{ kind: kind as TouchKind, value: value.join(':') }]
			: [];
	});
}

/** What to look for in `touches`, e.g. `|J:300|`: the bars keep job 300 apart from job 3001. */
export function touchToken(kind: TouchKind, value: string): string {
	return `|${kind}:${plain(value)}|`;
}

/** The same touches and one more, e.g. the Procore project of an outcome. */
export function withTouch(touches: string | undefined, kind: TouchKind, value: string): string {
	return writeTouches([...readTouches(touches), { kind, value }]);
}

/** Bars part the touches, so none may stand in a value. */
function plain(value: string): string {
	return value.trim().toUpperCase().replaceAll('|', '/');
}
