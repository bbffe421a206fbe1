import { deleteRows, insertRows, updateRows, updateWhere, upsertRow } from '../data-table-nodes';
import { assignment, exists, fields } from '../node-parameters';
import { WAITS_FOR_GP, WAITS_FOR_PROCORE } from '../../../lib/run/look-up';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { BATCH, ENGINE, ONCE, rows, rowsIfRead, STATE, TRY_AGAIN } from './names';

const X = 5500;
/** Rows of the parked table of the records of this batch. */
const ROWS_OF_RECORDS =
	"={{ $('Rows of these').isExecuted ? $('Rows of these').all() : $('Rows waiting').isExecuted ? $('Rows waiting').all() : [] }}";
/** Output of Record outcomes that tells how the run goes on, behind those of the writes. */
const PROGRESS = 8;

/**
 * What became of a batch, table by table from top to bottom (n8n runs branches in that order): what
 * says that a thing happened comes before what forgets that it was to be done, the watermark last.
 */
export function addBatchWrites(flow: WorkflowBuilder): void {
	const progress = `$('Record outcomes').first(${PROGRESS}).json`;
	const byRowId = { id: '={{ $json.row_id }}' };
	const writes: Array<[string, Record<string, unknown>]> = [
		['Write audit events', insertRows(TABLES.events)],
		['Park records', insertRows(TABLES.parked)],
		['Resolve parked', deleteRows(TABLES.parked, byRowId)],
		['Add jobs to crosswalk', insertRows(TABLES.projects)],
		['Add accounts to crosswalk', insertRows(TABLES.accounts)],
		['Answer requests', deleteRows(TABLES.requests, byRowId)],
		[
			'Keep requests',
			updateRows(TABLES.requests, byRowId, {
				tries: '={{ $json.tries }}',
				note: '={{ $json.note }}',
			}),
		],
		['Settle journal', deleteRows(TABLES.journal, byRowId)],
	];
	writes.forEach(([name, parameters], index) => {
		flow.table(name, [X + 300, 600 + index * 170], parameters);
		flow.link('Record outcomes', name, index);
		flow.link(name, 'All written', 0, index);
	});
	flow
		.node('Record outcomes', ENGINE, 1, [X, 1100], {
			resource: 'run',
			operation: 'recordOutcomes',
			state: `={{ ${STATE} }}`,
			batch: `={{ ${BATCH} }}`,
			recordedEvents: rowsIfRead('Read their events'),
			journalRows: rows('Read journal'),
			parkedRows: ROWS_OF_RECORDS,
			tryAgain: `={{ ${TRY_AGAIN} }}`,
			rowsToTry: rows('Read parked'),
			projectCrosswalk: rows('Read project crosswalk'),
			accountCrosswalk: rows('Read account crosswalk'),
		})
		// A barrier: the watermark may move only after everything else is written.
		.node('All written', 'n8n-nodes-base.merge', 3.2, [X + 540, 1100], {
			mode: 'append',
			numberInputs: writes.length + 2,
		});
	flow
		.table(
			'Keep waiting',
			[X + 300, 600 + writes.length * 170],
			updateWhere(
				TABLES.parked,
				[
					['gp_company', 'eq', '={{ $json.gp_company }}'],
					['entity', 'eq', '={{ $json.entity }}'],
					['id', 'gt', '={{ $json.after }}'],
					['id', 'lte', '={{ $json.upTo }}'],
					['waits_for', 'isNotEmpty', ''],
					['waits_for', 'neq', WAITS_FOR_PROCORE],
					['waits_for', 'neq', WAITS_FOR_GP],
				],
				{ waits_for: '={{ $json.known }}' },
			),
		)
		.link('Record outcomes', 'Keep waiting', PROGRESS + 1)
		.link('Keep waiting', 'All written', 0, PROGRESS + 1);
	const watermark = (column: string) => `={{ ${progress}.watermark.${column} }}`;
	flow
		.node(
			'Move watermark?',
			'n8n-nodes-base.if',
			2.2,
			[X + 760, 1100],
			exists(`={{ ${progress}.watermark }}`),
			ONCE,
		)
		.table(
			'Move watermark',
			[X + 980, 1000],
			upsertRow(
				TABLES.watermark,
				{ entity: watermark('entity'), gp_company: watermark('gp_company') },
				Object.fromEntries(TABLES.watermark.columns.map(({ name }) => [name, watermark(name)])),
			),
		)
		.node(
			'Batch result',
			'n8n-nodes-base.set',
			3.4,
			[X + 1200, 1100],
			fields(
				assignment('state', `={{ ${progress}.state }}`, 'object'),
				assignment('more', `={{ ${progress}.more }}`, 'boolean'),
			),
			ONCE,
		)
		.link('Record outcomes', 'All written', PROGRESS, PROGRESS)
		.chain('All written', 'Move watermark?')
		.link('Move watermark?', 'Move watermark', 0)
		.link('Move watermark?', 'Batch result', 1)
		.chain('Move watermark', 'Batch result');
}
