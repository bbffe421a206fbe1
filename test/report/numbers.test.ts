import { fc, test as property } from '@fast-check/jest';
import {
	amount,
	count,
	inLanguage,
	isNothing,
	languageOf,
	numberStyleOf,
	typedAmount,
} from '../../lib/report/base/html';
import { readQuestion } from '../../lib/report/read/question';
import { draw, NOW, parked } from './samples';

/** Versions of ICU differ in which blank and which apostrophe they take. */
const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ').replaceAll('’', "'");

describe('numbers', () => {
	it.each([
		['en-US', '1,234,567.80', '1,234'],
		['de-DE', '1.234.567,80', '1.234'],
		['fr-CA', '1 234 567,80', '1 234'],
		['de-CH', "1'234'567.80", "1'234"],
		// Indian groups, and Spanish that groups from five digits on.
		['en-IN', '12,34,567.80', '1,234'],
		['es-ES', '1.234.567,80', '1234'],
		// Digits stay ours where another script has its own.
		['ar-EG', '1,234,567.80', '1,234'],
		['no such tag', '1,234,567.80', '1,234'],
	])('are written as in %s', (language, money, number) => {
		inLanguage(language, () => {
			expect(plain(amount('1234567.8'))).toBe(money);
			expect(plain(count(1234))).toBe(number);
		});
		expect(amount('1234567.8')).toBe('1,234,567.80');
	});

	it('come from the first language of the browser that is known, and from English else', () => {
		expect(languageOf('xx-none, de-AT;q=0.9, en;q=0.5')).toBe('de-AT');
		for (const header of ['', '*', undefined, ['de'], 'x'.repeat(10_000), '-u-nu-thai', "de'<b>"])
			expect(languageOf(header)).toBe('en');
	});

	property.prop([
		fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
		fc.constantFrom('en', 'de', 'fr', 'en-IN', 'es', 'de-CH', 'pl'),
	])('lose no digit in any language', (cents, language) => {
		const text = `${cents < 0n ? '-' : ''}${String(cents < 0n ? -cents : cents).padStart(3, '0')}`;
		const decimal = `${text.slice(0, -2)}.${text.slice(-2)}`;
		const shown = inLanguage(language, () => amount(decimal));
		expect(shown.replace(/\D/g, '').replace(/^0+(?=\d{3})/, '')).toBe(
			text.replace('-', '').replace(/^0+(?=\d{3})/, ''),
		);
		expect(shown.startsWith('-')).toBe(cents < 0n);
	});

	it('are put back when drawing fails', () => {
		expect(() =>
			inLanguage('de', () => {
				throw new Error('x');
			}),
		).toThrow('x');
		expect(amount('1.5')).toBe('1.50');
	});

	it('that are nothing are so in any language', () => {
		inLanguage('de', () => {
			expect(['0', '0.00', '-0.004', ''].every(isNothing)).toBe(true);
			expect(['0.01', 'x'].some(isNothing)).toBe(false);
		});
	});
});

describe('a search', () => {
	it.each([
		['en', '1,250.50', '1250.50', '1250.5'],
		['de', '1.250,50', '1250.50', '1250.5'],
		['fr', '1 250,5', '1250.50', '1250.5'],
		['en', 'acme', '-', '-'],
		['en', '1;00000417', '-', '-'],
	])('in %s for %j', (language, q, whole, short) => {
		expect(readQuestion({ page: 'search', q }, NOW, language)).toMatchObject({
			...{ amount: whole, shortAmount: short },
		});
	});

	it('knows days and months', () => {
		const pattern = (q: string) => readQuestion({ q }, NOW).dayPattern;
		expect(['2026-03-01', '2026-03', '2026', '417'].map(pattern)).toEqual([
			...['2026-03-01%', '2026-03%', '%never%', '%never%'],
		]);
		expect(typedAmount('12x', numberStyleOf('en'))).toBeNull();
		expect(typedAmount('$1,250.50', numberStyleOf('en'))).toBe('1250.50');
		for (const negative of ['(1,250.50)', '($1,250.50)', '\u22121,250.50', '-1,250.50'])
			expect(typedAmount(negative, numberStyleOf('en'))).toBe('-1250.50');
		expect(typedAmount('(-3)', numberStyleOf('en'))).toBeNull();
	});
});

test('a page is drawn with the numbers of its reader', () => {
	const page = draw('page=waiting', { parked: [parked()] }, { language: 'de-DE' });
	expect(page).toContain('1.250,50');
	expect(page).not.toContain('1,250.50');
});
