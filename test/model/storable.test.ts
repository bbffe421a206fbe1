import { storable } from '../../lib/model/foreign-text';
import { text } from '../../lib/gp/normalise/values';
import { cell } from '../../lib/audit/event-row';

const afterStoring = (written: string) => Buffer.from(written, 'utf8').toString('utf8');

describe('text that is stored', () => {
	test.each([
		['a NUL', 'Acme\0 Concrete', 'Acme Concrete'],
		['the first half of a pair', 'Acme\uD83D', 'Acme\uFFFD'],
		['the second half of a pair', '\uDDF1Acme', '\uFFFDAcme'],
		['a whole pair', 'Acme \u{1F9F1}', 'Acme \u{1F9F1}'],
		['signs that merely look odd', 'a\tb\u0007\u202E\u200B', 'a\tb\u0007\u202E\u200B'],
	])('%s', (_, given, kept) => {
		expect(storable(given)).toBe(kept);
		expect(afterStoring(kept)).toBe(kept);
		expect(text(` ${given} `)).toBe(kept);
	});

	test('is read back as its hash was made, also where it was cut through the middle of a sign', () => {
		for (const lead of [997, 998, 999]) {
			const kept = cell(`${'x'.repeat(lead)}\u{1F9F1}\u{1F9F1}`);
			expect(afterStoring(kept)).toBe(kept);
			expect(kept.length).toBeLessThanOrEqual(1000);
		}
	});
});
