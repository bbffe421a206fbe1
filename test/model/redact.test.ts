import { redactChange, redactText, redactValue } from '../../lib/model/redact';

describe('redaction', () => {
	test.each([
		'Authorization: Bearer eyJhbGciOi.eyJzdWIiOi.c2lnbmF0',
		'sent Basic Q0FOQVJZOnNlY3JldA==',
		'Basic Q2FuYXJ5U2VjcmV0',
		'WWW-Authenticate: NTLM TlRMTVNTUAACAAAACANARY',
		'blob TlRMTVNTUAADAAAACANARY==',
		'client_secret=CANARY&grant_type=x',
		'{"access_token":"CANARY","expires_in":5}',
		'{\\"password\\":\\"CANARY\\"}',
		'password: CANARY',
		'https://svc:CANARY@gp.example.com/',
		'tax_id=CANARY',
		'Cookie: CANARY',
	])('hides the secret in %s', (text) => {
		const clean = redactText(text);
		expect(clean).toContain('[hidden]');
		expect(clean).not.toMatch(/CANARY|Q0FOQVJZ|Q2FuYXJ5|c2lnbmF0/);
	});

	test.each([
		'NTLM authentication failed for user TWO\\svc',
		'Basic settings are missing',
		'Account 123-45-6789 is not a job cost account',
		'The token has expired; sign in again',
		'=HYPERLINK("https://example.com")',
		'Invoice INV-88 of ACME0001, voucher 00000000000000417',
	])('leaves alone: %s', (text) => {
		expect(redactText(text)).toBe(text);
	});

	test('hides secret fields at any depth and keeps the rest', () => {
		expect(
			redactValue({
				name: 'ACME',
				list: [{ taxId: '12-3456789', access_token: 'x' }],
				business_register: { identifier: '1' },
			}),
		).toEqual({
			name: 'ACME',
			list: [{ taxId: '[hidden]', access_token: '[hidden]' }],
			business_register: '[hidden]',
		});
		const vendor = { hasTaxId: true, taxIdMatch: 'J2p0hZ4yq8aW1mQe7RkTbg' };
		expect(redactValue(vendor)).toEqual(vendor);
		expect(redactChange({ field: 'tax_id', before: '1', after: '2' })).toEqual({
			field: 'tax_id',
			before: '[hidden]',
			after: '[hidden]',
		});
	});

	test('twice is as once', () => {
		const once = redactText('client_secret=abc Authorization: Bearer abcdef123456');
		expect(redactText(once)).toBe(once);
	});
});
