import { RedirectRefusedError } from './errors/redirect-refused-error';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/**
 * Where a redirect leads, or undefined when the answer is none. Only GET and HEAD are followed, and
 * only within the origin: elsewhere the login would be handed to a machine nobody chose.
 */
export function redirectTarget(
	from: URL,
	method: string,
	status: number,
	location: string | undefined,
	followed: number,
): URL | undefined {
	if (!REDIRECTS.has(status) || location === undefined) return undefined;
	const refuse = (target: string, reason: string) =>
		new RedirectRefusedError(addressOf(from), target, reason, status);

	if (!URL.canParse(location, from.href))
		throw refuse('an unreadable address', 'it cannot be read');
	const target = new URL(location, from);
	if (target.origin !== from.origin) {
		throw refuse(addressOf(target), 'it is another server, port or protocol');
	}
	if (method !== 'GET' && method !== 'HEAD') {
		throw refuse(addressOf(target), `a ${method} must not be sent twice`);
	}
	if (followed >= MOST_REDIRECTS) throw refuse(addressOf(target), 'it goes round in circles');
	return target;
}

/** Address for errors: without login, query and fragment. */
export function addressOf(url: URL): string {
	return `${url.origin}${url.pathname}`;
}
