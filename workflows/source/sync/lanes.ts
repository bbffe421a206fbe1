import { allColumns, insertRow, selectRows, updateRows, type Where } from '../data-table-nodes';
import { ENTITIES, STREAMS } from '../../../lib/streams/streams';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import {
	BATCH,
	ENGINE,
	EVEN_IF_EMPTY,
	GP,
	MAP,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	PROCORE,
	rows,
	rowsIfRead,
	STATE,
	TRY_AGAIN,
} from './names';

/** One lane per entity: read, map, bring Procore to that state. */
const LANES = ENTITIES.map((entity, index) => {
	const { part, procore } = STREAMS[entity];
	return {
		part,
		read: `GP ${part}`,
		gp: entity,
		map: `Map ${part}`,
		sync: `Sync ${procore.many}`,
		procore: procore.resource,
		y: 800 + index * 200,
	};
});

const X = 3900;
/** Earlier events that this batch came by: of documents that may have moved. */
const EARLIER_EVENTS = rowsIfRead('Read events of these');

/** Events of documents of the run's company, however their keys were spelled by older versions. */
const EVENTS_OF_PAYABLES = selectRows(TABLES.events, {
	where: [
		['gp_company', 'eq', `={{ ${STATE}.company }}`],
		['entity', 'eq', 'payable'],
		['gp_key', '={{ $json.condition }}', '={{ $json.pattern }}'],
	],
});

/** More reads of the parked table than this cost more than one of all its rows. */
const MOST_QUESTIONS = 20;
/** Rows of the parked table of these records, however their keys were spelled by older versions. */
const OF_THESE: Where = [
	['gp_company', 'eq', `={{ ${STATE}.company }}`],
	['entity', 'eq', `={{ ${BATCH}.entity }}`],
	['gp_key', '={{ $json.condition }}', '={{ $json.pattern }}'],
];

/** End of the lease, as renewed before the first write where that was due; blank where nothing is written. */
const LEASE_UNTIL = `={{ ${BATCH}.unbounded ?? ($('Renew before writing').isExecuted ? $('Renew before writing').first().json.until ?? 'lost' : $('Enter in journal').isExecuted ? $('Anything to send?').first().json.until : '') }}`;

export function addLanes(flow: WorkflowBuilder): void {
	addParked(flow);
	LANES.forEach((lane, index) => {
		flow
			.node(
				lane.read,
				GP,
				1,
				[X + 440, lane.y],
				{
					resource: lane.gp,
					operation: 'getChanges',
					watermark: "={{ $('Read watermark').first().json }}",
					batchSize: 500,
					cursor: `={{ ${STATE}.cursor ?? '' }}`,
					readFrom: `={{ ${STATE}.from ?? '' }}`,
					requested: `={{ ${BATCH}.requests }}`,
					owedRows: rows('Read owed'),
					expectedCompany: `={{ ${STATE}.company }}`,
					options: { startedBy: `={{ ${BATCH}.startedBy }}` },
					// Only while a rule asks for it: it costs a read of GP per vendor.
					...(lane.part === 'payables'
						? { addVendorClass: "={{ $('Mapping').first().json.needs.vendorClass }}" }
						: {}),
				},
				ONCE,
			)
			.node(lane.map, MAP, 2, [X + 1100, lane.y], {
				resource: lane.gp,
				operation: 'map',
				mappingFrom: 'node',
				mapping: "={{ $('Mapping').first().json }}",
				projects: "={{ $('Batch starts').first().json.projects }}",
				projectCrosswalk: rows('Read project crosswalk'),
				accountCrosswalk: rows('Read account crosswalk'),
				vendorCrosswalk: rows('Read vendor crosswalk'),
				...(lane.part === 'payables' ? { earlierEvents: EARLIER_EVENTS } : {}),
			})
			.node(lane.sync, PROCORE, 1, [X + 1320, lane.y], {
				resource: lane.procore,
				operation: 'sync',
				dryRun: `={{ ${STATE}.dryRun }}`,
				options: {
					runId: `={{ ${STATE}.runId }}`,
					batchId: `={{ ${BATCH}.batchId }}`,
					leaseUntil: LEASE_UNTIL,
					unrecordedBatches: `={{ ${BATCH}.sync.unrecordedBatches }}`,
					unrecordedPlaces: `={{ ${BATCH}.sync.unrecordedPlaces }}`,
					...(lane.part === 'payables' ? { rewrite: `={{ ${BATCH}.sync.rewrite }}` } : {}),
				},
			})
			.link('Which step?', lane.read, index)
			.link(lane.map, 'Anything to send?')
			.chain(lane.map, lane.sync)
			.link(lane.sync, 'Record outcomes', 0, 0)
			.link(lane.map, 'Record outcomes', 1, 1);
		const next = lane.part === 'payables' ? 'May have moved?' : lane.map;
		flow.link(lane.read, next).link('Load parked', next, index);
	});
	// What was asked for of payables is read from GP as what changed is.
	flow.link('Which step?', 'GP payables', 3);
	addMovedPayables(flow);
	addJournal(flow);
}

/**
 * Before anything is written to Procore the batch enters itself in the journal and renews the lease,
 * when that is due: the sync writes no longer than that lasts. One without anything to write costs no row. Above the lanes, and so before them: n8n runs branches by their place on the canvas.
 */
function addJournal(flow: WorkflowBuilder): void {
	flow
		.node('Anything to send?', ENGINE, 1, [X + 1320, 560], {
			resource: 'run',
			operation: 'beforeWriting',
			batch: `={{ ${BATCH} }}`,
			leaseRows: rows('Read lease'),
		})
		.table(
			'Enter in journal',
			[X + 1540, 560],
			insertRow(TABLES.journal, allColumns(TABLES.journal, '$json.journal')),
			ONCE,
		)
		.table(
			'Renew before writing',
			[X + 1540, 400],
			updateRows(
				TABLES.lease,
				{ run_id: `={{ ${STATE}.runId }}` },
				{ until: "={{ $('Anything to send?').first().json.until }}" },
			),
			ONCE_EVEN_IF_EMPTY,
		)
		.link('Anything to send?', 'Enter in journal', 0)
		.link('Anything to send?', 'Renew before writing', 1);
}

function addParked(flow: WorkflowBuilder): void {
	flow
		.node(
			'Load parked',
			ENGINE,
			1,
			[X, 1600],
			{
				resource: 'run',
				operation: 'loadParkedByStream',
				state: `={{ ${STATE} }}`,
				parkedRows: rows('Rows waiting'),
				tryAgain: `={{ ${TRY_AGAIN} }}`,
				rowsToTry: rows('Read parked'),
			},
			ONCE,
		)
		.node(
			'Keys waiting',
			ENGINE,
			1,
			[X - 440, 1600],
			{
				resource: 'run',
				operation: 'earlierEvents',
				rowsWithKeys: rows('Read parked'),
				most: MOST_QUESTIONS,
				// The rows themselves were read; another of the same record is a leftover of a batch cut off.
				beyond: 'none',
			},
			ONCE,
		)
		.table(
			'Rows waiting',
			[X - 220, 1600],
			selectRows(TABLES.parked, { where: OF_THESE }),
			EVEN_IF_EMPTY,
		)
		.link('Which step?', 'Keys waiting', 4)
		.chain('Keys waiting', 'Rows waiting', 'Load parked');
	// What came from GP may wait already. Above the lanes, and so before them.
	flow
		.node('Keys read', ENGINE, 1, [X + 660, 300], {
			resource: 'run',
			operation: 'earlierEvents',
			keys: `={{ ${BATCH}.requestedKeys }}`,
			most: MOST_QUESTIONS,
		})
		.table(
			'Rows of these',
			[X + 880, 300],
			selectRows(TABLES.parked, {
				where: [...OF_THESE, ['run_id', 'neq', `={{ ${BATCH}.parkedByRun }}`]],
			}),
			EVEN_IF_EMPTY,
		)
		.chain('Keys read', 'Rows of these');
	for (const { read } of LANES) flow.link(read, 'Keys read');
}

/** A document may have changed its project since it was written, and so may the crosswalk. */
function addMovedPayables(flow: WorkflowBuilder): void {
	flow
		.node('May have moved?', ENGINE, 1, [X + 660, 1300], {
			resource: 'run',
			operation: 'mayHaveMoved',
			state: `={{ ${STATE} }}`,
			mapping: "={{ $('Mapping').first().json }}",
			mappingRows: rows('Read mappings'),
		})
		.node('Their vouchers', ENGINE, 1, [X + 440, 1480], {
			resource: 'run',
			operation: 'earlierEvents',
			keys: `={{ ${BATCH}.requestedKeys }}`,
		})
		.table('Read events of these', [X + 660, 1480], EVENTS_OF_PAYABLES, {
			alwaysOutputData: true,
		})
		.node(
			'Documents again',
			ENGINE,
			1,
			[X + 880, 1300],
			{
				resource: 'run',
				operation: 'handOn',
				earlierItems: "={{ $('May have moved?').all(0) }}",
			},
			ONCE,
		)
		.link('May have moved?', 'Their vouchers', 0)
		.link('May have moved?', 'Map payables', 1)
		.chain('Their vouchers', 'Read events of these', 'Documents again', 'Map payables');
}
