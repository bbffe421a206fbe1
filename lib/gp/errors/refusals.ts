import { describeTask, GpError, type GpErrorContext, quoteExcerpt } from './gp-error';

function said(context: GpErrorContext): string {
	return context.serverMessage ? ` GP says: ${context.serverMessage}` : '';
}

/** GP's table at an address, as its OData service publishes them; null for any other resource. */
function tableAt(address: string | undefined): string | null {
	return /\/([A-Z]{2,3}\d{5})(?:[(?]|$)/.exec(address ?? '')?.[1] ?? null;
}

/** 401 that reached us: the transport could not log in, and must not try again. */
export class GpLoginRefused extends GpError {
	readonly code = 'GP_LOGIN_REFUSED';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} GP refused the Windows login (status 401).`,
			'Check domain, user and password of the Dynamics GP credential, and that the account is neither locked nor expired. It is not tried again by itself, so that the account is not locked out.',
			context,
		);
	}
}

function mayRead(table: string | null): string {
	return table
		? `then grant it a security role that begins with OD_ and may read table ${table} of the OData service`
		: 'Security Task Setup → grant the service operations of this entity to one of its roles';
}

/** 403: logged in to Windows, not allowed in GP. */
export class GpUserNotAllowed extends GpError {
	readonly code = 'GP_USER_NOT_ALLOWED';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} GP did not allow this user (status ${context.httpStatus}).${said(context)}`,
			`In GP: User Setup → map the Windows account to a GP user; User Access → give that user this company; ${mayRead(tableAt(context.address))}.`,
			context,
		);
	}
}

/** The address works, the company in it does not. */
export class GpCompanyUnknown extends GpError {
	readonly code = 'GP_COMPANY_UNKNOWN';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext, company: string, companies: string[] | null) {
		super(
			`GP does not know a company "${company}" at ${context.address}.` +
				(companies?.length ? ` It has: ${companies.join(' · ')}.` : ''),
			'Enter the company name exactly as the company list at GP login shows it, for instance "Fabrikam, Inc.": not the database id, unless your site is set up that way (site profile: companySegment).',
			context,
			{ company, companies },
		);
	}
}

/** Something answers, but it is no GP service, or the tenant is another. */
export class GpServiceNotFound extends GpError {
	readonly code = 'GP_SERVICE_NOT_FOUND';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext, tenant: string) {
		super(
			`A web server answers at ${context.address}, but there is no GP service for tenant "${tenant}" there.${quoteExcerpt(context)}`,
			'Check service address (scheme, host, port; no path) and tenant ("DefaultTenant" on most installations): https://your-server/GPService/Tenants(DefaultTenant)/help must open in a browser.',
			context,
			{ tenant },
		);
	}
}

const NO_ACCOUNTS =
	' GL accounts are not among the stock services: they need a custom service or the GP OData service. Where this site has neither, say so in the site profile: {"entities": {"account": {"lists": []}}}. Vendors and payables then go without them, and cost codes have to be in Procore.';

/** 404 or 405 for a resource: this site does not offer it under this path. */
export class GpResourceNotOffered extends GpError {
	readonly code = 'GP_RESOURCE_NOT_OFFERED';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext) {
		const table = tableAt(context.address);
		const publish = table
			? `Publish table ${table} for this company in the OData configuration of GP. Or run`
			: 'Run';
		super(
			`While ${describeTask(context)} GP answered that it offers nothing at ${context.address} (status ${context.httpStatus}).${said(context)}`,
			`${publish} "Discover" of the Dynamics GP node to see what this site offers, and set the path of this entity in the site profile.${context.entity === 'account' ? NO_ACCOUNTS : ''}`,
			context,
		);
	}
}

/** The resource exists, the record does not. */
export class GpRecordNotFound extends GpError {
	readonly code = 'GP_RECORD_NOT_FOUND';
	readonly scope = 'record';

	constructor(context: GpErrorContext) {
		super(
			`GP has no ${context.entity === 'payable' ? 'payables document' : context.entity === 'account' ? 'GL account' : 'vendor'} with the key ${context.key}.`,
			'Check the key. A payables document is addressed as document type number and voucher, for instance "1;00000000000000417"; it disappears from GP when it is deleted, or voided for a vendor without history.',
			context,
		);
	}
}

/** GP understood and declined: a Dexterity business error, or a parameter it does not accept. */
export class GpBusinessError extends GpError {
	readonly code = 'GP_BUSINESS_ERROR';
	readonly scope = 'record';

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} GP answered with an error (status ${context.httpStatus}): ${context.serverMessage ?? context.excerpt ?? 'no explanation'}`,
			'Read what GP says. If the query parameters are not accepted, set query.dialect to "none" in the site profile; otherwise look at the GP service log for the same minute.',
			context,
		);
	}
}

/** A verb or address the reader will not use. */
export class GpRequestRefused extends GpError {
	readonly code = 'GP_REQUEST_REFUSED';
	readonly scope = 'configuration';

	constructor(why: string, context: GpErrorContext = {}) {
		super(
			`This request was not sent: ${why}.`,
			'Give a path of the GP service itself, to be read with GET. This package never writes to GP.',
			context,
		);
	}
}

/** Longest wait a GP server or a proxy before it may ask for; a restart takes no longer. */
export const LONGEST_RETRY_AFTER_MS = 300_000;

/** 408, 429, 502, 503, 504: the service is stopped, starting, or too busy. */
export class GpServiceUnavailable extends GpError {
	readonly code = 'GP_SERVICE_UNAVAILABLE';
	readonly scope = 'transport';
	override readonly retryable = true;

	/** @param retryAfterMs what the header Retry-After asked for */
	constructor(context: GpErrorContext, attempts: number, retryAfterMs: number | null = null) {
		const tooLong =
			retryAfterMs !== null && retryAfterMs > LONGEST_RETRY_AFTER_MS
				? ` Its header Retry-After asks to wait ${Math.round(retryAfterMs / 1000)} seconds, which is longer than a run waits.`
				: '';
		super(
			`While ${describeTask(context)} the GP service was not available (status ${context.httpStatus}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}).${tooLong}`,
			'After a restart of the server "GPService" and "GP Session Central Service" often have to be started by hand (Windows: Services). Then retry the execution; nothing is lost.',
			context,
			{ attempts, ...(tooLong ? { header: 'Retry-After', retryAfterMs } : {}) },
		);
	}
}

/** No connection: refused, reset, name unknown, TLS. */
export class GpUnreachable extends GpError {
	readonly code = 'GP_UNREACHABLE';
	readonly scope = 'transport';
	override readonly retryable: boolean;

	constructor(context: GpErrorContext, reason: UnreachableReason, attempts: number) {
		const [what, remedy] = UNREACHABLE_TEXTS[reason];
		super(`While ${describeTask(context)}: ${what}.`, remedy, context, { reason, attempts });
		this.retryable = reason === 'refused' || reason === 'broken';
	}
}

export type UnreachableReason = 'name' | 'refused' | 'tls' | 'broken';

const UNREACHABLE_TEXTS: Record<UnreachableReason, [what: string, remedy: string]> = {
	name: [
		'the name of the GP server could not be found',
		'Check the host name in the service address, and that this server uses a DNS that knows it (inside names need the company DNS or a VPN).',
	],
	refused: [
		'the GP server refused the connection',
		'Start the "GPService" Windows service, check the port in the service address and the firewall between the two servers. Then retry the execution; nothing is lost.',
	],
	tls: [
		'the certificate of the GP server was not accepted',
		'Paste the certificate (or that of the authority which issued it) into the credential, and use the host name for which it was issued.',
	],
	broken: [
		'the connection broke before the answer was complete',
		'Retry the execution; nothing is lost. If it stays, look for a proxy or firewall that cuts long answers.',
	],
};

/** No answer within the time allowed. GP itself never cuts off a request by default. */
export class GpTimeout extends GpError {
	readonly code = 'GP_TIMEOUT';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, timeoutMs: number) {
		super(
			`While ${describeTask(context)} no answer came within ${Math.round(timeoutMs / 1000)} seconds.`,
			'The first call after a quiet time is slow because GP starts a runtime for it: retry. Otherwise raise the timeout (up to 600 seconds) or lower query.pageSize in the site profile.',
			context,
			{ timeoutMs },
		);
	}
}

/** Too many failures in a row: the server is left alone for a while. */
export class GpCircuitOpen extends GpError {
	readonly code = 'GP_CIRCUIT_OPEN';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, failures: number, until: Date) {
		super(
			`While ${describeTask(context)}: not asked, because the last ${failures} requests to this server failed. It is left alone until ${until.toISOString()}.`,
			'Bring the GP service back, then retry the execution; nothing is lost.',
			context,
			{ failures, until: until.toISOString() },
		);
	}
}

/** Rows moved so much while the list was paged that no complete reading came about. */
export class GpListUnstable extends GpError {
	readonly code = 'GP_LIST_UNSTABLE';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, why: string) {
		super(
			`While ${describeTask(context)} the list kept changing under the reader: ${why}.`,
			'Run again at a quieter time, raise query.pageSize, or name a column that never changes as orderBy of this entity in the site profile.',
			context,
		);
	}
}

/**
 * The result, or why GP did not give it: a site may offer no vendors or no accounts.
 *
 * @throws GpLoginRefused, GpUserNotAllowed, and whatever is no fault of GP's
 */
export async function orWhyNot<Result>(
	read: () => Promise<Result>,
): Promise<Result | { failed: string }> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof GpError)) throw error;
		if (error instanceof GpLoginRefused || error instanceof GpUserNotAllowed) throw error;
		return { failed: error.message.replace(/\.$/, '') };
	}
}
