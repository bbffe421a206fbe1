import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { adminCall } from '../../../sandbox/start/admin-call';
import type { Session } from '../../../sandbox/start/session';
import { openSession } from '../support';
import { secret, taxIdSecret, windowsSecret, type Secret } from './secrets';
import { startTap, type Tap } from './tap';

const GP_PASSWORD = 'C4nary-Gp-Pa55word-Sings';
/** What somebody types who got it nearly right: as secret as the right one. */
export const WRONG_GP_PASSWORD = 'C4nary-Gp-Wr0ng-Sings';
export const WRONG_CLIENT_SECRET = 'C4nary-Client-Wr0ng-Sings';
export const PAGE_LOGIN = { user: 'c4n-visitor', password: 'C4nary-Page-Pa55word-Sings' };
/** Stands in n8n's environment, where an expression that was typed into GP would find it. */
const ENVIRONMENT = 'C4nary-Environment-Sings';
const TAX_ID_KEY = 'C4nary matching phrase that sings';
/** n8n itself keeps this one in clear text, in a table of its own. */
export const API_KEY = "n8n's API key";
/** Of GP's vendors; the last one stands in Procore, too. */
export const TAX_IDS = ['97-5310864', '864-20-9753', '753186429', '86-4201357'];

/** A real n8n whose every secret is a canary, with a tap on both lines and a chat that takes alerts. */
export interface World {
	session: Session;
	gpLine: Tap;
	procoreLine: Tap;
	/** Bodies of everything posted to the chat. */
	messages: string[];
	/** Known by now; tokens are added as they are issued. */
	secrets: Secret[];
	/** Notes the tokens Procore has issued; returns the latest access token. */
	noteTokens(): string;
	end(): Promise<void>;
}

export async function openWorld(): Promise<World> {
	process.env.GP_SANDBOX_PASSWORD = GP_PASSWORD;
	const { session, end } = await openSession({
		...{ vendors: 10, documents: 12, publish: true },
		procoreSwitches: { autoConsent: true },
		// As talkative as n8n gets, to paper as well.
		n8nEnvironment: {
			...{ N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console,file' },
			// What is not to be kept is marked at once, and by default removed within a quarter of an hour.
			EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: '0.02',
			...{ C4NARY: ENVIRONMENT, N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false' },
		},
	});
	delete process.env.GP_SANDBOX_PASSWORD;
	const [gpLine, procoreLine] = [
		await startTap(session.gp.url),
		await startTap(session.procore.url),
	];
	const { workflows, client } = session.n8n;
	const { gp, procore, page } = session.credentials;
	session.credentials.gp = await workflows.changeCredential(gp, {
		...{ serviceAddress: gpLine.url, password: GP_PASSWORD, taxIdSecret: TAX_ID_KEY },
	});
	session.credentials.page = await workflows.changeCredential(page, PAGE_LOGIN);
	session.credentials.procore = await workflows.changeCredential(procore, {
		...{ grantType: 'authorizationCode', taxIdSecret: TAX_ID_KEY },
		...{ loginAddress: procoreLine.url, apiAddress: procoreLine.url },
	});
	await connect(session);
	const messages: string[] = [];
	const chat = await startChat(session, messages);
	const account = { domain: SANDBOX_ACCOUNT.domain, user: SANDBOX_ACCOUNT.user };
	const secrets = [
		windowsSecret('the GP password', { ...account, password: GP_PASSWORD }),
		windowsSecret('the wrong GP password', { ...account, password: WRONG_GP_PASSWORD }),
		secret("Procore's client secret", session.procore.clientSecret),
		secret("Procore's client id", session.procore.clientId),
		secret('the wrong client secret', WRONG_CLIENT_SECRET),
		secret("the page's password", PAGE_LOGIN.password),
		secret("the page's login", `${PAGE_LOGIN.user}:${PAGE_LOGIN.password}`),
		secret('the matching key', TAX_ID_KEY),
		secret("n8n's environment", ENVIRONMENT),
		secret(API_KEY, client.apiKey),
		...TAX_IDS.map(taxIdSecret),
	];
	const noteTokens = () => {
		const issued = [
			...procoreLine.received().matchAll(/"(access|refresh)_token":\s*"([^"]+)"/g),
		].map(([, kind, token]) => ({ kind, token }));
		for (const { kind, token } of issued) {
			if (secrets.some(({ forms }) => forms.includes(token))) continue;
			secrets.push(secret(`${kind} token`, token));
		}
		return issued.filter(({ kind }) => kind === 'access').at(-1)!.token;
	};
	return {
		...{ session, gpLine, procoreLine, messages, secrets, noteTokens },
		end: async () => {
			chat.close();
			await Promise.all([gpLine.close(), procoreLine.close()]);
			await end();
		},
	};
}

/** Presses "Connect my account" of the credential; Procore's stand-in consents by itself. */
async function connect({ n8n, credentials }: Session): Promise<void> {
	const consent = await n8n.client.rest<string>(
		'GET',
		`/rest/oauth2-credential/auth?id=${credentials.procore.id}`,
	);
	const answer = await fetch(consent, { redirect: 'manual' });
	const callback = new URL(answer.headers.get('location')!);
	const page = await n8n.client.page(callback.pathname + callback.search);
	if (!/success|connected/i.test(page)) throw new Error(`Not connected:\n${page.slice(0, 1_000)}`);
}

/** Stands in for a chat that takes the whole message, in every format. */
async function startChat({ n8n, workflows }: Session, messages: string[]) {
	const chat = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			messages.push(Buffer.concat(parts).toString());
			response.end('{}');
		});
	});
	await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
	const flow = await n8n.workflows.get(workflows['gpp-errors']);
	for (const node of flow.nodes) {
		if (node.type === 'n8n-nodes-base.wait') node.parameters = { amount: 1, unit: 'seconds' };
		if (node.name !== 'Post to Slack') continue;
		Object.assign(node, { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, disabled: false });
		node.parameters = {
			...{ method: 'POST', url: `http://127.0.0.1:${(chat.address() as AddressInfo).port}` },
			...{ sendBody: true, specifyBody: 'json', jsonBody: '={{ JSON.stringify($json) }}' },
			options: {},
		};
	}
	await n8n.workflows.save(flow);
	await n8n.workflows.activate(flow.id);
	return chat;
}

/** Procore's answers from now on, as a person at its back door arranges them. */
export async function procoreAdmin<T = unknown>(
	session: Session,
	method: string,
	path: string,
	body?: object,
): Promise<T> {
	return await adminCall<T>(session.procore.adminUrl, method, `/admin/${path}`, body);
}
