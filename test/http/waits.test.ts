import {
	addressBelow,
	backoff,
	describeRefusal,
	fence,
	networkCode,
	networkFault,
	readRetryAfter,
	serverNow,
} from '../../lib/http/request-rules';

const NOW = Date.parse('2026-05-01T10:00:00Z');

describe('Retry-After', () => {
	test.each<[string | undefined, number | null]>([
		[undefined, null],
		['', null],
		['   ', null],
		[' 3 ', 3000],
		['0', 0],
		['1.234', 1234],
		['1.2345', 1235],
		['1.2s', null],
		['12x', null],
		['-5', null],
		['2026-05-01T10:00:30Z', 30_000],
		['Fri, 01 May 2026 10:00:30 GMT', 30_000],
		['2026-05-01T09:00:00Z', 0],
		['2026-5-01', null],
		['tomorrow at noon', null],
		['9'.repeat(400), Number.MAX_SAFE_INTEGER],
		['9'.repeat(401), null],
		[`Fri, 01 May 2026 10:00:30 GMT${' '.repeat(40)}x`, null],
	])('%p is %p', (header, expected) => {
		expect(readRetryAfter(header, NOW)).toBe(expected);
	});

	test('a date counts from the clock of the server that wrote it', () => {
		const date = 'Fri, 01 May 2026 11:00:00 GMT';
		expect(readRetryAfter('Fri, 01 May 2026 11:00:20 GMT', NOW, date)).toBe(20_000);
	});
});

test.each<[string | undefined, number]>([
	[undefined, NOW],
	['no date', NOW],
	['2026-05-01T10:00:02.999Z', NOW],
	['2026-05-01T09:59:57.001Z', NOW],
	['2026-05-01T10:00:03.000Z', NOW + 3000],
	['2026-05-01T09:59:50.000Z', NOW - 10_000],
])('a server that says %p: its clock, unless the difference is rounding', (date, expected) => {
	expect(serverNow(NOW, date)).toBe(expected);
});

test.each<[number, number, Parameters<typeof backoff>[2], number]>([
	[1, 0.5, undefined, 500],
	[1, 0.999, undefined, 999],
	[3, 0.5, undefined, 2000],
	[10, 0.5, undefined, 15_000],
	[2, 0.5, { baseMs: 250 }, 250],
	[1, 0.5, { least: 0.5 }, 750],
	[1, 0, { least: 0.25 }, 250],
	[4, 1, { capMs: 3000 }, 3000],
])('after attempt %p, by chance %p and %p: %p ms', (attempt, random, settings, expected) => {
	expect(backoff(attempt, random, settings)).toBe(expected);
});

describe('the fence', () => {
	test.each([
		['http://user@gp.example/x', 'login', 'a login stands in its address'],
		['http://:secret@gp.example/x', 'login', 'a login stands in its address'],
		['ftp://gp.example/x', 'scheme', 'its address is neither http nor https'],
		[
			'http://other.example/x',
			'other-origin',
			'its address leads to another server than the one of the credential',
		],
		['http://', 'unreadable', 'its address cannot be read'],
	] as const)('%s is refused: %s', (address, refusal, words) => {
		expect(fence('http://gp.example', address)).toBe(refusal);
		expect(describeRefusal(refusal)).toBe(words);
	});

	test.each([
		['http://gp.example', 'x', 'http://gp.example/x'],
		['http://gp.example/', 'x', 'http://gp.example/x'],
		['http://gp.example/', '/x', 'http://gp.example/x'],
		['http://gp.example/GP/Service', 'x/y/', 'http://gp.example/GP/Service/x/y/'],
	])('below %s, %s is %s', (base, path, expected) => {
		expect(addressBelow(base, path)).toBe(expected);
	});
});

describe('the fault of the network behind an error', () => {
	const coded = (code: string, cause?: unknown) =>
		Object.assign(new Error('x', { cause }), { code });
	/** An error under so many others that say nothing. */
	const under = (depth: number, error: unknown): unknown =>
		depth === 0 ? error : new Error('x', { cause: under(depth - 1, error) });

	test.each<[string, unknown, string, string | undefined]>([
		['by its code', coded('ECONNREFUSED'), 'refused', 'ECONNREFUSED'],
		['by its name', Object.assign(new Error('x'), { name: 'AbortError' }), 'aborted', undefined],
		['by its cause', under(1, coded('ENOTFOUND')), 'name', 'ENOTFOUND'],
		[
			'by the first of several',
			new AggregateError([coded('ETIMEDOUT'), coded('EPIPE')]),
			'timeout',
			'ETIMEDOUT',
		],
		[
			'by its cause where there are none of several',
			Object.assign(new AggregateError([]), { cause: coded('EPIPE') }),
			'broken',
			'EPIPE',
		],
		['the graver one of two', coded('ECONNRESET', coded('CERT_HAS_EXPIRED')), 'tls', 'ECONNRESET'],
		['five causes down', under(5, coded('EPIPE')), 'broken', 'EPIPE'],
		['no further', under(6, coded('EPIPE')), 'other', undefined],
		['of nothing', undefined, 'other', undefined],
		['of no object', 'ECONNRESET', 'other', undefined],
		['of a cause that is no object', new Error('x', { cause: 'EPIPE' }), 'other', undefined],
		['of a cause that is null', new Error('x', { cause: null }), 'other', undefined],
		['of a code that is none', Object.assign(new Error('x'), { code: 7 }), 'other', undefined],
	])('%s', (_what, error, fault, code) => {
		expect([networkFault(error), networkCode(error)]).toEqual([fault, code]);
	});

	test('of one that is its own cause', () => {
		const round = new Error('x');
		round.cause = round;
		expect([networkFault(round), networkCode(round)]).toEqual(['other', undefined]);
	});
});
