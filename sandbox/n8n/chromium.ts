import { existsSync } from 'node:fs';
import { installFromDebian } from './debian';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Path of a Chromium: CHROMIUM_PATH, an installed one, or on Debian as root one that is installed
 * now. Null when there is none and none can be had.
 */
export function findChromium(): string | null {
	const { CHROMIUM_PATH } = process.env;
	if (CHROMIUM_PATH) return existsSync(CHROMIUM_PATH) ? CHROMIUM_PATH : null;
	return installed() ?? (installFromDebian(['chromium']) ? installed() : null);
}

function installed(): string | null {
	return PLACES.find((place) => existsSync(place)) ?? null;
}
