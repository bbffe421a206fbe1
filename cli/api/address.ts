import { UsageError } from '../errors';

/** Longest name between two dots of a host (RFC 1035); an API key is longer. */
const LONGEST_LABEL = 63;
const LONGEST = 2_000;

/**
 * `localhost:5678/`, `https://n8n.example.com/home/workflows` and the API's own address all mean the
 * same n8n. What cannot be an address is not repeated: it may be the API key in the wrong place.
 */
export function tidyAddress(text: string): string {
	// "file:///x" would be the host "file", and the key would be sent to it.
	if (text.length > LONGEST || /^(?!https?:\/\/)[a-z][a-z0-9+.-]{0,40}:\/\//i.test(text.trim()))
		throw noAddress('What was given as the address of n8n is no address of a web site.');
	const address = /^https?:\/\//i.test(text.trim()) ? text.trim() : `http://${text.trim()}`;
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		throw noAddress('What was given as the address of n8n is none.');
	}
	if (url.username !== '' || url.password !== '')
		throw noAddress('The address of n8n may hold no user name and no password.');
	const labels = url.hostname.split('.');
	if (labels.some((label) => label.length > LONGEST_LABEL || /^eyj|^n8n_api_/i.test(label)))
		throw noAddress('What was given as the address of n8n looks like an API key.');
	const path = url.pathname.replace(/\/(api\/v1|home|workflow|signin|setup)(\/.*)?$/, '');
	return `${url.origin}${path.replace(/\/{1,9}$/, '')}`;
}

const noAddress = (problem: string) =>
	new UsageError(
		problem,
		'Give the address that you open in the browser, e.g. http://localhost:5678.',
	);
