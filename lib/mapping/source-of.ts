import { canonicalKey } from '../model/keys';
import type { SourceReference } from '../model/desired';
import { DOCUMENT_TYPES, type GpPayable, type GpRecord } from '../model/gp-records';
import { text } from './crosswalk-index';
import type { MappingContext } from './mapping-context';
import { payableContent } from './payable-content';
import { vendorContent } from './vendor-content';
import { affectedKeysOf } from './touches';

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
