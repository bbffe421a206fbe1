import fc from 'fast-check';
import { type EventPattern, eventPatterns, mayHaveMoved } from '../../lib/run/look-up';

const batch = {
	phase: 'changes' as const,
	records: [
		{ kind: 'payable', state: 'open', distributions: [] },
		{ kind: 'payable', state: 'history', distributions: [{}] },
		{ kind: 'checkpoint' },
	],
	version: 'b',
	knownVersions: ['b', '', undefined, null],
	sendsDrafts: false,
	readBefore: false,
};

describe('whether documents may stand elsewhere in Procore', () => {
	test('not while the mapping is as it was', () => {
		expect(mayHaveMoved(batch)).toBe(false);
	});

	test('not when none came, however often payables were read', () => {
		expect(mayHaveMoved({ ...batch, records: [{ kind: 'checkpoint' }], readBefore: true })).toBe(
			false,
		);
	});

	test.each([{ sendsDrafts: true }, { knownVersions: ['a'] }])(
		'not when none came, whatever the mapping is: %j',
		(change) => {
			expect(mayHaveMoved({ ...batch, ...change, records: [{ kind: 'checkpoint' }] })).toBe(false);
		},
	);

	test('not while they wait: that would be asked on each run', () => {
		expect(mayHaveMoved({ ...batch, phase: 'parked', readBefore: true })).toBe(false);
	});

	test.each([
		['the mapping was another once', { knownVersions: ['b', 'a'] }],
		['drafts are sent', { sendsDrafts: true }],
		['an earlier run may have sent them', { readBefore: true }],
		['history lost its lines', { records: [{ state: 'history', distributions: [] }] }],
	])('when %s', (_why, change) => {
		expect(mayHaveMoved({ ...batch, ...change })).toBe(true);
	});

	test('when they were asked for: most were sent before', () => {
		expect(mayHaveMoved({ ...batch, phase: 'requested' })).toBe(true);
	});
});

describe('questions for earlier events', () => {
	const voucher = (number: number) => `1;${String(number).padStart(17, '0')}`;
	const inRow = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => voucher(from + index));
	/** As n8n's tables take it. */
	const matches = ({ condition, pattern }: EventPattern, key: string) => {
		const [cell, like] =
			condition === 'ilike' ? [key.toUpperCase(), pattern.toUpperCase()] : [key, pattern];
		return like.endsWith('%') ? cell.startsWith(like.slice(0, -1)) : cell === like;
	};
	const like = (pattern: string) => ({ condition: 'like', pattern });
	const ilike = (pattern: string) => ({ condition: 'ilike', pattern });

	test('ten new vouchers are one, and a batch of 500 in a row two at most', () => {
		expect(eventPatterns(inRow(45_011, 10))).toEqual([like('1;000000000000450%')]);
		expect(eventPatterns(inRow(45_001, 500))).toEqual([like('1;00000000000045%')]);
		expect(eventPatterns(inRow(45_700, 500))).toHaveLength(2);
	});

	test('a key is asked for once, in the form in which keys are compared', () => {
		expect(eventPatterns(['1;inv-7', '1;INV-7 ', ''])).toEqual([ilike('1;INV-7')]);
	});

	test('numbers that may not be padded are asked for one by one: they begin longer ones', () => {
		expect(eventPatterns(['1;1005', '1;1020'])).toEqual([like('1;1005'), like('1;1020')]);
	});

	test('each key is found, no question covers more than a thousand padded vouchers, none is asked twice', () => {
		const keys = fc.array(
			fc.oneof(
				fc.nat({ max: 3_000 }).map(voucher),
				fc.nat({ max: 99_999_999 }).map((number) => `5;inv${String(number).padStart(8, '0')}`),
				fc.string(),
			),
			{ maxLength: 60 },
		);
		fc.assert(
			fc.property(keys, (given) => {
				const patterns = eventPatterns(given);
				for (const key of given.map((one) => one.trim()).filter(Boolean)) {
					// Letters beyond ASCII fold as GP folds them, which the pattern has done already.
					if (!/^[ -~]*$/.test(key)) continue;
					expect(patterns.some((pattern) => matches(pattern, key))).toBe(true);
				}
				const texts = patterns.map(({ pattern }) => pattern);
				expect(new Set(texts).size).toBe(texts.length);
				for (const pattern of texts.filter((one) => /^1;\d+%$/.test(one)))
					expect(pattern.length).toBeGreaterThanOrEqual('1;'.length + 14 + '%'.length);
			}),
		);
	});
});
