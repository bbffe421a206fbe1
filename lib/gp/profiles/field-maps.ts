import type { Entity } from '../../streams/streams';
import type { FieldMap } from './site-profile';

/*
 * Names a field may have: first those of GP's web services (Microsoft.Dynamics.GP.*, PascalCase),
 * then plausible flat variants, then the SQL column. Matching ignores case, blanks and underscores;
 * `X.Id`, `XId` and a nested `{X:{Id}}` are the same, and a key object counts as its Id.
 */

/** SY01200 keeps eight free lines; the first is the e-mail or the home page, the "@" tells. */
const INTERNET_FIELDS: FieldMap = {
	email: ['Email', 'EmailAddress', 'InternetAddresses.EmailToAddress', 'InternetAddresses.Email'],
	website: ['Website', 'HomePage', 'InternetAddresses.HomePage', 'InternetAddresses.Website'],
	internet1: ['InternetAddresses.InternetField1', 'INET1'],
	internet2: ['InternetAddresses.InternetField2', 'INET2'],
};

export const VENDOR_FIELDS: FieldMap = {
	vendorId: ['Key', 'VendorId', 'VendorKey', 'Id', 'VENDORID'],
	name: ['Name', 'VendorName', 'VENDNAME'],
	shortName: ['ShortName', 'VENDSHNM'],
	classId: ['ClassKey', 'ClassId', 'Class', 'VendorClassKey', 'VNDCLSID'],
	status: ['Status', 'VendorStatus', 'VENDSTTS'],
	isActive: ['IsActive', 'Active'],
	isOneTime: ['IsOneTime', 'OneTime'],
	onHold: ['IsOnHold', 'OnHold', 'HOLD'],
	paymentTermsId: ['PaymentTermsKey', 'PaymentTermsId', 'PaymentTerms', 'PYMTRMID'],
	currencyId: ['CurrencyKey', 'CurrencyId', 'Currency', 'CURNCYID'],
	taxId: ['TaxIdentificationNumber', 'TaxId', 'TaxIdNumber', 'FederalTaxId', 'TXIDNMBR'],
	...INTERNET_FIELDS,
	primaryAddressId: [
		'DefaultAddressKey',
		'PrimaryAddressId',
		'PrimaryAddressKey',
		'AddressId',
		'VADDCDPR',
	],
	addresses: ['Addresses', 'VendorAddresses'],
	modified: ['ModifiedDate', 'LastModifiedDate', 'Modified', 'DEX_ROW_TS', 'MODIFDT'],
};

export const ADDRESS_FIELDS: FieldMap = {
	id: ['Key', 'AddressId', 'AddressKey', 'Id', 'Code', 'ADRSCODE', 'VADDCDPR'],
	line1: ['Line1', 'Address1', 'AddressLine1', 'ADDRESS1'],
	line2: ['Line2', 'Address2', 'AddressLine2', 'ADDRESS2'],
	line3: ['Line3', 'Address3', 'AddressLine3', 'ADDRESS3'],
	city: ['City', 'CITY'],
	state: ['State', 'Province', 'STATE'],
	zip: ['PostalCode', 'ZipCode', 'Zip', 'ZIPCODE'],
	country: ['CountryRegion', 'Country', 'COUNTRY'],
	countryCode: ['CountryRegionCodeKey', 'CountryRegionCode', 'CountryCode', 'CCode'],
	contact: ['ContactPerson', 'Contact', 'VendorContact', 'VNDCNTCT'],
	phone1: ['Phone1', 'PhoneNumber1', 'PhoneNumber', 'Phone', 'PHNUMBR1'],
	phone2: ['Phone2', 'PhoneNumber2', 'PHNUMBR2'],
	fax: ['Fax', 'FaxNumber', 'FAXNUMBR'],
	...INTERNET_FIELDS,
};

export const ACCOUNT_FIELDS: FieldMap = {
	account: [
		'Key',
		'AccountNumber',
		'GLAccountKey',
		'GLAccountNumber',
		'Account',
		'AccountString',
		'Id',
		'ACTNUMST',
	],
	segments: ['Segments'],
	description: ['Description', 'AccountDescription', 'ACTDESCR'],
	alias: ['Alias', 'ACTALIAS'],
	category: ['GLAccountCategoryKey', 'Category', 'AccountCategory', 'CategoryId', 'ACCATDSC'],
	type: ['Type', 'AccountType', 'GLAccountType', 'ACCTTYPE'],
	postingType: ['PostingType', 'PSTNGTYP'],
	active: ['IsActive', 'Active', 'ACTIVE'],
	modified: ['ModifiedDate', 'LastModifiedDate', 'Modified', 'DEX_ROW_TS', 'MODIFDT'],
};

export const PAYABLE_FIELDS: FieldMap = {
	voucher: ['Key', 'VoucherNumber', 'Voucher', 'PayablesDocumentKey', 'Id', 'VCHRNMBR', 'VCHNUMWK'],
	documentType: ['Type', 'DocumentType', 'PayablesDocumentType', 'DOCTYPE'],
	documentNumber: ['VendorDocumentNumber', 'DocumentNumber', 'DOCNUMBR'],
	vendorId: ['VendorKey', 'VendorId', 'Vendor', 'VENDORID'],
	vendorName: ['VendorName', 'VENDNAME'],
	state: ['TransactionState', 'State', 'DocumentStatus', 'DCSTATUS'],
	voided: ['IsVoided', 'Voided', 'IsVoid', 'VOIDED'],
	documentDate: ['Date', 'DocumentDate', 'DOCDATE'],
	postingDate: ['GeneralLedgerPostingDate', 'GLPostingDate', 'PostingDate', 'PSTGDATE'],
	dueDate: ['DueDate', 'Terms.DueDate', 'DUEDATE'],
	postedDate: ['PostedDate', 'POSTEDDT'],
	description: ['Description', 'TransactionDescription', 'TRXDSCRN'],
	purchaseOrderNumber: ['PONumber', 'PurchaseOrderNumber', 'PORDNMBR', 'PONUMBER'],
	batch: ['BatchKey', 'BatchId', 'BatchNumber', 'Batch', 'BACHNUMB'],
	paymentTermsId: ['PaymentTermsKey', 'PaymentTermsId', 'PaymentTerms', 'PYMTRMID'],
	currencyId: ['CurrencyKey', 'CurrencyId', 'Currency', 'CURNCYID'],
	exchangeRate: ['ExchangeRate', 'XCHGRATE'],
	documentAmount: ['DocumentAmount', 'Amount', 'DOCAMNT'],
	purchases: ['PurchasesAmount', 'PurchaseAmount', 'Purchases', 'PRCHAMNT'],
	tradeDiscount: ['TradeDiscountAmount', 'TradeDiscount', 'TRDISAMT'],
	freight: ['FreightAmount', 'Freight', 'FRTAMNT'],
	miscellaneous: ['MiscellaneousAmount', 'MiscAmount', 'Miscellaneous', 'MSCCHAMT'],
	tax: ['TaxAmount', 'Tax', 'TAXAMNT'],
	retainage: ['RetainageAmount', 'Retainage', 'RETNAGAM'],
	isIntercompany: ['IsIntercompanyTransaction', 'IsIntercompany', 'ICTRX'],
	hasIntercompanyLines: ['HasIntercompanyDistributions', 'ICDISTS'],
	companyKey: ['Key.CompanyKey'],
	distributions: ['Distributions', 'PayablesDistributions'],
	taxes: ['Taxes', 'PayablesTaxes'],
	modified: ['ModifiedDate', 'LastModifiedDate', 'Modified', 'DEX_ROW_TS', 'MODIFDT'],
};

export const DISTRIBUTION_FIELDS: FieldMap = {
	sequence: [
		'Key.SequenceNumber',
		'SequenceNumber',
		'Sequence',
		'LineSequenceNumber',
		'DSTSQNUM',
		'Key',
	],
	type: ['DistributionTypeKey', 'DistributionType', 'Type', 'DISTTYPE'],
	account: ['GLAccountKey', 'GLAccount', 'AccountNumber', 'Account', 'ACTNUMST'],
	debit: ['DebitAmount', 'Debit', 'DEBITAMT'],
	credit: ['CreditAmount', 'Credit', 'CRDTAMNT'],
	reference: ['Reference', 'DistributionReference', 'DistRef'],
	company: ['CompanyKey', 'CompanyId', 'IntercompanyId', 'INTERID'],
	/** Of a job product. */
	job: ['Job', 'JobNumber', 'WS_Job_Number'],
	costCode: ['CostCode', 'JobCostCode'],
	costType: ['CostType', 'JobCostType'],
	control: ['ControlType', 'CNTRLTYP'],
	applied: ['AppliedToVoucher', 'APTVCHNM'],
	special: ['SpecialDistribution', 'SPCLDIST'],
};

export const TAX_FIELDS: FieldMap = {
	taxDetailId: ['TaxDetailKey', 'Key.TaxDetailKey', 'TaxDetailId', 'TaxDetail', 'TAXDTLID', 'Key'],
	account: ['GLAccountKey', 'GLAccount', 'AccountNumber', 'Account', 'ACTNUMST'],
	amount: ['TaxAmount', 'TotalTaxAmount', 'Amount', 'TAXAMNT'],
	purchases: ['PurchasesTaxAmount'],
	freight: ['FreightTaxAmount'],
	miscellaneous: ['MiscellaneousTaxAmount'],
};

/** Bookkeeping of the row itself: neither content of the record nor worth handing on. */
export const BOOKKEEPING_FIELDS = [
	'DEX_ROW_ID',
	'DEX_ROW_TS',
	'MODIFDT',
	'MDFUSRID',
	'ModifiedDate',
	'LastModifiedDate',
	'ModifiedBy',
	'CreatedDate',
	'CREATDDT',
	'NOTEINDX',
	'__metadata',
	'@odata.etag',
	'@odata.id',
	'@odata.editLink',
];

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
		// None: the document is in the company's currency, or its amounts are.
		exchangeRate: 'told otherwise',
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
