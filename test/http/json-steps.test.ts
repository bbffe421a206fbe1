import fc from 'fast-check';
import { runSteps, runStepsInTurns } from '../../lib/http/read-body';
import { JsonRefused, readJson, type JsonOptions } from '../../lib/http/json-steps';

const read = (text: string, options?: JsonOptions) => runSteps(readJson(text, options));
const whyNot = (text: string, options?: JsonOptions) => {
	try {
		read(text, options);
	} catch (error) {
		return (error as JsonRefused).why;
	}
	return 'taken';
};

test('reads what JSON.parse reads, as JSON.parse reads it', () => {
	fc.assert(
		fc.property(fc.json(), (text) => {
			expect(read(text)).toEqual(JSON.parse(text));
		}),
		{ numRuns: 300 },
	);
	const written = ' {"a":[1,-0.5e3,"x\\u0041\\"\\\\",{},[]],"__proto__":{"b":null},"a b":true} ';
	expect(JSON.stringify(read(written))).toBe(JSON.stringify(JSON.parse(written)));
	expect(Object.getPrototypeOf(read(written))).toBe(Object.prototype);
});

test('takes nothing JSON.parse does not take', () => {
	fc.assert(
		fc.property(
			fc.json(),
			fc.nat(),
			fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '\n', '0', 'e'),
			(text, where, piece) => {
				const at = where % (text.length + 1);
				const broken = text.slice(0, at) + piece + text.slice(at + 1);
				let expected: unknown;
				try {
					expected = JSON.parse(broken);
				} catch {
					expect(['malformed', 'cut-off']).toContain(whyNot(broken));
					return;
				}
				expect(read(broken)).toEqual(expected);
			},
		),
		{ numRuns: 1000 },
	);
	for (const text of [
		'',
		' ',
		'01',
		'.5',
		'1.',
		'+1',
		'nul',
		'nulll',
		'"a',
		'{"a":1,}',
		'[1,]',
		'{a:1}',
		'[1 2]',
		"['a']",
	])
		expect([text, whyNot(text)]).not.toEqual([text, 'taken']);
});

test('says whether it stops in the middle', () => {
	expect([whyNot('[{"a":1'), whyNot('{"a":"x'), whyNot('[1'), whyNot('tr')]).toEqual(
		Array(4).fill('cut-off'),
	);
	expect([whyNot('[1}'), whyNot('[1]x'), whyNot('{"a" 1}')]).toEqual(Array(3).fill('malformed'));
});

test('long numbers stay text where that is asked for', () => {
	const text = '[1234567890123456.5, 12.5, -99999999999999.99999, "1234567890123456789"]';
	expect(read(text, { keepLongNumbers: true })).toEqual([
		'1234567890123456.5',
		12.5,
		'-99999999999999.99999',
		'1234567890123456789',
	]);
});

test('control characters that stand in a text are taken where that is asked for', () => {
	const text = '[{"name of the field\tand":"a\u001fb\r\nc, and \\"more\\" \\u00e9"}]';
	expect(whyNot(text)).toBe('malformed');
	expect(read(text, { bareControls: true })).toEqual([
		{ 'name of the field\tand': 'a\u001fb\r\nc, and "more" é' },
	]);
});

test('refuses what is deeper, longer or more than any answer', () => {
	expect(whyNot('['.repeat(100_000))).toBe('too-deep');
	expect(whyNot('{"a":'.repeat(100_000))).toBe('too-deep');
	expect(whyNot(`[${'{},'.repeat(300_000)}{}]`)).toBe('too-many-rows');
	expect(whyNot('[[1,1,1],[1,1,1]]', { limits: { values: 6 } })).toBe('too-many-values');
	expect(whyNot(`"${'a'.repeat(100)}"`, { limits: { text: 50 } })).toBe('too-long-text');
	expect(whyNot(`"${'\\"'.repeat(100)}"`, { limits: { text: 50 } })).toBe('too-long-text');
});

test('takes as much as the limits allow', () => {
	// Three lists and six numbers.
	expect(whyNot('[[1,1,1],[1,1,1]]', { limits: { values: 9 } })).toBe('taken');
	expect(whyNot('[[1,1,1],[1,1,1]]', { limits: { values: 8 } })).toBe('too-many-values');
	expect(whyNot('[1,1,1]', { limits: { rows: 3 } })).toBe('taken');
	expect(whyNot('[1,1,1]', { limits: { rows: 2 } })).toBe('too-many-rows');
	expect(whyNot('[[1]]', { limits: { depth: 2 } })).toBe('taken');
	expect(whyNot('[[1]]', { limits: { depth: 1 } })).toBe('too-deep');
	// A text is counted with its first quotation mark.
	expect(whyNot('"1234"', { limits: { text: 5 } })).toBe('taken');
	expect(whyNot('"12345"', { limits: { text: 5 } })).toBe('too-long-text');
});

test('a text with quotation marks in it is measured from where it begins', () => {
	const limits = { limits: { text: 12 } };
	expect(read('["0123456789","0123456789","a\\"b"]', limits)).toEqual([
		...['0123456789', '0123456789', 'a"b'],
	]);
	expect(whyNot('"a\\"', limits)).toBe('cut-off');
});

test('gives others their turn within long texts and among many short values', () => {
	const steps = (value: unknown) => {
		let count = 0;
		const reading = readJson(JSON.stringify(value));
		while (!reading.next().done) count += 1;
		return count;
	};
	expect(steps([1, 2, 3])).toBe(0);
	expect(steps(Array(1_200).fill(1))).toBe(2);
	expect(steps(Array(6).fill('x'.repeat(40_000)))).toBe(2);
});

test('others have their turn while a large answer is read', async () => {
	const row = JSON.stringify({ id: 'V0001', name: 'A vendor', lines: [1, 2, 3], city: 'Chicago' });
	const text = `{"Payload":[${Array(120_000).fill(row).join(',')}]}`;
	let turns = 0;
	const clock = setInterval(() => (turns += 1), 1);
	const value = (await runStepsInTurns(readJson(text))) as { Payload: unknown[] };
	clearInterval(clock);
	expect(value.Payload).toHaveLength(120_000);
	expect(turns).toBeGreaterThan(1);
});
