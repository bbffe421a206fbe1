import type { SeedOptions } from './state/default-seed';

/**
 * Where Procore's own documents say nothing, or contradict each other, the stand-in has a switch
 * instead of an opinion. All of them may be changed while it runs (PATCH /admin/switches).
 */
export interface Switches {
	/** Seconds an access token lives. Procore: 5400. */
	tokenTtlSeconds: number;
	/** Status of a refresh token used twice (Doorkeeper, which Procore's OAuth looks like, uses both). */
	refreshTokenReuseStatus: 400 | 401;
	/** Errors of /oauth as JSON, or as the HTML page a proxy would send. */
	oauthErrorBody: 'json' | 'html';
	/** Consent page answers by itself, for runs without a browser. */
	autoConsent: boolean;

	/** What a call without Procore-Company-Id gets. */
	missingHeader: '404' | '400' | 'allow';
	/** False: the app was disconnected from the company; every call is 403. */
	appConnected: boolean;
	/** Project ids or numbers the service account may see; null means all. */
	permittedProjects: Array<number | string> | null;
	/** Project ids or numbers whose Direct Costs tool is switched off. */
	toolDisabledProjects: Array<number | string>;

	/** The two windows; null switches one off. */
	hourlyLimit: RateWindow | null;
	spikeLimit: RateWindow | null;
	rateLimitScope: 'app' | 'token';
	retryAfterOn429: boolean;
	/** Milliseconds every API answer takes. */
	latencyMs: number;

	/** `per_page` when the caller names none. */
	defaultPerPage: number;
	/** Answer to a sync of more than 1,000 rows. */
	tooManyRowsStatus: 413 | 400;
	/** Sync calls with more rows than this run into a gateway timeout. */
	slowBatch: { moreRowsThan: number; status: 408 | 502 | 504 } | null;
	/** Order of `entities` in sync answers; Procore promises none. */
	entityOrder: 'given' | 'reversed';

	/** Direct cost headers and requisitions with an origin id refuse changes through the API too. */
	lockOnOriginId: boolean;
	/** Vendor sync recognises an inactive vendor by its origin id. */
	syncMatchesInactiveVendor: boolean;
	/** Sync onto an origin id whose direct cost a user has deleted. */
	syncOnSoftDeleted: 'create' | 'error';
	/** A cost code batch may name a parent that the same batch creates. */
	parentOriginIdSameBatch: boolean;
	/** A direct cost needs its vendor in the project's directory. */
	requireVendorInProject: boolean;
	/** A code without a parent may carry costs. */
	rootCodesSelectable: boolean;
	/** A code with codes below it may carry costs. */
	divisionsSelectable: boolean;
	/** Inactive cost codes still appear in the list of cost codes. */
	listInactiveCostCodes: boolean;
	/**
	 * Direct costs and subcontractor invoices with a greater id are in no list yet (eventual consistency); `shown`:
	 * by their id they are.
	 */
	lagging: { above: number; shown: boolean } | null;
	/** A subcontractor invoice needs an approved commitment, an open billing period to itself, and amounts above zero. */
	strictInvoicing: boolean;
	/** The list of a project's cost codes holds those of its sub jobs, too. */
	subJobCodes: boolean;
	/** Milliseconds a write holds its direct costs; a second write to one of them meanwhile is 409. */
	directCostLockMs: number;
}

export interface RateWindow {
	limit: number;
	seconds: number;
}

export const defaultSwitches: Switches = {
	tokenTtlSeconds: 5400,
	refreshTokenReuseStatus: 401,
	oauthErrorBody: 'json',
	autoConsent: false,
	missingHeader: '404',
	appConnected: true,
	permittedProjects: null,
	toolDisabledProjects: [],
	hourlyLimit: { limit: 3600, seconds: 3600 },
	spikeLimit: { limit: 25, seconds: 10 },
	rateLimitScope: 'app',
	retryAfterOn429: false,
	latencyMs: 0,
	defaultPerPage: 100,
	tooManyRowsStatus: 413,
	slowBatch: null,
	entityOrder: 'given',
	lockOnOriginId: false,
	syncMatchesInactiveVendor: true,
	syncOnSoftDeleted: 'create',
	parentOriginIdSameBatch: false,
	requireVendorInProject: false,
	rootCodesSelectable: true,
	divisionsSelectable: false,
	listInactiveCostCodes: true,
	lagging: null,
	strictInvoicing: false,
	subJobCodes: false,
	directCostLockMs: 0,
};

/** One request and its answer, as handed to `onExchange` (contract checks hook in here). */
export interface Exchange {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	/** Lower-case names; Authorization left out. */
	headers: Record<string, string>;
	requestBody: unknown;
	status: number;
	responseBody: unknown;
	responseHeaders: Record<string, string>;
	/** The answer came from a fault rule, not from a route. */
	injected: boolean;
}

export interface OAuthClient {
	clientId: string;
	clientSecret: string;
	/** Allowed exactly; loopback addresses are always allowed. */
	redirectUris?: string[];
}

export interface ProcoreStandInOptions {
	/** Port of the login and API origin; 0 or absent picks a free one. */
	port?: number;
	/** Port of the admin API and page; 0 or absent picks a free one. */
	adminPort?: number;
	clients?: OAuthClient[];
	switches?: Partial<Switches>;
	seed?: SeedOptions;
	/** Journal of every committed write; the state survives a kill -9 when given. */
	stateFile?: string;
	/** Milliseconds since the epoch; tests hand in their own. */
	now?: () => number;
	sleep?: (milliseconds: number) => Promise<void>;
	onExchange?: (exchange: Exchange) => void;
	/** OpenAPI file each exchange is checked against; see `violations()` and GET /admin/violations. */
	specification?: string;
}

export const defaultClient: OAuthClient = {
	clientId: 'sandbox-client-id',
	clientSecret: 'sandbox-client-secret',
};
