import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditEventRow, RunRow } from '../../../lib/audit/event-row';
import { runStepsInTurns } from '../../../lib/http/read-body';
import type { Question } from '../../../lib/report/read/question';
import { exportWorkbook, weekBefore } from '../../../lib/report/read/rows';
import { pageNotDrawn, renderPage, runShown } from '../../../lib/report/run-shown';
import { toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';
import { readList, readObject, readRequired, readTables } from '../../shared/read-values';
import { rowsProperty, tablesProperty } from '../../shared/rows-property';
import {
	answer,
	planCrosswalkStep,
	planReplayStep,
	readQuestionStep,
	readReplay,
} from './report-buttons';

const page: Operation = {
	option: {
		name: 'Page',
		value: 'page',
		action: 'Draw a page of the report',
		description: 'Draw one page of the dashboard as HTML from table rows',
	},
	fields: [
		{
			displayName: 'Question',
			name: 'question',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'What the visitor asks for, as Read Question gave it',
		},
		tablesProperty(
			'runs, events, parked, watermarks, requests, alerts; of the reconciliation totals, breakdowns and differences',
		),
		{
			displayName: 'Hosts to Link',
			name: 'linkHosts',
			type: 'string',
			default: 'procore.com',
			placeholder: 'e.g. procore.com, n8n.example.com',
			description:
				'Hosts whose pages may be linked, separated by commas; hosts below them count as well. An address in a table that leads elsewhere is shown as text.',
		},
	],
	async execute() {
		const now = new Date().toISOString();
		try {
			return [[toItem({ html: drawn(this, now) }, 0)]];
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			// n8n would hand on the words alone, and the workflow sends them as they are: markup in them would count.
			if (this.continueOnFail()) return [[toItem({ html: pageNotDrawn(why, now) }, 0)]];
			throw new NodeOperationError(this.getNode(), `The page could not be drawn: ${why}`);
		}
	},
};

function drawn(context: IExecuteFunctions, now: string): string {
	const question = readObject<Question & { token?: string | null }>(context, 'question');
	if (question === null) throw new NodeOperationError(context.getNode(), "There is no 'Question'");
	return renderPage({
		question,
		tables: readTables(context, 'tables'),
		now,
		token: question.token ?? null,
		linkHosts: String(context.getNodeParameter('linkHosts', 0, '')),
	});
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const workbook: Operation = {
	option: {
		name: 'Workbook',
		value: 'workbook',
		action: 'Make a workbook of events, waiting records and reconciliation',
		description: 'Write rows of tables into an Excel file with a sheet each',
	},
	fields: [
		{
			displayName: 'Question',
			name: 'question',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'What the visitor asks for, as Read Question gave it: the days of the events',
		},
		tablesProperty('events, parked, differences (all rows of the reconciliation)'),
	],
	/** One item with the file in the binary field `data`, its name, and what its first sheet says. */
	async execute() {
		const question = readObject<Question>(this, 'question');
		if (question === null) throw new NodeOperationError(this.getNode(), "There is no 'Question'");
		const tables = readTables(this, 'tables');
		const { name, bytes, about } = await runStepsInTurns(
			exportWorkbook(question, tables, new Date().toISOString()),
		);
		const data = await this.helpers.prepareBinaryData(Buffer.from(bytes), name, XLSX);
		return [[{ json: { name, about }, binary: { data }, pairedItem: { item: 0 } }]];
	},
};

const runShownStep: Operation = {
	option: {
		name: 'Run Shown',
		value: 'runShown',
		action: 'Sum up a run for the page of its form',
		description: 'Counts, amounts, the first differences and links, for somebody who waits for it',
	},
	fields: [
		{
			displayName: 'Run Row',
			name: 'runRow',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'The row of the run, as Close gave it',
		},
		{
			displayName: 'Event Rows',
			name: 'eventRows',
			type: 'json',
			default: '[]',
			description: 'Events of the run that changed something or did not go, the newest first',
			hint: 'Usually an expression that hands over rows of a Data Table read before',
		},
	],
	async execute() {
		// Who pressed Retry in n8n's list looks there: a page would wait for somebody who is gone.
		if (this.getMode() === 'retry') return [[]];
		const run = readRequired<RunRow>(this, 'runRow');
		const events = readList<AuditEventRow>(this, 'eventRows');
		const base = this.getInstanceBaseUrl();
		return [[toItem(runShown(run, events, base ? `${base}webhook/gpp-dashboard` : ''), 0)]];
	},
};

const chooseReconciliation: Operation = {
	option: {
		name: 'Choose Reconciliation',
		value: 'chooseReconciliation',
		action: 'Choose which reconciliation is shown',
		description: 'That of the company asked for, or the last one',
	},
	fields: [
		{
			displayName: 'Company Database ID',
			name: 'company',
			type: 'string',
			default: '',
			placeholder: 'e.g. TWO',
			description: 'GP company asked for; empty takes the last reconciliation of any',
		},
		rowsProperty('Total Rows', 'totalRows', 'Totals of the reconciliation table, the newest first'),
	],
	/** One item, blank while there is none. */
	async execute() {
		const company = String(this.getNodeParameter('company', 0, '') ?? '');
		const totals = readList<{ at: string; gp_company: string }>(this, 'totalRows');
		const chosen = totals.find(({ gp_company }) => gp_company === company) ?? totals[0];
		return [[toItem({ at: chosen?.at ?? '', gp_company: chosen?.gp_company ?? '' }, 0)]];
	},
};

const lastWeek: Operation = {
	option: {
		name: 'Last Week',
		value: 'lastWeek',
		action: 'Give the days of the last week',
		description: 'The seven whole days before now, as a workbook is asked for',
	},
	async execute() {
		return [[toItem(weekBefore(new Date().toISOString()), 0)]];
	},
};

export const report = resource('report', 'page', [
	page,
	planCrosswalkStep,
	planReplayStep,
	readQuestionStep,
	readReplay,
	answer,
	chooseReconciliation,
	lastWeek,
	runShownStep,
	workbook,
]);
