import {
	allColumns,
	deleteRows,
	deleteWhere,
	insertRow,
	readRows,
	selectRows,
	updateRows,
	upsertRow,
} from '../data-table-nodes';
import { isFalse, isTrue, trueFalseOrElse, wholeItem } from '../node-parameters';
import { COUNTED_WAITING } from '../../../lib/tables/columns';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { LEASE_MINUTES } from '../../../lib/run/lease';
import { TABLES_MADE } from './starts';
import { ENGINE, ONCE, ONCE_EVEN_IF_EMPTY, PROCORE, rows } from './names';

const OPTIONS = "$('Run options').first().json";
const OPENED = "$('Open run').first().json";
/** The run that goes on; after a failure with the state it had then. */
const RUNNING =
	"$('Run failed').isExecuted ? $('Run failed').first().json.state : $('Open run').first().json.state";
const CLAIMED = "$('Claim lease').first(0).json";
const YIELDED = "$('Claim lease').first(1).json";
const FAILED_STATE =
	"={{ $('Prepare batch').isExecuted ? $('Prepare batch').first().json.state : $('Claim lease').first(0).json.state }}";
/** The lease's name of the company: a dry run has one of its own. */
const LEASE_COMPANY = `={{ ${OPENED}.lease.gp_company }}`;
/** The row with which the run asks. */
const ASKED = "={{ $('Take lease').first().json.id }}";
const LAST_BATCH = "={{ $('Run batch').first().json.state.lastBatch }}";
const RUN_ID = `={{ ${OPENED}.state.runId }}`;
/** Under 65, so that n8n waits in memory and does not put the execution aside. */
const SECONDS_IN_LINE = 15;
const ERROR_OUTPUT = { onError: 'continueErrorOutput' };

/** Opens the run, takes its lease, calls the workflow itself once per batch, and closes the run. */
export function addRunLoop(flow: WorkflowBuilder): void {
	flow
		// Before the lease: when Procore refuses the login there is no run yet that would have to be closed.
		.node(
			'Procore projects',
			PROCORE,
			1,
			[1700, 0],
			{ resource: 'project', operation: 'getAll', returnAll: true },
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Open run',
			ENGINE,
			1,
			[1920, 0],
			{
				resource: 'run',
				operation: 'open',
				startKind: `={{ ${OPTIONS}.start_kind }}`,
				dryRun: `={{ ${OPTIONS}.dry_run }}`,
				readFrom: `={{ ${OPTIONS}.read_from }}`,
				parts: `={{ ${OPTIONS}.parts }}`,
				onlyRequested: `={{ ${OPTIONS}.only_requested }}`,
				leaseMinutes: LEASE_MINUTES,
				tables: TABLES_MADE,
			},
			ONCE,
		);
	addLease(flow);
	addTurnAtGp(flow);
	flow
		.node(
			'Prepare batch',
			ENGINE,
			1,
			[3480, 0],
			{
				resource: 'run',
				operation: 'prepareBatch',
				state: `={{ $json.state ?? ${CLAIMED}.state }}`,
				projects: rows('Procore projects'),
			},
			ONCE,
		)
		.node(
			'Run batch',
			'n8n-nodes-base.executeWorkflow',
			1.2,
			[3700, 0],
			{
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
				workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
				// With all items at once the node reads back all that the execution of the batch held, some 5 MB.
				mode: 'each',
				options: { waitForSubWorkflow: true },
			},
			ERROR_OUTPUT,
		)
		// A node that breaks down, rather than reports a failure, hands its input on as if it were a result.
		.node(
			'More batches?',
			'n8n-nodes-base.switch',
			3.2,
			[3920, 0],
			trueFalseOrElse('={{ $json.more }}', ['More', 'Done', 'No result']),
		)
		.chain('Prepare batch', 'Run batch', 'More batches?')
		.link('More batches?', 'Prepare batch', 0)
		.link('More batches?', 'Count waiting', 1)
		.link('More batches?', 'Close failed run', 2);
	addClose(flow);
	addShown(flow);
	addFailure(flow);
}

/** One run at a time for each GP company; why it takes these steps: lib/run/lease.ts. */
function addLease(flow: WorkflowBuilder): void {
	flow.table(
		'Take lease',
		[2140, 0],
		insertRow(TABLES.lease, allColumns(TABLES.lease, '$json.lease')),
		ONCE,
	);
	flow.table(
		'Clear expired leases',
		[2140, -200],
		deleteWhere(TABLES.lease, [
			['gp_company', 'eq', LEASE_COMPANY],
			['until', 'lt', '={{ $now.toUTC().toISO() }}'],
			['id', 'neq', ASKED],
		]),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Pass later ones',
		[2340, -200],
		deleteWhere(TABLES.lease, [
			['gp_company', 'eq', LEASE_COMPANY],
			['taken_at', 'eq', ''],
			['id', 'gt', ASKED],
		]),
		ONCE_EVEN_IF_EMPTY,
	);
	// The company of a workflow stays: each copy of it has one of its own.
	flow.table(
		'Other companies',
		[2540, -200],
		selectRows(TABLES.runs, {
			where: [
				['gp_company', 'neq', `={{ ${OPENED}.state.company }}`],
				['execution_link', 'like', '=%workflow/{{ $workflow.id }}/%'],
			],
			newestBy: 'id',
			limit: 20,
		}),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Read leases',
		[2340, 0],
		readRows(TABLES.lease, { gp_company: LEASE_COMPANY }),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Read open runs',
		[2540, 0],
		readRows(TABLES.runs, { status: 'running' }),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Read watermarks',
		[2740, 0],
		readRows(TABLES.watermark, { gp_company: `={{ ${OPENED}.state.company }}` }),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.node(
		'Claim lease',
		ENGINE,
		1,
		[2940, 0],
		{
			resource: 'run',
			operation: 'claim',
			state: `={{ ${RUNNING} }}`,
			leaseRows: rows('Read leases'),
			runRows: rows('Read open runs'),
			watermarkRows: rows('Read watermarks'),
			otherRunRows: rows('Other companies'),
			watermarkInTable: true,
		},
		ONCE,
	);
	flow.table(
		'Confirm lease',
		[2740, -200],
		updateRows(
			TABLES.lease,
			{ run_id: RUN_ID },
			{ taken_at: '={{ $json.taken_at }}', until: '={{ $json.until }}' },
		),
		ONCE_EVEN_IF_EMPTY,
	);
	const runRow = allColumns(TABLES.runs, `${CLAIMED}.row`);
	flow.table('Save run row', [3160, 0], upsertRow(TABLES.runs, { run_id: RUN_ID }, runRow), ONCE);
	flow.table(
		'Close abandoned runs',
		[3160, -400],
		upsertRow(TABLES.runs, { run_id: '={{ $json.run_id }}' }, 'fromItem'),
	);
	flow.table(
		'Withdraw',
		[3040, 300],
		deleteRows(TABLES.lease, { run_id: RUN_ID }),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Save yielded run',
		[3260, 300],
		upsertRow(TABLES.runs, { run_id: RUN_ID }, allColumns(TABLES.runs, `${YIELDED}.row`)),
		ONCE,
	);
	flow
		.node(
			'Was it a retry?',
			'n8n-nodes-base.if',
			2.2,
			[3480, 300],
			isTrue(`={{ ${YIELDED}.resumed }}`),
			ONCE,
		)
		.node(
			'Another run is at work',
			ENGINE,
			1,
			[3700, 300],
			{
				resource: 'run',
				operation: 'resume',
				state: `={{ ${YIELDED}.state }}`,
				error: `={{ ${YIELDED}.error }}`,
				failedExecution: `={{ ${YIELDED}.row.execution_id }}`,
			},
			ONCE,
		)
		.chain(
			'Procore projects',
			'Open run',
			'Take lease',
			'Clear expired leases',
			'Pass later ones',
			'Other companies',
			'Read leases',
			'Read open runs',
			'Read watermarks',
			'Claim lease',
		)
		.link('Claim lease', 'Save run row', 0)
		.link('Claim lease', 'Withdraw', 1)
		.link('Claim lease', 'Close abandoned runs', 2)
		.link('Claim lease', 'Confirm lease', 3)
		.link('Confirm lease', 'Read leases')
		.chain(
			'Withdraw',
			'Save yielded run',
			'Was it a retry?',
			'Another run is at work',
			'Take lease',
		);
}

/** Few runs at once at one GP server, also where companies are synced by several workers (lib/run/lease.ts). */
function addTurnAtGp(flow: WorkflowBuilder): void {
	flow
		.table(
			'Read runs at GP',
			[3160, -200],
			readRows(TABLES.lease, { gp_server: `={{ ${CLAIMED}.state.gpServer ?? '' }}` }),
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Turn at GP?',
			ENGINE,
			1,
			[3320, -200],
			{
				resource: 'run',
				operation: 'gpTurn',
				state: `={{ ${CLAIMED}.state }}`,
				leaseRows: rows('Read runs at GP'),
			},
			ONCE,
		)
		.node(
			'Wait for GP',
			'n8n-nodes-base.wait',
			1.1,
			[3480, -400],
			{ amount: SECONDS_IN_LINE, unit: 'seconds' },
			ONCE,
		)
		.table(
			'Alive in line',
			[3320, -400],
			updateRows(
				TABLES.lease,
				{ run_id: RUN_ID },
				{ until: "={{ $('Turn at GP?').first(1).json.until }}" },
			),
			ONCE_EVEN_IF_EMPTY,
		)
		.chain('Save run row', 'Read runs at GP', 'Turn at GP?')
		.link('Turn at GP?', 'Prepare batch', 0)
		.link('Turn at GP?', 'Wait for GP', 1)
		.chain('Wait for GP', 'Alive in line', 'Read runs at GP');
}

function addClose(flow: WorkflowBuilder): void {
	flow
		.table(
			'Count waiting',
			[4140, -200],
			selectRows(TABLES.parked, {
				where: [['gp_company', 'eq', '={{ $json.state.company }}']],
				limit: COUNTED_WAITING + 1,
			}),
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Close run',
			ENGINE,
			1,
			[4140, 0],
			{
				resource: 'run',
				operation: 'close',
				state: "={{ $('More batches?').first(1).json.state }}",
				waitingRows: rows('Count waiting'),
			},
			ONCE,
		)
		.chain('Count waiting', 'Close run');
	flow.table(
		'Update run row',
		[4360, 0],
		upsertRow(TABLES.runs, { run_id: RUN_ID }, 'fromItem'),
		ONCE,
	);
	flow.table(
		'Clear journal',
		[4580, 0],
		// Only the last one: of a batch that was cut off and not searched for, the next run takes care.
		deleteRows(TABLES.journal, { batch_id: LAST_BATCH }),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Give lease back',
		[4800, 0],
		deleteRows(TABLES.lease, { run_id: RUN_ID }),
		ONCE_EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Run result',
			'n8n-nodes-base.set',
			3.4,
			[5020, 0],
			wholeItem("={{ $('Close run').first().json }}"),
			ONCE,
		)
		.chain('Close run', 'Update run row', 'Clear journal', 'Give lease back', 'Run result');
}

/** Somebody who started the run by its form reads on its last page what it did, or would do. */
function addShown(flow: WorkflowBuilder): void {
	flow.node(
		'Nobody waits?',
		'n8n-nodes-base.if',
		2.2,
		[5240, 0],
		// The other way round a workflow that calls this one would get nothing back: it gets the first output.
		isFalse(`={{ ${OPTIONS}.by_form }}`),
		ONCE,
	);
	flow.table(
		'What it did',
		[5460, 0],
		selectRows(TABLES.events, {
			where: [
				['run_id', 'eq', RUN_ID],
				['outcome', 'neq', 'unchanged'],
				['outcome', 'neq', 'skipped'],
			],
			newestBy: 'id',
			limit: 500,
		}),
		ONCE_EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Sum up',
			ENGINE,
			1,
			[5680, 0],
			{
				resource: 'report',
				operation: 'runShown',
				runRow: "={{ $('Close run').first().json }}",
				eventRows: rows('What it did'),
			},
			ONCE,
		)
		.node('Run shown', 'n8n-nodes-base.form', 1, [5900, 0], {
			operation: 'completion',
			completionTitle: '={{ $json.title }}',
			completionMessage: '={{ $json.text }}',
			// Who closed the tab does not keep the execution waiting for ever.
			limitWaitTime: true,
			options: {},
		})
		.chain('Run result', 'Nobody waits?')
		.link('Nobody waits?', 'What it did', 1)
		.chain('What it did', 'Sum up', 'Run shown');
}

/** The failure is written down first, in runs by hand too; then the execution fails, and Retry goes on. */
function addFailure(flow: WorkflowBuilder): void {
	flow.node(
		'Close failed run',
		ENGINE,
		1,
		[3920, 500],
		{
			resource: 'run',
			operation: 'close',
			state: FAILED_STATE,
			status: 'failed',
			error: "={{ $json.error ?? 'The batch ended without a result' }}",
		},
		ONCE,
	);
	flow.table(
		'Save failed run',
		[4140, 500],
		upsertRow(TABLES.runs, { run_id: RUN_ID }, 'fromItem'),
		ONCE,
	);
	flow.table(
		'Free lease',
		[4360, 500],
		deleteRows(TABLES.lease, { run_id: RUN_ID }),
		ONCE_EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Run failed',
			ENGINE,
			1,
			[4580, 500],
			{
				resource: 'run',
				operation: 'resume',
				state: FAILED_STATE,
				error: "={{ $('Close failed run').first().json.error }}",
				failedExecution: "={{ $('Close failed run').first().json.execution_id }}",
			},
			ONCE,
		)
		.link('Run batch', 'Close failed run', 1)
		.chain('Close failed run', 'Save failed run', 'Free lease', 'Run failed', 'Take lease');
}
