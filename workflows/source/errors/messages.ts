import { deleteRows, upsertRow } from '../data-table-nodes';
import {
	anyOf,
	EVEN_IF_FULL,
	isTrue,
	LIST_IS_EMPTY,
	notEmpty,
	ONCE,
	TEXT_IS_EMPTY,
	wholeItem,
} from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { CHANNEL, EVALUATED } from './names';

export function addMessages(flow: WorkflowBuilder): void {
	flow
		.node(
			'Anything wrong?',
			'n8n-nodes-base.if',
			2.2,
			[3940, 100],
			notEmpty('={{ $json.standing }}'),
		)
		.node('What is wrong', 'n8n-nodes-base.splitOut', 1, [4140, 0], {
			fieldToSplitOut: 'standing',
			options: {},
		})
		.table('Save alerts', [4320, 0], saveAlert(), EVEN_IF_FULL)
		.node(
			'Anything to tell?',
			'n8n-nodes-base.if',
			2.2,
			[4520, 100],
			isTrue(`={{ ${EVALUATED}.tell }}`),
			ONCE,
		)
		.node(
			'Message',
			'n8n-nodes-base.set',
			3.4,
			[4720, -20],
			wholeItem(`={{ ${EVALUATED}.digest }}`),
			ONCE,
		)
		.node(
			'Send an e-mail',
			'n8n-nodes-base.emailSend',
			2.1,
			[4940, -220],
			{
				fromEmail: 'n8n@example.com',
				toEmail: 'you@example.com',
				subject: '={{ $json.subject }}',
				emailFormat: 'both',
				text: '={{ $json.text }}',
				html: '={{ $json.html }}',
				options: { appendAttribution: false },
			},
			CHANNEL,
		)
		.node(
			'Post to Slack',
			'n8n-nodes-base.slack',
			2.3,
			[4940, -20],
			{
				select: 'channel',
				channelId: { __rl: true, mode: 'name', value: '#gp-to-procore' },
				text: '={{ $json.slack }}',
				otherOptions: { includeLinkToWorkflow: false, mrkdwn: true },
			},
			CHANNEL,
		)
		.node(
			'Post to Microsoft Teams',
			'n8n-nodes-base.microsoftTeams',
			2,
			[4940, 180],
			{
				resource: 'channelMessage',
				operation: 'create',
				teamId: toChoose('team'),
				channelId: toChoose('channel'),
				contentType: 'html',
				message: '={{ $json.html }}',
				options: { includeLinkToWorkflow: false },
			},
			CHANNEL,
		)
		// A channel that is off, or for want of a credential cannot begin, hands the message on as it is.
		// That tells somebody only where all are off, and the alerts are looked at in their table.
		.node(
			'Sent?',
			'n8n-nodes-base.if',
			2.2,
			[5180, -120],
			anyOf(
				['={{ $json.html }}', TEXT_IS_EMPTY],
				['={{ $json.slack }}', TEXT_IS_EMPTY],
				[`={{ ${EVALUATED}.channels }}`, LIST_IS_EMPTY],
			),
		)
		.link('Sent?', 'Told', 0)
		.chain('Evaluate alerts', 'Anything wrong?')
		.link('Anything wrong?', 'What is wrong', 0)
		.link('Anything wrong?', 'Anything to tell?', 1)
		.chain('What is wrong', 'Save alerts', 'Anything to tell?')
		.link('Anything to tell?', 'Message', 0)
		.link('Anything to tell?', 'Sent?', 1);
	for (const channel of ['Send an e-mail', 'Post to Slack', 'Post to Microsoft Teams']) {
		flow.link('Message', channel).link(channel, 'Sent?');
	}
}

export function addAfterwards(flow: WorkflowBuilder): void {
	flow
		.node(
			'Told',
			'n8n-nodes-base.set',
			3.4,
			[5180, 100],
			wholeItem(`={{ { told: ${EVALUATED}.told, cleared: ${EVALUATED}.cleared } }}`),
			ONCE,
		)
		.node('Any told?', 'n8n-nodes-base.if', 2.2, [5380, 0], notEmpty('={{ $json.told }}'))
		.node('What was told', 'n8n-nodes-base.splitOut', 1, [5580, -20], {
			fieldToSplitOut: 'told',
			options: {},
		})
		.table('Mark as told', [5760, -20], saveAlert(), EVEN_IF_FULL)
		.node('Any over?', 'n8n-nodes-base.if', 2.2, [5380, 220], notEmpty('={{ $json.cleared }}'))
		.node('What is over', 'n8n-nodes-base.splitOut', 1, [5580, 200], {
			fieldToSplitOut: 'cleared',
			options: {},
		})
		.table('Remove alerts', [5760, 200], deleteRows(TABLES.alerts, SAME_ALERT))
		.link('Told', 'Any told?')
		.link('Told', 'Any over?')
		.link('Any told?', 'What was told', 0)
		.chain('What was told', 'Mark as told')
		.link('Any over?', 'What is over', 0)
		.chain('What is over', 'Remove alerts');
}

/**
 * n8n refuses to run a workflow at all, its first node included, while a node that is switched on
 * lacks a required choice. A choice that leads nowhere lets only that node fail.
 */
function toChoose(what: string) {
	return {
		__rl: true,
		mode: 'list',
		value: `choose-your-${what}`,
		cachedResultName: `Choose your ${what}`,
	};
}

const SAME_ALERT = {
	condition: '={{ $json.condition }}',
	gp_company: '={{ $json.gp_company }}',
};

function saveAlert(): Record<string, unknown> {
	return upsertRow(TABLES.alerts, SAME_ALERT, 'fromItem');
}
