import {
	excerptOf,
	jsonBeginning,
	LONGEST_LOOKED_AT,
	messageOf,
	pageExcerptOf,
} from '../../lib/model/foreign-text';
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

const SPELT = "Summer+2026!'<&>(x)";
const every = (sign: (code: number) => string, which = /[^]/) =>
	SPELT.replace(new RegExp(which, 'g'), (one) => sign(one.charCodeAt(0)));
const hex = (code: number) => code.toString(16).padStart(2, '0');

test.each<[string, string]>([
	['as a form sends it', new URLSearchParams({ a: SPELT }).toString().slice(2)],
	['every sign escaped for an address', every((code) => `%${hex(code)}`)],
	['escaped for an address twice', encodeURIComponent(encodeURIComponent(SPELT))],
	['decimal entities', every((code) => `&#${code};`, /\W/)],
	['hexadecimal entities', every((code) => `&#x${hex(code).toUpperCase()};`)],
	[
		'named entities',
		every(
			(code) =>
				({ 39: '&apos;', 60: '&lt;', 62: '&gt;', 38: '&amp;' })[code] ?? String.fromCharCode(code),
		),
	],
	['JSON as .NET writes it', every((code) => `\\u00${hex(code)}`, /[<>&'+]/)],
	['the same in JSON', every((code) => `\\\\u00${hex(code).toUpperCase()}`, /[<>&'+]/)],
	['a script', every((code) => `\\x${hex(code)}`, /[<>&'+]/)],
	['a text of SQL', SPELT.replace("'", "''")],
	['mail', every((code) => `=${hex(code).toUpperCase()}`, /\W/)],
	['over two lines', `${SPELT.slice(0, 8)}\r\n  ${SPELT.slice(8)}`],
	['over two lines of JSON', `${SPELT.slice(0, 8)}\\r\\n${SPELT.slice(8)}`],
	['with a sign nobody sees', `${SPELT.slice(0, 5)}\u200b\ufe0f${SPELT.slice(5)}`],
	[
		'with a tag inside',
		`${SPELT.slice(0, 9)}<b class="x">${SPELT.slice(9, 12)}</b>${SPELT.slice(12)}`,
	],
	['bytes with blanks', Buffer.from(SPELT).toString('hex').replace(/../g, '$& ')],
	[
		'bytes with colons',
		Buffer.from(SPELT)
			.toString('hex')
			.toUpperCase()
			.replace(/..(?=.)/g, '$&:'),
	],
	['base64 in short lines', Buffer.from(SPELT).toString('base64').replace(/.{8}/g, '$&\n')],
	['base64 in an address', encodeURIComponent(Buffer.from(`us:${SPELT}`).toString('base64'))],
])('hides a login of this process: %s', (_, text) => {
	rememberSecret(SPELT);
	const clean = redactText(`you sent ${text} which is wrong`);
	expect(clean).toMatch(/^you sent \S{0,8}\[hidden\]\S{0,8}\s+which is wrong$/);
	expect(redactText(clean)).toBe(clean);
});

test.each(['latin1', 'utf8'] as const)('hides letters with accents that came as %s', (charset) => {
	rememberSecret('Paßwört-Größe');
	const read = Buffer.from('Paßwört-Größe', charset).toString(
		charset === 'utf8' ? 'latin1' : 'utf8',
	);
	expect(redactText(`you sent ${read}!`)).toBe('you sent [hidden]!');
});

test('a secret that is cut off leaves no beginning behind', () => {
	rememberSecret(SPELT);
	for (let length = 1; length < SPELT.length; length += 1) {
		const blanks = ' '.repeat(LONGEST_LOOKED_AT - length);
		for (const text of [
			messageOf(blanks + SPELT),
			excerptOf(Buffer.from(blanks + SPELT)),
			excerptOf(Buffer.from(`${' '.repeat(20_480 - length)}${SPELT}`)),
			excerptOf(Buffer.from(`\ufeff${blanks}${SPELT}`, 'utf16le')),
			excerptOf(jsonBeginning({ a: blanks + SPELT })),
			pageExcerptOf(`<p>${blanks.slice(3)}${SPELT}</p>`),
		])
			expect(text).not.toMatch(/Su|mm/);
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
