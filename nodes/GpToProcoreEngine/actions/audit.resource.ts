import type { INodeProperties } from 'n8n-workflow';

import { planNight, planRetention } from '../../../lib/audit/retention';
import type { AuditEventRow, ParkedRow, RunRow } from '../../../lib/audit/event-row';
import { toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';
import { readList } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';

const retention: Operation = {
	option: {
		name: 'Retention',
		value: 'retention',
		action: 'Find events that are too old to keep',
		description: 'Say which events of old runs may go',
	},
	fields: [
		{
			displayName: 'Months to Keep',
			name: 'months',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 24,
			description: 'Events of runs that ended longer ago may go',
		},
		rowsProperty('Run Rows', 'runRows', 'Rows of the runs table to look at'),
		rowsProperty('Event Rows', 'eventRows', 'Every event of these runs'),
		rowsProperty('Parked Rows', 'parkedRows', 'Rows of the parked table: their records are kept'),
		rowsProperty(
			'Latest Events',
			'latestRows',
			'Newest event of each record that failed in these runs',
		),
	],
	async execute() {
		const plan = planRetention({
			runs: readList<RunRow>(this, 'runRows').filter((run) => Boolean(run.run_id)),
			events: readList<AuditEventRow & { id: number }>(this, 'eventRows').filter((event) =>
				Boolean(event.run_id),
			),
			parked: readList<ParkedRow>(this, 'parkedRows').filter((row) => Boolean(row.gp_key)),
			latest: readList<AuditEventRow>(this, 'latestRows').filter((row) => Boolean(row.gp_key)),
			months: Number(this.getNodeParameter('months', 0, 24)) || 24,
			now: new Date().toISOString(),
		});
		return [[toItem(plan, 0)]];
	},
};

const days = (displayName: string, name: string, byDefault: number, description: string) =>
	({
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 1 },
		default: byDefault,
		description,
	}) satisfies INodeProperties;

const planNightStep: Operation = {
	option: {
		name: 'Plan Night',
		value: 'planNight',
		action: 'Say which runs are looked at tonight',
		description: 'Which runs are checked, and from which on events may go',
	},
	fields: [
		days('Days to Check', 'daysToCheck', 2, 'Runs that ended since so many days are checked'),
		days('Months to Keep', 'monthsToKeep', 24, 'Events of runs that ended longer ago may go'),
		rowsProperty('Alert Rows', 'alertRows', 'Rows of the alerts table'),
	],
	async execute() {
		const number = (name: string, byDefault: number) =>
			Number(this.getNodeParameter(name, 0, byDefault)) || byDefault;
		const plan = planNight({
			daysToCheck: number('daysToCheck', 2),
			monthsToKeep: number('monthsToKeep', 24),
			alerts: readList<{ condition: string; run_id?: string; last_at?: string }>(this, 'alertRows'),
			now: new Date().toISOString(),
		});
		return [[toItem(plan, 0)]];
	},
};

export const audit = resource('audit', 'retention', [retention, planNightStep]);
