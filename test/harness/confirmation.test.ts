import { readShipped } from '../../cli/shipped/shipped';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile } from './run-workflow';

const FORMS = readShipped().templates.flatMap((template) =>
	template.nodes
		.filter(({ type }) => type === 'n8n-nodes-base.formTrigger')
		.map(({ name }) => ({ template: template as unknown as WorkflowFile, form: name })),
);

/** What comes behind a form until its second page was pressed: its options where other triggers share them, and the page. */
function untilPressed({ connections }: WorkflowFile, form: string): string[] {
	const way = [form];
	while (!way.at(-1)!.endsWith(': pressed?') && way.length < 6) {
		way.push(connections[way.at(-1)!]!.main[0]![0]!.node);
	}
	return way;
}

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
	const way = untilPressed(template, form);
	const confirms = way.at(-2)!;

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
			expect(confirms).toMatch(/\?$/);
			expect(Object.keys(runData)).toEqual(way);
			// Nothing on the way but our own step that reads the answers, and n8n's own pages and questions.
			const types = way.map((name) => template.nodes.find((node) => node.name === name)!.type);
			expect(
				types.filter((type) => !/\.(gpToProcoreEngine|if|form|formTrigger)$/.test(type)),
			).toEqual([]);
			expect(tables.names()).toEqual([]);
		}
	});
});
