import { DEFAULT_NTLM_POLICY, type NtlmPolicy } from '../ntlm/acceptor';
import { DEFAULT_SOAP_SWITCHES, type SoapSwitches } from '../soap/soap-switches';
import { TABLES } from './odata-tables';

/**
 * Everything about a GP site that no public page settles (see docs of each field), changeable
 * while the stand-in runs. A reader that works for one setting only is a toy.
 */
export interface Switches {
	/** Query language of the SBA lists. `none` ignores every parameter and returns the whole list. */
	dialect: 'none' | 'odata' | 'simple';
	/** Parameter names of the `simple` dialect. */
	simpleNames: { modifiedSince: string; limit: string; offset: string; page: string };
	/** bare list · {"Payload":[…]} · {"Payload":{"Vendors":[…]}} · XML whatever was asked for. */
	envelope: 'bare' | 'payload' | 'nested' | 'xml';
	/** `full`: list rows carry distributions, taxes, addresses. `summary`: SOAP's summary fields only. */
	listDetail: 'full' | 'summary';
	/** `{Key:{Id}}` as in the SOAP service, or one level with SQL-like numbers for enumerations. */
	fieldStyle: 'nested' | 'flat';
	/** WCF's default is to authenticate every request, also on a kept socket. */
	authMode: 'perConnection' | 'perRequest' | 'negotiateOnly' | 'basic' | 'bearer' | 'none';
	/** Offer Basic beside Windows authentication. */
	alsoBasic: boolean;
	bearerToken: string;
	/** Answer to a Type 3 whose Type 1 went over another socket: HTTP.sys was seen with 400. */
	splitHandshakeStatus: 400 | 401;
	/** Answer for a Windows user GP does not know. */
	forbiddenStatus: 401 | 403 | 500;
	ntlm: NtlmPolicy;
	/** MODIFDT (date), DEX_ROW_TS (UTC instant), or nothing. */
	stampMode: 'dateOnly' | 'utcDateTime' | 'absent';
	/** IANA zone in which MODIFDT is a date. */
	companyZone: string;
	/** Written after instants in ISO form: nothing, as Json.NET writes a DateTime without kind, or Z. */
	stampSuffix: '' | 'Z';
	dateFormat: 'iso' | 'wcf';
	/** A JSON number, text with five decimals, or {"Currency":"USD","Value":…}. */
	moneyFormat: 'number' | 'text' | 'object';
	/** Char columns come padded with blanks to their width. */
	trailingBlanks: boolean;
	/** Rows of an SBA list where nobody asked for a number, whatever the dialect; 0 = all. */
	defaultPageSize: number;
	/** `simple` with a name for pages: number of the first one, and what lies beyond the last one. */
	firstPage: 0 | 1;
	beyondLastPage: 'empty' | 'lastPage';
	/** A list ends behind so many rows, in whatever order and pages it is asked for; 0 = it comes whole. */
	cutListsAt: number;
	/** Most rows one list answer holds; 0 = no limit. */
	maxPageSize: number;
	/** The `Dynamics` segment between company and series. */
	productSegment: 'optional' | 'required' | 'refused';
	companyKey: 'displayName' | 'databaseId' | 'either';
	/** Composite key of a payables transaction. */
	keyOrder: 'typeVoucher' | 'voucherType';
	keySeparator: string;
	/** False: this site has no service for that entity (GL accounts are not in the stock list). */
	offers: {
		vendors: boolean;
		accounts: boolean;
		payables: boolean;
		companies: boolean;
		odata: boolean;
		soap: boolean;
	};
	/** The Web Services (SOAP), which speak NTLM whatever SBA offers beside it. */
	soap: SoapSwitches;
	/** SQL tables published through the OData service. */
	publishedTables: string[];
	/**
	 * Whose line a distribution of an intercompany document is: told until GP forgets it with the move
	 * to history (PM30600 has no INTERID), or never. The header's mark stays.
	 */
	intercompanyLines: 'untilHistory' | 'never';
	/** Documents name their vendor in another case than its card, as people who type it do. */
	mixedCaseIds: boolean;
	/** Vendor rows hold what tells a person's identity: GOVINDID, GOVCRPID, BRTHDATE. */
	vendorIdentityColumns: boolean;
	/** Payables have a column `State` that is the state of the vendor's address. */
	documentAddressState: boolean;
	/** Members this site does not have, by name: in list rows (and tables), and in single records. */
	leftOut: { lists: string[]; records: string[] };
	/** OData service: v4 (`value`, `@odata.nextLink`) or v3 (`d.results`, `__next`). */
	odataVersion: 'v4' | 'v3';
	latencyMs: number;
	/** `Connection: close` on every 401, which makes Windows authentication impossible. */
	closeAfterChallenge: boolean;
	/** Close the socket when the Type 3 arrives. */
	dropBetweenLegs: boolean;
}

/**
 * A pleasant site for a person trying it: filters and pages, full rows, WCF's default
 * authentication. Stamps are DEX_ROW_TS instants in UTC, not MODIFDT dates.
 */
export const DEFAULT_SWITCHES: Switches = {
	dialect: 'odata',
	simpleNames: { modifiedSince: 'modifiedSince', limit: 'limit', offset: 'offset', page: '' },
	envelope: 'payload',
	listDetail: 'full',
	fieldStyle: 'nested',
	authMode: 'perRequest',
	alsoBasic: false,
	bearerToken: 'sandbox-bearer-token',
	splitHandshakeStatus: 400,
	forbiddenStatus: 403,
	ntlm: DEFAULT_NTLM_POLICY,
	stampMode: 'utcDateTime',
	companyZone: 'UTC',
	stampSuffix: '',
	dateFormat: 'iso',
	moneyFormat: 'number',
	trailingBlanks: true,
	defaultPageSize: 0,
	firstPage: 1,
	beyondLastPage: 'empty',
	cutListsAt: 0,
	maxPageSize: 1000,
	productSegment: 'optional',
	companyKey: 'displayName',
	keyOrder: 'typeVoucher',
	keySeparator: ';',
	offers: {
		vendors: true,
		accounts: true,
		payables: true,
		companies: true,
		odata: true,
		soap: true,
	},
	soap: DEFAULT_SOAP_SWITCHES,
	publishedTables: Object.keys(TABLES),
	intercompanyLines: 'untilHistory',
	mixedCaseIds: false,
	vendorIdentityColumns: false,
	documentAddressState: false,
	leftOut: { lists: [], records: [] },
	odataVersion: 'v4',
	latencyMs: 0,
	closeAfterChallenge: false,
	dropBetweenLegs: false,
};

export type SwitchChange = Partial<
	Omit<Switches, 'simpleNames' | 'ntlm' | 'offers' | 'soap' | 'leftOut'>
> & {
	leftOut?: Partial<Switches['leftOut']>;
	simpleNames?: Partial<Switches['simpleNames']>;
	ntlm?: Partial<NtlmPolicy>;
	offers?: Partial<Switches['offers']>;
	soap?: Partial<SoapSwitches>;
};

const CHOICES: { [Name in keyof Switches]?: ReadonlyArray<Switches[Name]> } = {
	dialect: ['none', 'odata', 'simple'],
	envelope: ['bare', 'payload', 'nested', 'xml'],
	listDetail: ['full', 'summary'],
	fieldStyle: ['nested', 'flat'],
	authMode: ['perConnection', 'perRequest', 'negotiateOnly', 'basic', 'bearer', 'none'],
	splitHandshakeStatus: [400, 401],
	forbiddenStatus: [401, 403, 500],
	stampMode: ['dateOnly', 'utcDateTime', 'absent'],
	stampSuffix: ['', 'Z'],
	dateFormat: ['iso', 'wcf'],
	moneyFormat: ['number', 'text', 'object'],
	productSegment: ['optional', 'required', 'refused'],
	companyKey: ['displayName', 'databaseId', 'either'],
	keyOrder: ['typeVoucher', 'voucherType'],
	odataVersion: ['v4', 'v3'],
	intercompanyLines: ['untilHistory', 'never'],
	firstPage: [0, 1],
	beyondLastPage: ['empty', 'lastPage'],
};

/** Switches after a change. Throws on a name or value it does not know, so that no test switches nothing. */
export function changeSwitches(before: Switches, change: SwitchChange): Switches {
	const after = structuredClone(before) as unknown as Record<string, unknown>;
	for (const [name, value] of Object.entries(change)) {
		if (!(name in after)) throw new Error(`there is no switch "${name}"`);
		const choices = CHOICES[name as keyof Switches] as readonly unknown[] | undefined;
		if (choices && !choices.includes(value)) {
			throw new Error(`"${name}" is one of ${choices.join(', ')}; not "${String(value)}"`);
		}
		const current = after[name];
		if (name === 'publishedTables') {
			const unknown = (value as string[]).find((table) => !(table in TABLES));
			if (unknown) throw new Error(`there is no table "${unknown}"`);
			after[name] = [...(value as string[])];
		} else if (typeof current === 'object' && current !== null) {
			for (const inner of Object.keys(value as object)) {
				if (!(inner in current)) throw new Error(`there is no switch "${name}.${inner}"`);
			}
			Object.assign(current, value);
		} else if (typeof current !== typeof value) {
			throw new Error(`"${name}" is a ${typeof current}`);
		} else {
			after[name] = value;
		}
	}
	return after as unknown as Switches;
}
