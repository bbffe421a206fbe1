import type { N8n } from '../api/n8n';
import {
	chooseCredential,
	PAGE_CREDENTIAL,
	PAGE_CREDENTIAL_NAME,
	pageCredentialInUse,
	usingOthers,
	type Choice,
	type CredentialEntry,
} from '../flow/credentials';
import type { InstalledFlow } from '../flow/flow';
import type { InstallOptions } from './ledger';
import * as say from './wording';

interface Chosen {
	choice: Choice;
	/** It was made just now. */
	made?: boolean;
	problem?: string;
	/** It was named, and nodes use another one. */
	unused?: string;
}

/**
 * The credential of a type to fill in. The page's login is made when it is absent: without one no form
 * and no page lets anybody in.
 *
 * @param flows the set as it stands: it may use one already
 */
export async function choose(
	type: string,
	entries: readonly CredentialEntry[],
	{ n8n, options, flows }: { n8n: N8n; options: InstallOptions; flows: readonly InstalledFlow[] },
): Promise<Chosen> {
	const choice = chooseCredential(type, entries, options.credentials[type]);
	const wanted = options.credentials[type] !== undefined;
	if (choice.kind === 'chosen' && wanted) {
		const others = usingOthers(flows, choice.credential, new Set(entries.map(({ id }) => id)));
		return { choice, ...(others.length > 0 && { unused: say.othersStay(others) }) };
	}
	if (type !== PAGE_CREDENTIAL || choice.kind === 'chosen' || wanted) return { choice };
	const inUse = pageCredentialInUse(flows, entries);
	if (inUse) return { choice: { kind: 'chosen', credential: inUse } };
	if (options.dryRun || choice.kind !== 'none') return { choice };
	const login = await options.askPageLogin?.();
	if (!login) return { choice };
	try {
		const credential = await n8n.createCredential(PAGE_CREDENTIAL_NAME, type, login);
		return { choice: { kind: 'chosen', credential }, made: true };
	} catch (error) {
		return { choice, problem: say.failed('The login of the page was not made', error) };
	}
}
