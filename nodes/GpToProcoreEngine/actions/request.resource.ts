import { NodeOperationError } from 'n8n-workflow';

import type { AuditEventRow, ParkedRow } from '../../../lib/audit/event-row';
import { escapeHtml } from '../../../lib/model/foreign-text';
import { canonicalKey } from '../../../lib/model/keys';
import { type ReplayQuestion, daysBefore, searchFor } from '../../../lib/run/forms';
import { deletedRequests } from '../../../lib/run/requests/make-requests';
import { type ReplayPlan, type RequestRow, tellReplay } from '../../../lib/run/requests/requests';
import { toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';
import { readList, readObject, readRequired } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';
import { plan } from './plan-requests';

const askForDeleted: Operation = {
	option: {
		name: 'Ask for Deleted',
		value: 'askForDeleted',
		action: 'Ask for documents deleted in GP',
		description:
			'Documents that GP no longer lists, as rows of the requests table: the next run takes them out of Procore',
	},
	fields: [
		rowsProperty(
			'Deleted Records',
			'deletedRecords',
			'What the operation Find Deleted of the Dynamics GP node put out',
		),
		rowsProperty('Event Rows', 'eventRows', 'Every event of these documents'),
		rowsProperty('Known Rows', 'knownRows', 'The rows whose keys GP was asked for'),
		rowsProperty('Request Rows', 'requestRows', 'Rows that wait in the requests table already'),
		{
			displayName: 'Most Deleted',
			name: 'mostDeletedPercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 5,
			description:
				'Highest percentage of the documents looked for that may be gone. More is taken for a broken list, and the node fails instead of asking.',
		},
		{
			displayName: 'Deletions Always Accepted',
			name: 'alwaysBelieved',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description: 'This many deleted documents are accepted whatever the percentage',
		},
	],
	/** One item per request, to be inserted into the requests table. */
	async execute() {
		const deleted = readList<{ company: string; key: string }>(this, 'deletedRecords');
		const company = deleted[0]?.company ?? '';
		const known = readList<AuditEventRow>(this, 'knownRows').filter(
			(row) => row.gp_company === company,
		);
		const rows = deletedRequests({
			gone: deleted.map(({ key }) => key),
			events: readList<AuditEventRow>(this, 'eventRows'),
			known: new Set(known.map(({ gp_key }) => canonicalKey(gp_key))).size,
			mostShare: Number(this.getNodeParameter('mostDeletedPercent', 0, 5)) / 100,
			alwaysBelieved: Number(this.getNodeParameter('alwaysBelieved', 0, 10)),
			waiting: readList<RequestRow>(this, 'requestRows'),
			company,
			now: new Date().toISOString(),
		});
		return [rows.map((row) => toItem(row, 0))];
	},
};

const tell: Operation = {
	option: {
		name: 'Tell',
		value: 'tell',
		action: 'Report what became of requests',
		description: 'Say in plain words what became of the records that were asked for',
	},
	fields: [
		{
			displayName: 'Plan',
			name: 'plan',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'What the Plan operation put out',
		},
		{
			displayName: 'Problem',
			name: 'problem',
			type: 'string',
			default: '',
			description: 'Why the run could not be started, or failed; empty when it ended well',
		},
		rowsProperty('Event Rows', 'eventRows', 'Rows of the events table since the request was made'),
		rowsProperty('Request Rows', 'requestRows', 'Rows that still wait in the requests table'),
	],
	async execute() {
		const plan = readObject<ReplayPlan & { asked_at?: string }>(this, 'plan');
		if (!plan || !Array.isArray(plan.rows) || !Array.isArray(plan.lines)) {
			throw new NodeOperationError(this.getNode(), 'There is no plan to report on', {
				description: "Give the parameter 'Plan' what the Plan operation put out.",
			});
		}
		const lines = tellReplay({
			plan,
			problem: String(this.getNodeParameter('problem', 0, '') ?? '').trim(),
			events: readList<AuditEventRow>(this, 'eventRows'),
			requests: readList<RequestRow>(this, 'requestRows').filter((row) => Boolean(row.gp_key)),
			since: plan.asked_at ?? '',
		});
		// n8n's form pages let some markup through, such as frames: labels come from GP, so none is left.
		return [
			[toItem({ lines, text: lines.join('\n'), html: lines.map(escapeHtml).join('<br>') }, 0)],
		];
	},
};

const lookBack: Operation = {
	option: {
		name: 'Look Back',
		value: 'lookBack',
		action: 'Say from when on events are looked at',
		description: 'Give the instant so many days ago',
	},
	fields: [
		{
			displayName: 'Days',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 90,
			description: 'How far back to look',
		},
	],
	async execute() {
		const days = Number(this.getNodeParameter('days', 0, 90)) || 90;
		return [[toItem({ since: daysBefore(new Date().toISOString(), days) }, 0)]];
	},
};

const search: Operation = {
	option: {
		name: 'Search',
		value: 'search',
		action: 'Say where the records asked for are looked up',
		description: 'By name or by day among the events, or nowhere: the parked table is enough',
	},
	fields: [
		{
			displayName: 'Question',
			name: 'question',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'What is asked for, as Replay of the resource Form gave it',
		},
		rowsProperty('Parked Rows', 'parkedRows', 'Rows of the parked table'),
	],
	async execute() {
		const question = readRequired<ReplayQuestion>(this, 'question');
		return [[toItem(searchFor(question, readList<ParkedRow>(this, 'parkedRows')), 0)]];
	},
};

export const request = resource('request', 'plan', [askForDeleted, plan, tell, lookBack, search]);
