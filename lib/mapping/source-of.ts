import { contentHash } from '../model/content-hash';
import type { SourceReference } from '../model/desired';
import { DOCUMENT_TYPES, type GpPayable, type GpRecord, type GpVendor } from '../model/gp-records';
import { type AffectedKeyKind, canonicalKey, writeAffectedKeys } from '../model/keys';
import { text } from './crosswalk-index';
import { inspectLine, jobOfAccount, type MappingContext } from './mapping-context';
import { mayCost } from './payable-cost';

/** Letters of the hash that are kept: enough to tell two states of one document apart. */
const LENGTH = 12;

/** What of a document the mapping looks at, as a short hash: see `SourceReference.content`. */
function payableContent(payable: GpPayable): string {
	const { documentNumber, vendorId, vendorName, documentDate, postingDate, dueDate } = payable;
	const { postedDate, description, purchaseOrderNumber, batch, paymentTermsId } = payable;
	const { currencyId, amounts, voided } = payable;
	const content = {
		...{ documentNumber, vendorId, vendorName, documentDate, postingDate, dueDate, postedDate },
		...{ description, purchaseOrderNumber, batch, paymentTermsId, currencyId, voided },
		retainage: amounts?.retainage ?? '0',
		posted: payable.state !== 'unposted',
		...(payable.paidOn ? { paidOn: payable.paidOn } : {}),
		taxes: (payable.taxes ?? []).map(({ taxDetailId }) => taxDetailId),
		distributions: Array.isArray(payable.distributions)
			? payable.distributions.map(
					({ sequence, type, account, debit, credit, reference, job, costCode, costType }) => ({
						...{ sequence, type, account, debit, credit, reference },
						...(job === undefined ? {} : { job, costCode, costType }),
					}),
				)
			: null,
	};
	return contentHash(content).slice(0, LENGTH);
}

/** What of a vendor the mapping looks at, as a short hash: see `SourceReference.content`. */
export function vendorContent(vendor: GpVendor): string {
	const { vendorId, name, email, website, status, addresses } = vendor;
	return contentHash({ vendorId, name, email, website, status, address: addresses?.[0] }).slice(
		0,
		LENGTH,
	);
}

/**
 * Everything a record has to do with, whatever becomes of it: also of lines that are left out or
 * wait, so that a changed crosswalk row finds each record it may concern.
 */
function affectedKeysOf(record: GpRecord, context: MappingContext): string {
	const touches: Array<[AffectedKeyKind, unknown]> =
		record.kind === 'vendor'
			? [['V', record.vendorId]]
			: record.kind === 'account'
				? [
						['J', jobOfAccount(text(record.account), context)?.job],
						['A', record.account],
					]
				: affectedKeysOfPayable(record, context);
	return writeAffectedKeys(touches.map(([kind, value]) => ({ kind, value: text(value) })));
}

function affectedKeysOfPayable(
	payable: GpPayable,
	context: MappingContext,
): Array<[AffectedKeyKind, unknown]> {
	const jobs = new Set<string>();
	const accounts = new Set<string>();
	// Malformed records come here too, on their way to the parked table.
	const distributions = Array.isArray(payable.distributions) ? payable.distributions : [];
	const behind = (payable.receiptLines ?? []).map(({ account, description, job }) => ({
		...{ type: 'purchase' as const, account: account ?? '', company: undefined },
		...{ reference: description, job: job ?? undefined },
	}));
	for (const { type, account, company, reference: written, job } of [...distributions, ...behind]) {
		if (!mayCost(type) || company !== undefined) continue;
		const reference = written ?? null;
		accounts.add(text(account));
		const line = { account: text(account), reference, ...(job === undefined ? {} : { job }) };
		const { found, byRule } = inspectLine(line, payable, context);
		if (found) jobs.add(found.job);
		if (byRule.job) jobs.add(byRule.job.value);
	}
	return [
		['V', payable.vendorId],
		['VOUCHER', payable.voucher],
		['DOC', payable.documentNumber],
		...[...jobs].map((job): [AffectedKeyKind, string] => ['J', job]),
		...[...accounts].map((account): [AffectedKeyKind, string] => ['A', account]),
	];
}

/** Reference that goes with the record through sync into the audit trail. */
export function sourceOf(record: GpRecord, context: MappingContext): SourceReference {
	return {
		company: record.company,
		entity: record.kind,
		// A record stored by an older version has it as GP spelled it.
		key: canonicalKey(record.key),
		label: labelOf(record),
		...(record.kind === 'payable' ? factsOfPayable(record) : {}),
		...(record.kind === 'vendor' ? { content: vendorContent(record) } : {}),
		...(record.modified ? { modified: record.modified } : {}),
		hash: record.hash,
		touches: affectedKeysOf(record, context),
		mappingVersion: context.version,
	};
}

function factsOfPayable(payable: GpPayable): Partial<SourceReference> {
	const vendorName = text(payable.vendorName);
	return {
		state: payable.state,
		content: payableContent(payable),
		...(vendorName === '' ? {} : { vendorName }),
	};
}

function labelOf(record: GpRecord): string {
	if (record.kind === 'vendor') return text(record.name) || record.vendorId;
	if (record.kind === 'account') {
		return record.description ? `${record.account} ${record.description}` : record.account;
	}
	return payableLabel(record);
}

/** "Invoice INV-88 of ACME0001, voucher 00417". */
export function payableLabel(payable: GpPayable): string {
	const number = text(payable.documentNumber);
	const name = DOCUMENT_TYPES[payable.documentType]?.name ?? payable.documentType;
	return `${name}${number ? ` ${number}` : ''} of ${payable.vendorId}, voucher ${payable.voucher}`;
}
