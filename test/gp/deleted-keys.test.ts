import { deletedKeys } from '../../lib/gp/reading/deleted-keys';

const known = Array.from({ length: 100 }, (_, index) => `1;${index}`);

test('names the keys GP no longer lists, each once', () => {
	expect(
		deletedKeys(
			'payable',
			[...known, '1;7'],
			known.filter((key) => key !== '1;7'),
			0.05,
		),
	).toEqual(['1;7']);
});

test('finds nothing where everything still stands, whatever else is new', () => {
	expect(deletedKeys('payable', known, [...known, '1;1000'], 0)).toEqual([]);
});

test.each([
	['an empty list', [], 1],
	['a list that lacks more than is believable', known.slice(10), 0.05],
])('takes %s for a broken list and says what to do', (_what, present, mostShare) => {
	expect(() => deletedKeys('payable', known, present, mostShare)).toThrow(
		expect.objectContaining({
			code: 'GP_LIST_IMPLAUSIBLE',
			remedy: expect.stringContaining('Most Deleted'),
		}),
	);
});
