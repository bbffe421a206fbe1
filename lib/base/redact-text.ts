/** Stands where a secret stood. */
export const HIDDEN = '[hidden]';

/** What follows the scheme in an Authorization or WWW-Authenticate header. */
const LOGIN = /\b(Bearer|Basic|NTLM|Negotiate|Digest)\s+([A-Za-z0-9+/=._~-]{8,})/gi;

/** Secrets as they appear inside text: a message from a server, an excerpt of what came back. */
const SECRET_TEXT: Array<[pattern: RegExp, replacement: string]> = [
	// NTLM messages begin with "NTLMSSP\0", in base64 "TlRMTVNTUAA".
	[/TlRMTVNTUAA[A-Za-z0-9+/=]*/g, HIDDEN],
	// JSON web tokens.
	[/\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/g, HIDDEN],
	// name=value, "name":"value", name: value.
	[
		/\b((?:client_?secret|access_?token|refresh_?token|id_?token|password|passwd|api_?key|authorization|set-cookie|cookie|tax_?id|ssn|ein|TXIDNMBR)\\?["']?\s*[:=]\s*\\?["']?)(?!\[hidden\])[^\s"'&,;}<]+/gi,
		`$1${HIDDEN}`,
	],
	// Passwords inside an address: https://user:password@host
	[/(\/\/[^\s/:@]+:)[^\s/@]+@/g, `$1${HIDDEN}@`],
];

/** Text without secrets. Text that only looks like a formula is data and stays as it is. */
export function redactText(text: string): string {
	const withoutLogins = text.replace(LOGIN, (match, scheme: string, token: string) =>
		looksLikeToken(token) ? `${scheme} ${HIDDEN}` : match,
	);
	return SECRET_TEXT.reduce((clean, [pattern, by]) => clean.replace(pattern, by), withoutLogins);
}

/** "NTLM authentication failed" is a sentence, "NTLM TlRMTVNT…" is not. */
function looksLikeToken(text: string): boolean {
	return text.length >= 20 || /[0-9=+/]|[a-z][A-Z]/.test(text);
}
