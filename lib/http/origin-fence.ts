/** Why an address may not be called. */
export type FenceRefusal = 'unreadable' | 'scheme' | 'login' | 'other-origin';

/**
 * Compares where a request would really go with the one server the login is for. Whatever a path, a
 * link or a profile made of the address: what counts is how the URL parser reads it, which is how
 * the network will. Scheme, host and port must be the same, and no login may stand in it.
 *
 * @returns the address as it will be called, or why it may not be
 */
export function fence(origin: string, address: string): URL | FenceRefusal {
	// The parser drops tabs and line breaks and turns "\" into "/": such an address is nobody's intention.
	if (!URL.canParse(address)) return 'unreadable';
	const url = new URL(address);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
	if (url.origin !== new URL(origin).origin) return 'other-origin';
	if (url.username !== '' || url.password !== '') return 'login';
	return url;
}

/** The refusal in words, to follow "this request was not sent: ". */
export function describeRefusal(refusal: FenceRefusal): string {
	return REFUSALS[refusal];
}

const REFUSALS: Record<FenceRefusal, string> = {
	unreadable: 'its address cannot be read',
	scheme: 'its address is neither http nor https',
	login: 'a login stands in its address',
	'other-origin': 'its address leads to another server than the one of the credential',
};

/** A path below an origin or base address: always a path, never a part of the host, a port or a login. */
export function addressBelow(base: string, path: string): string {
	return `${base.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
}
