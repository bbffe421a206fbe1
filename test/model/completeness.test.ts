import { notProven, together } from '../../lib/model/gp-changes';

const cut = { proven: false, why: 'exactly 100 rows came' } as const;
const whole = { proven: true, by: 'count' } as const;

test('one list that may be cut makes the run unproven, and its cell says which', () => {
	expect(notProven({ vendor: whole, payable: cut })).toBe('payables: exactly 100 rows came');
});

test('a run that read every list to its end, or none, has nothing to say', () => {
	expect(notProven({ vendor: whole })).toBe('');
	expect(notProven(undefined)).toBe('');
});

test('two readings of one stream are proven together only when both are', () => {
	expect(together(whole, cut)).toBe(cut);
	expect(together(cut, whole)).toBe(cut);
	expect(together(undefined, whole)).toBe(whole);
	expect(together(cut, cut)).toEqual(cut);
	expect(together(cut, { proven: false, why: 'other' })).toEqual({
		proven: false,
		why: 'exactly 100 rows came; other',
	});
});

test('a very long reason is cut, so that it fits its cell', () => {
	expect(notProven({ vendor: { proven: false, why: 'x'.repeat(5000) } })).toHaveLength(1000);
});
