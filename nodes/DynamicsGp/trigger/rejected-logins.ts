import { NodeApiError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { ConnectorError } from '../../../lib/base/connector-error';
import { contentHash } from '../../../lib/base/content-hash';

/** Windows usually forgets failed attempts after 30 minutes; some sites lock after three. */
const REST_MS = 30 * 60_000;

/** By fingerprint of the credential, in memory only. */
const rejected = new Map<string, { until: number; message: string }>();

/**
 * A trigger that polls every minute would lock the account of a changed password within minutes.
 * So a login that was refused rests before polls try it again, in this process, for as long as the
 * credential stays the same.
 */
export function refuseWhileResting(
	node: INode,
	credential: ICredentialDataDecryptedObject,
	now: number,
): void {
	const entry = rejected.get(contentHash(credential));
	if (!entry || entry.until <= now) return;
	const minutes = Math.ceil((entry.until - now) / 60_000);
	throw new NodeApiError(
		node,
		{},
		{
			message: `${entry.message} (earlier; not tried again for ${minutes} minutes, so that the account is not locked)`,
			description:
				'Correct the "Dynamics GP API" credential. If the account was put right in Windows instead, use "Fetch Test Event" of this node, which tries at once.',
			httpCode: '401',
		},
	);
}

/** `error`: how a use of GP ended, null when well. Only a success or a refused login says anything. */
export function noteLogin(
	credential: ICredentialDataDecryptedObject,
	error: unknown,
	now: number,
): void {
	const key = contentHash(credential);
	if (error === null) rejected.delete(key);
	else if (error instanceof ConnectorError && error.details.httpStatus === 401) {
		rejected.set(key, { until: now + REST_MS, message: error.message });
	}
}
