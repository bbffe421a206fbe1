import { isOlder, LEAST_N8N } from '../install/check-n8n';
import type { Facts } from './facts';
import { attention, broken, ok, type Finding } from './findings';

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
