import { ConnectorError } from '../../model/connector-error';

/** This Node process may not compute a digest that NTLM is defined with. */
export class CryptographyUnavailableError extends ConnectorError {
	readonly code = 'cryptography-unavailable';
	readonly scope = 'configuration';

	constructor(digest: string, cause: unknown) {
		super(`Windows authentication needs ${digest}, which this n8n's Node.js refuses to compute`, {
			remedy:
				'n8n most likely runs in FIPS mode, which forbids NTLM. Run n8n without FIPS mode, or choose Basic over https or an access token in the "Dynamics GP API" credential.',
			digest,
			systemCode: (cause as { code?: string } | undefined)?.code,
		});
	}
}
