import type { Entity } from '../../streams/streams';

/**
 * What becomes of a field that a whole record does not have. That a column is absent never means the
 * likeliest value where that would move money or hide something in Procore.
 *
 * | | |
 * |---|---|
 * | `refused` | a fault of the record, which waits |
 * | `declared` | the same, unless the profile says what absence means there (`absentMeans`) |
 * | `asked` | noted in `untold`; a mapping that goes by the field lets the document wait, unless declared |
 * | `unknown` | null, or "unknown": nothing is claimed of it in Procore |
 * | `told otherwise` | something else in the record tells it, or its absence is refused there |
 * | `blank` | the same as an empty one: a text for people, or nothing that decides |
 */
export type Absence = 'refused' | 'declared' | 'asked' | 'unknown' | 'told otherwise' | 'blank';

type Decided = Readonly<Record<string, Absence>>;

function blank(names: string): Decided {
	return Object.fromEntries(names.split(/\s+/).map((name) => [name, 'blank' as const]));
}

/** Every field of every record; test/gp/absent-fields.test.ts holds it against the field maps. */
export const ABSENT_FIELDS: Readonly<
	Record<Entity | 'addresses' | 'distributions' | 'taxes', Decided>
> = {
	vendor: {
		vendorId: 'refused',
		name: 'refused',
		// Without either: "unknown"; made active, and never made active or inactive afterwards.
		status: 'unknown',
		isActive: 'unknown',
		// Temporary vendors are active in Procore, too.
		...blank('isOneTime shortName classId paymentTermsId currencyId taxId email website internet1'),
		...blank('internet2 primaryAddressId addresses modified'),
		// Goes to nothing in Procore.
		onHold: 'unknown',
	},
	account: {
		// Or its segments, each a column.
		account: 'refused',
		type: 'unknown',
		postingType: 'unknown',
		// Its code is made, and never made inactive.
		active: 'unknown',
		...blank('segments description alias category modified'),
	},
	payable: {
		voucher: 'refused',
		documentType: 'refused',
		vendorId: 'refused',
		documentAmount: 'refused',
		// The posted date tells; without both it is refused.
		state: 'told otherwise',
		postedDate: 'told otherwise',
		// A voided document would be a cost. GP voids only what is posted, so an unposted one needs no flag.
		voided: 'declared',
		documentDate: 'asked',
		postingDate: 'asked',
		purchaseOrderNumber: 'asked',
		currencyId: 'asked',
		retainage: 'unknown',
		purchases: 'unknown',
		tradeDiscount: 'unknown',
		freight: 'unknown',
		miscellaneous: 'unknown',
		tax: 'unknown',
		// Its lines of other companies tell, or those due to and from them.
		isIntercompany: 'told otherwise',
		hasIntercompanyLines: 'told otherwise',
		companyKey: 'told otherwise',
		// None: the document waits ("no-distributions"), or stays as it was sent.
		distributions: 'told otherwise',
		...blank('documentNumber vendorName dueDate description batch paymentTermsId taxes modified'),
	},
	distributions: {
		type: 'refused',
		account: 'refused',
		// The document has to balance without it.
		debit: 'told otherwise',
		credit: 'told otherwise',
		company: 'told otherwise',
		// Its place in the document instead.
		sequence: 'told otherwise',
		// Lines of a payment of the same number do not balance with the document.
		control: 'told otherwise',
		...blank('reference job costCode costType applied special'),
	},
	taxes: {
		// Its parts may tell it.
		amount: 'refused',
		...blank('taxDetailId account purchases freight miscellaneous'),
	},
	addresses: blank(
		'id line1 line2 line3 city state zip country countryCode contact phone1 phone2 fax email website internet1 internet2',
	),
};
