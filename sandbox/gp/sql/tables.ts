/*
 * Tables of a company database with the column types published listings of GP 2018 have, as far as
 * this package reads them. Everything is NOT NULL with GP's defaults: blank, 0, 1900-01-01.
 */

export interface SqlTable {
	columns: Record<string, string>;
	/** Primary key. */
	key: readonly string[];
	/** Other indexes. */
	indexes?: readonly string[];
}

const MONEY = 'numeric(19,5)';
const money = (...names: string[]) => Object.fromEntries(names.map((name) => [name, MONEY]));
const flags = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'tinyint']));
const dates = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'datetime']));

const ADDRESS = {
	VNDCNTCT: 'char(61)',
	ADDRESS1: 'char(61)',
	ADDRESS2: 'char(61)',
	ADDRESS3: 'char(61)',
	CITY: 'char(35)',
	STATE: 'char(29)',
	ZIPCODE: 'char(11)',
	COUNTRY: 'char(61)',
	CCode: 'char(7)',
	PHNUMBR1: 'char(21)',
	PHNUMBR2: 'char(21)',
	PHONE3: 'char(21)',
	FAXNUMBR: 'char(21)',
};

const HEADER = {
	DOCTYPE: 'smallint',
	VENDORID: 'char(15)',
	DOCNUMBR: 'char(21)',
	...dates('DOCDATE', 'PSTGDATE', 'POSTEDDT', 'DUEDATE', 'DISCDATE', 'MODIFDT', 'DEX_ROW_TS'),
	...money('DOCAMNT', 'CURTRXAM', 'PRCHAMNT', 'TRDISAMT', 'FRTAMNT', 'MSCCHAMT', 'TAXAMNT'),
	...money('RETNAGAM', 'TEN99AMNT', 'DISTKNAM', 'WROFAMNT'),
	TRXDSCRN: 'char(31)',
	PORDNMBR: 'char(21)',
	BACHNUMB: 'char(15)',
	BCHSOURC: 'char(15)',
	TRXSORCE: 'char(13)',
	PYMTRMID: 'char(21)',
	CURNCYID: 'char(15)',
	MDFUSRID: 'char(15)',
	ICTRX: 'tinyint',
};
const POSTED = {
	...HEADER,
	VCHRNMBR: 'char(21)',
	PONUMBER: 'char(17)',
	VNDCHKNM: 'char(65)',
	...flags('VOIDED', 'HOLD'),
};

const DISTRIBUTION = {
	VCHRNMBR: 'char(21)',
	CNTRLTYP: 'smallint',
	APTVCHNM: 'char(21)',
	SPCLDIST: 'smallint',
	DSTSQNUM: 'int',
	DISTTYPE: 'smallint',
	DSTINDX: 'int',
	VENDORID: 'char(15)',
	...money('DEBITAMT', 'CRDTAMNT', 'ORDBTAMT', 'ORCRDAMT'),
	DistRef: 'char(31)',
	TRXSORCE: 'char(13)',
	PSTGSTUS: 'smallint',
	PSTGDATE: 'datetime',
};
const DISTRIBUTION_KEY = ['VCHRNMBR', 'CNTRLTYP', 'APTVCHNM', 'SPCLDIST', 'DSTSQNUM'];

const TAX = {
	VCHRNMBR: 'char(21)',
	DOCTYPE: 'smallint',
	TRXSORCE: 'char(13)',
	TAXDTLID: 'char(15)',
	ACTINDX: 'int',
	...money('TAXAMNT', 'PCTAXAMT', 'FRTTXAMT', 'MSCTXAMT', 'TDTTXPUR'),
};

const APPLIED = {
	APTVCHNM: 'char(21)',
	APTODCTY: 'smallint',
	VCHRNMBR: 'char(21)',
	DOCTYPE: 'smallint',
	APFRDCNM: 'char(21)',
	VENDORID: 'char(15)',
	...money('APPLDAMT', 'DISTKNAM', 'WROFAMNT'),
	...dates('DATE1', 'GLPOSTDT'),
	POSTED: 'tinyint',
};
const APPLIED_KEY = ['APTVCHNM', 'APTODCTY', 'VCHRNMBR', 'DOCTYPE'];

const JOB = {
	Product_Indicator: 'smallint',
	JOBNUMBR: 'char(17)',
	COSTCODE: 'char(27)',
	COSTTYPE: 'smallint',
	ProjNum: 'char(15)',
	CostCatID: 'char(15)',
};
const ORDER = {
	PONUMBER: 'char(17)',
	VENDORID: 'char(15)',
	POSTATUS: 'smallint',
	POTYPE: 'smallint',
	...dates('DOCDATE', 'MODIFDT', 'DEX_ROW_TS'),
	...money('SUBTOTAL', 'REMSUBTO'),
};
const ORDER_LINE = {
	PONUMBER: 'char(17)',
	ORD: 'int',
	BRKFLD1: 'smallint',
	ITEMNMBR: 'char(31)',
	ITEMDESC: 'char(101)',
	INVINDX: 'int',
	...money('QTYORDER', 'QTYCANCE', 'UNITCOST', 'EXTDCOST'),
	...JOB,
	DEX_ROW_TS: 'datetime',
};
const RECEIPT = {
	POPRCTNM: 'char(17)',
	POPTYPE: 'smallint',
	VNDDOCNM: 'char(21)',
	VENDORID: 'char(15)',
	VCHRNMBR: 'char(21)',
	...dates('receiptdate', 'GLPOSTDT', 'MODIFDT'),
	SUBTOTAL: MONEY,
};
const RECEIPT_LINE = {
	POPRCTNM: 'char(17)',
	RCPTLNNM: 'int',
	PONUMBER: 'char(17)',
	ITEMDESC: 'char(101)',
	INVINDX: 'int',
	PURPVIDX: 'int',
	...money('UNITCOST', 'EXTDCOST'),
	...JOB,
};

export const SQL_TABLES: Record<string, SqlTable> = {
	PM00200: {
		columns: {
			VENDORID: 'char(15)',
			VENDNAME: 'char(65)',
			VNDCHKNM: 'char(65)',
			VENDSHNM: 'char(15)',
			VNDCLSID: 'char(11)',
			VENDSTTS: 'smallint',
			HOLD: 'tinyint',
			VADDCDPR: 'char(15)',
			VADCDTRO: 'char(15)',
			...ADDRESS,
			TXIDNMBR: 'char(11)',
			PYMTRMID: 'char(21)',
			CURNCYID: 'char(15)',
			...dates('MODIFDT', 'CREATDDT', 'DEX_ROW_TS'),
		},
		key: ['VENDORID'],
	},
	PM00300: {
		columns: { VENDORID: 'char(15)', ADRSCODE: 'char(15)', ...ADDRESS, DEX_ROW_TS: 'datetime' },
		key: ['VENDORID', 'ADRSCODE'],
	},
	SY01200: {
		columns: {
			Master_Type: 'char(3)',
			Master_ID: 'char(31)',
			ADRSCODE: 'char(15)',
			INET1: 'char(201)',
			INET2: 'char(201)',
			EmailToAddress: 'text',
			DEX_ROW_TS: 'datetime',
		},
		key: ['Master_Type', 'Master_ID', 'ADRSCODE'],
	},
	GL00100: {
		columns: {
			ACTINDX: 'int',
			ACTNUMBR_1: 'char(9)',
			ACTNUMBR_2: 'char(9)',
			ACTNUMBR_3: 'char(9)',
			ACTALIAS: 'char(21)',
			ACTDESCR: 'char(51)',
			...Object.fromEntries(
				['ACCTTYPE', 'PSTNGTYP', 'ACCATNUM', 'TPCLBLNC'].map((name) => [name, 'smallint']),
			),
			...flags('ACTIVE', 'ACCTENTR'),
			...dates('CREATDDT', 'MODIFDT', 'DEX_ROW_TS'),
		},
		key: ['ACTINDX'],
	},
	GL00102: { columns: { ACCATNUM: 'smallint', ACCATDSC: 'char(51)' }, key: ['ACCATNUM'] },
	GL00105: {
		columns: { ACTINDX: 'int', ACTNUMST: 'char(129)' },
		key: ['ACTINDX'],
		indexes: ['ACTNUMST'],
	},
	PM10000: {
		columns: {
			...HEADER,
			VCHNUMWK: 'char(17)',
			VCHRNMBR: 'char(21)',
			ICDISTS: 'tinyint',
			VADDCDPR: 'char(15)',
		},
		key: ['BCHSOURC', 'BACHNUMB', 'VCHNUMWK'],
		indexes: ['VCHNUMWK'],
	},
	PM20000: { columns: POSTED, key: ['DOCTYPE', 'VCHRNMBR'] },
	PM30200: { columns: { ...POSTED, VOIDPDATE: 'datetime' }, key: ['DOCTYPE', 'VCHRNMBR'] },
	PM00400: {
		columns: {
			CNTRLTYP: 'smallint',
			CNTRLNUM: 'char(21)',
			DCSTATUS: 'smallint',
			DOCTYPE: 'smallint',
			VENDORID: 'char(15)',
			DOCNUMBR: 'char(21)',
			DOCDATE: 'datetime',
		},
		key: ['CNTRLTYP', 'CNTRLNUM'],
	},
	PM10100: { columns: { ...DISTRIBUTION, INTERID: 'char(5)' }, key: DISTRIBUTION_KEY },
	PM30600: {
		columns: { ...DISTRIBUTION, DOCTYPE: 'smallint' },
		key: ['DOCTYPE', 'TRXSORCE', ...DISTRIBUTION_KEY],
		indexes: ['VCHRNMBR'],
	},
	PM10500: { columns: TAX, key: ['VCHRNMBR', 'TRXSORCE', 'TAXDTLID', 'ACTINDX'] },
	PM30700: { columns: TAX, key: ['DEX_ROW_ID'], indexes: ['VCHRNMBR'] },
	PM10200: { columns: APPLIED, key: APPLIED_KEY },
	PM30300: { columns: APPLIED, key: APPLIED_KEY },
	POP10100: { columns: ORDER, key: ['PONUMBER'] },
	POP30100: { columns: ORDER, key: ['PONUMBER'] },
	POP10110: { columns: ORDER_LINE, key: ['PONUMBER', 'ORD', 'BRKFLD1'] },
	POP30110: { columns: ORDER_LINE, key: ['PONUMBER', 'ORD', 'BRKFLD1'] },
	POP10300: { columns: RECEIPT, key: ['POPRCTNM'] },
	POP30300: {
		columns: { ...RECEIPT, VOIDSTTS: 'smallint' },
		key: ['POPRCTNM'],
		indexes: ['VCHRNMBR'],
	},
	POP10310: { columns: RECEIPT_LINE, key: ['POPRCTNM', 'RCPTLNNM'] },
	POP30310: { columns: RECEIPT_LINE, key: ['POPRCTNM', 'RCPTLNNM'] },
	POP10500: {
		columns: {
			PONUMBER: 'char(17)',
			POLNENUM: 'int',
			POPRCTNM: 'char(17)',
			RCPTLNNM: 'int',
			...money('QTYSHPPD', 'QTYINVCD', 'QTYMATCH', 'QTYREJ', 'OREXTCST'),
			ACPURIDX: 'int',
			INVINDX: 'int',
			DATERECD: 'datetime',
			POPTYPE: 'smallint',
		},
		key: ['POPRCTNM', 'RCPTLNNM', 'PONUMBER', 'POLNENUM'],
	},
	POP10600: {
		columns: {
			POPIVCNO: 'char(17)',
			IVCLINNO: 'int',
			POPRCTNM: 'char(17)',
			RCPTLNNM: 'int',
			LCLINENUMBER: 'int',
			...money('QTYINVCD', 'ORUNTCST', 'RCPTCOST', 'ACPURTOT', 'PPVTotal'),
			PURPVIDX: 'int',
		},
		key: ['POPIVCNO', 'IVCLINNO', 'POPRCTNM', 'RCPTLNNM', 'LCLINENUMBER'],
	},
};

/** What GP puts where nothing was entered. */
export function initialOf(type: string): string {
	if (type === 'datetime') return '1900-01-01';
	return type.startsWith('char') || type === 'text' ? '' : '0';
}

/** CREATE TABLE for PostgreSQL: text compares without case, as GP's collation does. */
export function createTable(name: string, { columns, key, indexes = [] }: SqlTable): string {
	const written = Object.entries(columns).map(([column, type]) => {
		const text = type.startsWith('char') || type === 'text';
		return `${column} ${type}${text ? ' COLLATE gp_ci' : ''} NOT NULL DEFAULT '${initialOf(type)}'`;
	});
	return [
		`CREATE TABLE ${name} (${written.join(', ')}, DEX_ROW_ID int GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (${key.join(', ')}));`,
		...indexes.map((column) => `CREATE INDEX ON ${name} (${column});`),
	].join('\n');
}

/** What SQL Server has and PostgreSQL lacks, as far as sql/gp-views.sql and the reader's statements use it. */
export const DIALECT = `
CREATE COLLATION gp_ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN datetime AS timestamp(3);
CREATE DOMAIN datetime2 AS timestamp(3);
CREATE DOMAIN tinyint AS smallint;
`;
