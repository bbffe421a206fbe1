import type { N8n } from '../api/n8n';
import {
	N8nTooOldError,
	PackageMissingError,
	PackageVersionError,
	ScopeMissingError,
} from '../errors';
import { GP_CREDENTIAL } from '../flow/credentials';

/** The oldest n8n whose data tables can be made by a workflow and by the public API. */
export const LEAST_N8N = '2.10.0';

/** Field the GP credential has since the package has the engine node, whose steps the workflows call. */
export const FIELD_SINCE_ENGINE = 'rowsWorkflow';

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
	{ packageName, version: wanted }: { packageName: string; version: string },
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
	const fields = await n8n.credentialFields(GP_CREDENTIAL);
	if (fields === null) throw new PackageMissingError(packageName);
	const installed = await installedVersion(n8n, packageName);
	if (installed !== null && installed !== wanted)
		throw new PackageVersionError(packageName, installed, wanted, isOlder(installed, wanted));
	// Copied in by hand, or hidden from the key: what it has tells its age.
	if (installed === null && !fields.includes(FIELD_SINCE_ENGINE))
		throw new PackageVersionError(packageName, null, wanted, true);
}

/** Version of the package as n8n's own page of packages has it; null when that does not tell. */
export async function installedVersion(n8n: N8n, packageName: string): Promise<string | null> {
	const packages = await n8n.packages();
	return packages?.find((one) => one.packageName === packageName)?.installedVersion ?? null;
}

export function isOlder(version: string, than: string): boolean {
	const [left, right] = [version, than].map((text) => text.split('.').map(Number));
	for (let part = 0; part < right.length; part++) {
		if (left[part] !== right[part]) return left[part] < right[part];
	}
	return false;
}
