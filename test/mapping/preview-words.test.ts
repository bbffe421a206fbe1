import { previewInWords } from '../../lib/mapping/preview';
import { payable, PROJECTS } from './samples';

type Lines = Parameters<typeof previewInWords>[0][0]['lines'];
const lines = (...given: Array<['send' | 'leave' | 'park', string]>) =>
	given.map(([decision, amount]) => ({ decision, amount })) as unknown as Lines;

test('a preview counts the lines and amounts that go, are left out and wait', () => {
	const document = payable([['purchase', '300-5110-02', '1']]);
	const { counts } = previewInWords(
		[
			{ payable: document, lines: lines(['send', '10.10'], ['leave', '2'], ['send', '0.90']) },
			{ payable: document, lines: lines(['park', '-5']) },
		],
		PROJECTS,
	);
	expect(counts).toEqual({
		...{ documents: 2, lines: 4 },
		placed: { lines: 2, amount: '11.00' },
		left: { lines: 1, amount: '2.00' },
		waiting: { lines: 1, amount: '-5.00' },
	});
	expect(previewInWords([], []).counts.placed).toEqual({ lines: 0, amount: '0.00' });
});
