import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Path of a Chromium: CHROMIUM_PATH, an installed one, or on Debian as root one that is installed
 * now. Null when there is none and none can be had.
 */
export function findChromium(): string | null {
	const { CHROMIUM_PATH } = process.env;
	if (CHROMIUM_PATH) return existsSync(CHROMIUM_PATH) ? CHROMIUM_PATH : null;
	return installed() ?? install();
}

function installed(): string | null {
	return PLACES.find((place) => existsSync(place)) ?? null;
}

function install(): string | null {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
	try {
		console.error('Installing Chromium from Debian …');
		const options = { stdio: 'ignore' as const, timeout: 240_000 };
		execFileSync('apt-get', ['update'], options);
		execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
	} catch {
		return null;
	}
	return installed();
}
