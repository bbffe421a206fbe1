import { ConnectorError } from '../../model/connector-error';

/** Following the redirect would have carried the login elsewhere. */
export class RedirectRefusedError extends ConnectorError {
	readonly code = 'redirect-refused';
	readonly scope = 'configuration';

	constructor(address: string, target: string, reason: string, httpStatus: number) {
		super(`${address} redirects to ${target}; not followed because ${reason}`, {
			remedy: `If ${target} is where the Dynamics GP service really is, put that address into the "Dynamics GP API" credential. Otherwise tell the administrator of the server: a login must not be sent on to another machine.`,
			address,
			target,
			httpStatus,
		});
	}
}
