import { redactForeign, redactText, rememberSecret } from '../../lib/model/redact';
import { SECRET_FORMS } from '../canary/secret-forms';

test('there are forty forms and more', () => {
	expect(SECRET_FORMS.length).toBeGreaterThanOrEqual(40);
});

test.each(SECRET_FORMS)('hides $name', ({ text, secret, own }) => {
	for (const redact of own ? [redactText, redactForeign] : [redactForeign]) {
		const clean = redact(text);
		expect(clean).toContain('[hidden]');
		for (const part of secret) expect(clean).not.toContain(part);
		expect(redact(clean)).toBe(clean);
	}
});

test('hides a login of this process in every spelling', () => {
	const password = 'C4nary & "Sings" <ß>/\\+';
	rememberSecret(password);
	const utf16 = Buffer.from(password, 'utf16le');
	for (const spelt of [
		password,
		password.toLowerCase(),
		encodeURIComponent(password),
		JSON.stringify(password).slice(1, -1),
		password
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			.replace(/"/g, '&quot;'),
		Buffer.from(password).toString('hex'),
		utf16.toString('hex').toUpperCase(),
	]) {
		expect(redactForeign(`you sent ${spelt}, which is wrong`)).toBe(
			'you sent [hidden], which is wrong',
		);
	}
	for (const before of ['', 'u', 'us', 'DOMAIN\\user:']) {
		const base64 = Buffer.from(`${before}${password}`).toString('base64');
		const core = base64.slice(16, -8);
		expect(redactForeign(`x ${base64} y`)).not.toContain(core);
		expect(
			redactForeign(Buffer.concat([Buffer.from(before, 'utf16le'), utf16]).toString('base64')),
		).toContain('[hidden]');
	}
});

test.each([
	'GL account 300-51-1002 is mapped twice',
	'Cost code 12-3456789 is unknown in project J100',
	'Voucher 00000000000000417, document INV-2026-05-31-0001',
	'Request 3f2504e0-4f89-11d3-9a0c-0305e82c3301',
	'Purchase order PO-2024-FR76-CONCRETE',
	'https://gp.example.com:48620/GPService/Tenants(DefaultTenant)/Companies(Fabrikam,%20Inc.)/Purchasing/Vendors.json',
	'gp:TWO:payable:1;00000000000000417',
	'Retainage of 10 % on PAY-APP-2026-000000017',
])('leaves alone what only looks like one: %s', (text) => {
	expect([redactText(text), redactForeign(text)]).toEqual([text, text]);
});

test('what this package says of its own records keeps ids and hashes', () => {
	const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
	expect(redactText('Vendor SWIFT: is on hold')).toBe('Vendor SWIFT: is on hold');
	expect(redactText(`chain ${hash}`)).toBe(`chain ${hash}`);
	expect(redactForeign(`invalid token ${hash}`)).toBe('invalid token [hidden]');
});
