import { previewInWords } from '../../lib/mapping/preview';
import { payable, PROJECTS } from './samples';

type Lines = Parameters<typeof previewInWords>[0][0]['lines'];
const lines = (...given: Array<['send' | 'leave' | 'park' | 'share', string]>) =>
	given.map(([decision, amount]) => ({ decision, amount })) as unknown as Lines;
const verdict = (decision: 'send' | 'park' | 'void', ...amounts: string[]) => ({
	...{ decision, message: '', remedy: '' },
	places: amounts.map((amount) => ({ projectId: '9001', amount })),
});

test('a preview counts the lines and amounts that go, are left out and wait', () => {
	const document = payable([['purchase', '300-5110-02', '1']]);
	const { counts } = previewInWords(
		[
			{
				payable: document,
				lines: lines(['send', '10.10'], ['leave', '2'], ['send', '0.90'], ['share', '1']),
				verdict: verdict('send', '5.5', '6.5'),
			},
			{ payable: document, lines: lines(['park', '-5']), verdict: verdict('park') },
			{ payable: document, lines: [], verdict: verdict('void', '3') },
		],
		PROJECTS,
	);
	expect(counts).toEqual({
		...{ documents: 3, going: { documents: 1, amount: '12.00' }, waitingWhole: 1, lines: 5 },
		placed: { lines: 2, amount: '11.00' },
		left: { lines: 1, amount: '2.00' },
		waiting: { lines: 1, amount: '-5.00' },
		shared: { lines: 1, amount: '1.00' },
	});
	expect(previewInWords([], []).counts.placed).toEqual({ lines: 0, amount: '0.00' });
});
