import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

import { NodeApiError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';

import { ConnectorError } from '../../../lib/model/connector-error';

/** What of the credential decides whether a login is taken; a change of any is another login. */
const LOGIN_FIELDS = [
	'serviceAddress',
	'authentication',
	'domain',
	'user',
	'password',
	'token',
	'allowBasic',
];
/** Refused logins remembered in one workflow; the oldest goes first. */
const MOST_STORED = 5;
const STORED = 'refusedGpLogins';

/** Fingerprints are worth nothing outside this process. */
const processKey = randomBytes(32);
/** Refused in this process, and those that were taken since: by fingerprint. */
const refused = new Map<string, string>();
const taken = new Set<string>();

interface StoredLogin {
	salt: string;
	/** Slow salted hash: a table or a backup must not help to guess the password. */
	hash: string;
	message: string;
}

/**
 * A login that was refused is not tried again by schedule, until the credential changes or a person
 * starts a run: a few tries lock a Windows account. Remembered in this process for every workflow,
 * and in the static data of the workflow, which n8n keeps over restarts.
 *
 * @param stored static data of the workflow
 * @throws NodeApiError when the login was refused before
 */
export function refuseRemembered(
	node: INode,
	credential: ICredentialDataDecryptedObject,
	stored: IDataObject,
): void {
	const id = fingerprint(credential);
	if (taken.has(id)) return;
	const message = refused.get(id) ?? storedLogin(credential, stored)?.message;
	if (message === undefined) return;
	throw new NodeApiError(
		node,
		{},
		{
			message: `${message} (earlier; not tried again by schedule, so that the account is not locked)`,
			description:
				'Correct the "Dynamics GP API" credential: the next run then tries it. If the account was put right in Windows instead, run the workflow once by hand or by its form, or press "Fetch Test Event" of the trigger: that tries at once.',
			httpCode: '401',
		},
	);
}

/** `error`: how a use of GP ended, null when well. Only a success or a refused login says anything. */
export function noteLogin(
	credential: ICredentialDataDecryptedObject,
	error: unknown,
	stored: IDataObject,
): void {
	const id = fingerprint(credential);
	if (error === null) {
		taken.add(id);
		refused.delete(id);
		const known = storedLogin(credential, stored);
		if (known) stored[STORED] = listOf(stored).filter((one) => one !== known) as never;
		return;
	}
	if (!(error instanceof ConnectorError) || error.details.httpStatus !== 401) return;
	taken.delete(id);
	refused.set(id, error.message);
	if (storedLogin(credential, stored)) return;
	const salt = randomBytes(16).toString('hex');
	const entry: StoredLogin = {
		salt,
		hash: slowHash(credential, salt).toString('hex'),
		message: error.message,
	};
	stored[STORED] = [...listOf(stored), entry].slice(-MOST_STORED) as never;
}

/** For tests: what this process remembers is gone, as after a restart. */
export function forgetLogins(): void {
	refused.clear();
	taken.clear();
}

function storedLogin(
	credential: ICredentialDataDecryptedObject,
	stored: IDataObject,
): StoredLogin | undefined {
	return listOf(stored).find(({ salt, hash }) => {
		const known = Buffer.from(String(hash), 'hex');
		const own = slowHash(credential, String(salt));
		return known.length === own.length && timingSafeEqual(known, own);
	});
}

function listOf(stored: IDataObject): StoredLogin[] {
	const list = stored[STORED];
	return Array.isArray(list) ? (list as unknown as StoredLogin[]) : [];
}

function fingerprint(credential: ICredentialDataDecryptedObject): string {
	return createHmac('sha256', processKey).update(loginOf(credential)).digest('hex');
}

function slowHash(credential: ICredentialDataDecryptedObject, salt: string): Buffer {
	return scryptSync(loginOf(credential), salt, 32);
}

function loginOf(credential: ICredentialDataDecryptedObject): string {
	return JSON.stringify(LOGIN_FIELDS.map((name) => credential[name] ?? null));
}
