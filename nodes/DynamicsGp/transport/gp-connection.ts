import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { SHORTEST_TAX_ID_KEY, taxIdKeyOf } from '../../../lib/model/tax-id-match';
import { rememberSecret } from '../../../lib/model/known-secrets';
import { answerCap } from '../../../lib/http/limits';
import { GpSettingInvalid } from '../../../lib/gp/errors/settings';
import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { Survey } from '../../../lib/gp/discovery/survey.types';
import { surveySite } from '../../../lib/gp/discovery/survey-site';
import type { ProfileName } from '../../../lib/gp/profiles/site-profile';
import type { GpSite } from '../../../lib/gp/site';
import type { Politeness } from '../../../lib/gp/transport/sender';
import {
	createWindowsHttpClient,
	type WindowsHttpClientOptions,
} from '../../../lib/ntlm/windows-http-client';
import { n8nEffects } from '../../shared/effects';
import { progressLog } from '../../shared/progress-log';
import { parseProfileOverride } from './profile-override';

/** A GP client with its sockets; close it when the node is done. */
export interface GpConnection {
	readonly client: GpClient;
	/** How this site behaves, and which ways into its GP are open. */
	survey(): Promise<Survey>;
	/** GP company database id. */
	companyId: string;
	close(): void;
}

/** Fields of the *Dynamics GP API* credential. */
export interface GpCredential {
	serviceAddress: string;
	tenant: string;
	company: string;
	companyId: string;
	/** Which way into GP; absent in credentials of before = SBA. */
	door?: ProfileName;
	/** SY01500.CMPANYID, for the Web Services; 0 = looked up by name. */
	companyNumber?: number;
	authentication: 'windows' | 'bearer';
	domain?: string;
	user?: string;
	password?: string;
	workstation?: string;
	allowBasic?: boolean;
	token?: string;
	trustedAuthority?: string;
	ignoreTlsProblems?: boolean;
	taxIdSecret?: string;
}

/** The *Options* collection of the node. */
export interface GpConnectionOptions {
	siteProfile?: ProfileName;
	profileOverride?: string | IDataObject;
	concurrency?: number;
	pauseMs?: number;
	timeoutSeconds?: number;
	/** Megabytes. */
	largestAnswer?: number;
	includeRaw?: boolean;
}

export async function openGpConnection(
	this: IExecuteFunctions | ILoadOptionsFunctions,
): Promise<GpConnection> {
	const credential = await this.getCredentials('dynamicsGpApi');
	const options = (
		'getInputData' in this
			? this.getNodeParameter('options', 0, {})
			: (this.getCurrentNodeParameter('options') ?? {})
	) as GpConnectionOptions;
	return connectTo(credential, options, {
		signal: 'getExecutionCancelSignal' in this ? this.getExecutionCancelSignal() : undefined,
		onProgress: progressLog(this.logger, 'Dynamics GP is being read'),
	});
}

/** The same without a node around it, for the test of a credential. */
export function connectTo(
	decrypted: ICredentialDataDecryptedObject,
	options: GpConnectionOptions = {},
	run: { signal?: AbortSignal; onProgress?: (progress: object) => void; retries?: number } = {},
): GpConnection {
	const credential = decrypted as unknown as GpCredential;
	const { retries, ...rest } = run;
	// Whatever GP or a proxy repeats of them, no message shows it.
	const { user = '', password = '', token, taxIdSecret } = credential;
	for (const secret of [password, `${user}:${password}`, token, taxIdSecret])
		rememberSecret(secret);
	const http = createWindowsHttpClient(httpOptions(credential, options));
	const site = siteOf(credential, options);
	const open = (at: GpSite, trial: Partial<Politeness> = {}) =>
		createGpClient({
			site: at,
			http,
			effects: n8nEffects,
			politeness: {
				...politenessOf(options),
				...(retries === undefined ? {} : { retries }),
				...trial,
			},
			includeRaw: options.includeRaw ?? false,
			...rest,
		});
	let client: GpClient | null = null;
	return {
		// Made when it is needed: Survey also takes an address that no door of this setting has.
		get client() {
			return (client ??= open(site));
		},
		survey: async () =>
			await surveySite({
				site,
				open: (at, onTrial) => open(at, onTrial ? ON_TRIAL : {}),
				otherPort: credential.authentication === 'windows' && !credential.allowBasic,
			}),
		companyId: credential.companyId,
		close: () => http.close(),
	};
}

/** A door that may not be there: somebody waits, and a firewall may swallow what is sent to its port. */
const ON_TRIAL: Partial<Politeness> = { retries: 0, timeoutMs: 15_000 };

/** The node's own choice, else the credential's. */
export function doorOf(
	{ door }: Pick<GpCredential, 'door'>,
	{ siteProfile }: GpConnectionOptions,
): ProfileName {
	return siteProfile ?? door ?? 'sba';
}

function siteOf(credential: GpCredential, options: GpConnectionOptions): GpSite {
	const taxIdKey = taxIdKeyOf(credential.taxIdSecret);
	if (taxIdKey === null) {
		throw new GpSettingInvalid(
			'Tax ID Matching Key',
			'is too short to protect anything',
			`Open the "Dynamics GP API" credential and make it at least ${SHORTEST_TAX_ID_KEY} characters long, the same as in the "Procore OAuth2 API" credential; or leave both empty.`,
		);
	}
	return {
		...(taxIdKey ? { taxIdKey } : {}),
		serviceAddress: credential.serviceAddress,
		tenant: credential.tenant,
		company: credential.company,
		companyId: credential.companyId,
		profileName: doorOf(credential, options),
		...(credential.companyNumber ? { companyNumber: Number(credential.companyNumber) } : {}),
		profile: parseProfileOverride(options.profileOverride),
	};
}

function httpOptions(
	credential: GpCredential,
	options: GpConnectionOptions,
): WindowsHttpClientOptions {
	return {
		authentication:
			credential.authentication === 'bearer'
				? { kind: 'bearer', token: credential.token ?? '' }
				: {
						kind: 'windows',
						domain: credential.domain || undefined,
						user: credential.user ?? '',
						password: credential.password ?? '',
						workstation: credential.workstation || undefined,
						allowBasic: credential.allowBasic ?? false,
					},
		tls: {
			ca: credential.trustedAuthority?.trim() || undefined,
			rejectUnauthorized: !credential.ignoreTlsProblems,
		},
		maxSockets: options.concurrency ?? 1,
	};
}

function politenessOf({
	concurrency,
	pauseMs,
	timeoutSeconds,
	largestAnswer,
}: GpConnectionOptions) {
	return {
		...(concurrency === undefined ? {} : { concurrency }),
		...(pauseMs === undefined ? {} : { gapMs: pauseMs }),
		...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1000 }),
		...(largestAnswer === undefined ? {} : { maxBodyBytes: answerCap(largestAnswer) }),
	};
}
