import { deletedKeys } from '../../lib/gp/reading/read-records';

const whole = (keys: string[]) => ({
	keys,
	completeness: { proven: true, by: 'nothingBehind' } as const,
});
const known = Array.from({ length: 100 }, (_, index) => `1;${index}`);

test('names the keys GP no longer lists, each once', () => {
	expect(
		deletedKeys('payable', [...known, '1;7'], whole(known.filter((key) => key !== '1;7')), 0.05),
	).toEqual(['1;7']);
});

test('finds nothing where everything still stands, whatever else is new', () => {
	expect(deletedKeys('payable', known, whole([...known, '1;1000']), 0)).toEqual([]);
});

test.each([
	['an empty list', [], 1],
	['a list that lacks more than is believable', known.slice(10), 0.05],
])('takes %s for a broken list and says what to do', (_what, present, mostShare) => {
	expect(() => deletedKeys('payable', known, whole(present), mostShare)).toThrow(
		expect.objectContaining({
			code: 'GP_LIST_IMPLAUSIBLE',
			remedy: expect.stringContaining('Most Deleted'),
		}),
	);
});

test('calls no key deleted that may stand in the part of the list that did not come', () => {
	const cut = {
		keys: known.slice(0, 99),
		completeness: { proven: false, why: 'exactly 99 rows came' } as const,
	};
	expect(() => deletedKeys('payable', known, cut, 1)).toThrow(
		expect.objectContaining({
			code: 'GP_LIST_NOT_PROVEN',
			message: expect.stringContaining('exactly 99 rows came'),
			remedy: expect.stringContaining('Survey'),
		}),
	);
	expect(deletedKeys('payable', cut.keys, cut, 0)).toEqual([]);
});
