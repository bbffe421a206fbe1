import {
	DOCUMENT_TYPE_NUMBERS,
	type GpAccount,
	type GpPayable,
	type GpVendor,
} from '../model/gp-records';
import type { Entity } from '../streams/streams';
import { GpRecordNotFound } from './errors/refusals';
import type { FieldReader } from './normalise/field-reader';
import type { RecordContext } from './normalise/code-lists';
import { accountContent, vendorContent } from './normalise/master-records';
import { leavesVoidOpen, payableContent } from './normalise/payable';

/** What reading has to know of a stream, whatever the door. */
interface GpStream {
	/** Reads a record out of what came. */
	content(
		reader: FieldReader,
		context: RecordContext,
	):
		| ReturnType<typeof payableContent>
		| ReturnType<typeof vendorContent>
		| ReturnType<typeof accountContent>;
	/** Whether a record would be refused for a field that is not there. */
	leavesOpen?(reader: FieldReader, context: RecordContext): boolean;
	/** The field that names a record. */
	keyField: string;
	/** The key as GP spells it, to ask for the record again: a service in between may tell case apart. */
	spelledKey(record: never): string;
	/** A normalised key's parts by name; throws GpRecordNotFound where it is none. */
	keyParts(key: string): Record<string, string>;
	/** What a search of people looks through. */
	searched(record: never): string;
	/** Paths under which services publish it, the most likely first. */
	looksLike: readonly RegExp[];
	/** Names of columns that may leave GP beside the fields this package knows. */
	harmless: string;
}

/*
 * What leaves GP beside the fields this package knows: an allow-list. A site may have any column,
 * and a list of what is secret never ends (GOVINDID, GOVCRPID and BRTHDATE once got through).
 * Names of GP's own columns and of its web services; a site adds its own by `extraFields`.
 */
export const GP_STREAMS: Record<Entity, GpStream> = {
	vendor: {
		content: vendorContent,
		keyField: 'vendorId',
		spelledKey: (record: GpVendor) => record.vendorId,
		keyParts: (key) => ({ vendorId: key }),
		searched: (record: GpVendor) => `${record.vendorId} ${record.name}`,
		looksLike: [/(^|\/)Purchasing\/Vendors$/i, /(^|\/)Vendors$/i],
		harmless: `CheckName VNDCHKNM PurchaseAddressKey PurchaseAddressId RemitToAddressKey RemitToAddressId
		ShipFromAddressKey ShipFromAddressId VADCDPAD VADCDTRO VADCDSFR PARVENID ParentVendorKey ParentVendorId
		ShippingMethodKey ShippingMethodId SHIPMTHD TaxScheduleKey TaxScheduleId TAXSCHID RATETPID PYMNTPRI
		MINORDER TRDDISCT DSCGRPER DUEGRPER CREDTLMT Priority MinimumOrderAmount TradeDiscountPercent
		KPCALHST KGLDSTHS KPERHIST KPTRXHST KeepCalendarHistory KeepTransactionHistory KeepDistributionHistory
		FREEONBOARD UPSZONE LANGID Workflow_Status Workflow_Priority WorkflowStatus Vendor_Workflow_Status`,
	},
	account: {
		content: accountContent,
		keyField: 'account',
		spelledKey: (record: GpAccount) => record.account,
		keyParts: (key) => ({ account: key }),
		searched: (record: GpAccount) =>
			`${record.account} ${record.description ?? ''} ${record.alias ?? ''}`,
		looksLike: [
			/(^|\/)Financials?\/(GL)?Accounts$/i,
			/(^|\/)(GLAccounts|ChartOfAccounts|GeneralLedgerAccounts)$/i,
			/(^|\/)Financials?\/.{0,200}Accounts$/i,
		],
		harmless: `ACTINDX MNACSGMT ACCATNUM ACCTENTR AllowAccountEntry TPCLBLNC TypicalBalance DECPLACS FXDORVAR
		BALFRCLC PostingSales PostSalesIn PostPurchasingIn PostInventoryIn PostPayrollIn PSTPRCIN PSTSLSIN
		Clear_Balance HSTRCLRT AdjustForInflation MainSegment`,
	},
	payable: {
		content: payableContent,
		leavesOpen: leavesVoidOpen,
		keyField: 'voucher',
		spelledKey: (record: GpPayable) =>
			`${DOCUMENT_TYPE_NUMBERS[record.documentType]};${record.voucher}`,
		keyParts: payableKeyParts,
		searched: (record: GpPayable) =>
			`${record.voucher} ${record.documentNumber} ${record.vendorId} ${record.vendorName ?? ''}`,
		looksLike: [
			/(^|\/)Purchasing\/Payables\/Transactions$/i,
			/(^|\/)Payables\/(Transactions|Documents|Invoices)$/i,
			/(^|\/)Payables(Transactions|Documents|Invoices)$/i,
		],
		harmless: `CURTRXAM RemainingAmount ChargeAmount CHRGAMNT DISTKNAM DISAMTAV WROFAMNT TTLPYMTS TEN99AMNT
		Amount1099 UN1099AM DISCDATE DiscountDate DINVPDOF DSCDLRAM PRCTDISC VoidDate VOIDPDATE TaxDate Tax_Date
		TRXSORCE BCHSOURC CNTRLTYP AuditTrailCode PONUMBER TAXSCHID PCHSCHID FRTSCHID MSCSCHID TaxScheduleKey
		PurchaseTaxScheduleKey FreightTaxScheduleKey MiscellaneousTaxScheduleKey ShippingMethodKey SHIPMTHD
		AddressKey RemitToAddressKey VADDCDPR VADCDTRO HOLD IsOnHold PSTGSTUS IsPosted ExchangeRate ExchangeDate
		XCHGRATE EXCHDATE RATETPID ReferenceNumber Workflow_Status Workflow_Priority WorkflowStatus
		TaxableAmount PostingDate BKTPURAM BKTFRTAM BKTMSCAM Source`,
	},
};

function payableKeyParts(key: string): Record<string, string> {
	const match = /^([1-6]);(.+)$/s.exec(key.trim());
	if (!match) throw new GpRecordNotFound({ entity: 'payable', key });
	const name = Object.entries(DOCUMENT_TYPE_NUMBERS).find(
		([, code]) => String(code) === match[1],
	)![0];
	return {
		documentType: match[1]!,
		documentTypeName: name[0]!.toUpperCase() + name.slice(1),
		voucher: match[2]!.trim(),
	};
}
