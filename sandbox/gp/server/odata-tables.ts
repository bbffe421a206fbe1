import type { Company } from '../company/company';
import type { CompanyDistribution, CompanyDocument } from '../company/types';
import type { WireRecord } from './sba-records';
import type { Switches } from './switches';
import { IDENTITY, WireValues } from './wire-values';

/** SQL tables a site published through the GP OData service, with their SQL column names. */
export const TABLES = {
	GL00100: accounts,
	GL00105: accountStrings,
	PM00200: vendors,
	PM10000: (company: Company, values: WireValues, switches: Switches) =>
		documents(company, values, switches, 'work'),
	PM20000: (company: Company, values: WireValues, switches: Switches) =>
		documents(company, values, switches, 'open'),
	PM30200: (company: Company, values: WireValues, switches: Switches) =>
		documents(company, values, switches, 'history'),
	PM00400: register,
	PM10100: (company: Company, values: WireValues, switches: Switches) =>
		distributions(company, values, switches, ['work', 'open']),
	PM30600: (company: Company, values: WireValues, switches: Switches) =>
		distributions(company, values, switches, ['history']),
	GL00102: categories,
	PM00300: addresses,
	PM10500: (company: Company, values: WireValues) => taxes(company, values, ['work', 'open']),
	PM30700: (company: Company, values: WireValues) => taxes(company, values, ['history']),
} as const;

/** One row per document, wherever it is. */
function register(company: Company): WireRecord[] {
	return [...company.documents.values()].map((document) => ({
		CNTRLNUM: document.voucher,
		CNTRLTYP: document.documentType === 6 ? 1 : 0,
		DCSTATUS: { work: 1, open: 2, history: 3 }[document.state],
		DOCTYPE: document.documentType,
		VENDORID: document.vendorId,
		DOCNUMBR: document.documentNumber,
	}));
}

export type TableName = keyof typeof TABLES;

/** Change stamps of a row that has them: MODIFDT is a date, DEX_ROW_TS a UTC instant. */
function stamps(
	row: { modified: string; created: string | null },
	v: WireValues,
	switches: Switches,
): WireRecord {
	const base = { CREATDDT: v.date(row.created), MODIFDT: v.date(v.stampDate(row.modified)) };
	if (switches.stampMode === 'absent') return {};
	if (switches.stampMode === 'dateOnly') return base;
	return { ...base, DEX_ROW_TS: v.stamp(row.modified) };
}

function accounts(company: Company, v: WireValues, switches: Switches): WireRecord[] {
	return [...company.accounts.values()].map((row) => {
		const [first, second, third] = row.account.split('-');
		return {
			ACTINDX: row.index,
			ACTNUMBR_1: v.text(first, 9),
			ACTNUMBR_2: v.text(second, 9),
			ACTNUMBR_3: v.text(third, 9),
			ACTALIAS: v.text(row.alias, 21),
			ACCTTYPE: row.type,
			ACTDESCR: v.text(row.description, 51),
			PSTNGTYP: row.postingType,
			TPCLBLNC: row.typicalBalance,
			ACTIVE: row.active ? 1 : 0,
			ACCATNUM: categoryNames(company).indexOf(row.category) + 1,
			ACCTENTR: 1,
			USERDEF1: v.text('', 21),
			USERDEF2: v.text('', 21),
			...stamps(row, v, switches),
		};
	});
}

function categoryNames(company: Company): string[] {
	return [...new Set([...company.accounts.values()].map((row) => row.category))];
}

function categories(company: Company, v: WireValues): WireRecord[] {
	return categoryNames(company).map((name, position) => ({
		ACCATNUM: position + 1,
		ACCATDSC: v.text(name, 51),
	}));
}

function accountStrings(company: Company, v: WireValues): WireRecord[] {
	return [...company.accounts.values()].map((row) => {
		const [first, second, third] = row.account.split('-');
		return {
			ACTINDX: row.index,
			ACTNUMST: v.text(row.account, 129),
			ACTNUMBR_1: v.text(first, 9),
			ACTNUMBR_2: v.text(second, 9),
			ACTNUMBR_3: v.text(third, 9),
		};
	});
}

function vendors(company: Company, v: WireValues, switches: Switches): WireRecord[] {
	return [...company.vendors.values()].map((row) => {
		const [primary] = row.addresses;
		return {
			VENDORID: v.text(row.vendorId, 15),
			VENDNAME: v.text(row.name, 65),
			VNDCHKNM: v.text(row.checkName, 65),
			VENDSHNM: v.text(row.shortName, 15),
			VNDCLSID: v.text(row.classId, 11),
			VENDSTTS: row.status,
			HOLD: row.onHold ? 1 : 0,
			VADDCDPR: v.text(primary.addressId, 15),
			VADCDTRO: v.text(row.addresses.at(-1)!.addressId, 15),
			VNDCNTCT: v.text(primary.contact, 61),
			ADDRESS1: v.text(primary.line1, 61),
			ADDRESS2: v.text(primary.line2, 61),
			ADDRESS3: v.text(primary.line3, 61),
			CITY: v.text(primary.city, 35),
			STATE: v.text(primary.state, 29),
			ZIPCODE: v.text(primary.zip, 11),
			COUNTRY: v.text(primary.country, 61),
			CCode: v.text(primary.countryCode, 7),
			PHNUMBR1: v.text(primary.phone1, 21),
			PHNUMBR2: v.text(primary.phone2, 21),
			PHONE3: v.text('00000000000000', 21),
			FAXNUMBR: v.text(primary.fax, 21),
			TXIDNMBR: v.text(row.taxId, 11),
			PYMTRMID: v.text(row.paymentTermsId, 21),
			CURNCYID: v.text(row.currencyId, 15),
			COMMENT1: v.text(row.comment1, 31),
			COMMENT2: v.text(row.comment2, 31),
			USERDEF1: v.text(row.userDefined1, 21),
			USERDEF2: v.text(row.userDefined2, 21),
			...(switches.vendorIdentityColumns ? IDENTITY : {}),
			...stamps(row, v, switches),
		};
	});
}

function documents(
	company: Company,
	v: WireValues,
	switches: Switches,
	state: CompanyDocument['state'],
): WireRecord[] {
	const rows = [...company.documents.values()].filter((row) => row.state === state);
	return rows.map((row) => ({
		// The work table calls the voucher VCHNUMWK beside the number it will get.
		...(state === 'work' ? { VCHNUMWK: v.text(row.voucher, 17) } : {}),
		VCHRNMBR: v.text(row.voucher, 21),
		DOCTYPE: row.documentType,
		CNTRLTYP: row.documentType === 6 ? 1 : 0,
		VENDORID: v.text(v.id(row.vendorId), 15),
		DOCNUMBR: v.text(row.documentNumber, 21),
		DOCDATE: v.date(row.documentDate),
		PSTGDATE: v.date(row.postingDate),
		POSTEDDT: v.date(row.postedDate),
		DUEDATE: v.date(row.dueDate),
		DOCAMNT: v.money(row.amounts.document),
		CURTRXAM: v.money(row.remaining),
		PRCHAMNT: v.money(row.amounts.purchases),
		TRDISAMT: v.money(row.amounts.tradeDiscount),
		FRTAMNT: v.money(row.amounts.freight),
		MSCCHAMT: v.money(row.amounts.miscellaneous),
		TAXAMNT: v.money(row.amounts.tax),
		RETNAGAM: v.money(row.amounts.retainage),
		TRXDSCRN: v.text(row.description, 31),
		PORDNMBR: v.text(row.purchaseOrderNumber, 21),
		BACHNUMB: v.text(row.batch, 15),
		TRXSORCE: v.text(row.auditTrailCode, 13),
		PYMTRMID: v.text(row.paymentTermsId, 21),
		CURNCYID: v.text(row.currencyId, 15),
		HOLD: 0,
		...(switches.documentAddressState ? { State: v.text('IL', 29) } : {}),
		ICTRX: row.distributions.some((line) => line.company !== undefined) ? 1 : 0,
		...(state === 'work' ? {} : { VOIDED: row.voided ? 1 : 0 }),
		...(state === 'history' ? { VOIDPDATE: v.date(row.voidDate) } : {}),
		MDFUSRID: v.text(row.modifiedBy, 15),
		...stamps(row, v, switches),
	}));
}

/** Distribution tables have no stamp of their own. */
function distributions(
	company: Company,
	v: WireValues,
	switches: Switches,
	states: Array<CompanyDocument['state']>,
): WireRecord[] {
	return [...company.documents.values()]
		.filter((document) => states.includes(document.state))
		.flatMap((document) =>
			document.distributions.map((row) => distribution(company, v, switches, document, row)),
		);
}

function distribution(
	company: Company,
	v: WireValues,
	switches: Switches,
	document: CompanyDocument,
	row: CompanyDistribution,
): WireRecord {
	return {
		VCHRNMBR: v.text(document.voucher, 21),
		...(document.state === 'history' ? { DOCTYPE: document.documentType } : {}),
		// 0 voucher, 1 payment: with VCHRNMBR the only way to tell a payment's rows in PM10100.
		CNTRLTYP: document.documentType === 6 ? 1 : 0,
		VENDORID: v.text(document.vendorId, 15),
		DSTSQNUM: row.sequence,
		DISTTYPE: row.type,
		DSTINDX: company.accounts.get(row.account)?.index ?? 0,
		DEBITAMT: v.money(row.debit),
		CRDTAMNT: v.money(row.credit),
		DistRef: v.text(row.reference, 31),
		PSTGSTUS: document.state === 'work' ? 0 : 1,
		PSTGDATE: v.date(document.postingDate),
		...(document.state !== 'history' && switches.intercompanyLines === 'untilHistory'
			? { INTERID: v.text(row.company ?? company.options.databaseId, 5) }
			: {}),
	};
}

function addresses(company: Company, v: WireValues): WireRecord[] {
	return [...company.vendors.values()].flatMap((vendor) =>
		vendor.addresses.map((row) => ({
			VENDORID: v.text(vendor.vendorId, 15),
			ADRSCODE: v.text(row.addressId, 15),
			VNDCNTCT: v.text(row.contact, 61),
			ADDRESS1: v.text(row.line1, 61),
			ADDRESS2: v.text(row.line2, 61),
			ADDRESS3: v.text(row.line3, 61),
			CITY: v.text(row.city, 35),
			STATE: v.text(row.state, 29),
			ZIPCODE: v.text(row.zip, 11),
			COUNTRY: v.text(row.country, 61),
			CCode: v.text(row.countryCode, 7),
			PHNUMBR1: v.text(row.phone1, 21),
			PHNUMBR2: v.text(row.phone2, 21),
			FAXNUMBR: v.text(row.fax, 21),
		})),
	);
}

function taxes(
	company: Company,
	v: WireValues,
	states: Array<CompanyDocument['state']>,
): WireRecord[] {
	return [...company.documents.values()]
		.filter((document) => states.includes(document.state))
		.flatMap((document) =>
			document.taxes.map((row) => ({
				VCHRNMBR: v.text(document.voucher, 21),
				DOCTYPE: document.documentType,
				TAXDTLID: v.text(row.taxDetailId, 15),
				ACTINDX: company.accounts.get(row.account)?.index ?? 0,
				TAXAMNT: v.money(row.amount),
				PCTAXAMT: v.money(row.amount),
				TDTTXPUR: v.money(row.taxable),
			})),
		);
}
