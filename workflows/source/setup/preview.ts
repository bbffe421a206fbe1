import { CROSSWALK_READS } from '../crosswalk-reads';
import { readRows } from '../data-table-nodes';
import { addButtonPage, addForm } from '../guarded-triggers';
import { EVEN_IF_ABSENT, GP_TO_PROCORE, ONCE, rows } from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';

const named = (read: string) => read.replace('Read', 'Preview:');

/** Tables as the preview finds them: it makes none. */
const READS = [...CROSSWALK_READS, ['Read findings', readRows(TABLES.findings, {})] as const];

/** Nodes of this part that are drawn as one box. */
export const PREVIEW_READS = [
	'Really look?',
	'Really look?: pressed?',
	...READS.map(([name]) => named(name)),
];

/** See before writing: a form that says for documents of GP where each line would go. Writes nothing. */
export function addPreview(flow: WorkflowBuilder): void {
	addForm(flow, 'Preview documents', [0, 1400], {
		webhookId: 'gpp-preview-form',
		title: 'Preview: where would these documents go?',
		description:
			'Shows project, cost code, cost type and amount of each line, who decided, and what would wait. Nothing is written to GP or Procore.',
		fields: [
			{
				fieldLabel: 'Voucher numbers',
				fieldType: 'text',
				placeholder: 'Empty for the newest fifty, or e.g. 417, 418',
			},
		],
		button: 'Go on',
	});
	const pressed = addButtonPage(flow, 'Really look?', [240, 1400], {
		description: 'Press Show to read these documents from GP and to see where they would go.',
		button: 'Show',
	});
	flow.link('Preview documents', 'Really look?');
	READS.forEach(([name, parameters], index) => {
		flow.table(named(name), [660 + index * 200, 1400], parameters, EVEN_IF_ABSENT);
	});
	const reads = READS.map(([name]) => named(name));
	const [mapping, projects, accounts, vendors, findings] = reads as [
		string,
		string,
		string,
		string,
		string,
	];
	flow
		.node(
			'Preview lines',
			GP_TO_PROCORE,
			2,
			[1700, 1400],
			{
				resource: 'mapping',
				operation: 'previewDocuments',
				vouchers: "={{ $('Preview documents').first().json['Voucher numbers'] ?? '' }}",
				mappingRows: rows(mapping),
				findingRows: rows(findings),
				projectCrosswalk: rows(projects),
				accountCrosswalk: rows(accounts),
				vendorCrosswalk: rows(vendors),
			},
			ONCE,
		)
		.link(pressed, reads[0]!)
		.chain(...reads, 'Preview lines');
}
