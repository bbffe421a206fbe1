import type { Company } from '../company/company';
import {
	type CompanyAccount,
	type CompanyAddress,
	type CompanyDistribution,
	type CompanyDocument,
	type CompanyVendor,
} from '../company/types';
import type { SoapSwitches } from './soap-switches';
import {
	accountKey,
	companyId,
	day,
	flag,
	id,
	instant,
	money,
	moneyAmount,
	nil,
	requiredDay,
	tag,
	typed,
	words,
} from './wire';

export const COMPANY_NUMBER = -1;

export const PAYABLE_TYPES = [
	'',
	'Invoice',
	'Finance Charge',
	'Miscellaneous Charge',
	'Return',
	'Credit Memo',
	'Payment',
] as const;
const STATES = { work: 'Work', open: 'Open', history: 'History' } as const;
const ACCOUNT_TYPES = ['', 'Posting', 'Unit', 'Posting Allocation', 'Unit Allocation'];
/** The list tells fixed from variable allocations, not posting from unit ones. */
export const LISTED_ACCOUNT_TYPES = ['', 'Posting', 'Unit', 'Fixed Allocation', 'Fixed Allocation'];

const ofCompany = `<CompanyKey>${companyId(COMPANY_NUMBER)}</CompanyKey>`;
const key = (value: string) => tag('Key', ofCompany, words('Id', value));

/** Business objects and rows of lists, members in the order of the service description. */
export class SoapRecords {
	constructor(
		private readonly company: Company,
		private readonly switches: SoapSwitches,
	) {}

	companyObject(): string {
		const { displayName } = this.company.options;
		return tag(
			'Company',
			tag('Key', companyId(COMPANY_NUMBER)),
			words('Name', displayName),
			nil('ModifiedDate'),
			nil('CreatedDate'),
			nil('WitholdingTaxRate'),
			words('AccountSegmentSeparator', '-'),
			nil('IsValueAddedTaxReturnEnabled'),
			nil('Options'),
			nil('IsWorkflowEnabled'),
		);
	}

	vendorRow(vendor: CompanyVendor): string {
		const [primary] = vendor.addresses;
		return tag(
			'VendorSummary',
			key(vendor.vendorId),
			words('Name', vendor.name),
			id('ClassKey', vendor.classId),
			words('State', primary.state),
			tag('PhoneNumbers', this.phone('PhoneNumber', primary.phone1)),
			requiredDay('CreatedDate', vendor.created),
			instant('ModifiedDate', vendor.modified, this.switches),
			this.vendorFlags(vendor),
		);
	}

	private vendorFlags(vendor: CompanyVendor): string {
		return (
			flag('IsOnHold', vendor.onHold) +
			flag('IsActive', vendor.status !== 2) +
			flag('IsOneTime', vendor.status === 3)
		);
	}

	vendor(vendor: CompanyVendor): string {
		const [primary] = vendor.addresses;
		const addressKey = (name: string, addressId: string) =>
			tag(name, id('VendorKey', vendor.vendorId), words('Id', addressId));
		return [
			key(vendor.vendorId),
			words('Name', vendor.name),
			words('ShortName', vendor.shortName),
			words('CheckName', vendor.checkName),
			this.vendorFlags(vendor),
			id('ClassKey', vendor.classId),
			addressKey('DefaultAddressKey', primary.addressId),
			addressKey('PurchaseAddressKey', primary.addressId),
			addressKey('RemitToAddressKey', vendor.addresses.at(-1)!.addressId),
			addressKey('ShipFromAddressKey', primary.addressId),
			words('Comment1', vendor.comment1),
			words('Comment2', vendor.comment2),
			tag('CurrencyKey', '<ISOCode>USD</ISOCode>'),
			id('PaymentTermsKey', vendor.paymentTermsId),
			nil('DiscountGracePeriod'),
			nil('DueDateGracePeriod'),
			words('TaxIdentificationNumber', vendor.taxId),
			words('UserDefined1', vendor.userDefined1),
			words('UserDefined2', vendor.userDefined2),
			nil('Tax1099Type'),
			nil('Tax1099BoxNumber'),
			nil('FreeOnBoard'),
			nil('AllowRevaluation'),
			tag('PostResultsTo', 'Payables/Discount Account'),
			nil('DefaultCashAccountType'),
			requiredDay('CreatedDate', vendor.created),
			instant('ModifiedDate', vendor.modified, this.switches),
			tag('Addresses', ...vendor.addresses.map((address) => this.address(vendor, address))),
			nil('WorkflowPriority'),
		].join('');
	}

	private address(vendor: CompanyVendor, address: CompanyAddress): string {
		return tag(
			'VendorAddress',
			words('Line1', address.line1),
			words('Line2', address.line2),
			words('Line3', address.line3),
			words('City', address.city),
			words('State', address.state),
			words('PostalCode', address.zip),
			words('CountryRegion', address.country),
			this.phone('Phone1', address.phone1),
			this.phone('Phone2', address.phone2),
			this.phone('Phone3', '00000000000000'),
			this.phone('Fax', address.fax),
			id('CountryRegionCodeKey', address.countryCode),
			words('Name', vendor.name),
			words('ContactPerson', address.contact),
			// PM00300 has neither date: fillers.
			requiredDay('CreatedDate', null),
			requiredDay('ModifiedDate', null),
			nil('LastModifiedDate'),
			tag(
				'InternetAddresses',
				words('EmailToAddress', address.email),
				words('InternetField1', address.website),
			),
			tag('Key', id('VendorKey', vendor.vendorId), words('Id', address.addressId)),
			nil('DeleteOnUpdate'),
		);
	}

	private phone(name: string, digits: string): string {
		if (!this.switches.phoneParts) return tag(name, words('Value', digits));
		return tag(name, words('Value', digits.slice(0, 10)), words('Extension', digits.slice(10)));
	}

	accountRow(account: CompanyAccount): string {
		return tag(
			'GLAccountSummary',
			this.accountHead(account),
			tag('AccountType', LISTED_ACCOUNT_TYPES[account.type]),
		);
	}

	postingAccountRow(account: CompanyAccount): string {
		return tag(
			'GLPostingAccountSummary',
			this.accountHead(account),
			id('GLAccountCategoryKey', account.category),
			flag('AllowAccountEntry', true),
			this.postingType(account),
			this.typicalBalance(account),
		);
	}

	private accountHead(account: CompanyAccount): string {
		return (
			accountKey('Key', account.account) +
			words('Alias', account.alias) +
			flag('IsActive', account.active) +
			words('Description', account.description) +
			day('CreatedDate', account.created, this.switches) +
			instant('ModifiedDate', account.modified, this.switches)
		);
	}

	private postingType = (account: CompanyAccount) =>
		tag('PostingType', account.postingType === 1 ? 'ProfitLoss' : 'BalanceSheet');
	private typicalBalance = (account: CompanyAccount) =>
		tag('TypicalBalance', account.typicalBalance === 1 ? 'Credit' : 'Debit');

	/** The result element names the concrete type, since GLAccount is abstract. */
	account(result: string, account: CompanyAccount): string {
		const head = [
			accountKey('Key', account.account),
			words('Alias', account.alias),
			tag('Type', ACCOUNT_TYPES[account.type]),
			flag('IsActive', account.active),
			words('Description', account.description),
			day('CreatedDate', account.created, this.switches),
			instant('ModifiedDate', account.modified, this.switches),
		];
		if (account.type === 2) return typed(result, 'GLUnitAccount', ...head, nil('DecimalPlaces'));
		const posting = ['Inventory', 'Payroll', 'Purchasing', 'Sales'].map((series) =>
			tag(`Post${series}In`, 'Detail'),
		);
		if (account.type !== 1)
			return typed(result, 'GLFixedAllocationAccount', ...head, ...posting, tag('Distributions'));
		return typed(
			result,
			'GLPostingAccount',
			...head,
			...posting,
			id('GLAccountCategoryKey', account.category),
			flag('AllowAccountEntry', true),
			flag('IsRevalued', false),
			nil('PostRevaluationResultsTo'),
			this.postingType(account),
			nil('RevaluationMethod'),
			this.typicalBalance(account),
		);
	}

	payableRow(document: CompanyDocument): string {
		const { amounts } = document;
		return tag(
			'PayablesDocumentSummary',
			key(document.voucher),
			id('VendorKey', document.vendorId),
			words('VendorName', this.vendorName(document)),
			day('Date', document.documentDate, this.switches),
			this.batch(document),
			tag('CurrencyKey', '<ISOCode>USD</ISOCode>'),
			money('TradeDiscountAmount', amounts.tradeDiscount),
			money('FreightAmount', amounts.freight),
			money('MiscellaneousAmount', amounts.miscellaneous),
			money('TaxAmount', amounts.tax),
			money('DocumentAmount', amounts.document),
			instant('ModifiedDate', document.modified, this.switches),
			tag('TransactionState', STATES[document.state]),
			tag('Type', PAYABLE_TYPES[document.documentType]),
		);
	}

	payable(document: CompanyDocument, namesake: CompanyDocument | undefined): string {
		const { amounts, documentType } = document;
		const posted = document.state !== 'work';
		const zero = '0.00000';
		const debit = documentType <= 3;
		const lines =
			document.state === 'history' && this.switches.withoutHistoryDistributions
				? []
				: document.distributions;
		// The service joins by number alone, from the tables of the state.
		const foreign =
			namesake &&
			lines.length > 0 &&
			(namesake.state === 'history') === (document.state === 'history')
				? namesake.distributions
				: [];
		return [
			key(document.voucher),
			words('VendorDocumentNumber', document.documentNumber),
			money('DocumentAmount', amounts.document),
			day('Date', document.documentDate, this.switches),
			day('GeneralLedgerPostingDate', document.postingDate, this.switches),
			money('PurchasesAmount', amounts.purchases),
			words('Description', document.description),
			money('TradeDiscountAmount', amounts.tradeDiscount),
			money('TaxAmount', amounts.tax),
			money('FreightAmount', amounts.freight),
			money('Amount1099', zero),
			money('MiscellaneousAmount', amounts.miscellaneous),
			words('PONumber', document.purchaseOrderNumber),
			nil('ExchangeRate'),
			day('ExchangeDate', null, this.switches),
			tag('Type', PAYABLE_TYPES[documentType]),
			tag('TransactionState', STATES[document.state]),
			words('VendorName', this.vendorName(document)),
			money('ChargeAmount', zero),
			words('ModifiedBy', document.modifiedBy),
			instant('ModifiedDate', document.modified, this.switches),
			words('PostedBy', posted ? document.modifiedBy : ''),
			day('PostedDate', document.postedDate, this.switches),
			day('TaxDate', document.documentDate, this.switches),
			words('AuditTrailCode', document.auditTrailCode),
			flag('IsVoided', document.voided),
			flag('IsIntercompanyTransaction', false),
			posted ? nil('HasIntercompanyDistributions') : flag('HasIntercompanyDistributions', false),
			this.batch(document),
			id('VendorKey', document.vendorId),
			id('AddressKey', posted ? '' : 'PRIMARY'),
			id('RemitToAddressKey', 'REMIT TO'),
			id('TaxScheduleKey', ''),
			tag('CurrencyKey', '<ISOCode>USD</ISOCode>'),
			tag(
				'Distributions',
				...[...lines, ...foreign].map((row) => this.distribution(document, row)),
			),
			tag('Taxes', ...document.taxes.map((row) => this.tax(document, row))),
			debit
				? tag(
						'Terms',
						day('DueDate', document.dueDate, this.switches),
						day('DiscountDate', null, this.switches),
					) +
					money('WriteoffAmount', zero) +
					money('TotalPayments', zero)
				: '',
			documentType === 1 || documentType === 3
				? id('PaymentTermsKey', document.paymentTermsId)
				: '',
			documentType === 4 ? money('WriteoffAmount', zero) : '',
		].join('');
	}

	private distribution(document: CompanyDocument, row: CompanyDistribution): string {
		const posted = document.state !== 'work';
		return tag(
			'PayablesDistribution',
			tag('DistributionTypeKey', tag('Id', String(row.type))),
			words('Reference', row.reference),
			accountKey('GLAccountKey', row.account),
			moneyAmount('DebitAmount', row.debit),
			moneyAmount('CreditAmount', row.credit),
			tag(
				'Key',
				ofCompany,
				id('PayablesDocumentKey', document.voucher),
				tag('SequenceNumber', String(row.sequence)),
			),
			document.state === 'history' ? '' : ofCompany,
			day('PostingDate', posted ? document.postingDate : null, this.switches),
			flag('IsPosted', posted),
		);
	}

	private tax(document: CompanyDocument, row: CompanyDocument['taxes'][number]): string {
		return tag(
			'PayablesTax',
			money('TaxAmount', row.amount),
			money('TotalAmount', row.taxable),
			money('TaxableAmount', row.taxable),
			flag('IsBackoutTax', false),
			tag('Key', id('PayablesDocumentKey', document.voucher), id('TaxDetailKey', row.taxDetailId)),
			money('PurchasesTaxAmount', row.amount),
			money('FreightTaxAmount', '0.00000'),
			money('MiscellaneousTaxAmount', '0.00000'),
			accountKey('GLAccountKey', row.account),
			document.state === 'history' ? nil('IsPosted') : flag('IsPosted', document.state !== 'work'),
		);
	}

	private batch(document: CompanyDocument): string {
		return tag(
			'BatchKey',
			words('Source', document.batch ? 'PM_Trxent' : ''),
			words('Id', document.batch),
			requiredDay('CreatedDateTime', null),
		);
	}

	private vendorName(document: CompanyDocument): string {
		return this.company.vendors.get(document.vendorId)?.name ?? '';
	}
}
