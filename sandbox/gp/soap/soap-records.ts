import type { Company } from '../company/company';
import { type CompanyAccount, type CompanyAddress, type CompanyVendor } from '../company/types';
import type { SoapSwitches } from './soap-switches';
import {
	accountKey,
	companyId,
	day,
	flag,
	id,
	instant,
	nil,
	requiredDay,
	tag,
	typed,
	words,
} from './wire';

export const COMPANY_NUMBER = -1;

const ACCOUNT_TYPES = ['', 'Posting', 'Unit', 'Posting Allocation', 'Unit Allocation'];
/** The list tells fixed from variable allocations, not posting from unit ones. */
export const LISTED_ACCOUNT_TYPES = ['', 'Posting', 'Unit', 'Fixed Allocation', 'Fixed Allocation'];

/** Number of the company a line of another one belongs to. */
const OTHER_COMPANY = 2;
export const ofOtherCompany = `<CompanyKey>${companyId(OTHER_COMPANY)}</CompanyKey>`;
export const ofCompany = `<CompanyKey>${companyId(COMPANY_NUMBER)}</CompanyKey>`;
export const key = (value: string) => tag('Key', ofCompany, words('Id', value));

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
}
