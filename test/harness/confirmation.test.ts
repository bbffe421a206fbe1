import { readShipped } from '../../cli/shipped/shipped';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile } from './run-workflow';

const FORMS = readShipped().templates.flatMap((template) =>
	template.nodes
		.filter(({ type }) => type === 'n8n-nodes-base.formTrigger')
		.map(({ name }) => ({ template: template as unknown as WorkflowFile, form: name })),
);

test('every form of the set is tried', () => {
	expect(FORMS.length).toBeGreaterThanOrEqual(5);
});

describe.each(FORMS)('$form', ({ template, form }) => {
	/** A foreign site can send any answers, and leave any out. */
	const answers = [
		{},
		{ 'Dry run': 'No, write to Procore', 'What differs': 'Have it mended by the next run' },
		{ What: 'All that failed or wait', File: 'CSV', 'Link by itself': '(97 %)' },
	];
	/** What a page gives when an hour has passed: what came in. Or nothing, or another value. */
	const unpressed = [{ by_form: true }, {}, { pressed: 'no' }];
	const confirms = template.nodes.find(
		({ type, parameters }) =>
			type === 'n8n-nodes-base.form' && JSON.stringify(parameters).includes('"pressed"'),
	)!.name;

	test.each(answers)('does nothing before its second page is pressed: %j', async (sent) => {
		for (const page of unpressed) {
			const tables = new MemoryDataTables();
			const { error, runData } = await runWorkflow({
				workflow: template,
				trigger: form,
				triggerItems: [sent as never],
				pages: { [confirms]: [page as never] },
				tables,
			});
			expect(error).toBeUndefined();
			const [, options] = Object.keys(runData);
			const asked = [form, options, `${confirms}: by form?`, confirms, `${confirms}: pressed?`];
			expect(Object.keys(runData)).toEqual(asked);
			expect(template.nodes.find(({ name }) => name === options)!.type).toMatch(
				/\.gpToProcoreEngine$/,
			);
			expect(tables.names()).toEqual([]);
		}
	});
});
