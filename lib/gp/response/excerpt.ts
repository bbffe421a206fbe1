const LENGTH = 200;

/**
 * The first 200 characters of what came back, for an error message: on one line and without
 * anything that looks like a login, a tax id or a bank account.
 */
export function excerptOf(body: Buffer | string): string {
	const text = typeof body === 'string' ? body : body.subarray(0, 4096).toString('utf8');
	return redact(text.slice(0, 4096)).replace(/\s+/g, ' ').trim().slice(0, LENGTH);
}

const REDACTED = '[redacted]';

export function redact(text: string): string {
	return text
		.replace(/\b(NTLM|Negotiate|Basic|Bearer)\s+[A-Za-z0-9+/=._-]{8,}/gi, `$1 ${REDACTED}`)
		.replace(/TlRMTVNTUA[A-Za-z0-9+/=]*/g, REDACTED)
		.replace(
			/(["<]?(?:[\w.:-]*(?:tax[_ ]?id\w*|TaxRegistration\w*|TXIDNMBR|TXRGNNUM|SSN|SocialSecurity\w*|password|pwd|secret|token|IBAN|Bank[_ ]?(?:Account|Acct)\w*))["']?\s*(?:[:=>]|\s+type=)\s*["']?)([^"'<>,;&}\s][^"'<>,;&}]*)/gi,
			`$1${REDACTED}`,
		)
		.replace(/\b\d{3}-\d{2}-\d{4}\b|\b\d{2}-\d{7}\b/g, REDACTED);
}
