import { rememberSecret } from '../../lib/model/redact';
import { UsageError } from '../errors';

/** Shorter ones could not be told from words in what n8n answers. */
const SHORTEST = 8;
const LONGEST = 4_000;

/**
 * Refuses what cannot be an API key before anything is sent, without repeating it, and remembers the
 * key so that it is cut out of every text that is printed, whoever wrote that text.
 */
export function acceptKey(key: string): string {
	rememberSecret(key);
	rememberSecret(key.trim());
	if (/[^\x21-\x7e]/.test(key))
		throw noKey('The API key holds a blank, a line break or another sign that no key has.');
	if (key.length < SHORTEST || key.length > LONGEST)
		throw noKey(
			`An API key of n8n has ${SHORTEST} to ${LONGEST} signs; this one has ${key.length}.`,
		);
	return key;
}

const noKey = (problem: string) =>
	new UsageError(
		problem,
		'Copy it whole from n8n under Settings → n8n API, in one line and without quotation marks. Nothing was sent.',
	);
