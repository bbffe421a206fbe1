import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { ConnectorError } from '../../../lib/model/connector-error';
import { connectTo } from '../transport/gp-connection';

/**
 * Logs in once and asks for the company; somebody waits, so nothing is tried again. Says which part is wrong: address, TLS, login, the user's
 * rights in GP, or the company.
 */
export async function dynamicsGpApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		const connection = connectTo(credential.data ?? {}, {}, { retries: 0 });
		try {
			await connection.client.probe();
		} finally {
			connection.close();
		}
		return { status: 'OK', message: 'Connected to Dynamics GP' };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const remedy = error instanceof ConnectorError ? ` ${error.remedy}` : '';
		return { status: 'Error', message: `${message.replace(/([^.!?])$/, '$1.')}${remedy}` };
	}
}
