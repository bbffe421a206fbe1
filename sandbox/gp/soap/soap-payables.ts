import type { Company } from '../company/company';
import type { CompanyDistribution, CompanyDocument } from '../company/types';
import { key, ofCompany, ofOtherCompany } from './soap-records';
import type { SoapSwitches } from './soap-switches';
import {
	accountKey,
	day,
	flag,
	id,
	instant,
	money,
	moneyAmount,
	nil,
	requiredDay,
	tag,
	words,
} from './wire';

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

/** Payables documents, members in the order of the service description. */
export class SoapPayables {
	constructor(
		private readonly company: Company,
		private readonly switches: SoapSwitches,
	) {}

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
		const intercompany = document.distributions.some(({ company }) => company !== undefined);
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
			flag('IsIntercompanyTransaction', intercompany),
			posted
				? nil('HasIntercompanyDistributions')
				: flag('HasIntercompanyDistributions', intercompany),
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
		]
			.filter((member) => !this.switches.leftOut.some((name) => member.startsWith(`<${name}>`)))
			.join('');
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
			document.state === 'history' ? '' : row.company === undefined ? ofCompany : ofOtherCompany,
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
