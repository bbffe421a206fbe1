import { makeTables } from '../data-table-nodes';
import { addConfirmation, addForm, BY_FORM, choice } from '../guarded-triggers';
import { assignment, fields } from '../node-parameters';
import { TABLES } from '../tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ONCE } from './names';

const FORM = {
	webhookId: 'gpp-sync-form',
	title: 'Sync Dynamics GP to Procore',
	description:
		'Starts one run now. A dry run shows what would be written and writes nothing to Procore.',
	fields: [
		choice('Dry run', ['Yes, only show what would happen', 'No, write to Procore']),
		{ fieldLabel: 'Read again from this date', fieldType: 'date' as const },
		{
			...choice('Parts', ['Vendors', 'GL accounts', 'Payables invoices']),
			multiselect: true,
			requiredField: false,
		},
	],
	button: 'Go on',
};

const LABELLED_PARTS =
	"[['Vendors', 'vendors'], ['GL accounts', 'accounts'], ['Payables invoices', 'payables']]";

/** A run is started by the clock, by hand, by the form, or by another workflow that calls this one. */
export function addStarts(flow: WorkflowBuilder): void {
	flow
		.node('Every hour', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, -200], {
			rule: { interval: [{ field: 'hours', hoursInterval: 1 }] },
		})
		.node('Run now', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {});
	addForm(flow, 'Run with options', [0, 200], FORM);
	flow
		.node(
			'Run options',
			'n8n-nodes-base.set',
			3.4,
			[240, 0],
			fields(
				BY_FORM,
				assignment(
					'start_kind',
					"={{ $json.start_kind || ($json.formMode ? 'form' : $json.timestamp ? 'schedule' : 'manual') }}",
					'string',
				),
				assignment(
					'dry_run',
					"={{ $json.dry_run === true || String($json['Dry run'] ?? '').startsWith('Yes') }}",
					'boolean',
				),
				assignment(
					'read_from',
					"={{ $json.read_from || $json['Read again from this date'] || '' }}",
					'string',
				),
				assignment(
					'parts',
					`={{ ($json.parts ?? []).length ? $json.parts : ($json['Parts'] ?? []).length ? ${LABELLED_PARTS}.filter(([label]) => $json['Parts'].includes(label)).map(([, part]) => part) : ['vendors', 'accounts', 'payables'] }}`,
					'array',
				),
				assignment('only_requested', '={{ $json.only_requested === true }}', 'boolean'),
			),
			ONCE,
		)
		.link('Every hour', 'Run options')
		.link('Run now', 'Run options')
		.link('Run with options', 'Run options');
}

const TABLE_TITLES: Record<keyof typeof TABLES, string> = {
	watermark: 'watermarks',
	projects: 'project crosswalk',
	accounts: 'account crosswalk',
	vendors: 'vendor crosswalk',
	parked: 'parked records',
	events: 'audit events',
	runs: 'audit runs',
	lease: 'leases',
	journal: 'batch journal',
	requests: 'requests',
	mappings: 'mappings',
	findings: 'findings',
	decisions: 'decisions',
	log: 'page log',
	alerts: 'alerts',
	reconciliation: 'reconciliation',
};

/** Every table any of the workflows uses, so that each finds its own. */
export function addTables(flow: WorkflowBuilder): void {
	const steps = Object.entries(TABLES).map(([key, table]) => [
		`Table: ${TABLE_TITLES[key as keyof typeof TABLES]}`,
		table,
	]);
	const names = makeTables(flow, Object.fromEntries(steps), [480, -100], { perRow: 6 });
	flow.chain(...names, 'Procore projects');
	addConfirmation(flow, 'Really start?', [480, -300], {
		from: 'Run options',
		to: names[0]!,
		description:
			"=Press Start for {{ $json.dry_run ? 'a dry run, which writes nothing to Procore.' : 'a run that writes to Procore what GP has.' }}",
		button: 'Start',
	});
}
