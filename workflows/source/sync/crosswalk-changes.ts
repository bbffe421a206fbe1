import { deleteRows, insertRows, readRows, selectRows } from '../data-table-nodes';
import { isTrue } from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ENGINE, ONCE, ONCE_EVEN_IF_EMPTY, rows } from './names';

const GIVEN = "$('Batch starts').first().json";
const COMPANY = `={{ ${GIVEN}.state.company }}`;
const Y = 600;

/** What is looked at: tables only, so that a run without a changed row costs no call of anybody. */
const READS: Array<[string, Record<string, unknown>]> = [
	['Look at decisions', readRows(TABLES.decisions, { gp_company: COMPANY })],
	['Look at mapping', readRows(TABLES.mappings, { gp_company: COMPANY })],
	['Look at project crosswalk', readRows(TABLES.projects, { gp_company: COMPANY })],
	['Look at account crosswalk', readRows(TABLES.accounts, { gp_company: COMPANY })],
	['Look at vendor crosswalk', readRows(TABLES.vendors, { gp_company: COMPANY })],
	['Look at requests', readRows(TABLES.requests, { gp_company: COMPANY })],
];

/**
 * Before the first batch of a run: crosswalk rows that people changed since the last one are found,
 * and the records they concern asked for, so that this very run reads them again.
 */
export function addCrosswalkChanges(flow: WorkflowBuilder): void {
	flow.node(
		'Run begins?',
		'n8n-nodes-base.if',
		2.2,
		[420, 860],
		isTrue('={{ $json.looksAtCrosswalks }}'),
		ONCE,
	);
	READS.forEach(([name, parameters], index) => {
		flow.table(name, [640 + index * 200, Y], parameters, ONCE_EVEN_IF_EMPTY);
	});
	flow.node(
		'Changed in crosswalks',
		ENGINE,
		1,
		[1860, Y],
		{
			resource: 'crosswalk',
			operation: 'changed',
			company: COMPANY,
			mappingRows: rows('Look at mapping'),
			projects: `={{ ${GIVEN}.projects }}`,
			projectCrosswalk: rows('Look at project crosswalk'),
			accountCrosswalk: rows('Look at account crosswalk'),
			vendorCrosswalk: rows('Look at vendor crosswalk'),
			seenRows: rows('Look at decisions'),
		},
		ONCE,
	);
	flow.table(
		'Find their records',
		[2100, Y - 160],
		selectRows(TABLES.events, {
			where: [
				['gp_company', 'eq', COMPANY],
				['touches', 'ilike', '={{ $json.pattern }}'],
			],
		}),
	);
	flow.node('Affected records', ENGINE, 1, [2320, Y - 160], {
		resource: 'crosswalk',
		operation: 'request',
		company: COMPANY,
		changedRows: rows('Changed in crosswalks'),
		requestRows: rows('Look at requests'),
	});
	flow.table('Ask for them', [2540, Y - 160], insertRows(TABLES.requests));
	// Only once the records are asked for: a crash in between asks again, which changes nothing.
	flow.table('Remember decisions', [2100, Y], insertRows(TABLES.decisions));
	flow.table(
		'Forget decisions',
		[2100, Y + 160],
		deleteRows(TABLES.decisions, { id: '={{ $json.row_id }}' }),
	);
	flow
		// Higher on the canvas than the batch itself, and so before it: n8n runs branches from the top.
		.link('Run begins?', READS[0][0], 0)
		.link('Run begins?', 'Read lease', 0)
		.link('Run begins?', 'Read lease', 1)
		.chain(...READS.map(([name]) => name), 'Changed in crosswalks')
		.link('Changed in crosswalks', 'Find their records', 0)
		.link('Changed in crosswalks', 'Remember decisions', 1)
		.link('Changed in crosswalks', 'Forget decisions', 2)
		.chain('Find their records', 'Affected records', 'Ask for them');
}
