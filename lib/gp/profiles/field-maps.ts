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
