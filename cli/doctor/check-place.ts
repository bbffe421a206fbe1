import type { Template } from '../flow/flow';
import { isOlder, LEAST_N8N } from '../install/check-n8n';
import type { Facts } from './facts';
import { attention, broken, ok, type Finding } from './findings';

/** From this version on n8n allows all data tables together 200 MB, with which the alert reckons; 50 MB before. */
const ALLOWS_200_MB = '2.27.0';

/** The alert before the tables are full would come too late, unless somebody told it what the server allows. */
function checkTableLimit({ version, flows }: Facts): Finding[] {
	if (version === null || !isOlder(version, ALLOWS_200_MB)) return [];
	const asShipped = flows.flatMap(({ template, found }) => {
		const shipped = limitIn(template);
		return found.kind === 'one' && limitIn(found.flow) === shipped ? (shipped ?? []) : [];
	});
	if (asShipped.length === 0) return [];
	return [
		attention(
			'Size of the tables',
			`n8n before ${ALLOWS_200_MB} allows all data tables together 50 MB; the alert before they are full reckons with ${asShipped[0]}`,
			'Update n8n. Or set N8N_DATA_TABLES_MAX_SIZE_BYTES=262144000 on its server, and 250 as Table Limit (MB) under Thresholds of "Evaluate alerts" in "GP to Procore: errors and alerts"; where the server stays as it is, enter 50.',
		),
	];
}

/** Megabytes the alert of a workflow reckons with; undefined where it has no such alert. */
function limitIn({ nodes }: Pick<Template, 'nodes'>): number | undefined {
	const limits = nodes.map(({ parameters }) => parameters.thresholds as { tableLimitMb?: number });
	return limits.find((thresholds) => thresholds?.tableLimitMb !== undefined)?.tableLimitMb;
}

/** n8n itself and the package in it. */
export function checkPlace(facts: Facts): Finding[] {
	const { version, packageKnown, packageHasEngine, packageVersion, shipped } = facts;
	const { packageName } = shipped;
	return [
		version === null
			? attention('n8n', 'its version cannot be seen', `Make sure it is ${LEAST_N8N} or later.`)
			: isOlder(version, LEAST_N8N)
				? broken('n8n', `version ${version} is too old`, `Update n8n to ${LEAST_N8N} or later.`)
				: ok('n8n', `version ${version}`),
		checkPackage(),
		...checkTableLimit(facts),
	];

	function checkPackage(): Finding {
		if (!packageKnown)
			return broken(
				'Package',
				'not installed in this n8n',
				`Settings → Community nodes → Install, type ${packageName}. In queue mode on the workers too.`,
			);
		if (!packageHasEngine)
			return broken(
				'Package',
				`${packageVersion ?? 'an older version'} is installed; it lacks steps the workflows of ${shipped.version} call`,
				`Update it under Settings → Community nodes (in queue mode on the workers too), restart n8n, then run "npx ${packageName} install".`,
			);
		if (packageVersion === null)
			return ok('Package', 'installed (its version is not listed under Community nodes)');
		if (packageVersion === shipped.version) return ok('Package', `version ${packageVersion}`);
		return isOlder(packageVersion, shipped.version)
			? attention(
					'Package',
					`version ${packageVersion} is installed, this doctor is of ${shipped.version}`,
					`Update it under Settings → Community nodes, then run "npx ${packageName} install".`,
				)
			: attention(
					'Package',
					`version ${packageVersion} is installed, this doctor is older (${shipped.version})`,
					`Run "npx ${packageName}@${packageVersion} doctor".`,
				);
	}
}
