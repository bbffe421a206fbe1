import { deleteRows, readRows, selectRows, upsertRow } from '../data-table-nodes';
import {
	ENGINE,
	EVEN_IF_ABSENT,
	exists,
	isText,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	rows,
	wholeItem,
} from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { FAILURE } from './names';

export function addFailure(flow: WorkflowBuilder): void {
	const newestRuns = selectRows(TABLES.runs, { newestBy: 'id', limit: 200 });
	flow
		.node('A workflow failed', 'n8n-nodes-base.errorTrigger', 1, [0, 0], {})
		.node(
			'A batch?',
			'n8n-nodes-base.if',
			2.2,
			[220, 0],
			isText('={{ $json.execution?.mode }}', 'integrated'),
		)
		.node('Let its run fail first', 'n8n-nodes-base.wait', 1.1, [440, -120], {
			amount: 10,
			unit: 'seconds',
		})
		.table('Runs, before', [660, 0], newestRuns, EVEN_IF_ABSENT)
		.table('Leases', [840, 0], readRows(TABLES.lease, {}), EVEN_IF_ABSENT)
		.node(
			'Close the run',
			ENGINE,
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
		.node('Left open?', 'n8n-nodes-base.if', 2.2, [1240, 0], exists('={{ $json.row }}'))
		.node('Closed row', 'n8n-nodes-base.set', 3.4, [1440, -120], wholeItem('={{ $json.row }}'))
		.table(
			'Save run row',
			[1620, -120],
			upsertRow(TABLES.runs, { run_id: '={{ $json.run_id }}' }, 'fromItem'),
			EVEN_IF_ABSENT,
		)
		.node(
			'Lease held?',
			'n8n-nodes-base.if',
			2.2,
			[1820, 0],
			exists("={{ $('Close the run').first().json.release }}"),
			ONCE,
		)
		.table(
			'Give lease back',
			[2020, -120],
			deleteRows(TABLES.lease, {
				gp_company: "={{ $('Close the run').first().json.release.gp_company }}",
				run_id: "={{ $('Close the run').first().json.release.run_id }}",
			}),
			ONCE_EVEN_IF_EMPTY,
		)
		.node('Its run is closed', 'n8n-nodes-base.noOp', 1, [2040, 40], {})
		.chain('A workflow failed', 'A batch?')
		.link('A batch?', 'Let its run fail first', 0)
		.link('A batch?', 'Runs, before', 1)
		.chain('Let its run fail first', 'Runs, before', 'Leases', 'Close the run', 'Left open?')
		.link('Left open?', 'Closed row', 0)
		.link('Left open?', 'Lease held?', 1)
		.chain('Closed row', 'Save run row', 'Lease held?')
		.link('Lease held?', 'Give lease back', 0)
		.link('Lease held?', 'Its run is closed', 1)
		.chain('Give lease back', 'Its run is closed', 'Table: alerts');
}
