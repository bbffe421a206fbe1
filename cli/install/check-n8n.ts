import type { N8n } from '../api/n8n';
import { N8nTooOldError, PackageMissingError, ScopeMissingError } from '../errors';
import { GP_CREDENTIAL } from '../flow/credentials';

/** The oldest n8n whose data tables can be made by a workflow and by the public API. */
export const LEAST_N8N = '2.10.0';

const TO_LOOK = ['workflow:list', 'credential:list', 'dataTable:list'];
const TO_CHANGE = [
	'workflow:create',
	'workflow:read',
	'workflow:update',
	'dataTable:create',
	'dataTableColumn:create',
];
const TO_TAG = ['tag:list', 'tag:create', 'workflowTags:update'];

/** Finds out before anything is changed whether it can be done at all. */
export async function checkN8n(
	n8n: N8n,
	packageName: string,
	options: { dryRun: boolean; publish: boolean },
): Promise<void> {
	const scopes = await n8n.scopes();
	const version = await n8n.version();
	if (version !== null && isOlder(version, LEAST_N8N)) throw new N8nTooOldError(version, LEAST_N8N);
	if (scopes !== null) {
		const needed = [
			...TO_LOOK,
			...(options.dryRun ? [] : [...TO_CHANGE, ...TO_TAG]),
			...(options.publish && !options.dryRun ? ['workflow:activate'] : []),
		];
		const missing = needed.filter((scope) => !scopes.includes(scope));
		if (missing.length > 0) throw new ScopeMissingError('do all that is needed', missing);
	}
	if (!(await n8n.knowsCredentialType(GP_CREDENTIAL))) throw new PackageMissingError(packageName);
}

export function isOlder(version: string, than: string): boolean {
	const [left, right] = [version, than].map((text) => text.split('.').map(Number));
	for (let part = 0; part < right.length; part++) {
		if (left[part] !== right[part]) return left[part] < right[part];
	}
	return false;
}
