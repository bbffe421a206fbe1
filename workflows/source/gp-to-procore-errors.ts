import { DEFAULT_THRESHOLDS } from '../../lib/alerts/alert.types';
import {
	createIfAbsent,
	DATA_TABLE,
	deleteRows,
	readRows,
	selectRows,
	upsertRow,
} from './data-table-nodes';
import { isTrue } from './node-parameters';
import { TABLES } from './tables';
import { WorkflowBuilder, type WorkflowFile } from './workflow-builder';

const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
const ONCE = { executeOnce: true };
/** A table that is not there yet must not keep an alert from being told. */
const READ = { executeOnce: true, alwaysOutputData: true, onError: 'continueRegularOutput' };
/** A channel that fails keeps neither the others from being used, nor the alert from being told next time. */
const CHANNEL = { disabled: true, onError: 'continueErrorOutput' };
const FAILURE = "$('A workflow failed')";
const EVALUATED = "$('Evaluate alerts').first().json";
const rows = (node: string) => `={{ $('${node}').all().map(row => row.json) }}`;

/**
 * Nothing fails unseen: closes the run a failed execution left open, gives its lease back, and tells
 * once, in one message, what is wrong, what is worse and what is over.
 */
export function gpToProcoreErrors(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-errors', 'GP to Procore: errors and alerts');
	addFailure(flow);
	addReads(flow);
	addMessages(flow);
	addAfterwards(flow);
	addNotes(flow);
	// No error workflow of its own: it would call itself.
	return flow.build(
		{
			saveDataErrorExecution: 'all',
			saveDataSuccessExecution: 'all',
			saveManualExecutions: true,
			callerPolicy: 'workflowsFromSameOwner',
		},
		['Dynamics GP', 'Procore'],
	);
}

function addFailure(flow: WorkflowBuilder): void {
	const table = (name: string, x: number, y: number, parameters: object, settings: object) =>
		flow.node(
			name,
			DATA_TABLE.type,
			DATA_TABLE.version,
			[x, y],
			{ ...parameters },
			{ ...settings },
		);
	const newestRuns = selectRows(TABLES.runs, { newestBy: 'id', limit: 200 });
	flow
		.node('A workflow failed', 'n8n-nodes-base.errorTrigger', 1, [0, 0], {})
		.node(
			'A batch?',
			'n8n-nodes-base.if',
			2.2,
			[220, 0],
			isTrue("={{ $json.execution?.mode === 'integrated' }}"),
		)
		.node('Let its run fail first', 'n8n-nodes-base.wait', 1.1, [440, -120], {
			amount: 10,
			unit: 'seconds',
		});
	table('Runs, before', 660, 0, newestRuns, READ);
	table('Leases', 840, 0, readRows(TABLES.lease, {}), READ);
	flow
		.node(
			'Close the run',
			GP_TO_PROCORE,
			1,
			[1040, 0],
			{
				resource: 'run',
				operation: 'fail',
				failure: `={{ ${FAILURE}.first().json }}`,
				runRows: rows('Runs, before'),
				leaseRows: rows('Leases'),
			},
			ONCE,
		)
		.node('Left open?', 'n8n-nodes-base.if', 2.2, [1240, 0], isTrue('={{ !!$json.row }}'))
		.node('Closed row', 'n8n-nodes-base.set', 3.4, [1440, -120], {
			mode: 'raw',
			jsonOutput: '={{ $json.row }}',
			options: {},
		});
	table(
		'Save run row',
		1620,
		-120,
		upsertRow(TABLES.runs, { run_id: '={{ $json.run_id }}' }, 'fromItem'),
		{},
	);
	flow.node(
		'Lease held?',
		'n8n-nodes-base.if',
		2.2,
		[1820, 0],
		isTrue("={{ !!$('Close the run').first().json.release }}"),
		ONCE,
	);
	table(
		'Give lease back',
		2020,
		-120,
		deleteRows(TABLES.lease, {
			gp_company: "={{ $('Close the run').first().json.release.gp_company }}",
			run_id: "={{ $('Close the run').first().json.release.run_id }}",
		}),
		{ ...ONCE, alwaysOutputData: true },
	);
	flow
		.chain('A workflow failed', 'A batch?')
		.link('A batch?', 'Let its run fail first', 0)
		.link('A batch?', 'Runs, before', 1)
		.chain('Let its run fail first', 'Runs, before', 'Leases', 'Close the run', 'Left open?')
		.link('Left open?', 'Closed row', 0)
		.link('Left open?', 'Lease held?', 1)
		.chain('Closed row', 'Save run row', 'Lease held?')
		.link('Lease held?', 'Give lease back', 0)
		.link('Lease held?', 'Table: alerts', 1)
		.link('Give lease back', 'Table: alerts');
}

function addReads(flow: WorkflowBuilder): void {
	flow
		.node('Every hour', 'n8n-nodes-base.scheduleTrigger', 1.2, [1820, 260], {
			rule: { interval: [{ field: 'hours', hoursInterval: 1, triggerAtMinute: 50 }] },
		})
		.node('Check now', 'n8n-nodes-base.manualTrigger', 1, [1820, 440], {})
		.link('Every hour', 'Table: alerts')
		.link('Check now', 'Table: alerts');
	const reads: Array<[string, Record<string, unknown>, object]> = [
		['Table: alerts', createIfAbsent(TABLES.alerts), ONCE],
		['Runs', selectRows(TABLES.runs, { newestBy: 'id', limit: 500 }), READ],
		['Parked', readRows(TABLES.parked, {}), READ],
		['Watermarks', readRows(TABLES.watermark, {}), READ],
		['Reconciliation', readRows(TABLES.reconciliation, { row_kind: 'total' }), READ],
		['Alerts', readRows(TABLES.alerts, {}), READ],
		['Table sizes', { resource: 'table', operation: 'list', returnAll: true, options: {} }, READ],
	];
	reads.forEach(([name, parameters, settings], index) => {
		flow.node(name, DATA_TABLE.type, DATA_TABLE.version, [2260 + index * 180, 100], parameters, {
			...settings,
		});
	});
	flow
		.node(
			'Evaluate alerts',
			GP_TO_PROCORE,
			1,
			[3740, 100],
			{
				resource: 'alert',
				operation: 'evaluate',
				runRows: rows('Runs'),
				parkedRows: rows('Parked'),
				watermarkRows: rows('Watermarks'),
				reconciliationRows: rows('Reconciliation'),
				alertRows: rows('Alerts'),
				tables: rows('Table sizes'),
				failure: `={{ ${FAILURE}.isExecuted ? ${FAILURE}.first().json : '' }}`,
				thresholds: { ...DEFAULT_THRESHOLDS },
			},
			ONCE,
		)
		.chain(...reads.map(([name]) => name), 'Evaluate alerts');
}

function addMessages(flow: WorkflowBuilder): void {
	flow
		.node(
			'Anything wrong?',
			'n8n-nodes-base.if',
			2.2,
			[3940, 100],
			isTrue('={{ $json.standing.length > 0 }}'),
		)
		.node('What is wrong', 'n8n-nodes-base.splitOut', 1, [4140, 0], {
			fieldToSplitOut: 'standing',
			options: {},
		})
		.node('Save alerts', DATA_TABLE.type, DATA_TABLE.version, [4320, 0], saveAlert())
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
			{ mode: 'raw', jsonOutput: `={{ ${EVALUATED}.digest }}`, options: {} },
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
				teamId: { __rl: true, mode: 'list', value: '' },
				channelId: { __rl: true, mode: 'list', value: '' },
				contentType: 'html',
				message: '={{ $json.html }}',
				options: { includeLinkToWorkflow: false },
			},
			CHANNEL,
		)
		.chain('Evaluate alerts', 'Anything wrong?')
		.link('Anything wrong?', 'What is wrong', 0)
		.link('Anything wrong?', 'Anything to tell?', 1)
		.chain('What is wrong', 'Save alerts', 'Anything to tell?')
		.link('Anything to tell?', 'Message', 0)
		.link('Anything to tell?', 'Told', 1);
	for (const channel of ['Send an e-mail', 'Post to Slack', 'Post to Microsoft Teams']) {
		flow.link('Message', channel).link(channel, 'Told');
	}
}

function addAfterwards(flow: WorkflowBuilder): void {
	flow
		.node(
			'Told',
			'n8n-nodes-base.set',
			3.4,
			[5180, 100],
			{
				mode: 'raw',
				jsonOutput: `={{ ({ told: ${EVALUATED}.told, cleared: ${EVALUATED}.cleared }) }}`,
				options: {},
			},
			ONCE,
		)
		.node('Any told?', 'n8n-nodes-base.if', 2.2, [5380, 0], isTrue('={{ $json.told.length > 0 }}'))
		.node('What was told', 'n8n-nodes-base.splitOut', 1, [5580, -20], {
			fieldToSplitOut: 'told',
			options: {},
		})
		.node('Mark as told', DATA_TABLE.type, DATA_TABLE.version, [5760, -20], saveAlert())
		.node(
			'Any over?',
			'n8n-nodes-base.if',
			2.2,
			[5380, 220],
			isTrue('={{ $json.cleared.length > 0 }}'),
		)
		.node('What is over', 'n8n-nodes-base.splitOut', 1, [5580, 200], {
			fieldToSplitOut: 'cleared',
			options: {},
		})
		.node(
			'Remove alerts',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[5760, 200],
			deleteRows(TABLES.alerts, SAME_ALERT),
		)
		.link('Told', 'Any told?')
		.link('Told', 'Any over?')
		.link('Any told?', 'What was told', 0)
		.chain('What was told', 'Mark as told')
		.link('Any over?', 'What is over', 0)
		.chain('What is over', 'Remove alerts');
}

const SAME_ALERT = {
	condition: '={{ $json.condition }}',
	gp_company: '={{ $json.gp_company }}',
};

function saveAlert(): Record<string, unknown> {
	return upsertRow(TABLES.alerts, SAME_ALERT, 'fromItem');
}

function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## When something fails',
				'n8n starts this workflow when *GP to Procore: sync* (or another of the set) fails. It closes the run in **gpp_run** with the reason and gives its lease back, so that the next run need not wait.',
				'',
				'1. **Publish** this workflow.',
				'2. In each of the other workflows open *⋯ → Settings → Error workflow* and choose this one. The command-line installer has done so; after *Import from File* it is up to you.',
				'',
				'A batch fails together with the run it belongs to: it waits ten seconds so that the run is told, once.',
			].join('\n'),
			[-40, -380],
			700,
			220,
			4,
		)
		.note(
			[
				'## Whether something is wrong',
				'Ten minutes before each hour, and after each failure, the tables are looked at. **Evaluate alerts** holds the thresholds: change them there.',
				'',
				'Told are: failed runs, refused logins, many refused or parked records, nothing read for days, GP not read for a day, replayed records that do not get there, books that differ, broken audit chains, tables nearly full, other workflows of this set that fail.',
			].join('\n'),
			[2220, -160],
			760,
			190,
			5,
		)
		.note(
			[
				'## Who is told: switch on what you use',
				'All three are **off**. Click a node, press **D** (or *⋯ → Activate*), choose its credential, and fill in the address, channel or team.',
				'',
				'One message tells everything that is due. A condition is told once, again after 24 hours, at once when it has become twice as bad, and a last time when it is over. When sending fails, it is tried again with the next check. Without any of them the alerts still stand in **gpp_alert** and on the dashboard.',
			].join('\n'),
			[4680, -520],
			720,
			230,
			4,
		);
}
