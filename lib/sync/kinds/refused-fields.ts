import type { DesiredVendor } from '../../model/desired';
import type { FieldChange } from '../../model/outcome';
import { type ErrorMessage, ProcoreError } from '../../procore/errors/procore-errors';
import type { ProcoreClient } from '../../procore/procore-client';
import type { RowResult, SyncRow } from '../../procore/resources/sync-rows';
import {
	eachInactiveVendorPage,
	eachVendorPage,
	listVendors,
	syncVendorRows,
	VENDOR_FIELDS,
	type VendorField,
} from '../../procore/resources/vendors';
import { readOriginData, writeOriginData } from '../origin-data';
import { faultOf, type Reason } from '../outcomes';
import { FEW } from './vendor-directory';

/** What a vendor can do without. */
const OPTIONAL: ReadonlySet<string> = new Set(
	VENDOR_FIELDS.filter((field) => !['name', 'is_active', 'origin_code'].includes(field)),
);

/** How else Procore may name such a field, or speak of it in a complaint about the whole record. */
const SPOKEN_OF: ReadonlyArray<[RegExp, VendorField[]]> = [
	[/countr/i, ['country_code', 'state_code']],
	[/\bstate|province/i, ['state_code']],
	[/\bzip|postal|postcode/i, ['zip']],
	[/e-?mail/i, ['email_address']],
	[/website|\burl\b/i, ['website']],
	[/\bfax/i, ['fax_number']],
	[/mobile|cell/i, ['mobile_phone']],
	[/phone/i, ['business_phone', 'mobile_phone']],
	[/abbreviat/i, ['abbreviated_name']],
	[/\bcity\b/i, ['city']],
	[/address|street/i, ['address']],
];

/** Procore tells one fault after the other, at worst. */
const MOST_ROUNDS = 5;

/** A field that was refused and left out, or a name that was sent otherwise. */
interface LeftOut extends FieldChange {
	field: VendorField;
	why: string;
}

/** The rows to send instead, and what was left out of each. */
export interface WithoutRefused<Plan> {
	results: Map<Plan, RowResult>;
	leftOut: Map<Plan, LeftOut[]>;
}

/**
 * One bad telephone number must not hold back a vendor, and with it each of its documents: rows that are
 * refused for fields a vendor can do without are sent again without these, and a name that is too long or
 * holds letters Procore does not take is sent shortened or without them. What was left out stands in
 * `origin_data`, so that it is not taken for an edit made in Procore; a change in GP tries all fields anew.
 */
export async function sendWithoutRefused<Plan>(
	client: ProcoreClient,
	given: ReadonlyMap<Plan, RowResult>,
): Promise<WithoutRefused<Plan>> {
	const results = new Map(given);
	const leftOut = new Map<Plan, LeftOut[]>();
	for (let round = 1; round <= MOST_ROUNDS; round++) {
		const again = [...results].flatMap(([plan, result]) => {
			const refused = refusedIn(result);
			if (refused.length === 0) return [];
			const all = [...(leftOut.get(plan) ?? []), ...refused];
			leftOut.set(plan, all);
			return [{ plan, row: rowWithout(result.row, refused, all) }];
		});
		if (again.length === 0) break;
		const answers = await syncVendorRows(
			client,
			again.map(({ row }) => row),
		);
		again.forEach(({ plan }, index) => results.set(plan, answers[index]));
	}
	return { results, leftOut };
}

/** Empty where the row went through, or was refused for something it cannot do without. */
export function refusedIn(result: RowResult): LeftOut[] {
	const refused = new Map<VendorField, LeftOut>();
	for (const { field, message } of complaintsOf(result)) {
		const fields = fieldsOf(field, message).filter((one) => result.row[one] !== undefined);
		const name = field === 'name' ? otherName(String(result.row.name ?? ''), message) : undefined;
		if (name !== undefined)
			refused.set('name', { field: 'name', before: result.row.name, after: name, why: message });
		else if (fields.length === 0) return [];
		for (const one of fields)
			refused.set(one, { field: one, before: result.row[one], after: null, why: message });
	}
	return [...refused.values()];
}

function complaintsOf({ errors, fault }: RowResult): Array<{ field: string; message: string }> {
	if (errors)
		return Object.entries(errors).flatMap(([field, messages]) =>
			messages.map((message) => ({ field, message })),
		);
	if (!(fault instanceof ProcoreError) || fault.code !== 'procore-request-refused') return [];
	const messages = (fault.details.messages ?? []) as ErrorMessage[];
	return messages.map(({ field = 'base', message }) => ({ field, message }));
}

function fieldsOf(field: string, message: string): VendorField[] {
	if (OPTIONAL.has(field)) {
		// A state means nothing without its country.
		return field === 'country_code' ? ['country_code', 'state_code'] : [field as VendorField];
	}
	const said = field === 'base' || field === '' ? message : field.replace(/_/g, ' ');
	if (/\btaken\b|\block/i.test(message)) return [];
	return SPOKEN_OF.find(([words]) => words.test(said))?.[1] ?? [];
}

/** The name as Procore may take it; undefined where nothing of the complaint says how. */
function otherName(name: string, message: string): string | undefined {
	const longest = /(?:maximum|at most|up to|longer than|exceed)\D{0,40}(\d{1,9})/i.exec(
		message,
	)?.[1];
	const plain = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{Zs}\p{Sc}\p{Sm}]/gu, '');
	const shorter = /long|maximum|exceed/i.test(message)
		? [...name]
				.slice(0, Number(longest ?? 255))
				.join('')
				.trim()
		: /invalid|character|encod|support/i.test(message)
			? [...plain.replace(/[\u{10000}-\u{10ffff}]/gu, '')].join('').trim()
			: name;
	return shorter === '' || shorter === name ? undefined : shorter;
}

function rowWithout(row: SyncRow, refused: LeftOut[], all: LeftOut[]): SyncRow {
	const rest = { ...row };
	for (const { field, after } of refused) {
		if (after === null) delete rest[field];
		else rest[field] = after;
	}
	const stored = readOriginData(row.origin_data);
	const x = [...new Set(all.map(({ field }) => field))];
	return stored ? { ...rest, origin_data: writeOriginData({ ...stored, x }) } : rest;
}

/** What was planned to be changed, as far as it was. */
export function changesWithout(
	planned: readonly FieldChange[] = [],
	leftOut: readonly LeftOut[],
): FieldChange[] {
	return planned.flatMap((change) => {
		const other = leftOut.find(({ field }) => field === change.field);
		if (!other) return [change];
		return other.after === null ? [] : [{ ...change, after: other.after }];
	});
}

/** What is said of a vendor that went without some of its fields. */
export function sentWithout({ source, vendor }: DesiredVendor, leftOut: LeftOut[]): Reason {
	const each = leftOut.map(({ field, before, after, why }) =>
		after === null
			? `${field} "${String(before)}" (${why})`
			: `${field} "${String(before)}" (${why}), sent as "${String(after)}"`,
	);
	const fields = [...new Set(leftOut.map(({ field }) => field))].join(', ');
	return {
		code: 'sent-without-field',
		message: `Procore refused ${each.join('; ')} of vendor ${vendor.origin_code || source.key}; everything else was sent.`,
		remedy: `Correct ${fields} on the Vendor Maintenance card in GP: the change is sent by the next run. Or enter it in Procore by hand; it is not overwritten there.`,
	};
}

/**
 * An answer that was lost makes the call be sent again, and the repetition may be refused because of
 * what the first one made: an inactive vendor, which the sync action need not see. Another answer does
 * not name the record. One that stands with the very `origin_data` that was sent is the one that was written,
 * unless it stood so before: then nothing shows that anything was.
 */
export async function recogniseWritten<
	Plan extends { desired: DesiredVendor; actual?: { originData: string | null } },
>(client: ProcoreClient, results: Map<Plan, RowResult>): Promise<void> {
	const refused = [...results].filter(([, result]) =>
		['origin-conflict', 'not-acknowledged'].includes(faultOf(result)?.reason.code ?? ''),
	);
	if (refused.length === 0) return;
	const standing = new Map<unknown, Record<string, unknown>>();
	const take = (rows: unknown[]) => {
		for (const row of rows as Array<Record<string, unknown>>) standing.set(row.origin_data, row);
	};
	await eachInactiveVendorPage(client, take);
	if (refused.length > FEW) await eachVendorPage(client, take);
	else
		for (const [{ desired }] of refused)
			take(await listVendors(client, { originId: desired.originId }));
	for (const [plan, { row }] of refused) {
		const entity = standing.get(row.origin_data);
		const stoodSo = plan.actual?.originData === row.origin_data;
		if (entity && row.origin_data && !stoodSo) results.set(plan, { row, entity });
	}
}
