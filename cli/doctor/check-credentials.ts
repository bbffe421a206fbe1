import { CREDENTIAL_TITLES, count } from '../install/wording';
import { readFault } from '../../lib/model/connector-error';
import { endedBadly, wentThrough } from '../../lib/model/outcome';
import { PAGE_CREDENTIAL } from '../flow/credentials';
import type { CredentialTest, Facts } from './facts';
import { attention, broken, ok, type Finding } from './findings';

/** What the Test buttons say, and nodes without a credential. */
export function checkCredentials(facts: Facts): Finding[] {
	return facts.tests.map((test) => checkOne(test, facts));
}

function checkOne(
	{ type, credential, wanted, nodes, isCopy, result, untested }: CredentialTest,
	facts: Facts,
): Finding {
	const { title } = CREDENTIAL_TITLES[type];
	const where = nodes.length > 1 ? `${nodes[0]} and ${nodes.length - 1} more` : nodes[0];
	if (credential === null) {
		const problem = wanted
			? `${count(nodes.length, 'node')} (${where}) use a credential that does not exist or is not shared with the owner of the key`
			: `${count(nodes.length, 'node')} (${where}) have none`;
		const remedy =
			type === PAGE_CREDENTIAL
				? 'Create a Basic Auth credential (user and password for the page) and choose it in the node.'
				: isCopy
					? 'Choose the credential of its company in each of these nodes: install does not know which one that is.'
					: 'Create it in n8n (Credentials → Create), then run install: it fills it in everywhere.';
		return (type === PAGE_CREDENTIAL ? attention : broken)(`Credential ${title}`, problem, remedy);
	}
	const area = `Credential "${credential.name}"`;
	if (untested !== undefined)
		return attention(
			area,
			`could not be tested: ${untested}`,
			'Open the credential in n8n and save it: n8n tests it then and says why.',
		);
	if (result === undefined) return ok(area, `${title}, chosen in ${count(nodes.length, 'node')}`);
	if (result.status === 'OK') return ok(area, result.message);
	// n8n has no test of its own for OAuth2: it only looks whether a token was fetched already.
	if (/not connected to an account|OAuth credentials not connected/i.test(result.message))
		return byTheLastRun(area, facts);
	// No Test button can call another workflow; whether that one is there and published has a row of its own.
	if (/gives the rows of GP cannot be called: it is called by a node/i.test(result.message))
		return attention(
			area,
			'reads rows of another workflow, which no Test button can call',
			'Run the operation Survey of a Dynamics GP node once: it calls that workflow.',
		);
	return broken(
		area,
		result.message,
		'Open the credential in n8n, mend it and save it: n8n tests it then.',
	);
}

/** Of a login that n8n does not try, the last run of the sync knows whether Procore took it. */
function byTheLastRun(area: string, { lastFailure, rows }: Facts): Finding {
	const last = rows.gpp_run?.[0];
	const failed = last !== undefined && endedBadly({ ...last, status: String(last.status) });
	const why = lastFailure ?? (failed ? String(last.error ?? '') : '');
	if (REFUSED_BY_PROCORE.test(readFault(why).message))
		return broken(
			area,
			`the last run was refused by Procore: ${why}`,
			'Compare client ID, client secret and environment in the credential with the app in Procore, save it, and press Run now in the sync workflow.',
		);
	const run = rows.gpp_run?.find((row) => wentThrough({ ...row, status: String(row.status) }));
	if (run) return ok(area, `the run of ${run.started_at} wrote with it`);
	return attention(
		area,
		'not used yet, so nobody knows whether Procore accepts it',
		'With client credentials n8n fetches a token on the first run; with a user login press Connect in the credential.',
	);
}

/** How a run says that the login server or the API of Procore did not take the credential. */
const REFUSED_BY_PROCORE =
	/^(?=.*procore)(?=.*(\b401\b|log ?in|credential|secret|token|authori[sz]))/is;
