import { addForm, BY_FORM, choice } from '../guarded-triggers';
import { assignment, fields, ONCE } from '../node-parameters';
import type { WorkflowBuilder } from '../workflow-builder';

/** Choices of the form in the words of a person, and the values of the node behind them. */
const CHOICES = {
	'The records named below': 'records',
	'All that failed or wait': 'waiting',
	'All handled between two days': 'handled',
	'All that GP changed since a day': 'changed',
};
const KINDS = {
	Any: '',
	Vendors: 'vendor',
	'GL accounts': 'account',
	'Payables documents': 'payable',
};
const USES = { 'Read again from GP': 'gp', 'The record as it was stored': 'stored' };

export function addStarts(flow: WorkflowBuilder): void {
	const valueOf = (options: Record<string, string>, field: string, name: string) =>
		`={{ $json['${field}'] ? ${JSON.stringify(options)}[$json['${field}']] : ($json.${name} ?? '') }}`;
	const given = (field: string, name: string) => `={{ $json['${field}'] ?? $json.${name} ?? '' }}`;
	addForm(flow, 'Replay form', [0, 0], {
		webhookId: 'gpp-replay-form',
		title: 'Replay records from Dynamics GP to Procore',
		description:
			'Reads records again from GP and brings Procore to that state. Asking twice does no harm: a record that is right already is left alone.',
		fields: [
			choice('What', Object.keys(CHOICES)),
			{
				fieldLabel: 'Records',
				fieldType: 'textarea',
				placeholder: 'Vouchers, vendor ids or accounts, one per line. A piece is enough.',
			},
			{ fieldLabel: 'First day', fieldType: 'date' },
			{ fieldLabel: 'Last day', fieldType: 'date' },
			choice('Kind', Object.keys(KINDS)),
			{
				fieldLabel: 'GP company',
				fieldType: 'text',
				placeholder: 'Empty for all, or e.g. TWO',
			},
			choice('Data', Object.keys(USES)),
			{ fieldLabel: 'Asked by', fieldType: 'text', placeholder: 'Your name or initials' },
		],
		button: 'Go on',
	});
	flow
		.node('Called by a workflow', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 220], {
			inputSource: 'passthrough',
		})
		.node(
			'What is asked for',
			'n8n-nodes-base.set',
			3.4,
			[240, 100],
			fields(
				BY_FORM,
				assignment('choice', valueOf(CHOICES, 'What', 'choice'), 'string'),
				assignment('search', given('Records', 'search'), 'string'),
				assignment('from', given('First day', 'from'), 'string'),
				assignment('to', given('Last day', 'to'), 'string'),
				assignment('entity', valueOf(KINDS, 'Kind', 'entity'), 'string'),
				assignment('company', given('GP company', 'company'), 'string'),
				assignment('use', valueOf(USES, 'Data', 'use'), 'string'),
				assignment('by', "={{ $json['Asked by'] || $json.by || 'replay form' }}", 'string'),
			),
			ONCE,
		)
		.link('Replay form', 'What is asked for')
		.link('Called by a workflow', 'What is asked for');
}
