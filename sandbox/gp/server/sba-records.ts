import type { Company } from '../company/company';
import type {
	CompanyAccount,
	CompanyAddress,
	CompanyDocument,
	CompanyVendor,
} from '../company/types';
import type { Switches } from './switches';
import { IDENTITY, WireValues } from './wire-values';

export type WireRecord = Record<string, unknown>;

const DOCUMENT_TYPES = [
	'',
	'Invoice',
	'Finance Charge',
	'Miscellaneous Charge',
	'Return',
	'Credit Memo',
	'Payment',
];
const STATES = { work: 'Work', open: 'Open', history: 'History' } as const;
const ACCOUNT_TYPES = [
	'',
	'Posting Account',
	'Unit Account',
	'Posting Allocation',
	'Unit Allocation',
];

/**
 * Records as an SBA service might send them. No payload of the stock services is public: names are
 * those of the SOAP service (Vendor, GLAccount, PayablesDocument), whose schemas are.
 */
export class SbaRecords {
	private readonly values: WireValues;

	constructor(
		private readonly switches: Switches,
		private readonly company: Company,
	) {
		this.values = new WireValues(switches);
	}

	vendor(vendor: CompanyVendor, detail: 'full' | 'summary'): WireRecord {
		const v = this.values;
		const [primary] = vendor.addresses;
		const summary: WireRecord = {
			Key: { Id: v.text(vendor.vendorId, 15) },
			Name: v.text(vendor.name, 65),
			ClassKey: { Id: v.text(vendor.classId, 11) },
			State: v.text(primary.state, 29),
			PhoneNumber1: v.text(primary.phone1, 21),
			IsOnHold: vendor.onHold,
			IsActive: vendor.status !== 2,
			IsOneTime: vendor.status === 3,
			...(this.switches.vendorIdentityColumns ? IDENTITY : {}),
			CreatedDate: v.date(vendor.created),
			ModifiedDate: v.stamp(vendor.modified),
		};
		if (detail === 'summary') return this.styled(summary);
		const addressId = (id: string) => ({ Id: v.text(id, 15) });
		return this.styled({
			...summary,
			ShortName: v.text(vendor.shortName, 15),
			CheckName: v.text(vendor.checkName, 65),
			DefaultAddressKey: addressId(primary.addressId),
			PurchaseAddressKey: addressId(primary.addressId),
			RemitToAddressKey: addressId(vendor.addresses.at(-1)!.addressId),
			ShipFromAddressKey: addressId(primary.addressId),
			TaxIdentificationNumber: v.text(vendor.taxId, 11),
			PaymentTermsKey: { Id: v.text(vendor.paymentTermsId, 21) },
			CurrencyKey: { Id: v.text(vendor.currencyId, 15) },
			Comment1: v.text(vendor.comment1, 31),
			Comment2: v.text(vendor.comment2, 31),
			UserDefined1: v.text(vendor.userDefined1, 21),
			UserDefined2: v.text(vendor.userDefined2, 21),
			Addresses: vendor.addresses.map((address) => this.address(vendor, address)),
		});
	}

	private address(vendor: CompanyVendor, address: CompanyAddress): WireRecord {
		const v = this.values;
		return {
			Key: { VendorKey: { Id: v.text(vendor.vendorId, 15) }, Id: v.text(address.addressId, 15) },
			ContactPerson: v.text(address.contact, 61),
			Line1: v.text(address.line1, 61),
			Line2: v.text(address.line2, 61),
			Line3: v.text(address.line3, 61),
			City: v.text(address.city, 35),
			State: v.text(address.state, 29),
			PostalCode: v.text(address.zip, 11),
			CountryRegion: v.text(address.country, 61),
			CountryRegionCodeKey: { Id: v.text(address.countryCode, 7) },
			Phone1: { Value: v.text(address.phone1, 21) },
			Phone2: { Value: v.text(address.phone2, 21) },
			Fax: { Value: v.text(address.fax, 21) },
			InternetAddresses: { EmailToAddress: address.email, InternetField1: address.website },
		};
	}

	account(account: CompanyAccount): WireRecord {
		const v = this.values;
		const flat = this.switches.fieldStyle === 'flat';
		return this.styled({
			Key: { Id: v.text(account.account, 129), IsEncrypted: false },
			Description: v.text(account.description, 51),
			Alias: v.text(account.alias, 21),
			IsActive: account.active,
			AccountType: flat ? account.type : ACCOUNT_TYPES[account.type],
			PostingType: flat
				? account.postingType
				: account.postingType
					? 'Profit and Loss'
					: 'Balance Sheet',
			TypicalBalance: flat ? account.typicalBalance : account.typicalBalance ? 'Credit' : 'Debit',
			GLAccountCategoryKey: { Id: v.text(account.category, 51) },
			AllowAccountEntry: true,
			UserDefined1: v.text('', 21),
			UserDefined2: v.text('', 21),
			UserDefined3: v.text('', 31),
			UserDefined4: v.text('', 31),
			CreatedDate: v.date(account.created),
			ModifiedDate: v.stamp(account.modified),
		});
	}

	payable(document: CompanyDocument, detail: 'full' | 'summary'): WireRecord {
		const v = this.values;
		const { amounts } = document;
		const flat = this.switches.fieldStyle === 'flat';
		const stateNumber = { work: 1, open: 2, history: 3 }[document.state];
		const summary: WireRecord = {
			Key: { Id: v.text(document.voucher, 21) },
			Type: flat ? document.documentType : DOCUMENT_TYPES[document.documentType],
			...(this.switches.documentAddressState ? { State: v.text('IL', 29) } : {}),
			TransactionState: flat ? stateNumber : STATES[document.state],
			VendorKey: { Id: v.text(v.id(document.vendorId), 15) },
			VendorName: v.text(this.company.vendors.get(document.vendorId)?.name ?? '', 65),
			Date: v.date(document.documentDate),
			BatchKey: { Id: v.text(document.batch, 15), Source: document.batch ? 'PM_Trxent' : '' },
			CurrencyKey: { Id: v.text(document.currencyId, 15) },
			TradeDiscountAmount: v.money(amounts.tradeDiscount),
			FreightAmount: v.money(amounts.freight),
			MiscellaneousAmount: v.money(amounts.miscellaneous),
			TaxAmount: v.money(amounts.tax),
			DocumentAmount: v.money(amounts.document),
			ModifiedDate: v.stamp(document.modified),
		};
		if (detail === 'summary') return this.styled(summary);
		const posted = document.state !== 'work';
		const intercompany = document.distributions.some((row) => row.company !== undefined);
		const told =
			intercompany &&
			document.state !== 'history' &&
			this.switches.intercompanyLines === 'untilHistory';
		const ownCompany = this.company.options.databaseId;
		return this.styled({
			...summary,
			VendorDocumentNumber: v.text(document.documentNumber, 21),
			GeneralLedgerPostingDate: v.date(document.postingDate),
			DueDate: v.date(document.dueDate),
			PostedDate: v.date(document.postedDate),
			PostedBy: v.text(posted ? document.modifiedBy : '', 15),
			VoidDate: v.date(document.voidDate),
			Description: v.text(document.description, 31),
			PurchasesAmount: v.money(amounts.purchases),
			RetainageAmount: v.money(amounts.retainage),
			RemainingAmount: v.money(document.remaining),
			Amount1099: v.money('0.00000'),
			PONumber: v.text(document.purchaseOrderNumber, 21),
			ModifiedBy: v.text(document.modifiedBy, 15),
			AuditTrailCode: v.text(document.auditTrailCode, 13),
			TaxDate: v.date(document.documentDate),
			CreatedDate: v.date(document.created),
			IsVoided: document.voided,
			IsIntercompanyTransaction: intercompany,
			HasIntercompanyDistributions: intercompany,
			PaymentTermsKey: { Id: v.text(document.paymentTermsId, 21) },
			AddressKey: { Id: v.text('PRIMARY', 15) },
			TaxScheduleKey: { Id: v.text('', 15) },
			Distributions: document.distributions.map((row) => ({
				Key: { SequenceNumber: row.sequence },
				DistributionTypeKey: { Id: row.type },
				GLAccountKey: { Id: v.text(row.account, 129), IsEncrypted: false },
				DebitAmount: v.money(row.debit),
				CreditAmount: v.money(row.credit),
				Reference: v.text(row.reference, 31),
				...(told ? { IntercompanyId: v.text(row.company ?? ownCompany, 5) } : {}),
				PostingDate: v.date(posted ? document.postingDate : null),
				IsPosted: posted,
			})),
			Taxes: document.taxes.map((tax) => ({
				Key: { TaxDetailKey: { Id: v.text(tax.taxDetailId, 15) } },
				GLAccountKey: { Id: v.text(tax.account, 129), IsEncrypted: false },
				TaxAmount: v.money(tax.amount),
				PurchasesTaxAmount: v.money(tax.amount),
				FreightTaxAmount: v.money('0.00000'),
				MiscellaneousTaxAmount: v.money('0.00000'),
				TaxableAmount: v.money(tax.taxable),
				IsPosted: posted,
			})),
		});
	}

	/** Of a record only when it was changed last. */
	stamp(row: object): WireRecord {
		const stamp = 'modified' in row ? this.values.stamp(String(row.modified)) : undefined;
		return stamp === undefined ? {} : { ModifiedDate: stamp };
	}

	companyRecord(): WireRecord {
		const { displayName, databaseId } = this.company.options;
		return this.styled({
			Key: { Id: -1 },
			Name: this.values.text(displayName, 65),
			DatabaseName: this.values.text(databaseId, 5),
		});
	}

	private styled(record: WireRecord): WireRecord {
		const present = Object.fromEntries(
			Object.entries(record).filter(([, value]) => value !== undefined),
		);
		return this.switches.fieldStyle === 'flat' ? flatten(present) : present;
	}
}

/** A record as a site has it that does not know these members. */
export function without(record: WireRecord, names: readonly string[]): WireRecord {
	return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** `{ClassKey:{Id}}` → `ClassId`, `{Key:{Id}}` → `Id`, `{Phone1:{Value}}` → `Phone1`; lists keep their items. */
function flatten(record: WireRecord): WireRecord {
	const flat: WireRecord = {};
	for (const [name, value] of Object.entries(record)) {
		if (Array.isArray(value)) {
			flat[name] = value.map((item) => (isObject(item) ? flatten(item) : item));
		} else if (isObject(value) && !('Currency' in value)) {
			const stem = name.replace(/Key$/, '');
			for (const [inner, part] of Object.entries(flatten(value))) {
				flat[inner === 'Value' ? name : `${stem}${inner}`] = part;
			}
		} else {
			flat[name] = value;
		}
	}
	return flat;
}

function isObject(value: unknown): value is WireRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
