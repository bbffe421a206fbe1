import type { INodeParameters } from 'n8n-workflow';
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

describe('a condition whose expression came to nothing is refused: without it more would be meant', () => {
	const nothing = '={{ $json.notThere }}';
	const rule = (when: INodeParameters): INodeParameters => ({
		rules: { rule: [{ name: 'shop', when, set: { skip: 'no job cost' } }] },
	});

	test.each([
		['Vendor IDs', rule({ accountPattern: '.', vendorIds: nothing })],
		['Reference Matches', rule({ accounts: '000-6110-00', reference: nothing })],
		['Document Types', rule({ vendorClasses: 'SHOP', documentTypes: '={{ [] }}' })],
		['Only These Projects', { policies: { onlyProjects: '={{ "" }}' } }],
		['Only These Projects', { policies: { onlyProjects: '={{ [undefined] }}' } }],
		['Documents From', { policies: { documentsFrom: nothing } }],
	] as Array<[string, INodeParameters]>)('%s', async (title, parameters) => {
		const { error } = await define(parameters);
		expect(error?.message).toContain(`'${title}'`);
		expect(error?.message).toMatch(/came to nothing/);
	});

	test.each([
		[rule({ vendorIds: '={{ "ACME0001" }}', reference: '' })],
		[rule({ vendorIds: nothing })],
		[{ rules: { rule: [{ enabled: false, when: { vendorIds: nothing }, set: { skip: 'no' } }] } }],
		[{ policies: { onlyProjects: [], documentsFrom: '' } }],
		[{ policies: { onlyProjects: '={{ ["9001"] }}', documentsFrom: '={{ "2026-01-31" }}' } }],
	] as INodeParameters[][])('but not %j', async (parameters) => {
		expect((await define(parameters)).error).toBeUndefined();
	});
});
