import { jsonParse } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { SHORTEST_TAX_ID_KEY, taxIdKeyOf } from '../../../lib/model/same-firm';
import { rememberSecret } from '../../../lib/model/redact';
import { answerCap } from '../../../lib/http/read-body';
import { GpSettingInvalid } from '../../../lib/gp/errors/gp-error';
import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { RowSource } from '../../../lib/gp/doors/rows/row-sets';
import type { Survey } from '../../../lib/gp/discovery/survey.types';
import { surveySite } from '../../../lib/gp/discovery/survey-site';
import type { ProfileName } from '../../../lib/gp/profiles/site-profile';
import type { GpSite } from '../../../lib/gp/site';
import { DEFAULT_THROTTLE, type Throttle } from '../../../lib/gp/transport/sender';
import {
	createWindowsHttpClient,
	type WindowsHttpClientOptions,
} from '../../../lib/ntlm/windows-http-client';
import { n8nEffects } from '../../shared/effects';
import { progressLog } from '../../shared/tell';
import { workflowRows } from './rows-source';

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
	/** ID of the workflow that gives rows, for that door. */
	rowsWorkflow?: string;
	/** SY01500.CMPANYID, for the Web Services; 0 = looked up by name. */
	companyNumber?: number;
	authentication?: 'windows' | 'bearer';
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
	/** ID of the workflow that gives rows, if another than the credential says. */
	rowsWorkflow?: string;
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
	itemIndex = 0,
): Promise<GpConnection> {
	const credential = await this.getCredentials('dynamicsGpApi');
	const options = (
		'getInputData' in this
			? this.getNodeParameter('options', itemIndex, {})
			: (this.getCurrentNodeParameter('options') ?? {})
	) as GpConnectionOptions;
	const calls =
		'executeWorkflow' in this
			? (workflow: string) => workflowRows(this, workflow, timeoutOf(options))
			: undefined;
	return connectTo(credential, options, {
		...(calls ? { calls } : {}),
		signal: 'getExecutionCancelSignal' in this ? this.getExecutionCancelSignal() : undefined,
		onProgress: progressLog(this.logger, 'Dynamics GP is being read'),
	});
}

/** The same without a node around it, for the test of a credential. */
export function connectTo(
	decrypted: ICredentialDataDecryptedObject,
	options: GpConnectionOptions = {},
	run: {
		signal?: AbortSignal;
		onProgress?: (progress: object) => void;
		retries?: number;
		/** Calls another workflow for rows; absent where n8n has no means of calling one. */
		calls?: (workflow: string) => RowSource;
	} = {},
): GpConnection {
	const given = decrypted as unknown as GpCredential;
	// Names of GP neither begin nor end with a blank: those were pasted along.
	const plain = (text: unknown) => String(text ?? '').trim();
	const credential = {
		...given,
		companyId: plain(given.companyId),
		company: plain(given.company),
		tenant: plain(given.tenant),
	};
	const { retries, calls, ...rest } = run;
	// Whatever GP or a proxy repeats of them, no message shows it.
	const { user = '', password = '', token, taxIdSecret } = credential;
	for (const secret of [password, `${user}:${password}`, token, taxIdSecret])
		rememberSecret(secret);
	const site = siteOf(credential, options);
	const isRows = site.profileName === 'rows';
	const http = isRows ? NO_SERVER : createWindowsHttpClient(httpOptions(credential, options));
	const open = (at: GpSite, trial: Partial<Throttle> = {}) =>
		createGpClient({
			site: at,
			http,
			...(isRows && calls ? { rows: calls(site.rowsWorkflow!) } : {}),
			effects: n8nEffects,
			throttle: {
				...throttleOf(options),
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
const ON_TRIAL: Partial<Throttle> = { retries: 0, timeoutMs: 15_000 };

/** Rows of another workflow come from no server of ours. */
const NO_SERVER = {
	request: async () => await Promise.reject(new Error('This door calls no server')),
	close() {},
};

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
	const profileName = doorOf(credential, options);
	if (profileName === 'rows')
		return { ...rowsSite(credential, options), ...(taxIdKey ? { taxIdKey } : {}) };
	return {
		...(taxIdKey ? { taxIdKey } : {}),
		serviceAddress: credential.serviceAddress,
		tenant: credential.tenant,
		company: credential.company,
		companyId: credential.companyId,
		profileName,
		...(credential.companyNumber ? { companyNumber: Number(credential.companyNumber) } : {}),
		profile: parseProfileOverride(options.profileOverride),
	};
}

function rowsSite(credential: GpCredential, options: GpConnectionOptions): GpSite {
	const rowsWorkflow = (options.rowsWorkflow || credential.rowsWorkflow || '').trim();
	if (!/^[A-Za-z0-9_-]{1,64}$/.test(rowsWorkflow)) {
		throw new GpSettingInvalid(
			'Rows Workflow',
			rowsWorkflow === '' ? 'it is empty' : 'it is no ID of a workflow',
			'Open the workflow that gives the rows ("GP to Procore: rows of GP by SQL") and copy the last part of its address in the browser.',
		);
	}
	return {
		serviceAddress: '',
		tenant: '',
		company: credential.company ?? '',
		companyId: credential.companyId,
		profileName: 'rows',
		rowsWorkflow,
		profile: parseProfileOverride(options.profileOverride),
	};
}

/** Milliseconds one answer may take. */
function timeoutOf({ timeoutSeconds }: GpConnectionOptions): number {
	return timeoutSeconds === undefined ? DEFAULT_THROTTLE.timeoutMs : timeoutSeconds * 1000;
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

function throttleOf({ concurrency, pauseMs, timeoutSeconds, largestAnswer }: GpConnectionOptions) {
	return {
		...(concurrency === undefined ? {} : { concurrency }),
		...(pauseMs === undefined ? {} : { gapMs: pauseMs }),
		...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1000 }),
		...(largestAnswer === undefined ? {} : { maxBodyBytes: answerCap(largestAnswer) }),
	};
}

/** The profile override as typed or pasted into the node: JSON text or an object; empty = none. */
export function parseProfileOverride(value: string | IDataObject | undefined): GpSite['profile'] {
	const parsed = typeof value === 'string' ? fromText(value) : value;
	if (parsed === undefined || parsed === null) return undefined;
	if (typeof parsed !== 'object' || Array.isArray(parsed))
		throw notAProfile('it is not a JSON object');
	return parsed as GpSite['profile'];
}

function fromText(text: string): unknown {
	if (text.trim() === '') return undefined;
	const parsed = jsonParse<unknown>(text, { fallbackValue: NOT_JSON });
	if (parsed === NOT_JSON) throw notAProfile('it is not valid JSON');
	return parsed;
}

const NOT_JSON = Symbol('not JSON');

function notAProfile(why: string): GpSettingInvalid {
	return new GpSettingInvalid(
		'profile override',
		why,
		'Paste what the Survey operation suggests, or a JSON object with the parts that differ.',
	);
}
