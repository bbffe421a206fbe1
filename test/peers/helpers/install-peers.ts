import { installFromDebian } from '../../../sandbox/n8n/debian';
import { ALL_PARTS, missingParts, packagesOf } from './peer-programs';

/** Installs the Debian packages the peers come from, where that is possible; says aloud what is missing. */
export default function installPeers(): void {
	let missing = missingParts(ALL_PARTS);
	if (missing.length === 0) return;
	installFromDebian(packagesOf(missing));
	missing = missingParts(missing);
	if (missing.length > 0) {
		console.warn(
			`\nNTLM peers not available: ${missing.join(', ')}. Their tests are skipped.\n` +
				`To run them: apt-get install -y --no-install-recommends ${packagesOf(missing).join(' ')}`,
		);
	}
}
