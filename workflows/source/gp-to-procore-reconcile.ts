import { MOST_LEFT_OUT_EVENTS } from '../../lib/reconcile/control-totals';
import { RECONCILE_FORM } from '../../lib/run/forms';
import { addGroups } from './reconcile/groups';
import { CROSSWALK_READS, CROSSWALK_ROWS } from './crosswalk-reads';
import { deleteRowsExcept, insertRows, makeTables, readRows, selectRows } from './data-table-nodes';
import { addConfirmation, addForm, choice } from './guarded-triggers';
import { ENGINE, GP_TO_PROCORE, isTrue, ONCE, ONCE_EVEN_IF_EMPTY, rows } from './node-parameters';
import { addDeleted } from './reconcile/deleted';
import { TABLES } from '../../lib/tables/tables';
import { KEPT, WorkflowBuilder, type WorkflowFile } from './workflow-builder';

const OPTIONS = "$('Reconcile options').first().json";
const SUMMARY = "$('Compare books').first(2).json";

/**
 * The accountant's page: once a week, or when asked, both books are added up and every difference is
 * put to its document. Reads only, unless it is told to have the differences mended by the next run.
 * Each night it looks for documents that were deleted in GP.
 */
export function gpToProcoreReconcile(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-reconcile', 'GP to Procore: reconcile');
	addStarts(flow);
	addReads(flow);
	addComparison(flow);
	addDeleted(flow);
	addNotes(flow);
	addGroups(flow);
	return flow.build({ ...KEPT, errorWorkflow: 'gpp-errors' }, ['Dynamics GP', 'Procore']);
}

function addStarts(flow: WorkflowBuilder): void {
	flow
		.node('Every week', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, -200], {
			rule: {
				interval: [{ field: 'weeks', triggerAtDay: [1], triggerAtHour: 5, triggerAtMinute: 30 }],
			},
		})
		.node('Run now', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {})
		.node('Asked by the page', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 100], {
			inputSource: 'passthrough',
		});
	addForm(flow, 'Reconcile with options', [0, 200], {
		webhookId: 'gpp-reconcile-form',
		title: 'Reconcile Dynamics GP with Procore',
		description:
			'Adds up both books and names the document behind each difference. The company is that of the GP credential.',
		fields: [
			{ fieldLabel: RECONCILE_FORM.from, fieldType: 'date' },
			{ fieldLabel: RECONCILE_FORM.to, fieldType: 'date' },
			choice(RECONCILE_FORM.edited, Object.keys(RECONCILE_FORM.editedChoices)),
			choice(RECONCILE_FORM.differs, Object.keys(RECONCILE_FORM.differsChoices)),
		],
		button: 'Go on',
	});
	flow
		.node(
			'Reconcile options',
			ENGINE,
			1,
			[240, 0],
			{ resource: 'form', operation: 'reconcile' },
			ONCE,
		)
		.link('Every week', 'Reconcile options')
		.link('Run now', 'Reconcile options')
		.link('Asked by the page', 'Reconcile options')
		.link('Reconcile with options', 'Reconcile options');
}

const MADE = {
	'Table: project crosswalk': TABLES.projects,
	'Table: account crosswalk': TABLES.accounts,
	'Table: vendor crosswalk': TABLES.vendors,
	'Table: parked records': TABLES.parked,
	'Table: requests': TABLES.requests,
	'Table: journal': TABLES.journal,
	'Table: watermarks': TABLES.watermark,
	'Table: events': TABLES.events,
	'Table: runs': TABLES.runs,
	'Table: mapping': TABLES.mappings,
	'Table: reconciliation': TABLES.reconciliation,
};

const READS: Array<[string, Record<string, unknown>]> = [
	...CROSSWALK_READS,
	['Read parked', readRows(TABLES.parked, {})],
	['Read requests', readRows(TABLES.requests, {})],
	['Read journal', readRows(TABLES.journal, {})],
	['Read watermarks', readRows(TABLES.watermark, { entity: 'payable' })],
	[
		'Documents left out',
		selectRows(TABLES.events, {
			where: [
				['entity', 'eq', 'payable'],
				['outcome', 'eq', 'skipped'],
			],
			newestBy: 'id',
			limit: MOST_LEFT_OUT_EVENTS,
		}),
	],
	[
		'A run without events',
		selectRows(TABLES.runs, {
			where: [['events_removed_at', 'isNotEmpty', '']],
			newestBy: 'id',
			limit: 1,
		}),
	],
];

function addReads(flow: WorkflowBuilder): void {
	const tables = makeTables(flow, MADE, [480, 0], { perRow: 7 });
	READS.forEach(([name, parameters], index) => {
		flow.table(
			name,
			[480 + (index % 7) * 200, 400 + Math.floor(index / 7) * 180],
			parameters,
			ONCE_EVEN_IF_EMPTY,
		);
	});
	flow.chain(...tables, ...READS.map(([name]) => name), 'Compare books');
	addConfirmation(flow, 'Really reconcile?', [480, -200], {
		from: 'Reconcile options',
		to: tables[0]!,
		description: '=Press Reconcile {{ $json.promise }}',
		button: 'Reconcile',
	});
}

function addComparison(flow: WorkflowBuilder): void {
	flow
		.node(
			'Compare books',
			GP_TO_PROCORE,
			2,
			[1760, 300],
			{
				resource: 'reconciliation',
				operation: 'compare',
				...CROSSWALK_ROWS,
				parkedRows: rows('Read parked'),
				requestRows: rows('Read requests'),
				journalRows: rows('Read journal'),
				leftOutRows: rows('Documents left out'),
				shortenedRunRows: rows('A run without events'),
				watermarkRows: rows('Read watermarks'),
				fromMonth: `={{ ${OPTIONS}.from_month }}`,
				toMonth: `={{ ${OPTIONS}.to_month }}`,
				drift: `={{ ${OPTIONS}.drift }}`,
				compareRecords: true,
			},
			ONCE,
		)
		.table('Save rows', [2020, 120], insertRows(TABLES.reconciliation))
		// After the new rows stand: a crash in between leaves some too many, never none.
		.table(
			'Remove earlier rows',
			[2240, 120],
			deleteRowsExcept(
				TABLES.reconciliation,
				{ gp_company: `={{ ${SUMMARY}.company }}` },
				{ run_id: '={{ $execution.id }}' },
			),
			// The answer comes behind it, whether or not anything was removed.
			ONCE_EVEN_IF_EMPTY,
		)
		.node('Mend?', 'n8n-nodes-base.if', 2.2, [2020, 320], isTrue(`={{ ${OPTIONS}.mend }}`))
		.table('Ask the next run', [2240, 320], insertRows(TABLES.requests))
		.node(
			'Asked by form?',
			'n8n-nodes-base.if',
			2.2,
			[2460, 120],
			isTrue(`={{ ${OPTIONS}.by_form }}`),
			ONCE,
		)
		.node('Result', 'n8n-nodes-base.form', 1, [2680, 120], {
			operation: 'completion',
			completionTitle: `={{ ${SUMMARY}.title }}`,
			completionMessage: `={{ ${SUMMARY}.text }}`,
			options: {},
		})
		.chain('Compare books', 'Save rows', 'Remove earlier rows', 'Asked by form?')
		.link('Compare books', 'Mend?', 1)
		.link('Mend?', 'Ask the next run', 0)
		.link('Asked by form?', 'Result', 0);
}

function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Do the two systems agree?',
				'1. Open **Compare books** and choose the same two credentials as in *GP to Procore: sync*.',
				'2. Press **Execute workflow**: all documents are compared. Every Monday morning it looks at the last three months (publish the workflow for that).',
				'3. Look at the table **gpp_reconciliation** (Overview → Data tables): the first row is the total, then come the totals by project, cost code, vendor and month, then each difference with its document, greatest first.',
				'',
				'`unexplained` in the first row must be 0.00.',
			].join('\n'),
			[-40, -560],
			620,
			270,
			4,
		)
		.note(
			[
				'## What is compared',
				'GP’s payables, read anew and decided by the **mapping of the last sync** (table gpp_mapping) and the crosswalk tables, against the direct costs and subcontractor invoices of every active Procore project.',
				'',
				'Nothing is written to GP or to Procore here. Two lists of GP documents and two lists per Procore project are read.',
			].join('\n'),
			[640, -560],
			620,
			200,
			5,
		)
		.note(
			[
				'## What becomes of differences',
				'The rows of the last comparison are replaced. *Reconcile with options* is a form that may also **have differences mended**: their documents are put into **gpp_request**, and the next run of the sync reads them again and brings Procore to GP’s state. That also takes direct costs out of projects where the mapping no longer puts them.',
				'',
				'Whether edits made in Procore are put back or kept is asked there, too.',
			].join('\n'),
			[1320, -560],
			620,
			210,
			6,
		);
}
