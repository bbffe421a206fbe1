import { runNode, type NodeRun } from './support/engine';

const define = async (parameters: NodeRun['parameters']) =>
	await runNode({
		node: 'gpToProcore',
		parameters: { resource: 'mapping', operation: 'define', ...parameters },
	});

test('numbers that expressions give are the same mapping as their digits typed', async () => {
	const mapping = (value: (digits: string) => string) => ({
		costAccountPattern: value('5110'),
		costTypeFrom: 'segment',
		costTypes: { costType: [{ segmentValue: value('2'), costType: value('7') }] },
		rules: {
			rule: [
				{
					name: value('1'),
					when: { accountFrom: value('5110'), accountTo: value('5190'), reference: value('300') },
					set: { costCode: value('100') },
				},
				{ when: { accountPattern: value('51'), description: value('8') }, set: { costType: 'M' } },
			],
		},
	});
	const typed = await define(mapping((digits) => digits));
	const given = await define(mapping((digits) => `={{ ${digits} }}`));
	expect(given.error).toBeUndefined();
	expect(given.json()[0].settings).toEqual(typed.json()[0].settings);
});

test('a row of cost types whose expression came to nothing stops nothing', async () => {
	const { error } = await define({
		costTypeFrom: 'segment',
		costTypes: { costType: [{ segmentValue: '02', costType: '={{ undefined }}' }] },
	});
	expect(error).toBeUndefined();
});
