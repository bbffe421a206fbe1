/** A Windows account as NTLM names it. */
export interface AccountName {
	domain: string;
	user: string;
}

/**
 * Reads `DOMAIN\user`, `user@domain` or a bare user. A user principal name travels whole in the user
 * field with the domain left empty, as Windows itself sends it; `domain` counts for a bare user only.
 */
export function parseAccountName(user: string, domain = ''): AccountName {
	const backslash = user.indexOf('\\');
	if (backslash >= 0) {
		return { domain: user.slice(0, backslash), user: user.slice(backslash + 1) };
	}
	if (user.includes('@')) return { domain: '', user };
	return { domain, user };
}

/**
 * Upper case the way Windows does it: one UTF-16 unit for one, so `ß` stays `ß` where JavaScript
 * would write `SS` and the proof would no longer fit.
 */
export function upperCaseAsWindows(text: string): string {
	let result = '';
	for (let index = 0; index < text.length; index += 1) {
		const upper = text[index].toUpperCase();
		result += upper.length === 1 ? upper : text[index];
	}
	return result;
}
