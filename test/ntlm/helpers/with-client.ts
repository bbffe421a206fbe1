import { ConnectorError } from '../../../lib/model/connector-error';
import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../../lib/ntlm/windows-http-client';
import { ACCOUNT } from './ntlm-server';

export type ClientOptions = Partial<Parameters<typeof createWindowsHttpClient>[0]>;

/** A client with the test account that is closed when the use of it is over. */
export async function withClient<T>(
	options: ClientOptions,
	use: (client: WindowsHttpClient) => Promise<T>,
): Promise<T> {
	const client = createWindowsHttpClient({
		authentication: { kind: 'windows', ...ACCOUNT },
		...options,
	});
	try {
		return await use(client);
	} finally {
		client.close();
	}
}

/** The typed error a promise must end with. */
export async function failureOf(promise: Promise<unknown>): Promise<ConnectorError> {
	const error = await promise.then(
		(value) => new Error(`no error came, but ${JSON.stringify(value)}`),
		(reason: unknown) => reason,
	);
	if (!(error instanceof ConnectorError)) throw error;
	return error;
}
