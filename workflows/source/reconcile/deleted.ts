import { insertRows, makeTables, readRows, selectRows } from '../data-table-nodes';
import { assignment, ENGINE, fields, ONCE, ONCE_EVEN_IF_EMPTY, rows } from '../node-parameters';
import { GP } from '../sync/names';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';

const OPTIONS = "$('Deletion options').first().json";
const Y = 1000;
/** Newest first; older ones are left to the weekly comparison. Some 6 MB while the look lasts. */
const MOST_EVENTS = 5000;
/** So many are looked up one by one, the newest first: each costs a pass through the whole audit trail. */
const MOST_LOOKED_UP = 200;

/**
 * Each night: unposted documents that were sent to Procore and that GP no longer lists are asked for,
 * and the next run of the sync takes them out. A deletion leaves no change that a run could read.
 *
 * A look of its own, not a step of the run: it costs a whole list of GP, so once a day is enough, and
 * the hourly batches get no table read more. Where no unposted document was sent, which is the
 * default, it ends after one table read.
 */
export function addDeleted(flow: WorkflowBuilder): void {
	flow
		.node('Every night', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, Y], {
			rule: { interval: [{ field: 'days', triggerAtHour: 4, triggerAtMinute: 10 }] },
		})
		.node(
			'Deletion options',
			'n8n-nodes-base.set',
			3.4,
			[240, Y],
			fields(
				assignment('days_back', '={{ 90 }}', 'number'),
				assignment('most_deleted_percent', '={{ 5 }}', 'number'),
				assignment('always_believed', '={{ 10 }}', 'number'),
			),
			ONCE,
		);
	flow.node(
		'Since when?',
		ENGINE,
		1,
		[340, Y],
		{ resource: 'request', operation: 'lookBack', days: `={{ ${OPTIONS}.days_back }}` },
		ONCE,
	);
	const tables = makeTables(
		flow,
		{ 'Make sure of events': TABLES.events, 'Make sure of requests': TABLES.requests },
		[480, Y],
	);
	flow
		.table(
			'Unposted documents sent',
			[880, Y],
			selectRows(TABLES.events, {
				where: [
					['entity', 'eq', 'payable'],
					['gp_state', 'eq', 'unposted'],
					['procore_id', 'isNotEmpty', ''],
					['at', 'gte', "={{ $('Since when?').first().json.since }}"],
				],
				newestBy: 'id',
				limit: MOST_EVENTS,
			}),
			ONCE,
		)
		.node(
			'Not in GP any more',
			GP,
			1,
			[1100, Y],
			{
				resource: 'payable',
				operation: 'findDeleted',
				knownKeys: rows('Unposted documents sent'),
				// What was taken out of Procore before is among them, so only the last step can tell how many
				// are too many. An empty list of GP is refused here all the same.
				mostDeletedPercent: 100,
			},
			ONCE,
		)
		.node('The newest of them', 'n8n-nodes-base.limit', 1, [1300, Y], { maxItems: MOST_LOOKED_UP })
		.table(
			'What was heard of them',
			[1480, Y],
			selectRows(TABLES.events, {
				where: [
					['gp_company', 'eq', '={{ $json.company }}'],
					['entity', 'eq', 'payable'],
					['gp_key', 'ilike', '={{ $json.key }}'],
				],
			}),
		)
		.table(
			'Requests that wait',
			[1660, Y],
			readRows(TABLES.requests, { entity: 'payable' }),
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Deleted documents',
			ENGINE,
			1,
			[1860, Y],
			{
				resource: 'request',
				operation: 'askForDeleted',
				deletedRecords: rows('Not in GP any more'),
				eventRows: rows('What was heard of them'),
				knownRows: rows('Unposted documents sent'),
				requestRows: rows('Requests that wait'),
				mostDeletedPercent: `={{ ${OPTIONS}.most_deleted_percent }}`,
				alwaysBelieved: `={{ ${OPTIONS}.always_believed }}`,
			},
			ONCE,
		)
		.table('Have them withdrawn', [2080, Y], insertRows(TABLES.requests))
		.chain(
			'Every night',
			'Deletion options',
			'Since when?',
			...tables,
			'Unposted documents sent',
			'Not in GP any more',
			'The newest of them',
			'What was heard of them',
			'Requests that wait',
			'Deleted documents',
			'Have them withdrawn',
		)
		.note(
			[
				'## Deleted in GP?',
				'GP lets people delete a document that is not posted, and tells nobody. Each night (publish the workflow) the unposted documents that were sent to Procore are looked for in GP’s list. Those that are gone are put into **gpp_request**: the next run of the sync looks once more and takes them out of Procore. Where unposted documents are not sent (the default of *Mapping*), nothing is read from GP.',
				'',
				'**Deletion options**: `days_back`, how far back documents are looked for; `most_deleted_percent` and `always_believed`, how many at most are believed to be deleted at once. More fails this workflow, which is alerted about, and asks for nothing. Documents paid or voided without history leave GP’s list too and are **not** taken out: the weekly comparison names them.',
				'',
				'Choose in **Not in GP any more** the credential of *Compare books*. To try it, execute from *Every night*.',
			].join('\n'),
			[-40, 700],
			1000,
			210,
			5,
		);
}
