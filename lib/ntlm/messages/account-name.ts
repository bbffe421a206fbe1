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
 * Upper case the way Windows does it (RtlUpcaseUnicodeString), or the proof would not fit: one UTF-16
 * unit for one, and only where the small letter comes back from the capital one. So `ß` (JavaScript:
 * `SS`), `ı` (`I`), `ſ` (`S`), `µ` (`Μ`) and the Greek symbols stay as they are; of what does not come
 * back, Windows raises the final sigma alone. Georgian and Cherokee got their capitals after its
 * table was made. Source: the table of capitals NTFS writes to each volume, as Linux keeps it
 * (fs/ntfs/upcase.c).
 */
export function upperCaseAsWindows(text: string): string {
	let result = '';
	for (let index = 0; index < text.length; index += 1) {
		const letter = text[index];
		const upper = letter.toUpperCase();
		const paired = upper.length === 1 && upper.toLowerCase() === letter;
		result += (paired && !WITHOUT_CAPITALS.test(letter)) || letter === 'ς' ? upper : letter;
	}
	return result;
}

const WITHOUT_CAPITALS = /[\u10d0-\u10ff\u13f8-\u13fd\uab70-\uabbf]/;
