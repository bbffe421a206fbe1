import { describeTask, GpError, quoteExcerpt, type GpErrorContext } from './gp-error';

function said(context: GpErrorContext): string {
	return context.serverMessage ? ` GP says: ${context.serverMessage}` : '';
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

/** 403: logged in to Windows, not allowed in GP. */
export class GpUserNotAllowed extends GpError {
	readonly code = 'GP_USER_NOT_ALLOWED';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} GP did not allow this user (status ${context.httpStatus}).${said(context)}`,
			'In GP: User Setup → map the Windows account to a GP user; User Access → give that user this company; Security Task Setup → grant the service operations of this entity to one of its roles.',
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

/** 404 or 405 for a resource: this site does not offer it under this path. */
export class GpResourceNotOffered extends GpError {
	readonly code = 'GP_RESOURCE_NOT_OFFERED';
	readonly scope = 'configuration';

	constructor(context: GpErrorContext) {
		super(
			`While ${describeTask(context)} GP answered that it offers nothing at ${context.address} (status ${context.httpStatus}).${said(context)}`,
			'Run "Discover" of the Dynamics GP node to see what this site offers, and set the path of this entity in the site profile. GL accounts are not among the stock services: they need a custom service or the GP OData service.',
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
