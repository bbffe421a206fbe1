import {
	allColumns,
	readOldest,
	readRows,
	selectRows,
	updateRows,
	upsertRow,
} from '../data-table-nodes';
import { exists, isTrue, notEmpty, route } from '../node-parameters';
import { ENTITIES, STREAMS } from '../../../lib/streams/streams';
import { WAITS_FOR_GP } from '../../../lib/run/look-up';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { BATCH, ENGINE, MAP, ONCE, ONCE_EVEN_IF_EMPTY, rows, STATE, TRY_AGAIN } from './names';

const PREPARED = "$('Batch starts').first().json";
const GIVEN = `${PREPARED}.state`;
const MAPPING = "$('Mapping').first().json";
const COMPANY = `={{ ${GIVEN}.company }}`;

/** A batch begins: it renews the lease when that is due, and reads what it needs. */
export function addBatchBegin(flow: WorkflowBuilder): void {
	const table = (
		name: string,
		place: [number, number],
		parameters: Record<string, unknown>,
		settings: Record<string, unknown> = ONCE_EVEN_IF_EMPTY,
	) => flow.table(name, place, parameters, settings);
	const entity = `={{ ${BATCH}.entity }}`;
	flow
		.node('Batch starts', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 1100], {
			inputSource: 'passthrough',
		})
		.node('A batch?', 'n8n-nodes-base.if', 2.2, [200, 1100], exists('={{ $json.state }}'), ONCE);
	table(
		'Read lease',
		[420, 1000],
		readRows(TABLES.lease, {
			gp_company: `={{ ${PREPARED}.leaseCompany }}`,
		}),
	);
	table('Read journal', [620, 1000], readRows(TABLES.journal, { gp_company: COMPANY }));
	const prepared = { gp_company: COMPANY, entity: `={{ ${PREPARED}.entity }}` };
	table('Read watermark', [720, 840], readRows(TABLES.watermark, prepared));
	table('Read requests', [820, 1000], readOldest(TABLES.requests, prepared, 500));
	flow
		.node(
			'Begin batch',
			ENGINE,
			1,
			[1020, 1000],
			{
				resource: 'run',
				operation: 'beginBatch',
				state: `={{ ${GIVEN} }}`,
				leaseRows: rows('Read lease'),
				journalRows: rows('Read journal'),
				requestRows: rows('Read requests'),
			},
			ONCE,
		)
		.node(
			'Anything cut off?',
			'n8n-nodes-base.if',
			2.2,
			[1220, 1000],
			notEmpty('={{ $json.unrecorded }}'),
			ONCE,
		)
		.node('Batches cut off', 'n8n-nodes-base.splitOut', 1, [1420, 840], {
			fieldToSplitOut: 'unrecorded',
			options: {},
		});
	table(
		'Read their events',
		[1620, 840],
		readRows(TABLES.events, { batch_id: '={{ $json.unrecorded }}' }),
		{ alwaysOutputData: true },
	);
	flow.node(
		'Sign of life due?',
		'n8n-nodes-base.if',
		2.2,
		[1820, 1000],
		isTrue(`={{ ${BATCH}.signOfLifeDue }}`),
		ONCE,
	);
	table(
		'Renew lease',
		[2020, 840],
		updateRows(
			TABLES.lease,
			{ run_id: `={{ ${STATE}.runId }}` },
			{ until: `={{ ${BATCH}.leaseUntil }}` },
		),
	);
	table(
		'Sign of life',
		[2220, 840],
		updateRows(
			TABLES.runs,
			{ run_id: `={{ ${STATE}.runId }}` },
			allColumns(TABLES.runs, `${BATCH}.runRow`),
		),
	);
	table('Read project crosswalk', [2420, 1000], readRows(TABLES.projects, { gp_company: COMPANY }));
	table('Read account crosswalk', [2620, 1000], readRows(TABLES.accounts, { gp_company: COMPANY }));
	table('Read vendor crosswalk', [2820, 1000], readRows(TABLES.vendors, { gp_company: COMPANY }));
	flow
		.node(
			'Mapping',
			MAP,
			2,
			[3420, 1000],
			{
				resource: 'mapping',
				operation: 'define',
				findingRows: rows('Read findings'),
				mappingRows: rows('Read mappings'),
			},
			ONCE,
		)
		.table(
			'Read findings',
			[3220, 1000],
			readRows(TABLES.findings, { gp_company: COMPANY }),
			ONCE_EVEN_IF_EMPTY,
		)
		.table(
			'Read mappings',
			[3220, 1200],
			readRows(TABLES.mappings, { gp_company: COMPANY }),
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Another mapping?',
			ENGINE,
			1,
			[3420, 1200],
			{
				resource: 'run',
				operation: 'compareMapping',
				state: `={{ ${STATE} }}`,
				mapping: `={{ ${MAPPING} }}`,
				mappingRows: rows('Read mappings'),
			},
			ONCE,
		)
		.node(
			'What to try again',
			ENGINE,
			1,
			[3640, 1300],
			{
				resource: 'run',
				operation: 'tryAgain',
				state: `={{ ${STATE} }}`,
				mapping: `={{ ${MAPPING} }}`,
				projects: `={{ ${PREPARED}.projects }}`,
				projectCrosswalk: rows('Read project crosswalk'),
				accountCrosswalk: rows('Read account crosswalk'),
				vendorCrosswalk: rows('Read vendor crosswalk'),
			},
			ONCE,
		)
		.table(
			'Read owed',
			[3860, 1300],
			selectRows(TABLES.parked, {
				where: [
					['gp_company', 'eq', COMPANY],
					['entity', 'eq', entity],
					['waits_for', '={{ $json.readByKey.waitsFor }}', WAITS_FOR_GP],
					['reason_code', '={{ $json.readByKey.reason }}', '={{ $json.readByKey.reasonCode }}'],
				],
				limit: 1_000,
			}),
			{ alwaysOutputData: true },
		)
		.table(
			'Read parked',
			[4080, 1300],
			selectRows(TABLES.parked, {
				where: [
					['gp_company', 'eq', COMPANY],
					['entity', 'eq', entity],
					['waits_for', 'neq', WAITS_FOR_GP],
					['waits_for', 'neq', `={{ ${TRY_AGAIN}.known }}`],
					['id', 'gt', `={{ ${TRY_AGAIN}.after }}`],
				],
				limit: `={{ ${TRY_AGAIN}.most }}`,
			}),
			ONCE_EVEN_IF_EMPTY,
		)
		.table(
			'Remember mapping',
			[3620, 1240],
			upsertRow(
				TABLES.mappings,
				{ gp_company: COMPANY, version: `={{ ${MAPPING}.version }}` },
				'fromItem',
			),
			ONCE,
		)
		.node(
			'Which step?',
			'n8n-nodes-base.switch',
			3.2,
			[3620, 1000],
			route(`={{ ${BATCH}.lane }}`, [
				...ENTITIES.map((entity): [string, string] => {
					const { part, short } = STREAMS[entity];
					return [part, `${short[0].toUpperCase()}${short.slice(1)}`];
				}),
				['requested', 'Payables asked for'],
				['parked', 'Parked, try again'],
			]),
			ONCE,
		)
		.chain('Batch starts', 'A batch?')
		.link('A batch?', 'Run begins?', 0)
		.link('A batch?', 'Run options', 1)
		.chain('Read lease', 'Read journal', 'Read watermark', 'Read requests', 'Begin batch')
		.chain('Begin batch', 'Anything cut off?')
		.link('Anything cut off?', 'Batches cut off', 0)
		.link('Anything cut off?', 'Sign of life due?', 1)
		.chain('Batches cut off', 'Read their events', 'Sign of life due?')
		.link('Sign of life due?', 'Renew lease', 0)
		.link('Sign of life due?', 'Read project crosswalk', 1)
		.chain('Renew lease', 'Sign of life', 'Read project crosswalk')
		.chain(
			'Read project crosswalk',
			'Read account crosswalk',
			'Read vendor crosswalk',
			'Read mappings',
			'Read findings',
			'Mapping',
			'Another mapping?',
		)
		.link('Another mapping?', 'Remember mapping', 0)
		.link('Another mapping?', 'What to try again', 1)
		.chain('Remember mapping', 'What to try again', 'Read owed', 'Read parked', 'Which step?');
}
