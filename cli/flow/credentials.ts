import type { Flow, FlowNode } from './flow';
import { opensToNetwork } from './guards';

const PACKAGE = 'n8n-nodes-dynamics-gp-procore';
export const GP_CREDENTIAL = 'dynamicsGpApi';
export const PROCORE_CREDENTIAL = 'procoreOAuth2Api';
export const PAGE_CREDENTIAL = 'httpBasicAuth';
/** What the installer calls the page's login when it makes it, and by which it knows it again. */
export const PAGE_CREDENTIAL_NAME = 'GP to Procore page';

export interface CredentialEntry {
	id: string;
	name: string;
	type: string;
}

/** Which credential was chosen for each type, or why none could be. */
export type Choice =
	| { kind: 'chosen'; credential: CredentialEntry }
	| { kind: 'none' }
	| { kind: 'several'; names: string[] }
	| { kind: 'unknown name'; name: string };

/**
 * Credential types a node of ours asks for in n8n. The nodes themselves say so too, but they need
 * n8n to be loaded; a test compares the two.
 */
export function credentialTypesOf(node: FlowNode): string[] {
	switch (node.type) {
		case `${PACKAGE}.dynamicsGp`:
		case `${PACKAGE}.dynamicsGpTrigger`:
			return [GP_CREDENTIAL];
		case `${PACKAGE}.procore`:
			return [PROCORE_CREDENTIAL];
		case `${PACKAGE}.gpToProcore`:
		case `${PACKAGE}.gpToProcoreEngine`:
			return NEEDS[doneBy(node)] ?? [];
		default:
			return opensToNetwork(node) && node.parameters.authentication === 'basicAuth'
				? [PAGE_CREDENTIAL]
				: [];
	}
}

/** What an operation of ours reads; the Procore lists to choose from count too. */
const NEEDS: Record<string, string[]> = {
	'reconciliation compare': [GP_CREDENTIAL, PROCORE_CREDENTIAL],
	'mapping previewDocuments': [GP_CREDENTIAL, PROCORE_CREDENTIAL],
	'crosswalk suggest': [GP_CREDENTIAL, PROCORE_CREDENTIAL],
	'mapping define': [PROCORE_CREDENTIAL],
	'crosswalk choices': [PROCORE_CREDENTIAL],
	'connection check': [GP_CREDENTIAL, PROCORE_CREDENTIAL],
	'run open': [GP_CREDENTIAL],
};

/** Resource and operation of a node of ours; n8n's editor leaves out what is the default. */
function doneBy({ type, parameters }: FlowNode): string {
	const ofEngine = type === `${PACKAGE}.gpToProcoreEngine`;
	const resource = String(parameters.resource ?? (ofEngine ? 'run' : 'payable'));
	const first = ofEngine ? ENGINE_FIRST[resource] : FIRST_OPERATION[resource];
	return `${resource} ${String(parameters.operation ?? first)}`;
}

const ENGINE_FIRST: Record<string, string> = { connection: 'check', run: 'open' };
/** Version 1 of GP to Procore had runs, too. */
const FIRST_OPERATION: Record<string, string> = {
	crosswalk: 'suggest',
	mapping: 'define',
	reconciliation: 'compare',
	run: 'open',
};

/**
 * The page's credential as it is chosen already in forms and webhooks of `flows`; null when none is,
 * or when they differ: nobody guesses which one is meant.
 */
export function pageCredentialInUse(
	flows: readonly Flow[],
	credentials: readonly CredentialEntry[],
): CredentialEntry | null {
	const ids = new Set(
		flows.flatMap(({ nodes }) =>
			nodes
				.filter(opensToNetwork)
				.flatMap(({ credentials }) => credentials?.[PAGE_CREDENTIAL]?.id ?? []),
		),
	);
	const known = credentials.filter(({ id, type }) => type === PAGE_CREDENTIAL && ids.has(id));
	return known.length === 1 ? known[0] : null;
}

/** The credential of each type that a workflow uses itself; none where its nodes use several. */
export function credentialsOf(flow: Flow): Map<string, CredentialEntry> {
	const used = new Map<string, Map<string, CredentialEntry>>();
	for (const { credentials } of flow.nodes) {
		for (const [type, { id, name }] of Object.entries(credentials ?? {})) {
			if (!used.has(type)) used.set(type, new Map());
			used.get(type)!.set(id, { id, name, type });
		}
	}
	const one = [...used].filter(([, entries]) => entries.size === 1);
	return new Map(one.map(([type, entries]) => [type, [...entries.values()][0]!]));
}

/**
 * Picks the credential to fill in. Of the package's own types the only one there is; of a general
 * type only one that was named, or that the installer made, because any other is somebody else's.
 */
export function chooseCredential(
	type: string,
	credentials: readonly CredentialEntry[],
	wanted: string | undefined,
): Choice {
	const ofType = credentials.filter((credential) => credential.type === type);
	if (wanted !== undefined) {
		const named = ofType.filter(({ name, id }) => name === wanted || id === wanted);
		if (named.length === 1) return { kind: 'chosen', credential: named[0] };
		return named.length === 0
			? { kind: 'unknown name', name: wanted }
			: { kind: 'several', names: named.map(({ id }) => id) };
	}
	if (type === PAGE_CREDENTIAL) {
		const ours = ofType.filter(({ name }) => name === PAGE_CREDENTIAL_NAME);
		return oneOf(ours);
	}
	return oneOf(ofType);
}

/** Several are told by their names, or, where those are alike, by their ids: either can be given. */
function oneOf(entries: readonly CredentialEntry[]): Choice {
	if (entries.length === 0) return { kind: 'none' };
	if (entries.length === 1) return { kind: 'chosen', credential: entries[0]! };
	const isAlone = (name: string) => entries.filter((one) => one.name === name).length === 1;
	return { kind: 'several', names: entries.map(({ id, name }) => (isAlone(name) ? name : id)) };
}

/** Nodes of `flows` that somebody gave another credential of the type of `chosen`. */
export function usingOthers(
	flows: readonly Flow[],
	chosen: CredentialEntry,
	existing: ReadonlySet<string>,
): string[] {
	return flows.flatMap(({ name, nodes }) =>
		nodes.flatMap((node) => {
			const used = node.credentials?.[chosen.type];
			const isOther = used !== undefined && used.id !== chosen.id && existing.has(used.id);
			return isOther ? [`${name}, ${node.name} ("${used.name}")`] : [];
		}),
	);
}

/**
 * Fills chosen credentials into the nodes that lack theirs. A credential somebody chose stays,
 * unless it does not exist any more.
 */
export function fillCredentials<F extends Flow>(
	flow: F,
	chosen: ReadonlyMap<string, CredentialEntry>,
	existing: ReadonlySet<string>,
): { flow: F; filled: Array<{ node: string; credential: CredentialEntry }> } {
	const filled: Array<{ node: string; credential: CredentialEntry }> = [];
	const nodes = flow.nodes.map((node) => {
		const credentials = { ...node.credentials };
		for (const type of credentialTypesOf(node)) {
			const credential = chosen.get(type);
			const present = credentials[type];
			if (!credential || (present && existing.has(present.id))) continue;
			credentials[type] = { id: credential.id, name: credential.name };
			filled.push({ node: node.name, credential });
		}
		return Object.keys(credentials).length > 0 ? { ...node, credentials } : node;
	});
	return { flow: { ...flow, nodes }, filled };
}
