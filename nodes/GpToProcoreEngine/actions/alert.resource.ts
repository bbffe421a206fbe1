import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	type AlertRow,
	type Thresholds,
	DEFAULT_THRESHOLDS,
	SOURCE_OF,
	chainAlerts,
	evaluateAlerts,
	notifiedRows,
	turnRow,
} from '../../../lib/alerts/alerts';
import { digestOf, type ReconciliationTotal } from '../../../lib/alerts/table-findings';
import { findAll, isOver } from '../../../lib/alerts/findings';
import type { RunVerdict } from '../../../lib/audit/chain';
import type { AuditEventRow, ParkedRow, RunRow } from '../../../lib/audit/event-row';
import type { WatermarkRow } from '../../../lib/run/events-of-batch';
import { readWorkflowFailure } from '../../../lib/run/failed-run';
import { isRowOf, ownCells, type TableKey } from '../../../lib/tables/tables';
import { toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';
import { readList, readObject } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';

const threshold = (
	displayName: string,
	name: keyof Thresholds,
	description: string,
): INodeProperties => {
	const byDefault = DEFAULT_THRESHOLDS[name];
	return {
		displayName,
		name,
		type: 'number',
		default: byDefault,
		typeOptions: { minValue: 1 },
		description,
	};
};

const thresholdsProperty: INodeProperties = {
	displayName: 'Thresholds',
	name: 'thresholds',
	type: 'collection',
	placeholder: 'Add threshold',
	default: {},
	options: [
		threshold(
			'Days Without Records',
			'silentDays',
			'Alert when runs succeed but GP gave no changed record for so many days',
		),
		threshold(
			'Failed Records',
			'failedRecords',
			'Alert when Procore refused so many records in the last run',
		),
		threshold(
			'Hours Since GP Was Read',
			'staleHours',
			'Alert when GP was not read to the end for so many hours',
		),
		threshold('Hours Until Repeated', 'repeatHours', 'How often a standing alert is repeated'),
		threshold(
			'Parked Records',
			'parkedRecords',
			'Alert when so many records of a company wait in the parked table',
		),
		threshold(
			'Table Limit (MB)',
			'tableLimitMb',
			'Size n8n allows all Data Tables together: N8N_DATA_TABLES_MAX_SIZE_BYTES of the server',
		),
		threshold(
			'Table Limit Used (%)',
			'tableLimitPercent',
			'Alert when so much of the table limit is used',
		),
	],
};

function readThresholds(context: IExecuteFunctions): Thresholds {
	const given = context.getNodeParameter('thresholds', 0, {}) as Partial<Thresholds>;
	const changed = Object.entries(given).filter(([, value]) => Number(value) > 0);
	return { ...DEFAULT_THRESHOLDS, ...Object.fromEntries(changed) };
}

/** What the template itself is made of; any other node behind this one tells somebody. */
const PLUMBING =
	/\.(set|if|switch|filter|splitOut|merge|wait|noOp|dataTable|gpToProcore|gpToProcoreEngine)$/;

/**
 * Names of the notification nodes behind this one that are switched on. A node that is off hands
 * its input on, and so does one that is on and could not begin; who was told can only be said with
 * this list.
 */
function channelsOf(context: IExecuteFunctions): string[] {
	return context
		.getChildNodes(context.getNode().name)
		.filter(({ type, disabled }) => !disabled && !PLUMBING.test(type))
		.map(({ name }) => name);
}

const auditChain: Operation = {
	option: {
		name: 'Audit Chain',
		value: 'auditChain',
		action: 'Alert when the audit trail was changed',
		description: 'Turn verdicts on audit chains into rows of the alerts table',
	},
	fields: [
		rowsProperty(
			'Verdicts',
			'verdicts',
			'What Verify Chain of the resource Audit said of each run',
		),
		rowsProperty('Alert Rows', 'alertRows', 'Rows of the alerts table: what stands already'),
	],
	async execute() {
		const rows = chainAlerts(
			readList<RunVerdict>(this, 'verdicts'),
			readList<AlertRow>(this, 'alertRows').filter((row) => Boolean(row.condition)),
			new Date().toISOString(),
		);
		return [rows.map((row) => toItem(ownCells(row), 0))];
	},
};

const evaluate: Operation = {
	option: {
		name: 'Evaluate',
		value: 'evaluate',
		action: 'Evaluate alerts',
		description: 'Find what is wrong, and what is new, worse, due again or over',
	},
	fields: [
		rowsProperty('Run Rows', 'runRows', 'Rows of the runs table, the newest at least'),
		rowsProperty('Parked Rows', 'parkedRows', 'Rows of the parked table'),
		rowsProperty('Watermark Rows', 'watermarkRows', 'Rows of the watermarks table'),
		rowsProperty(
			'Reconciliation Rows',
			'reconciliationRows',
			'Rows of the reconciliation table, the newest totals at least',
		),
		rowsProperty('Alert Rows', 'alertRows', 'Rows of the alerts table: what stands already'),
		rowsProperty('Event Rows', 'eventRows', 'Newest rows of the events table, for its size'),
		rowsProperty(
			'Oldest Event',
			'oldestEvent',
			'First row of the events table that retention has not come by, for its size',
		),
		rowsProperty('Oldest Run', 'oldestRun', 'First row of the runs table, for its size'),
		{
			displayName: 'Failure',
			name: 'failure',
			type: 'json',
			default: '',
			description: 'What the Error Trigger gave, when a failure started this; otherwise empty',
		},
		thresholdsProperty,
	],
	async execute() {
		const now = new Date().toISOString();
		const thresholds = readThresholds(this);
		// A table that is not there yet, or a read that failed, gives what is no row of it.
		const unread = new Set<string>();
		const rows = <Row extends object>(name: string, key: TableKey, column: keyof Row) => {
			const list = readList<Row>(this, name);
			const own = list.filter((row) => isRowOf(key, row));
			if (own.length < list.length) unread.add(name);
			return own.filter((row) => Boolean(row[column]));
		};
		const runs = rows<RunRow>('runRows', 'runs', 'run_id');
		const watermarks = rows<WatermarkRow>('watermarkRows', 'watermark', 'updated_at');
		// How long ago a stream was read stands in the rows of its runs, too.
		if (unread.has('runRows')) unread.add('watermarkRows');
		const standing = rows<AlertRow>('alertRows', 'alerts', 'condition');
		const sources = {
			...{ runs, standing },
			parked: rows<ParkedRow>('parkedRows', 'parked', 'gp_key'),
			watermarks: unread.has('runRows') ? [] : watermarks,
			reconciliation: rows<ReconciliationTotal>('reconciliationRows', 'reconciliation', 'row_kind'),
			events: [
				...rows<AuditEventRow>('eventRows', 'events', 'run_id'),
				...rows<AuditEventRow>('oldestEvent', 'events', 'run_id'),
			],
			oldestRun: rows<RunRow>('oldestRun', 'runs', 'run_id'),
			failure: readWorkflowFailure(readObject(this, 'failure')),
		};
		// The size of all is known only where each was read.
		if (['runRows', 'oldestRun', 'oldestEvent', 'parkedRows'].some((name) => unread.has(name)))
			unread.add('eventRows');
		const findings = findAll(sources, thresholds, now);
		const changes = evaluateAlerts({
			findings,
			rows: standing,
			checked: (row) =>
				!unread.has(SOURCE_OF[row.condition] ?? 'runRows') && isOver(row, thresholds, sources, now),
			repeatHours: thresholds.repeatHours,
			now,
		});
		const digest = digestOf(changes);
		return [
			[
				toItem(
					{
						standing: changes.standing.map(ownCells),
						told: notifiedRows(changes, findings, now).map(ownCells),
						cleared: changes.cleared.map(ownCells),
						tell: digest !== null,
						digest,
						channels: channelsOf(this),
					},
					0,
				),
			],
		];
	},
};

const askTurn: Operation = {
	option: {
		name: 'Ask for a Turn',
		value: 'askTurn',
		action: 'Ask for a turn to look at alerts',
		description: 'Give a row for the leases table: alerts are looked at by one execution at a time',
	},
	async execute() {
		return [[toItem(turnRow(this.getExecutionId(), new Date().toISOString()), 0)]];
	},
};

export const alert = resource('alert', 'evaluate', [auditChain, evaluate, askTurn]);
