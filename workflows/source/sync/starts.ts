import { SYNC_FORM } from '../../../lib/run/forms';
import { makeTables } from '../data-table-nodes';
import { addConfirmation, addForm, choice } from '../guarded-triggers';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ENGINE, ONCE } from './names';

const FORM = {
	webhookId: 'gpp-sync-form',
	title: 'Sync Dynamics GP to Procore',
	description:
		'Starts one run now. A dry run shows what would be written and writes nothing to Procore.',
	fields: [
		choice(SYNC_FORM.dryRun, [SYNC_FORM.dryRunYes, SYNC_FORM.dryRunNo]),
		{ fieldLabel: SYNC_FORM.readFrom, fieldType: 'date' as const },
		{
			...choice(SYNC_FORM.parts, SYNC_FORM.labels),
			multiselect: true,
			requiredField: false,
		},
	],
	button: 'Go on',
};

/** A run is started by the clock, by hand, by the form, or by another workflow that calls this one. */
export function addStarts(flow: WorkflowBuilder): void {
	flow
		.node('Every hour', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, -200], {
			rule: { interval: [{ field: 'hours', hoursInterval: 1 }] },
		})
		.node('Run now', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {});
	addForm(flow, 'Run with options', [0, 200], FORM);
	flow
		.node('Run options', ENGINE, 1, [240, 0], { resource: 'run', operation: 'readStart' }, ONCE)
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

const stepOf = (key: string) => `Table: ${TABLE_TITLES[key as keyof typeof TABLES]}`;

/** Expression: the tables as those steps gave them, with the columns they have. */
export const TABLES_MADE = `={{ [${Object.keys(TABLES)
	.map((key) => `$('${stepOf(key)}').first().json`)
	.join(', ')}] }}`;

/** Every table any of the workflows uses, so that each finds its own. */
export function addTables(flow: WorkflowBuilder): void {
	const steps = Object.entries(TABLES).map(([key, table]) => [stepOf(key), table]);
	const names = makeTables(flow, Object.fromEntries(steps), [480, -100], { perRow: 6 });
	flow.chain(...names, 'Procore projects');
	addConfirmation(flow, 'Really start?', [480, -300], {
		from: 'Run options',
		to: names[0]!,
		description: '=Press Start for {{ $json.promise }}',
		button: 'Start',
	});
}
