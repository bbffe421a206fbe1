import { monthsInWords } from '../../lib/model/connection-check';
import { booksStatusOf } from '../../lib/model/outcome';

test.each([
	['0.00', '', 'proven'],
	['-0.00', undefined, 'proven'],
	['', '', 'proven'],
	['0.00', '12 documents of GP are missing from this comparison', 'notProven'],
	['0.01', '', 'unexplained'],
	['-12.50', '12 documents of GP are missing', 'unexplained'],
	['#######', '', 'unexplained'],
] as const)('%s unexplained, not proven "%s": %s', (unexplained, not_proven, status) => {
	expect(booksStatusOf({ unexplained, not_proven })).toBe(status);
});

test('a comparison of months in which nothing lies is not called proven', () => {
	const total = { unexplained: '0.00', not_proven: '', month: '2026-01 to 2026-06' };
	expect(booksStatusOf({ ...total, gp_amount: '0.00', procore_amount: '' })).toBe('nothing');
	expect(booksStatusOf({ ...total, gp_amount: '0.00', procore_amount: '5.00' })).toBe('proven');
	expect(booksStatusOf({ ...total, month: '', gp_amount: '0.00' })).toBe('proven');
	expect(booksStatusOf({ ...total, not_proven: 'cut', gp_amount: '0.00' })).toBe('notProven');
});

test.each([
	[{}, ''],
	[{ from: '2026-01', to: '' }, 'from 2026-01'],
	[{ to: '2026-06' }, 'up to 2026-06'],
	[{ from: '2026-01', to: '2026-06' }, '2026-01 to 2026-06'],
	[{ from: '2026-06', to: '2026-06' }, '2026-06'],
])('months in words: %j', (months, words) => expect(monthsInWords(months)).toBe(words));
