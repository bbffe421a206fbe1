import { Readable } from 'node:stream';
import {
	answerCap,
	BodyTooLarge,
	decodeText,
	isIncoming,
	limitsFor,
	readBody,
	runSteps,
	type IncomingBody,
} from '../../lib/http/read-body';

const MB = 1024 * 1024;
const never = new AbortController().signal;

test('knows a body still to be read from everything else', () => {
	expect(isIncoming(Readable.from(['a']))).toBe(true);
	for (const other of [null, undefined, 'text', 1, {}, [], Buffer.from('a'), () => undefined])
		expect(isIncoming(other)).toBe(false);
});

describe('reading a body', () => {
	test('to its end, pieces of text and of bytes', async () => {
		const body = Readable.from(['caf', Buffer.from('é')]);
		expect((await readBody(body, 5, never)).toString()).toBe('café');
		expect(body.destroyed).toBe(true);
	});

	test('no further than allowed', async () => {
		const body = Readable.from([Buffer.alloc(3), Buffer.alloc(3), Buffer.alloc(3)]);
		await expect(readBody(body, 5, never)).rejects.toEqual(new BodyTooLarge(5));
		expect(body.destroyed).toBe(true);
	});

	test('no longer than allowed, also where it stands still', async () => {
		const stop = new AbortController();
		const body = new Readable({ read: () => undefined });
		const reading = readBody(body, 5, stop.signal);
		stop.abort(new Error('too late'));
		await expect(reading).rejects.toThrow('too late');
		expect(body.destroyed).toBe(true);
	});

	test('not at all when it is too late already', async () => {
		const late = AbortSignal.abort(new Error('too late'));
		await expect(readBody(Readable.from(['a']), 5, late)).rejects.toThrow('too late');
	});

	test('the time being up is the reason, not what the connection says of it', async () => {
		const stop = new AbortController();
		const body: IncomingBody = {
			// eslint-disable-next-line @typescript-eslint/require-await, require-yield
			async *[Symbol.asyncIterator]() {
				stop.abort(new Error('too late'));
				throw new Error('socket closed');
			},
		};
		await expect(readBody(body, 5, stop.signal)).rejects.toThrow('too late');
	});

	test('without a way to end it early', async () => {
		const body: IncomingBody = {
			// eslint-disable-next-line @typescript-eslint/require-await
			async *[Symbol.asyncIterator]() {
				yield 'a';
			},
		};
		expect((await readBody(body, 5, never)).toString()).toBe('a');
	});
});

describe('bytes as text', () => {
	const decode = (bytes: number[] | Buffer, contentType?: string) =>
		runSteps(decodeText(Buffer.from(bytes), contentType));

	test('by the charset the server names', () => {
		expect(decode([0xe9], 'text/xml; charset=iso-8859-1')).toBe('é');
		const quoted = [0x93, 0x80, 0x99, 0x81, 0x94];
		expect(decode(quoted, 'text/xml; charset=windows-1252')).toBe('“€™\x81”');
		expect(decode([0xf3], 'text/xml; Charset = "iso-8859-2"')).toBe('ó');
		expect(decode([0x41, 0x00], 'text/xml; Charset = "utf-16le"')).toBe('A');
		expect(decode([0xc3, 0xa9], 'application/json')).toBe('é');
		expect(decode([0xc3, 0xa9])).toBe('é');
		expect(decode([0xc3, 0xa9], 'text/xml; charset=no-such-one')).toBe('é');
	});

	test('control letters of another charset stay what they are', () => {
		expect(decode([0xc2, 0x80, 0xc2, 0x99])).toBe('\x80\x99');
	});

	test('a charset far behind in a header is not looked for', () => {
		expect(decode([0x41, 0x00], `text/xml; a=${'x'.repeat(400)}; charset=utf-16le`)).toBe('A\0');
	});

	test('a byte order mark says more than the server', () => {
		const wrong = 'text/xml; charset=iso-8859-1';
		expect(decode([0xff, 0xfe, 0x41, 0x00], wrong)).toBe('A');
		expect(decode([0xfe, 0xff, 0x00, 0x41], wrong)).toBe('A');
		expect(decode([0xef, 0xbb, 0xbf, 0xc3, 0xa9], wrong)).toBe('é');
	});

	test('what only begins like a byte order mark is text', () => {
		const latin = 'text/xml; charset=iso-8859-1';
		expect(decode([0xef, 0xbb, 0x41], latin)).toBe('ï»A');
		expect(decode([0xef, 0x41, 0xbf], latin)).toBe('ïA¿');
		expect(decode([0x41, 0xbb, 0xbf], latin)).toBe('A»¿');
		expect(decode([0xff, 0x41], latin)).toBe('ÿA');
		expect(decode([0x41, 0xfe], latin)).toBe('Aþ');
		expect(decode([0xfe, 0x41], latin)).toBe('þA');
		expect(decode([0x41, 0xff], latin)).toBe('Aÿ');
	});

	test('a letter on the border of two pieces is one letter', () => {
		const text = `${'a'.repeat(4 * MB - 1)}é${'b'.repeat(10)}`;
		const steps = decodeText(Buffer.from(text), undefined);
		expect(steps.next().done).toBe(false);
		expect(runSteps(steps) === text).toBe(true);
		const whole = decodeText(Buffer.alloc(4 * MB, 'a'), undefined);
		expect(whole.next().done).toBe(true);
	});

	test('what is cut off within a letter ends in a sign for that', () => {
		const bytes = Buffer.concat([Buffer.alloc(4 * MB, 'a'), Buffer.from([0xc3])]);
		expect(decode(bytes).slice(-2)).toBe('a\ufffd');
	});
});

test('the cap is from 1 to 512 megabytes, 64 unless told', () => {
	expect([undefined, NaN, 0, -5, 1.5, 512, 9_999].map((asked) => answerCap(asked) / MB)).toEqual([
		64, 64, 1, 1, 1.5, 512, 512,
	]);
});

test('a higher cap allows as many more values and rows, a lower one no fewer', () => {
	const usual = limitsFor(64 * MB);
	expect(limitsFor(MB)).toEqual(usual);
	expect(limitsFor(128 * MB)).toEqual({
		...usual,
		values: 2 * usual.values,
		rows: 2 * usual.rows,
	});
});
