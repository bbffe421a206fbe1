import { addressBelow, fence, readRetryAfter } from '../../lib/http/request-rules';

const origin = 'https://gp.example.com:48620';

test.each([
	'@other.example/x',
	':1/x',
	'.other.example/x',
	'//other.example/x',
	'\\\\other.example/x',
	'/\\other.example/x',
	'\t//other.example/x',
	'/%2f%2fother.example',
	'?@other.example/',
	'#@other.example/',
])('a path is a path, whatever it is made of: %s', (path) => {
	const fenced = fence(origin, addressBelow(origin, path));
	expect(fenced).toBeInstanceOf(URL);
	expect((fenced as URL).origin).toBe(origin);
});

test.each([
	['https://gp.example.com:48620@other.example/x', 'other-origin'],
	['https://gp.example.com/x', 'other-origin'],
	['http://gp.example.com:48620/x', 'other-origin'],
	['https://gp.example.com:48620.other.example/x', 'unreadable'],
	['https://u:p@gp.example.com:48620/x', 'login'],
	['file:///etc/passwd', 'scheme'],
	['javascript:alert(1)', 'scheme'],
	['no address', 'unreadable'],
])('%s is not called: %s', (address, why) => {
	expect(fence(origin, address)).toBe(why);
});

test('Retry-After is seconds or a date, read by the clock of the server', () => {
	const now = Date.parse('2026-06-01T08:00:00Z');
	expect([
		readRetryAfter('5', now),
		readRetryAfter('0.5', now),
		readRetryAfter('Mon, 01 Jun 2026 08:00:09 GMT', now),
		readRetryAfter('Mon, 01 Jun 2026 09:00:09 GMT', now, 'Mon, 01 Jun 2026 09:00:00 GMT'),
		readRetryAfter('Mon, 01 Jun 2020 08:00:09 GMT', now),
		readRetryAfter('-5', now),
		readRetryAfter('soon', now),
		readRetryAfter('', now),
		readRetryAfter(undefined, now),
	]).toEqual([5000, 500, 9000, 9000, 0, null, null, null, null]);
	for (const endless of ['1'.repeat(300), '1000000000', 'Fri, 31 Dec 9999 23:59:59 GMT']) {
		const wait = readRetryAfter(endless, now)!;
		expect(wait).toBeGreaterThan(2 ** 31);
		expect(Number.isFinite(wait)).toBe(true);
	}
});
