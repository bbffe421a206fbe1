import { REPLAY_FORM } from '../../../lib/run/forms';
import { addForm, choice } from '../guarded-triggers';
import { ENGINE, ONCE } from '../node-parameters';
import type { WorkflowBuilder } from '../workflow-builder';

export function addStarts(flow: WorkflowBuilder): void {
	addForm(flow, 'Replay form', [0, 0], {
		webhookId: 'gpp-replay-form',
		title: 'Replay records from Dynamics GP to Procore',
		description:
			'Reads records again from GP and brings Procore to that state. Asking twice does no harm: a record that is right already is left alone.',
		fields: [
			choice(REPLAY_FORM.what, Object.keys(REPLAY_FORM.whatChoices)),
			{
				fieldLabel: REPLAY_FORM.records,
				fieldType: 'textarea',
				placeholder: 'Vouchers, vendor ids or accounts, one per line. A piece is enough.',
			},
			{ fieldLabel: REPLAY_FORM.firstDay, fieldType: 'date' },
			{ fieldLabel: REPLAY_FORM.lastDay, fieldType: 'date' },
			choice(REPLAY_FORM.kind, Object.keys(REPLAY_FORM.kindChoices)),
			{
				fieldLabel: REPLAY_FORM.company,
				fieldType: 'text',
				placeholder: 'Empty for all, or e.g. TWO',
			},
			choice(REPLAY_FORM.data, Object.keys(REPLAY_FORM.dataChoices)),
			{ fieldLabel: REPLAY_FORM.askedBy, fieldType: 'text', placeholder: 'Your name or initials' },
		],
		button: 'Go on',
	});
	flow
		.node('Called by a workflow', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 220], {
			inputSource: 'passthrough',
		})
		.node(
			'What is asked for',
			ENGINE,
			1,
			[240, 100],
			{ resource: 'form', operation: 'replay' },
			ONCE,
		)
		.link('Replay form', 'What is asked for')
		.link('Called by a workflow', 'What is asked for');
}
