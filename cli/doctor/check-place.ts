import { isOlder, LEAST_N8N } from '../install/check-n8n';
import type { Facts } from './facts';
import { attention, broken, ok, type Finding } from './findings';

/** n8n itself and the package in it. */
export function checkPlace({ version, packageKnown, packageVersion, shipped }: Facts): Finding[] {
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
