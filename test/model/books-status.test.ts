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
