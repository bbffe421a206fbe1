import { allColumns, insertRow, selectRows, updateRows } from '../data-table-nodes';
import { ENTITIES, STREAMS } from '../../../lib/streams/streams';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { BATCH, ENGINE, GP, MAP, ONCE, ONCE_EVEN_IF_EMPTY, PROCORE, rows, STATE } from './names';

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
/** Earlier events that this batch came by: of documents asked for, or of those that may have moved. */
const EARLIER_EVENTS =
	"={{ $('Read earlier events').isExecuted ? $('Read earlier events').all() : $('Read events of these').isExecuted ? $('Read events of these').all() : [] }}";

/** Events of documents of the run's company, however their keys were spelled by older versions. */
const EVENTS_OF_PAYABLES = selectRows(TABLES.events, {
	where: [
		['gp_company', 'eq', `={{ ${STATE}.company }}`],
		['entity', 'eq', 'payable'],
		['gp_key', '={{ $json.condition }}', '={{ $json.pattern }}'],
	],
});

/** End of the lease as renewed before the first write; where nothing is written nobody renews it. */
const LEASE_UNTIL = `={{ ${BATCH}.unbounded ?? ($('Renew before writing').isExecuted ? $('Renew before writing').first().json.until ?? 'lost' : '') }}`;

export function addLanes(flow: WorkflowBuilder): void {
	addParked(flow);
	addRequestedPayables(flow);
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
					watermark: `={{ ${STATE}.watermark ?? '' }}`,
					batchSize: 500,
					cursor: `={{ ${STATE}.cursor ?? '' }}`,
					readFrom: `={{ ${STATE}.from ?? '' }}`,
					requested: `={{ ${BATCH}.requests }}`,
					owedRows: rows('Read parked'),
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
	addMovedPayables(flow);
	addJournal(flow);
}

/**
 * Before anything is written to Procore the batch enters itself in the journal and renews the lease:
 * the sync writes no longer than that lasts. One without anything to write costs no row. Above the lanes, and so before them: n8n runs branches by their place on the canvas.
 */
function addJournal(flow: WorkflowBuilder): void {
	flow
		.node('Anything to send?', ENGINE, 1, [X + 1320, 560], {
			resource: 'run',
			operation: 'beforeWriting',
			batch: `={{ ${BATCH} }}`,
		})
		.table(
			'Enter in journal',
			[X + 1540, 560],
			insertRow(TABLES.journal, allColumns(TABLES.journal, '$json.journal')),
			ONCE,
		)
		.table(
			'Renew before writing',
			[X + 1760, 560],
			updateRows(
				TABLES.lease,
				{ run_id: `={{ ${STATE}.runId }}` },
				{ until: "={{ $('Anything to send?').first().json.until }}" },
			),
			ONCE_EVEN_IF_EMPTY,
		)
		.chain('Anything to send?', 'Enter in journal', 'Renew before writing');
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
				parkedRows: rows('Read parked'),
			},
			ONCE,
		)
		.link('Which step?', 'Load parked', 4);
}

/** A document may have changed its project since it was written, and so may the crosswalk. */
function addRequestedPayables(flow: WorkflowBuilder): void {
	flow
		.node('Vouchers asked for', ENGINE, 1, [X, 1400], {
			resource: 'run',
			operation: 'earlierEvents',
			keys: `={{ ${BATCH}.requestedKeys }}`,
		})
		.table('Read earlier events', [X + 220, 1400], EVENTS_OF_PAYABLES, {
			alwaysOutputData: true,
		})
		.link('Which step?', 'Vouchers asked for', 3)
		.chain('Vouchers asked for', 'Read earlier events', 'GP payables');
}

/** Once the mapping was changed, each document is looked up where it was sent before. */
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
